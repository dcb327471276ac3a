"""omsorg: a what-if calculator for municipal health and care services in Norway.

On the command line it is `omsorg`; in Python, `import omsorg_cli as omsorg` and `omsorg.run("savings", "baerum2016")`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from omsorg_cli.library import (
        Answer,
        Begun,
        Data,
        Names,
        NoAnswerError,
        OmsorgError,
        Tornado,
        check,
        check_calculator,
        convert,
        data,
        figures,
        names,
        new,
        run,
        schema,
        shipped,
        verify,
        verify_result,
    )

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Begun",
    "Data",
    "Names",
    "NoAnswerError",
    "OmsorgError",
    "Tornado",
    "__version__",
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
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("omsorg_cli.library"), name)
