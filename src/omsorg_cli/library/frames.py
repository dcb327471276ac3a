"""Rows as a data frame, of whichever library is installed."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

FRAMES = ("pandas", "polars")


def frame(records: Sequence[Mapping[str, Any]]) -> Any:
    """The records as a data frame, of pandas or else of Polars; neither comes with omsorg."""
    for name in FRAMES:
        if find_spec(name) is not None:
            return import_module(name).DataFrame(list(records))
    raise OmsorgError(say("A data frame needs pandas or Polars, and neither is installed."))
