"""What others have published, and what was stored, recomputed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say
from omsorg_cli.library.shown import Account, Verified, workbook_again

if TYPE_CHECKING:
    from omsorg_cli.questions.shared.stored_result import Recomputed
    from omsorg_cli.questions.shared.stored_workbook import RecomputedBook


def verify(scenario: str | Path | None = None, *, in_all: bool = False) -> Verified:
    """Each published result of the scenario, or of all shipped ones, beside the recomputed one.

    With `in_all`, how many reproduce and why the others do not. Raises `OmsorgError` where a scenario cannot be read.
    """
    from omsorg_cli.questions.verify import verify as verdicts
    from omsorg_cli.scenario.load import open_scenario
    from omsorg_cli.scenario.read import read, shipped

    names: Sequence[str] = shipped() if scenario is None else [str(scenario)]
    opened = [open_scenario(read(name)) for name in names]
    found = [(one, verdicts(one)) for one in opened]
    return Account(found) if in_all else Verified(found)


def verify_result(path: str | Path, scenario: str | None = None) -> "Recomputed | RecomputedBook":
    """Whether a stored result still holds: the whole record is recomputed, and every field compared.

    Of a workbook, every cell too.
    `scenario` is where the scenario is now, if not where the record says. Raises `OmsorgError` where the file is none.
    """
    from omsorg_cli.questions.shared.stored_record import called, content_of, record_in
    from omsorg_cli.questions.shared.stored_result import recompute
    from omsorg_cli.render.data import result_record
    from omsorg_cli.scenario.read import STANDARD_INPUT, WORKBOOKS

    file = Path(str(path))
    if str(file) == scenario == STANDARD_INPUT:
        raise OmsorgError(say("Standard input is either the result or its scenario; name a file for one of them."))
    content = content_of(file)
    if content.startswith(WORKBOOKS):
        from omsorg_cli.questions.shared.stored_workbook import recompute as recompute_workbook

        return recompute_workbook(file, content, scenario, result_record, workbook_again)
    return recompute(file, record_in(content, called(file)), scenario, result_record)
