"""Writes docs/reference.md from the code: commands, inputs, figures. `--check` only says whether it is up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from omsorg_cli.calculators import NAMES, load, summary
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.language import say
from omsorg_cli.questions.figures import catalogue
from omsorg_cli.render.markdown import escape
from omsorg_cli.render.units import unit_text

TARGET = Path(__file__).with_name("reference.md")


def reference() -> str:
    """The whole page."""
    return "\n".join(["# Reference", "", "Made from the code by `docs/make_reference.py`.", *_calculators()]) + "\n"


def _calculators() -> Iterator[str]:
    for name in NAMES:
        calculator = load(name)
        yield f"\n## omsorg {name}\n"
        yield f"{summary(name)} Its table in a scenario is `[{calculator.table}]`; its rows are identified by"
        keys = ", ".join(f"`{key}`" for key in calculator.keys)
        yield f"{keys}; without a scenario it uses `{calculator.scenario}`.\n"
        yield from inputs(calculator)
        yield ""
        yield from figures(calculator)
        yield ""
        yield from caveats(calculator)


def inputs(calculator: Calculator) -> Iterator[str]:
    """A table of its inputs: what each is, what is allowed and usual, and the default."""
    yield "| input | what it is | allowed | usual | default |"
    yield "| --- | --- | --- | --- | --- |"
    for one in catalogue(calculator).inputs:
        said = f"{escape(say(one.meaning))} | {escape(one.allowed)} | {escape(one.usual)}"
        yield f"| `{one.path}` | {said} | {one.default} |"


def caveats(calculator: Calculator) -> Iterator[str]:
    """What its figures do not tell, as a list."""
    yield from (f"- {escape(say(caveat))}" for caveat in calculator.caveats)


def figures(calculator: Calculator) -> Iterator[str]:
    """A table of its figures: unit, what each tells, what it is made from."""
    yield "| figure | unit | what it tells | from |"
    yield "| --- | --- | --- | --- |"
    for one in catalogue(calculator).figures:
        uses = ", ".join(f"`{name}`" for name in one.made_from)
        yield f"| `{one.figure}` | {unit_text(one.unit)} | {escape(say(one.meaning))} | {uses} |"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != reference() and "docs/reference.md is out of date")
    TARGET.write_text(reference(), encoding="utf-8")
