"""omsorg: a what-if calculator for municipal health and care services in Norway.

On the command line it is `omsorg`; in Python:

>>> import omsorg_cli as omsorg
>>> answer = omsorg.run("savings", "baerum2016", base="asss")  # in a notebook it shows itself
>>> answer["savings_potential", "asss", "total"]
116443512.0

What can be asked of an answer: `answer.explain("savings_potential")` where a figure comes from, `answer.simulate()` how
uncertain it is, `answer.sensitivity()` what matters most, `answer.solve(...)`, `answer.compare(other)` and
`answer.sweep({...})`. `answer.to_frame()` is a data frame; `answer.save("report.html")` writes a file, by its suffix.

What there is to run: `omsorg.names()` has the calculators and the scenarios, `omsorg.names("savings")` what one has.
`omsorg.new("savings")` begins a scenario of your own, `omsorg.check(...)` says whether it is sound, and
`omsorg.language("nb")` speaks Norwegian. What is wrong is an `omsorg.OmsorgError`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsorg_cli.library import (
        Answer,
        Begun,
        Catalogue,
        Checked,
        Chosen,
        Compared,
        Data,
        Explanation,
        Fetched,
        Figure,
        Indexed,
        Kept,
        Listed,
        Names,
        NoAnswerError,
        OmsorgError,
        Ranked,
        Recomputed,
        RecomputedBook,
        Simulated,
        Solved,
        Soundness,
        Swept,
        SweptRows,
        Table,
        Tornado,
        Verified,
        check,
        check_calculator,
        convert,
        data,
        figures,
        language,
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
    "Catalogue",
    "Checked",
    "Chosen",
    "Compared",
    "Data",
    "Explanation",
    "Fetched",
    "Figure",
    "Indexed",
    "Kept",
    "Listed",
    "Names",
    "NoAnswerError",
    "OmsorgError",
    "Ranked",
    "Recomputed",
    "RecomputedBook",
    "Simulated",
    "Solved",
    "Soundness",
    "Swept",
    "SweptRows",
    "Table",
    "Tornado",
    "Verified",
    "__version__",
    "check",
    "check_calculator",
    "convert",
    "data",
    "figures",
    "language",
    "names",
    "new",
    "run",
    "schema",
    "shipped",
    "verify",
    "verify_result",
]


def __dir__() -> list[str]:
    """What the library offers, for whoever completes names."""
    return __all__


if not TYPE_CHECKING:  # who checks types would take any name for one of ours

    def __getattr__(name: str) -> object:
        """What the library has, imported when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module("omsorg_cli.library"), name)
