"""Rows as a data frame, of whichever library is installed."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

FRAMES = ("pandas", "polars")


def frame(records: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Any:
    """The records as a data frame, of pandas or else of Polars; neither comes with omsorg.

    It has the columns also where there are no records, and whole numbers stay whole where some are lacking.
    """
    names = dict.fromkeys((*columns, *(name for record in records for name in record)))
    held = {name: [record.get(name) for record in records] for name in names}
    for library in FRAMES:
        if find_spec(library) is not None:
            found = import_module(library)
            if library == "polars":
                return found.DataFrame(held, strict=False)
            return found.DataFrame({name: found.Series(values, dtype=_dtype(values)) for name, values in held.items()})
    raise OmsorgError(say("A data frame needs pandas or Polars, and neither is installed."))


def _dtype(values: Sequence[Any]) -> str | None:
    """What pandas holds the values as: whole numbers of which some are lacking stay whole."""
    return "Int64" if {type(one) for one in values} == {int, type(None)} else None
