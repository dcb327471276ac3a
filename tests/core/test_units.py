import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.language import spoken
from omsorg_cli.core.units import UNITS, unit_label


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_of_a_calculator_has_words_that_people_read(name):
    calculator = load(name)
    inputs = {kind.unit for _, model in rows(calculator.inputs) for kind in kinds(model).values() if kind.unit}
    assert inputs | {item.unit.name for item in calculator.known} <= UNITS.keys()


def test_a_unit_is_read_as_words_in_either_language():
    assert unit_label("NOK/year") == "NOK a year"
    with spoken("nb"):
        assert unit_label("NOK/year") == "kroner i året"
        assert unit_label("hours/user/week") == "timer per bruker i uken"
