"""Changes one letter of a stored result, letter by letter: none of the changes still holds, but for layout.

    python tests/fuzz/tamper.py --changes 1000

`test_tamper.py` does some with every test run.
"""

import argparse
import json
import random
import runpy
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

FUZZ = runpy.run_path(str(Path(__file__).with_name("fuzz.py")))
LETTERS = '0123456789abcdefXYZ.-+eE"{}[],: \n\\æ'


def stored(folder: Path) -> str:
    """A result as the program writes it."""
    return str(FUZZ["run"](["savings", "--base", "asss", "--service", "home", "--format", "json"], "", folder).out)


def changed(chance: random.Random, text: str) -> str:
    """The result with one letter another one, one less, or one more."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(("", *LETTERS)) + text[at + chance.choice((0, 1, 1, 1)) :]


def content(text: str) -> Any:
    """What the text says, as JSON; the text itself where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def wrong(original: str, text: str, folder: Path) -> str:
    """What is wrong with what is said of a changed result; nothing where it is well."""
    path = folder / "result.json"
    path.write_text(text, encoding="utf-8")
    ended = FUZZ["run"](["verify", "--result", "result.json"], "", folder)
    if "Traceback" in ended.err:
        return ended.err
    same = repr(content(text)) == repr(content(original))
    if ended.code == 0:
        return "" if same else "it still holds"
    return "only its layout was changed" if same and text.strip() else ""


def main() -> int:
    """Makes that many changes, and tells those that are not found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    chance, start, number, faults = random.Random(asked.seed), time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original = stored(folder)
        while number < asked.changes and time.monotonic() - start < asked.seconds:
            number += 1
            text = changed(chance, original)
            if why := wrong(original, text, folder):
                faults += 1
                print(f"change {number}: {why}", flush=True)
    print(f"changes: {number}, wrong: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
