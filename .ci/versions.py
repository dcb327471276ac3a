"""Passes the fast tests with the lowest versions that pyproject.toml declares, or with the newest and other Pythons.

    python .ci/versions.py lowest
    python .ci/versions.py newest
    python .ci/versions.py prepare FOLDER && python .ci/versions.py lowest FOLDER

Each in an environment of its own, made by pip and taken away again; that of the lowest versions may be made beforehand,
as its download hardly needs the processor. The lowest versions go with the lowest Python that is declared, for which
all of them have wheels; the newest with every Python of the machine but the one that runs this, which the other checks
are run with.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)>=(?P<lowest>[0-9.]+)")
TESTED = ("charts", "global", "parquet", "test")
NEWEST_MINOR = 20
"""Minor versions of Python 3 that are looked for."""


def lowest() -> list[str]:
    """Each library that the tests need, at the lowest version that is declared."""
    extras = PROJECT["optional-dependencies"]
    declared = [*PROJECT["dependencies"], *(one for extra in TESTED for one in extras[extra])]
    found = (DECLARED.match(one) for one in declared)
    return [f"{one['name']}=={one['lowest']}" for one in found if one]


def pythons() -> list[str]:
    """Every Python of the machine that the project declares, the lowest first; at the least the one that runs this."""
    first = int(re.search(r"3\.(\d+)", PROJECT["requires-python"])[1])  # type: ignore[index]  # it is declared
    found = [path for minor in range(first, NEWEST_MINOR) if (path := shutil.which(f"python3.{minor}"))]
    return [path for path in found if runs(path)] or [sys.executable]


def runs(python: str) -> bool:
    """Whether it is there with what makes environments."""
    return subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode == 0


def version(python: str) -> str:
    """Its version, without the last number."""
    code = "import sys; print(*sys.version_info[:2], sep='.')"
    return subprocess.check_output([python, "-c", code], text=True).strip()


def prepared(folder: Path, python: str, constraints: list[str]) -> str:
    """The Python of a new environment in the folder, with those versions and what the tests need."""
    limits = folder / "constraints.txt"
    limits.write_text("\n".join(constraints), encoding="utf-8")
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    install = ["pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check", "-c", str(limits)]
    subprocess.run([inside(folder), "-m", *install, f"{ROOT}[test]"], check=True)
    return inside(folder)


def inside(folder: Path) -> str:
    """The Python of the environment in the folder."""
    return str(folder / "venv" / "bin" / "python")


def passes(python: str) -> bool:
    """Whether the fast tests pass with the Python of that environment."""
    print(f"== {subprocess.check_output([python, '--version'], text=True).strip()}", flush=True)
    tests = ["-m", "pytest", "-q", "-m", "not slow", "-n", "auto", "--dist", "loadfile", "-p", "no:cacheprovider"]
    return subprocess.run([python, *tests], cwd=ROOT, check=False).returncode == 0


def lowest_pass(folder: Path) -> bool:
    """Whether they pass with the lowest versions; the folder is empty or prepared."""
    made = inside(folder)
    return passes(made if Path(made).exists() else prepared(folder, pythons()[0], lowest()))


def newest_pass() -> bool:
    """Whether they pass with the newest versions and every other Python."""
    others = [python for python in pythons() if version(python) != version(sys.executable)]
    print(f"Other Pythons that are here: {len(others)}", flush=True)
    for python in others:
        with tempfile.TemporaryDirectory() as name:
            if not passes(prepared(Path(name), python, [])):
                return False
    return True


def main() -> int:
    """Runs the end that is asked for."""
    match sys.argv[1:]:
        case ["prepare", folder]:
            prepared(Path(folder), pythons()[0], lowest())
            return 0
        case ["lowest", folder]:
            return 0 if lowest_pass(Path(folder)) else 1
        case ["lowest"]:
            with tempfile.TemporaryDirectory() as name:
                return 0 if lowest_pass(Path(name)) else 1
        case ["newest"]:
            return 0 if newest_pass() else 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
