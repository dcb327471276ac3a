"""What sheets and columns a workbook has that a scenario is filled in in; its writer and its reader go by them.

The first cell of a sheet says what it holds, whatever the sheet is called; a row of names says what each column is.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.inputs import Inputs, Table, aliases, kinds, tables
from omsorg_cli.core.language import phrase
from omsorg_cli.scenario.columns import names_in
from omsorg_cli.scenario.model import Source

HEAD, SOURCES, REST, RESULT = "scenario", "sources", "toml", "omsorg.result"
"""What the first cell says of a sheet of single inputs, of documents, of parts that are no tables, and of a result."""
COMPARISON = phrase("Comparison")
"""What the sheet of a comparison is called, which has values of several scenarios."""
HEAD_FIELDS = ("title", "municipality", "year", "note")
SOURCE_FIELDS = ("id", *Source.model_fields)
RECORD = "# omsorg.record "
"""How the line begins in which a result workbook keeps the record of its run, a comment of its TOML."""
ALWAYS = ("source", "assumption")
"""What has a column beside each value."""
IF_SAID = ("quote", "note", "low", "high", "coverage", "shape", "rounded_to", "price_year", "follows")
"""What has a column beside a value only where some value of the table says it."""
HEAD_COLUMNS = ("input", "value", "unit", *ALWAYS, *IF_SAID, "what")
PARTS_FROM = 1
"""The row from which a sheet of TOML has its lines."""


class Form(NamedTuple):
    """The sheet of one table: its path, the tables around it from the outermost on, and the table itself."""

    path: str
    around: tuple[tuple[str, Table], ...]
    name: str
    table: Table

    @property
    def parents(self) -> tuple[str, ...]:
        """The columns that say of which row around it a row is."""
        return tuple(key for _, table in self.around for key in key_names(table))

    @property
    def names(self) -> list[str]:
        """Every column, without those beside a value."""
        return [*self.parents, *names_in(self.table)]


def key_names(table: Table) -> tuple[str, ...]:
    """The columns that tell the rows of the table apart."""
    return table.axes if table.named else table.row.keys


def forms(calculators: Sequence[str]) -> dict[str, Form]:
    """The form of every table of the calculators, by its path."""
    found = (one for name in calculators for one in _forms(load(name).inputs, load(name).table, ()))
    return {one.path: one for one in found}


def _forms(model: type[Inputs], path: str, around: tuple[tuple[str, Table], ...]) -> Iterator[Form]:
    for name, table in tables(model).items():
        called = aliases(model)[name]
        yield Form(f"{path}.{called}", around, called, table)
        yield from _forms(table.row, f"{path}.{called}", (*around, (called, table)))


def singles(calculators: Sequence[str]) -> list[str]:
    """The paths of the inputs that stand in no table of rows."""
    found = []
    for name in calculators:
        model = load(name).inputs
        found += [f"{load(name).table}.{aliases(model)[field]}" for field in kinds(model)]
    return found
