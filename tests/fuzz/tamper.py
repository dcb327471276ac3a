"""Changes stored results, one thing at a time: none of the changes still holds, but for layout, and none is a traceback.

    python tests/fuzz/tamper.py --changes 1000

A change is a letter, or the shape of the record: a part is taken away, added, renamed, of another kind, in another order,
twice, or another's. Of each, the digest is as it was or worked out anew. The results are of several calculators, in JSON
and in workbooks with a question; of those, letters of each part are changed too. `test_tamper.py` does some with every
test run.
"""

import argparse
import copy
import io
import json
import random
import re
import runpy
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

from omsorg_cli.core.seal import canonical, digest_of  # noqa: E402 # found only once the path is set
from omsorg_cli.render.workbook.fill_in import MOST_PIECE  # noqa: E402 # as above
from omsorg_cli.scenario.forms import RECORD  # noqa: E402 # as above

FUZZ = runpy.run_path(str(Path(__file__).with_name("fuzz.py")))
LETTERS = '0123456789abcdefXYZ.-+eE"{}[],: \n\\æ'
RECORDS = (
    ("savings", "--base", "asss", "--service", "home"),
    ("insource", "drammen2020+optimistic", "--set", "insource.years=4", "--with", "without_farms"),
    ("fte", "--cost", "5 MNOK"),
    ("wage-gap", "--set", "wage_gap.fte=3000"),
    ("unit-cost",),
)
ASKED = ("insource", "drammen2020", "--figure", "present_value")
BOOKS = (
    ("fte", "--cost", "5 MNOK"),
    ("simulate", *ASKED, "--draws", "500"),
    ("sensitivity", *ASKED),
    ("compare", "insource", "drammen2020", "drammen2020+optimistic", "--figure", "present_value"),
)
STRINGS, COMPARISON = "xl/sharedStrings.xml", "xl/worksheets/sheet4.xml"
ODD = (None, True, 0, -1, 1.5, 10**30, "", "x", "nan", "a" * 5_000, [], [[]], {}, {"figure": []}, {"verb": "compare"})
"""Values of which few are of the kind that a part has."""
ASKED_FOR = (
    "version",
    "made_with",
    "time",
    "shown",
    *(f"scenario.{one}" for one in ("sha256", "files", "set", "overlays")),
)
"""What a record is recomputed from: with a digest worked out anew it is another record, which may hold."""
MOST = 100_000
"""Letters that may be told of one result."""


class Made(NamedTuple):
    """A stored result as the program writes it: its record, and the parts of the workbook that it is in, if it is."""

    text: str
    record: dict[str, Any]
    parts: dict[str, str]


class Changed(NamedTuple):
    """A changed result: how, the bytes of its file, whether its content is the same, and whether it may hold."""

    how: str
    content: bytes
    is_same: bool
    may_hold: bool


def stored(words: tuple[str, ...], folder: Path) -> Made:
    """A result in JSON."""
    text = str(FUZZ["run"]([*words, "--format", "json"], "", folder).out)
    return Made(text, json.loads(text), {})


def stored_book(words: tuple[str, ...], folder: Path) -> Made:
    """A result in a workbook."""
    FUZZ["run"]([*words, "--output", "made.xlsx"], "", folder)
    with zipfile.ZipFile(folder / "made.xlsx") as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    (folder / "made.xlsx").unlink()
    return Made("", _kept(parts)["record"], parts)


def _kept(parts: dict[str, str]) -> dict[str, Any]:
    """The line of the record, which stands in several cells where it is long."""
    pieces = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", parts[STRINGS][_place_of_line(parts) :])
    kept: dict[str, Any] = json.loads(unescape("".join(pieces)).removeprefix(RECORD))
    return kept


def _place_of_line(parts: dict[str, str]) -> int:
    """Where the line begins; it is the last of the workbook's texts."""
    return parts[STRINGS].rindex("<si>", 0, parts[STRINGS].index(RECORD))


def every(folder: Path) -> list[Made]:
    """Every result that is changed."""
    return [*(stored(words, folder) for words in RECORDS), *(stored_book(words, folder) for words in BOOKS)]


def changed(chance: random.Random, made: Made) -> Changed:
    """The result with one thing changed."""
    if chance.random() < 0.3:
        return _letter_of_book(chance, made) if made.parts else _letter_of_record(chance, made)
    record = copy.deepcopy(made.record)
    how = chance.choice(SHAPES)
    how(chance, record)
    return _with(chance, made, record, how.__name__.strip("_"))


