"""Whether a scenario allows other values, found without checking all of it again."""

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Recheck, Request, put
from omsorg_cli.scenario.read import read

TRIED = [
    ("insource", "drammen2020", ()),
    ("insource", "drammen2020", ("insource.payroll_zone=I",)),
    ("savings", "baerum2016", ()),
    ("needs-profile", "baerum2016", ()),
    ("budget-model", "baerum2016", ()),
    ("plan", "drammen2017", ()),
    ("growth", "gardermoen", ()),
    ("refund", "norway2016", ()),
    ("prices", "norway2016", ()),
]


def changed(value):
    """Other values than the one that is stated, some of which are seldom allowed beside the others."""
    return [value * 1.01, value * 3 + 1, 0.0, -value]


@pytest.mark.parametrize(("calculator", "scenario", "sets"), TRIED)
def test_what_is_allowed_is_what_a_check_of_everything_allows(calculator, scenario, sets):
    text, request = read(scenario), Request(sets=sets)
    opened = prepare(text, request, calculator)
    items = [one for one in run(opened, calculator).stated_inputs if one.kind.form in ("number", "count")]
    found, wanted = [], []
    for item in items[::3]:
        recheck = Recheck(text, request, tuple(opened.inputs), [item.path])
        for value in changed(float(item.stated.value)):
            puts = (put(item.kind, item.path, value),)
            found.append((item.path, value, recheck.allows(puts)))
            wanted.append((item.path, value, allowed(text, request._replace(puts=puts), calculator)))
    assert found == wanted
    assert {allows for *_, allows in found} == {True, False}


def allowed(text, request, calculator):
    try:
        prepare(text, request, calculator)
    except OmsorgError:
        return False
    return True
