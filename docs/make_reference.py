"""Writes docs/reference.md from the code: commands, inputs, figures. `--check` only says whether it is up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from omsorg_cli.calculators import NAMES, load, summary
from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Stated
from omsorg_cli.core.inputs import Inputs, aliases, kinds
from omsorg_cli.core.plausibility import usual
from omsorg_cli.render.markdown import escape

TARGET = Path(__file__).with_name("reference.md")


def reference() -> str:
    """The whole page."""
    return "\n".join(["# Reference", "", "Made from the code by `docs/make_reference.py`.", *_calculators()]) + "\n"


def _calculators() -> Iterator[str]:
    for name in NAMES:
        calculator = load(name)
        yield f"\n## omsorg {name}\n"
        yield f"{summary(name)} Its table in a scenario is `[{calculator.table}]`; its records are told apart by"
        keys = ", ".join(f"`{key}`" for key in calculator.keys)
        yield f"{keys}; without a scenario it uses `{calculator.scenario}`.\n"
        yield from inputs(calculator)
        yield ""
        yield from figures(calculator)
        yield ""
        yield from caveats(calculator)


def inputs(calculator: Calculator) -> Iterator[str]:
    """A table of its inputs: what each is, what is allowed, what stands for it where it is not given."""
    yield "| input | what it is | allowed | usual | without it |"
    yield "| --- | --- | --- | --- | --- |"
    for axes, model in rows(calculator.inputs):
        prefix = "".join(f"{axis}/" for axis in axes)
        yield from _fields(model, prefix)


def _fields(model: type[Inputs], prefix: str) -> Iterator[str]:
    texts, names = descriptions(model), aliases(model)
    for name, kind in kinds(model).items():
        default = model.model_fields[name].default
        without = f"{default.value}".lower() if isinstance(default, Stated) else ""
        said = f"{escape(texts.get(name, ''))} | {escape(kind.allowed)} | {escape(usual(kind))}"
        yield f"| `{prefix}{names[name]}` | {said} | {without} |"


def caveats(calculator: Calculator) -> Iterator[str]:
    """What must be said with its figures, as a list."""
    yield from (f"- {escape(caveat)}" for caveat in calculator.caveats)


def figures(calculator: Calculator) -> Iterator[str]:
    """A table of its figures: unit, what each tells, what it is made from."""
    yield "| figure | unit | what it tells | from |"
    yield "| --- | --- | --- | --- |"
    for item in calculator.known:
        if item.figure in calculator.figures:
            uses = ", ".join(f"`{parameter.name}`" for parameter in item.parameters)
            yield f"| `{item.figure}` | {item.unit.name} | {escape(item.summary)} | {uses} |"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != reference() and "docs/reference.md is out of date")
    TARGET.write_text(reference(), encoding="utf-8")
