"""omsorg in Python: a run and everything that can be asked of it, for notebooks and programs of one's own.

>>> import omsorg_cli as omsorg
>>> answer = omsorg.run("savings", "baerum2016", set={"savings.population": 130_000}, base="asss")
>>> round(answer["savings_potential", "asss", "total"])
122070000

The command line asks its questions here too: figures, errors and words are the same. Nothing is imported before it is
used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsorg_cli.core.errors import NoAnswerError, OmsorgError
    from omsorg_cli.library.answer import Answer, run
    from omsorg_cli.library.authors import check_calculator
    from omsorg_cli.library.begun import Begun, new
    from omsorg_cli.library.explanation import Explanation
    from omsorg_cli.library.kept import Data, Fetched, Kept, Soundness, data
    from omsorg_cli.library.named import Names, names
    from omsorg_cli.library.rows import Swept, SweptRows, Table
    from omsorg_cli.library.scenarios import Catalogue, Checked, Listed, check, convert, figures, schema, shipped
    from omsorg_cli.library.shown import Chosen, Compared, Indexed, Ranked, Simulated, Solved, Tornado, Verified
    from omsorg_cli.library.speaking import language
    from omsorg_cli.library.stored import verify, verify_result
    from omsorg_cli.questions.shared.stored_result import Recomputed
    from omsorg_cli.questions.shared.stored_workbook import RecomputedBook
    from omsorg_cli.result import Figure

WHERE = {
    "Answer": "library.answer",
    "Begun": "library.begun",
    "Catalogue": "library.scenarios",
    "Checked": "library.scenarios",
    "Chosen": "library.shown",
    "Compared": "library.shown",
    "Data": "library.kept",
    "Explanation": "library.explanation",
    "Fetched": "library.kept",
    "Figure": "result",
    "Indexed": "library.shown",
    "Kept": "library.kept",
    "Listed": "library.scenarios",
    "Names": "library.named",
    "NoAnswerError": "core.errors",
    "OmsorgError": "core.errors",
    "Ranked": "library.shown",
    "Recomputed": "questions.shared.stored_result",
    "RecomputedBook": "questions.shared.stored_workbook",
    "Simulated": "library.shown",
    "Solved": "library.shown",
    "Soundness": "library.kept",
    "Swept": "library.rows",
    "SweptRows": "library.rows",
    "Table": "library.rows",
    "Tornado": "library.shown",
    "Verified": "library.shown",
    "check": "library.scenarios",
    "check_calculator": "library.authors",
    "convert": "library.scenarios",
    "data": "library.kept",
    "figures": "library.scenarios",
    "language": "library.speaking",
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


if not TYPE_CHECKING:  # who checks types would take any name for one of ours

    def __getattr__(name: str) -> object:
        """What the library has, imported when it is first asked for."""
        if name not in WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        from omsorg_cli.core.errors import refuse_without_docstrings
        from omsorg_cli.library.speaking import speak_as_environment

        if name.islower():  # errors and classes are there to be named in any case
            speak_as_environment()
            refuse_without_docstrings()
        return getattr(import_module(f"omsorg_cli.{WHERE[name]}"), name)
