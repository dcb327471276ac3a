"""Runs every console example of the README and the docs. `--write` puts in what the program prints now.

A page in a folder that is named after a language is run in that language; the others are run in English. A block
that names a file is saved before the commands below it are run. The tutorial for programmers is followed from top to
bottom in a copy of the checkout, as its reader would do: its files are written, its lines inserted, its commands run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial-first-calculator.md"
PAGES = (ROOT / "README.md", *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page != TUTORIAL))
LANGUAGES = ROOT / "src" / "omsorg_cli" / "languages"
STEP = re.compile(r'```(?P<language>\w+)(?: title="(?P<file>.+?)")?\n(?P<text>.*?)```', re.DOTALL)
SHELL = f"""
python() {{ "{sys.executable}" "$@"; }}
omsorg() {{ python -m omsorg_cli "$@"; }}
pytest() {{ python -m pytest -p no:cacheprovider "$@"; }}
"""
OF_TESTS = ("COV", "PYTEST")
"""What the names of variables begin with that control a test's processes; a reader has none of them."""


def language_of(page: Path) -> str:
    """The language in which the page's examples are run: that of its folder, or English."""
    return page.parent.name if (LANGUAGES / f"{page.parent.name}.po").exists() else "en"


def with_output(text: str) -> str:
    """The page with the output of each example as it is printed now; files are written to a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        return STEP.sub(lambda found: _example(found, folder), text)


def _example(found: re.Match[str], folder: str) -> str:
    """The block with its output; one that names a file is saved in the folder, as the reader is asked to do."""
    if found["language"] == "console":
        return f"```console\n{_session(found['text'], folder, ROOT)}```"
    if found["file"]:
        path = Path(folder) / found["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"], encoding="utf-8")
    return found[0]


def followed(text: str) -> str:
    """The tutorial with the output of its commands, each run where the files are as the page has them by then.

    As it is, where somebody has followed it in this checkout already.
    """
    if any((ROOT / step["file"]).exists() for step in STEP.finditer(text) if step["language"] == "python"):
        return text
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "omsorg"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".*", "__pycache__", "build", "dist"))
        return STEP.sub(lambda found: _step(found, checkout), text)


def _step(found: re.Match[str], checkout: Path) -> str:
    language, file, text = found["language"], found["file"], found["text"]
    if language == "console":
        return f"```console\n{_session(text, str(checkout), checkout)}```"
    if language == "shell":
        done = _ran(f"set -e\n{text}", str(checkout), checkout)
        if done.returncode:
            raise ValueError(f"{text}does not succeed:\n{done.stdout}{done.stderr}")
    elif language == "diff":
        _change(checkout / file, text)
    elif file:
        _add(checkout / file, text)
    return found[0]


def _add(path: Path, text: str) -> None:
    """Writes the block, behind what the file holds already; two empty lines set parts of Python apart."""
    apart = "\n\n" if path.exists() and path.suffix == ".py" else ""
    with path.open("a", encoding="utf-8") as file:
        file.write(apart + text)


def _change(path: Path, text: str) -> None:
    """Takes the lines of the block with a minus out of the file and puts those with a plus in; the others are there."""
    lines = text.splitlines(keepends=True)
    before, after = ("".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
    held = path.read_text(encoding="utf-8")
    if held.count(before) != 1:
        raise ValueError(f"{path.name} does not have these lines once:\n{before}")
    path.write_text(held.replace(before, after), encoding="utf-8")


def _session(text: str, folder: str, checkout: Path) -> str:
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_printed(command, folder, checkout)}" for command in commands)


def _printed(command: str, folder: str, checkout: Path) -> str:
    """What the command prints: its result, or where it has none, what it says on standard error."""
    done = _ran(command, folder, checkout)
    return (done.stdout or done.stderr).rstrip("\n") + "\n"


def _ran(command: str, folder: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    """The command, run in the folder by the shell on the code of the checkout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(OF_TESTS)}
    env = {"OMSORG_LANG": "en"} | env | {"PYTHONPATH": str(checkout / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["bash", "-c", SHELL + command], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )


if __name__ == "__main__" and "--write" in sys.argv:
    for page in PAGES:
        os.environ["OMSORG_LANG"] = language_of(page)
        page.write_text(with_output(page.read_text(encoding="utf-8")), encoding="utf-8")
    os.environ["OMSORG_LANG"] = "en"
    TUTORIAL.write_text(followed(TUTORIAL.read_text(encoding="utf-8")), encoding="utf-8")
