"""omsorg in Python: a run and everything that can be asked of it, for notebooks and programs of one's own.

>>> import omsorg_cli as omsorg
>>> answer = omsorg.run("savings", "baerum2016", set={"savings.population": 130_000}, base="asss")
>>> round(answer["savings_potential", "asss", "total"])
122070000

The command line asks its questions here too: figures, errors and words are the same. Nothing is imported before it is
used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from omsorg_cli.core.errors import NoAnswerError, OmsorgError
    from omsorg_cli.library.answer import Answer, run
    from omsorg_cli.library.authors import check_calculator
    from omsorg_cli.library.begun import Begun, new
    from omsorg_cli.library.kept import Data, data
    from omsorg_cli.library.named import Names, names
    from omsorg_cli.library.scenarios import check, convert, figures, schema, shipped
    from omsorg_cli.library.shown import Tornado
    from omsorg_cli.library.stored import verify, verify_result
    from omsorg_cli.result import Figure

WHERE = {
    "Answer": "library.answer",
    "Begun": "library.begun",
    "Data": "library.kept",
    "Figure": "result",
    "Names": "library.named",
    "NoAnswerError": "core.errors",
    "OmsorgError": "core.errors",
    "Tornado": "library.shown",
    "check": "library.scenarios",
    "check_calculator": "library.authors",
    "convert": "library.scenarios",
    "data": "library.kept",
    "figures": "library.scenarios",
    "names": "library.named",
    "new": "library.begun",
    "run": "library.answer",
    "schema": "library.scenarios",
    "shipped": "library.scenarios",
    "verify": "library.stored",
    "verify_result": "library.stored",
}
"""Where each name is that the library offers."""
__all__ = [
    "Answer",
    "Begun",
    "Data",
    "Figure",
    "Names",
    "NoAnswerError",
    "OmsorgError",
    "Tornado",
    "check",
    "check_calculator",
    "convert",
    "data",
    "figures",
    "names",
    "new",
    "run",
    "schema",
    "shipped",
    "verify",
    "verify_result",
]


def __getattr__(name: str) -> Any:
    """What the library has, imported when it is first asked for."""
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from omsorg_cli.core.errors import refuse_without_docstrings

    if name.islower():  # errors and classes are there to be named in any case
        refuse_without_docstrings()
    return getattr(import_module(f"omsorg_cli.{WHERE[name]}"), name)
