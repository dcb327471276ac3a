"""Runs every console example of the README and the docs. `--write` puts in what the program prints now."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
SHELL = f'omsorg() {{ "{sys.executable}" -m omsorg_cli "$@"; }}\n'


def with_output(text: str) -> str:
    """The page with each example's output as the program prints it; its files are written to a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda found: f"```console\n{_session(found[1], folder)}```", text)


def _session(text: str, folder: str) -> str:
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_printed(command, folder)}" for command in commands)


def _printed(command: str, folder: str) -> str:
    """What the command prints: its result, or where it has none, what it says on standard error."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        ["bash", "-c", SHELL + command], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    return (done.stdout or done.stderr).rstrip("\n") + "\n"


if __name__ == "__main__" and "--write" in sys.argv:
    for page in PAGES:
        page.write_text(with_output(page.read_text(encoding="utf-8")), encoding="utf-8")
