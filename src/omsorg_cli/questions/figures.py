"""What a calculator takes and what it gives: its inputs and figures, with what people need to know to name them."""

from collections.abc import Iterator
from typing import NamedTuple

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Stated
from omsorg_cli.core.inputs import Inputs, aliases, kinds, tables
from omsorg_cli.core.plausibility import usual


class InputEntry(NamedTuple):
    """An input: its path with its row's keys in capitals, what it is, what is allowed and usual, and its default."""

    path: str
    meaning: str
    unit: str
    allowed: str
    usual: str
    default: str


class FigureEntry(NamedTuple):
    """One way to a figure: its unit, what it tells, and what it is made from."""

    figure: str
    unit: str
    meaning: str
    made_from: tuple[str, ...]


class Catalogue(NamedTuple):
    """The inputs and figures of a calculator."""

    calculator: Calculator
    inputs: tuple[InputEntry, ...]
    figures: tuple[FigureEntry, ...]


def catalogue(calculator: Calculator) -> Catalogue:
    """The calculator's inputs in the order of its tables, and its figures in the order of results."""
    models = _models(calculator.inputs, calculator.table, nested=False)
    inputs = tuple(entry for path, model in models for entry in _inputs(model, path))
    figures = tuple(
        FigureEntry(item.figure, item.unit.name, item.summary, tuple(one.name for one in item.parameters))
        for item in calculator.known
        if item.figure in calculator.figures
    )
    return Catalogue(calculator, inputs, figures)


def _models(model: type[Inputs], path: str, *, nested: bool) -> Iterator[tuple[str, type[Inputs]]]:
    """The model and those of the rows below it, each with its path."""
    yield path, model
    for name, table in tables(model).items():
        keys = "/".join(axis.upper() for axis in table.axes)
        inside = nested and bool(table.row.keys)
        below = f"{path}/{keys}" if inside else f"{path}.{aliases(model)[name]}.{keys}"
        yield from _models(table.row, below, nested=bool(table.row.keys))


def _inputs(model: type[Inputs], path: str) -> Iterator[InputEntry]:
    texts, names = descriptions(model), aliases(model)
    for name, kind in kinds(model).items():
        default = model.model_fields[name].default
        without = f"{default.value}".lower() if isinstance(default, Stated) else ""
        yield InputEntry(f"{path}.{names[name]}", texts.get(name, ""), kind.unit, kind.allowed, usual(kind), without)
