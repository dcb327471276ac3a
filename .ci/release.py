"""Builds the wheel and the source archive, installs each in an environment of its own, and holds both to the checkout.

Both must hold each file that belongs in them and no other, and in another folder, with nothing installed but what the
package asks for, each must print what the checkout prints.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = (
    ("--version",),
    ("list",),
    ("savings", "--base", "asss"),
    ("insource", "drammen2020", "--format", "json"),
    ("verify",),
)
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "OMSORG"))}
"""An environment that leads to no other code than what is installed."""


def main() -> None:
    """Tells every fault at once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = built(folder)
        with ThreadPoolExecutor() as beside:
            installed = list(beside.map(install, archives))
        faults = [fault for archive in archives for fault in misplaced(archive)]
        checkout, src = (sys.executable, "-m", "omsorg_cli"), {"PYTHONPATH": str(ROOT / "src")}
        for words in COMMANDS:
            expected = printed((*checkout, *words), folder, src)
            faults += [
                f"{program.parents[1].name}: omsorg {' '.join(words)} prints something else than the checkout"
                for program in installed
                if printed((str(program), *words), folder) != expected
            ]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{' and '.join(archive.name for archive in archives)}: complete, and print what the checkout prints.")


def built(folder: Path) -> tuple[Path, Path]:
    """The wheel and the source archive; the wheel is built from the archive.

    With the tools of this environment: that the package asks for all that builds it is seen where pip installs the
    archive.
    """
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    ((wheel,), (source,)) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def install(archive: Path) -> Path:
    """The program, with what the package asks for, in a new environment beside the archive."""
    home = archive.with_name(f"from {archive.suffix[1:]}")
    venv.create(home, with_pip=True)
    pip = (home / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check")
    subprocess.run((*pip, archive), check=True, env=BARE)
    return home / "bin" / "omsorg"


def printed(command: Sequence[str], folder: Path, more: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Exit code and streams of the command, run in the folder."""
    done = subprocess.run(
        command, cwd=folder, env={**BARE, **(more or {})}, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


def misplaced(archive: Path) -> Iterator[str]:
    """What the archive lacks, and what has no business in it."""
    held, wanted = (in_wheel(archive), for_wheel()) if archive.suffix == ".whl" else (in_source(archive), for_source())
    yield from (f"{archive.name} lacks {name}" for name in sorted(wanted - held))
    yield from (f"{archive.name} holds {name}, which does not belong there" for name in sorted(held - wanted))


def in_wheel(archive: Path) -> set[str]:
    """The files in the wheel, without what every wheel has."""
    with zipfile.ZipFile(archive) as wheel:
        return {name for name in wheel.namelist() if ".dist-info/" not in name}


def for_wheel() -> set[str]:
    """The files that belong in the wheel: the package, `py.typed` in it, and the shipped scenarios."""
    package = {name.removeprefix("src/") for name in files("src/omsorg_cli")}
    return package | {f"omsorg_cli/{name}" for name in files("scenarios")}


def in_source(archive: Path) -> set[str]:
    """The files in the source archive, without what every archive has."""
    with tarfile.open(archive) as source:
        names = {member.name.partition("/")[2] for member in source.getmembers() if member.isfile()}
    return names - {"PKG-INFO", ".gitignore"}


def for_source() -> set[str]:
    """The files that belong in the source archive: what pyproject.toml lists, and that file itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    return {"pyproject.toml", *(name for entry in listed for name in files(entry))}


def files(entry: str) -> set[str]:
    """The files of the checkout at the path or below it."""
    path = ROOT / entry
    found = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return {one.relative_to(ROOT).as_posix() for one in found if "__pycache__" not in one.parts}


if __name__ == "__main__":
    main()
