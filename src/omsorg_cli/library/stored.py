"""What others have published, and what was stored, recomputed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say
from omsorg_cli.library.shown import Account, Verified, workbook_again

if TYPE_CHECKING:
    from omsorg_cli.questions.shared.stored_result import Recomputed
    from omsorg_cli.questions.shared.stored_workbook import RecomputedBook
    from omsorg_cli.questions.verify import Verdict
    from omsorg_cli.scenario.load import Scenario
    from omsorg_cli.scenario.read import Text


def verify(scenario: str | Path | None = None, *, in_all: bool = False) -> Verified:
    """Each published result of the scenario, or of all shipped ones, beside the recomputed one.

    With `in_all`, how many reproduce and why the others do not. Raises `OmsorgError` where a scenario cannot be read.
    """
    from omsorg_cli.scenario.read import read, shipped

    texts = [read(name) for name in (shipped() if scenario is None else [str(scenario)])]
    ask = partial(_verdicts, texts)
    found = Account(ask(), ask) if in_all else Verified(ask(), ask)
    return found.made_by(read_from={place for one in texts for place in one.read_from})


def _verdicts(texts: "Sequence[Text]") -> "list[tuple[Scenario, Sequence[Verdict]]]":
    from omsorg_cli.questions.verify import verify as verdicts
    from omsorg_cli.scenario.load import open_scenario

    return [(one, verdicts(one)) for one in map(open_scenario, texts)]


def verify_result(path: str | Path, scenario: str | Path | None = None) -> "Recomputed | RecomputedBook":
    """Whether a stored result still holds: the whole record is recomputed, and every field compared.

    Of a workbook, every cell too.
    `scenario` is where the scenario is now, if not where the record says. Raises `OmsorgError` where the file is none.
    """
    from omsorg_cli.questions.shared.stored_record import called, content_of, record_in
    from omsorg_cli.questions.shared.stored_result import recompute
    from omsorg_cli.render.data import result_record
    from omsorg_cli.scenario.read import STANDARD_INPUT, WORKBOOKS

    file, named = Path(str(path)), None if scenario is None else str(scenario)
    if str(file) == named == STANDARD_INPUT:
        raise OmsorgError(say("Standard input is either the result or its scenario; name a file for one of them."))
    content = content_of(file)
    if content.startswith(WORKBOOKS):
        from omsorg_cli.questions.shared.stored_workbook import recompute as recompute_workbook

        return recompute_workbook(file, content, named, result_record, workbook_again)
    return recompute(file, record_in(content, called(file)), named, result_record)
