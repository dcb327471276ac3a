"""The JSON Schema accepts what the program accepts, in both drafts."""

import tomllib
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from omsorg_cli.calculators import NAMES
from omsorg_cli.scenario.schema import DRAFTS, schema
from omsorg_cli.scenario.template import template

SHIPPED = {path.stem: path for path in sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))}


@cache
def _validator(draft):
    made = schema(draft)
    validator = jsonschema.validators.validator_for(made)
    validator.check_schema(made)
    return validator(made)


@pytest.mark.walk
@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", [*SHIPPED, *NAMES])
def test_both_drafts_accept_each_shipped_scenario_and_each_template(draft, name):
    text = SHIPPED[name].read_text(encoding="utf-8") if name in SHIPPED else template(name)
    assert [error.message for error in _validator(draft).iter_errors(tomllib.loads(text))] == []


@pytest.mark.slow
@pytest.mark.parametrize("draft", DRAFTS)
def test_both_drafts_accept_rows_that_stand_in_a_file(draft):
    rows = {"rows": "a.csv", "columns": {"index": "Indeks"}, "unit": "%", "each": {"base": "a"}}
    whole = {"title": "T", "municipality": "M", "year": 2020, "savings": {"population": 1, "comparisons": rows}}
    assert [error.message for error in _validator(draft).iter_errors(whole)] == []


@pytest.mark.slow
@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(
    "change",
    [
        {"comparisons": {"rows": 1}},
        {"populaton": 1},
        {"population": 0},
        {"population": {"value": 1, "sorce": "x"}},
        {"comparisons": [{"base": "a b", "index": 1}]},
        {"comparisons": [{"base": "a", "statistic": "avg"}]},
    ],
)
def test_both_drafts_refuse_what_the_program_refuses(draft, change):
    whole = {"title": "T", "municipality": "M", "year": 2020, "savings": change}
    assert list(_validator(draft).iter_errors(whole)) != []


def test_each_input_is_described_with_what_is_allowed():
    described = schema()["$defs"]["Savings"]["properties"]["population"]["description"]
    assert described == "Inhabitants of the municipality. Allowed: a whole number (inhabitants), over 0."


def test_draft_4_has_nothing_of_later_drafts():
    text = str(schema("4"))
    assert "$defs" not in text
    assert "'const'" not in text
    assert "propertyNames" not in text