def _letter(chance: random.Random, text: str) -> str:
    """The text with one letter another one, one less, or one more."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(("", *LETTERS)) + text[at + chance.choice((0, 1, 1, 1)) :]


def _letter_of_record(chance: random.Random, made: Made) -> Changed:
    text = _letter(chance, made.text)
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    if isinstance(record, dict) and chance.random() < 0.5:
        return _with(chance, made, record, "letter")
    is_same = record is not None and canonical(record) == canonical(made.record)
    return Changed("letter", text.encode(), is_same, is_same)


def _letter_of_book(chance: random.Random, made: Made) -> Changed:
    part = chance.choice(list(made.parts))
    text = _letter(chance, made.parts[part])
    is_same = text == made.parts[part]
    of_several = made.record.get("question", {}).get("verb") == "compare" and part in (STRINGS, COMPARISON)
    return Changed("letter of a workbook", packed({**made.parts, part: text}), is_same, is_same or of_several)


def _with(chance: random.Random, made: Made, record: dict[str, Any], how: str) -> Changed:
    """The result with the record, and its digest as it is or worked out anew."""
    forged = chance.random() < 0.5
    if forged:
        record["digest"] = digest_of(record)
    is_same = canonical(record) == canonical(made.record)
    may_hold = is_same or (forged and set(_differing(made.record, record)) <= {"digest", *ASKED_FOR})
    how = f"{how}, {'sealed anew' if forged else 'as sealed'}"
    if not made.parts:
        return Changed(how, json.dumps(record, indent=2).encode(), is_same, may_hold)
    parts = {**made.parts, STRINGS: _with_line(made.parts, {**_kept(made.parts), "record": record})}
    return Changed(f"{how}, in a workbook", packed(parts), parts == made.parts, may_hold)


def _with_line(parts: dict[str, str], kept: dict[str, Any]) -> str:
    """The workbook's texts with another record, in as many cells."""
    at = _place_of_line(parts)
    line, number = RECORD + json.dumps(kept, separators=(",", ":")), parts[STRINGS].count("<si>", at)
    pieces = (line[begin : begin + MOST_PIECE] for begin in range(0, MOST_PIECE * number, MOST_PIECE))
    pieces = (*islice(pieces, number - 1), line[MOST_PIECE * (number - 1) :])
    return parts[STRINGS][:at] + "".join(f"<si><t>{escape(one, quote=False)}</t></si>" for one in pieces) + "</sst>"


def _differing(before: dict[str, Any], now: dict[str, Any], of: str = "") -> Iterator[str]:
    """The parts of a record that differ, those of the scenario one by one."""
    for key in {**before, **now}:
        one, other = before.get(key, ...), now.get(key, ...)
        if key == "scenario" and isinstance(one, dict) and isinstance(other, dict):
            yield from _differing(one, other, "scenario.")
        elif ... in (one, other) or canonical(one) != canonical(other):
            yield f"{of}{key}"


def packed(parts: dict[str, str]) -> bytes:
    """The workbook of the parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return held.getvalue()


# ---------------------------------------------------------------------------------------------------------- shapes


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each part of the record, by what it stands in and its key there."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list) and value[key]:
            yield from _places(value[key])


def _place(chance: random.Random, record: dict[str, Any]) -> tuple[Any, Any]:
    """A part at random; one of few letters' way as often as one of the many rows."""
    top = chance.choice(list(record))
    inner = record[top]
    found = [(record, top), *(_places(inner) if isinstance(inner, dict | list) else ())]
    return chance.choice(found)


def _delete(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    del held[key]


def _add(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    odd = copy.deepcopy(chance.choice(ODD))
    if isinstance(held, list):
        held.insert(key, odd)
    else:
        held[chance.choice(("more", "question", "only", "time", "value", "figure", "a" * 5_000))] = odd


def _rename(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    if isinstance(held, dict):
        held[chance.choice((f"{key}s", str(key).upper(), "figure", "input", *held))] = held.pop(key)


def _retype(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    held[key] = copy.deepcopy(chance.choice(ODD))


def _reorder(chance: random.Random, record: dict[str, Any]) -> None:
    held, _ = _place(chance, record)
    if isinstance(held, list):
        chance.shuffle(held)
        return
    items = list(held.items())
    chance.shuffle(items)
    held.clear()
    held.update(items)


def _sort(_: random.Random, record: dict[str, Any]) -> None:
    ordered = json.loads(json.dumps(record, sort_keys=True))
    record.clear()
    record.update(ordered)


def _duplicate(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    if isinstance(held, list):
        held.insert(chance.randrange(len(held) + 1), copy.deepcopy(held[key]))
    else:
        held[chance.choice(list(held))] = copy.deepcopy(held[key])


def _another(chance: random.Random, record: dict[str, Any]) -> None:
    held, key = _place(chance, record)
    other, at = _place(chance, record)
    held[key] = copy.deepcopy(other[at])


SHAPES: tuple[Callable[[random.Random, dict[str, Any]], None], ...] = (
    _delete,
    _add,
    _rename,
    _retype,
    _reorder,
    _sort,
    _duplicate,
    _another,
)


# ----------------------------------------------------------------------------------------------------------- runs


def wrong(one: Changed, folder: Path) -> str:
    """What is wrong with what is said of a changed result; nothing where it is well."""
    path = folder / "result.json"
    path.write_bytes(one.content)
    ended = FUZZ["run"](["verify", "--result", "result.json"], "", folder)._replace(odd=True)
    if why := FUZZ["wrong"](ended, folder):
        return f"{why}\n{ended.err[-500:]}"
    if len(ended.out) + len(ended.err) > MOST:
        return f"{len(ended.out) + len(ended.err)} letters are told"
    if ended.code == 0:
        return "" if one.may_hold else "it still holds"
    return "only its layout was changed" if one.is_same else ""


def main() -> int:
    """Makes that many changes, and tells those that are not found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    start, number, faults, kinds = time.monotonic(), 0, 0, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = every(folder)
        while number < asked.changes and time.monotonic() - start < asked.seconds:
            chance = random.Random(asked.seed + number)
            one = changed(chance, chance.choice(results))
            kinds[one.how] += 1
            if why := wrong(one, folder):
                faults += 1
                print(f"seed {asked.seed + number}, {one.how}: {why}", flush=True)
            number += 1
    print(f"changes: {number}, wrong: {faults}, by kind: {dict(kinds.most_common())}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
