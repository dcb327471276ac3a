"""Puts the tables of docs/numbers.md in from the reader of numbers. `--check` only says whether they are up to date."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.numbers import FORMS, MONTH_FORMS, SCALES, UNITS, number_text, typed
from omsorg_cli.render.markdown import escape

TARGET = Path(__file__).with_name("numbers.md")
PART = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
PEOPLE = Kind("inhabitants", low=0, low_open=True, example=50_000, whole=True)
MONEY = Kind("NOK/year", low=0, example=20_000_000)
SHARE = Kind("share", low=0, high=1, example=0.5)
RATIO = Kind("ratio", low=0, low_open=True, example=0.9)
REFUSED = (
    (MONEY, "27.759"),
    (MONEY, "1,234"),
    (PEOPLE, "124.008"),
    (PEOPLE, "0301"),
    (MONEY, "5 %"),
    (MONEY, "20 MNOK per place"),
    (SHARE, "75"),
    (RATIO, "12 34"),
)


def page(text: str) -> str:
    """The page with its tables as the code makes them."""
    parts = {"forms": forms, "units": units, "months": months, "refused": refused}
    return PART.sub(lambda found: f"{found[1]}\n{chr(10).join(parts[found[2]]())}\n\n{found[3]}", text)


def forms() -> Iterator[str]:
    """Each way to write a number, with what it is read as."""
    yield from ("| written | is read as | what it is | more of the kind |", "| --- | --- | --- | --- |")
    for example, more, told in FORMS:
        yield f"| `{example}` | {number_text(typed(example).number)} | {told} | {_code(more)} |"


def units() -> Iterator[str]:
    """Each unit with the words for it."""
    yield from ("| unit | times | words |", "| --- | ---: | --- |")
    for factor, words in SCALES.items():
        yield f"| before a unit, or alone | {number_text(float(factor))} | {_code(' · '.join(words))} |"
    for (measures, factor), words in UNITS.items():
        yield f"| {escape(measures)} | {number_text(float(factor))} | {_code(' · '.join(words))} |"


def months() -> Iterator[str]:
    """The ways to write one month."""
    yield _code(" · ".join(MONTH_FORMS))


def refused() -> Iterator[str]:
    """What is refused, with what is said."""
    yield from ("| written | for | what is said |", "| --- | --- | --- |")
    for kind, text in REFUSED:
        try:
            kind.read(text)
        except ValueError as error:
            yield f"| `{text}` | {kind.unit} | {escape(str(error))} |"


def _code(texts: str) -> str:
    return " · ".join(f"`{one}`" for one in texts.split(" · "))


if __name__ == "__main__":
    old = TARGET.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(old != page(old) and "docs/numbers.md is out of date")
    TARGET.write_text(page(old), encoding="utf-8")
