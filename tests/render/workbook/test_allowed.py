"""What a workbook says that a cell takes: what is typed, with what people call it."""

import tomllib
from io import BytesIO

import openpyxl
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.language import say, spoken
from omsorg_cli.render.workbook.allowed import MOST_MESSAGE, message
from omsorg_cli.render.workbook.fill_in import render as to_fill_in
from omsorg_cli.scenario.template import template

CHOICES = [
    (name, field, kind)
    for name in NAMES
    for _, model in rows(load(name).inputs)
    for field, kind in kinds(model).items()
    if kind.form == "choice"
]
SWITCH = next(
    kind for _, model in rows(load("savings").inputs) for kind in kinds(model).values() if kind.form == "switch"
)


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize(("name", "field", "kind"), CHOICES, ids=lambda one: str(one)[:20])
def test_each_choice_stands_with_its_label_where_the_message_has_room(name, field, kind, language):
    with spoken(language):
        told = message(kind, load(name))
        labels = {choice: say(load(name).label(choice)) for choice in kind.choices}
    assert len(told) <= MOST_MESSAGE
    assert all(choice in told for choice in kind.choices)
    if field != "unit" or len(kind.choices) < 10:
        assert all(f"{choice} ({label})" in told for choice, label in labels.items() if label != choice)


def test_choices_go_without_labels_where_they_would_not_fit():
    kind = next(kind for name, field, kind in CHOICES if (name, field) == ("change", "unit"))
    assert message(kind, load("change")).startswith("Allowed: one of hours/user/week, hours/user/year, hours/year,")


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Allowed: TRUE or FALSE."), ("nb", "Tillatt: SANN eller USANN.")]
)
def test_a_switch_is_said_as_excel_shows_it(language, told):
    with spoken(language):
        assert message(SWITCH, load("savings")) == told


@pytest.mark.parametrize(
    ("language", "told", "listed"),
    [
        ("en", "in (brought in-house), out (bought instead).", '"TRUE,FALSE"'),
        ("nb", "in (tatt hjem), out (kjøpt i stedet).", '"SANN,USANN"'),
    ],
)
def test_a_workbook_to_fill_in_says_the_same_beside_its_cells(language, told, listed):
    with spoken(language):
        book = openpyxl.load_workbook(BytesIO(to_fill_in(tomllib.loads(template("insource")))))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert any(told in rule.error and told in rule.prompt for rule in rules if rule.prompt)
    assert {rule.formula1 for rule in rules if rule.formula1 in ('"TRUE,FALSE"', '"SANN,USANN"')} == {listed}
