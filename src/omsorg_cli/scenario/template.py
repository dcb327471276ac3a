"""A commented scenario that runs, made from the model of a calculator's inputs."""

from collections.abc import Iterator
from typing import Any

from omsorg_cli.calculators import load, summary
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.inputs import Inputs, Row, Table, aliases, kinds, tables
from omsorg_cli.core.language import phrase, say

EXAMPLE = phrase("an example, to be replaced")
KEYS = {"year": 2025, "service": "total", "requirement": "example", "base": "comparator_1"}


def template(name: str) -> str:
    """A scenario with every input of the calculator, and of those whose figures it names.

    Those of the first form are filled in, the others commented.
    """
    calculator = load(name)
    title, municipality, document = say("A new scenario"), say("Municipality A"), say("The document")
    lines = [
        f"# {say(summary(name))}",
        say("# Replace each value; say where it comes from (source) or why it is chosen (assumption)."),
        "",
        f"title = {_toml(title)}",
        f"municipality = {_toml(municipality)}",
        "year = 2025",
        "",
        "# [sources.budget2025]",
        f"# title = {_toml(document)}",
        say('# Then, beside a value: source = "budget2025, p. 12", quote = "the words that say it"'),
        say('# A row with a key may have a label for people, beside the key: label = "Home services"'),
        say("# An uncertain value may have a range, from P10 to P90, beside it: range = [0.8, 1.0]"),
        "",
        *_whole(calculator),
        *(line for other in calculator.uses for line in ("", *_whole(load(other)))),
        "",
        *_more(calculator),
    ]
    return "\n".join(lines) + "\n"


def _more(calculator: Calculator) -> Iterator[str]:
    """An overlay and a published result, as comments."""
    first = next((names[name] for name, names in _open(calculator)), "")
    yield say(
        "# An overlay changes some inputs: omsorg {calculator} FILE --with optimistic", calculator=calculator.name
    )
    yield f"# [overlays.optimistic.{calculator.table}]"
    yield f"# {first} = …"
    yield ""
    yield say("# A published result is compared with the recomputed one by: omsorg verify FILE")
    yield "# [[published]]"
    yield f'# calculator = "{calculator.name}"'
    yield f'# figure = "{calculator.headlines[0]}"'
    yield "# value = 1_000_000"
    yield "# rounded_to = 1_000"
    yield say('# source = "budget2025, p. 12"')


def _open(calculator: Calculator) -> Iterator[tuple[str, dict[str, str]]]:
    """The inputs of the calculator's own table, each with what a scenario calls them."""
    names = aliases(calculator.inputs)
    return ((name, names) for name, kind in kinds(calculator.inputs).items() if kind.form == "number")


def _whole(calculator: Calculator) -> Iterator[str]:
    """The table of a calculator with the tables in it."""
    yield f"[{calculator.table}]"
    yield from _fields(calculator.inputs)
    yield from _tables(calculator.inputs, calculator.table, calculator.keys)


def _tables(model: type[Inputs], path: str, keys: tuple[str, ...]) -> Iterator[str]:
    names = aliases(model)
    for name, table in tables(model).items():
        below = f"{path}.{names[name]}"
        shown = _in_first_form(model, name)
        mark = "" if shown else "# "
        yield ""
        yield f"{mark}[{below}.example]" if table.named else f"{mark}[[{below}]]"
        yield from (line if shown or line.startswith("#") else f"# {line}" for line in _row(table))
        if shown:
            yield from _tables(table.row, below, keys)


def _row(table: Table) -> Iterator[str]:
    for key in table.row.keys:
        mark = "# " * (table.row.model_fields[key].default == "")
        yield f"{mark}{key} = {_toml(KEYS.get(key, f'{key}_1'))}"
    yield from _fields(table.row)


def _fields(model: type[Inputs]) -> Iterator[str]:
    texts, names = descriptions(model), aliases(model)
    for name, kind in kinds(model).items():
        default = model.model_fields[name].default
        yield f"# {say(texts.get(name, ''))} {_allowed(kind)}{_default(default)}"
        mark = "# " * (isinstance(default, Stated) or not _in_first_form(model, name))
        yield f"{mark}{names[name]} = {{ value = {_toml(kind.example)}, assumption = {_toml(say(EXAMPLE))} }}"


def _allowed(kind: Kind) -> str:
    return say("Allowed: {allowed}.", allowed=kind.allowed)


def _default(default: Any) -> str:
    return say(" Default: {value}.", value=_toml(default.value)) if isinstance(default, Stated) else ""


def _in_first_form(model: type[Inputs], name: str) -> bool:
    forms = model.forms if issubclass(model, Row) else ()
    among = {field for form in forms for field in form}
    if name in among:
        return name in forms[0]
    return name not in getattr(model, "optional", ())


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return (
        f'"{value}"'
        if isinstance(value, str)
        else f"{value:_}"
        if isinstance(value, int) and value > 9999
        else str(value)
    )
