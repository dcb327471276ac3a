import pytest

from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.numbers import Written
from omsorg_cli.engine.cautions import slips
from omsorg_cli.engine.layout import Input

WAGE = Kind("NOK/FTE", low=0, usual=(300_000, 1_800_000))
FAR = "x.wage: 785 NOK per FTE is far below what is usual"
CASES = {
    "nothing of what is usual": (Stated(785_000.0), WAGE, []),
    "a value in thousands": (Stated(785.0), WAGE, [FAR]),
    "the lower end of a range in thousands": (Stated(700_000.0, range=(785.0, 900_000.0)), WAGE, [FAR]),
    "the upper end of a range": (
        Stated(700_000.0, range=(600_000.0, 900_000_000.0)),
        WAGE,
        ["x.wage: 900 000 000 NOK per FTE is far above what is usual"],
    ),
    "the value alone where all three are far": (Stated(785.0, range=(700.0, 900.0)), WAGE, [FAR]),
    "nothing of a default": (Stated(785.0, origin="default"), WAGE, []),
    "what was set by the user": (Stated(785.0, origin="user"), WAGE, [FAR]),
    "nothing of text": (Stated("785"), WAGE, []),
    "nothing where nothing is usual": (Stated(785.0), WAGE._replace(usual=None), []),
    "a point as it was typed": (
        Stated(785.125, typed=Written("785.125")),
        WAGE,
        ["x.wage: 785.125 is read as a decimal"],
    ),
    "a point of the value and not of the end of its range": (
        Stated(785_000.0, range=(785.125, 900_000.0), typed=Written("785.125")),
        WAGE,
        ["x.wage: 785.12 NOK per FTE is far below what is usual"],
    ),
}


@pytest.mark.parametrize(("stated", "kind", "told"), CASES.values(), ids=CASES.keys())
def test_what_is_far_from_usual_is_told_once_of_each_input(stated, kind, told):
    found = list(slips([Input("wage", "x.wage", (), stated, kind)]))
    assert [path for path, _ in found] == ["x.wage"] * len(told)
    assert all(sentence.startswith(start) for (_, sentence), start in zip(found, told, strict=True))
