"""Every template of every calculator, with its figures below zero, at zero and above: what it says holds in each."""

import re
from functools import cache
from string import Formatter
from types import SimpleNamespace
from unittest import mock

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.view import BySign, Grid, Lines, Listing, SideBySide, Years
from omsorg_cli.engine.graph import Node
from omsorg_cli.render import words
from omsorg_cli.render.templates import IN_SCALE, SCALED, Row, line
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.views import _scaled
from omsorg_cli.result import Figure, run
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import read

SIZES = (0.125, 2.0, 1_500_000.0)
SIDES = re.compile(
    r"\b(above|below|more|less|fewer|higher|lower|saves|costs|gains|loses|pays|receives|needs|up|down|minus)\b"
)
NOTHING = {"saves nothing", "gains nothing", "does not, even at no cost"}
IN_WORDS = (
    "saves",
    "saving",
    "above",
    "fewer",
    "step",
    "gains",
    "more",
    "changed",
    "change",
    "points",
    "apart",
    "rises",
    "excess",
    "freed",
)
"""Ways that say the side of zero in words."""
DECIDING = ("if_all", "if_any", "if_none")
"""Ways that say nothing, and only decide whether their sentence is said."""
NEVER_BELOW = {
    ("growth", "number_at_target"): "no more may fall away than there are",
    ("hours", "unique_users"): "no more users are counted twice than there are",
    ("plan", "new_spending"): "the years of an amount are in order, so that it is never divided by less than one",
    ("plan", "new_spending_per_year"): "as above",
    ("plan", "running"): "as above",
    ("plan", "one_off"): "as above",
    ("plan", "transfers"): "as above",
    ("refund", "net_cost"): "no more is refunded than the wages cost",
    ("refund", "net_cost_per_user"): "as above",
    ("refund", "changed_threshold"): "a change leaves the threshold where it can be",
    ("refund", "changed_rate"): "as above",
    ("wage-gap", "wage_ratio"): "what an FTE costs and what it is compared with are both above zero",
    ("survey", "others"): "more answers than there are from all are refused",
    ("survey", "open_share_of_persons"): "fewer persons by the larger mean are refused",
    ("survey", "open_replies"): "as above",
}
"""Figures that the scenario's own checks keep at zero or above, which the bounds of its inputs alone do not."""

SAME_SIDE = {
    ("change", "growth_per_year"): "growth",
    ("change", "change"): "growth",
    ("savings", "gap_share"): "gap_per_inhabitant",
    ("savings", "fte_equivalent_actual"): "savings_potential_actual",
    ("savings", "gap_per_inhabitant_excluding_own"): "savings_potential_excluding_own",
    ("savings", "gap_share_excluding_own"): "savings_potential_excluding_own",
    ("fte", "fte_gap"): "cost_by_wage_gap",
    ("fte", "cost_by_wage_gap"): "fte_gap",
    ("unit-cost", "unit_cost_gap_share"): "unit_cost_gap",
    ("growth", "backtest_gap_share"): "backtest_gap",
}
"""Figures that lie on the same side of zero as another, by which their sentence is chosen."""
OF_THE_SENTENCE_BEFORE = "In the accounts that is "
"""How a sentence begins that says the amount of the sentence before it in another way: that one has the side."""


def views_of(name):
    """What the calculator answers and shows, in short and in full."""
    calculator = load(name)
    return (*calculator.answer, *calculator.views, *calculator.details)


def texts_of(view):
    """The templates of sentences, each with the figure by whose sign it is chosen, and those of cells."""
    match view:
        case Grid():
            return view.below, [column.cell for column in view.columns]
        case Lines():
            return [one for template in view.templates for one in each(template)], []
        case Listing():
            return (), [cell for _, cells in view.rows for cell in cells]
        case SideBySide():
            return (), [cell for _, *cells in view.rows for cell in cells]
    return (), []


def each(template):
    """The sentences of which the first is said that can be, one by one."""
    return template if isinstance(template, tuple) and not isinstance(template, BySign) else (template,)


def texts_by_sign(sentence):
    """Every template of a sentence that is chosen by the sign of a figure."""
    return [text for texts in sentence.texts for text in each(texts)]


def fields(template):
    return [(field, way or "") for _, field, way, _ in Formatter().parse(template) if field]


@pytest.fixture(scope="session")
def signed(may_be_below_zero):
    """Whether the figure of the calculator may be below zero."""
    return lambda name, field: may_be_below_zero(name, field) and (name, field) not in NEVER_BELOW


def told_of(calculator, field):
    unit = load(calculator).units[field].unit
    return unit.told if unit.either_way else ""


def said(calculator, field, way, value):
    unit = load(calculator).units[field].unit.name
    if way == SCALED:
        return words.scaled(value, 1, told_of(calculator, field))
    return IN_SCALE[way](value, 1) if way in IN_SCALE else words.WAYS[way](value, unit) or ""


SENTENCES = [
    pytest.param(name, sentence, id=f"{name}: {sentence if isinstance(sentence, str) else sentence.above}")
    for name in NAMES
    for view in views_of(name)
    for sentence in texts_of(view)[0]
]
CELLS = [
    pytest.param(name, cell, id=f"{name}: {cell}")
    for name in NAMES
    for view in views_of(name)
    for cell in texts_of(view)[1]
]


def states_its_side(name, field, way):
    """Whether the way tells above zero from below it in words, and says neither side of zero itself."""
    for size in SIZES:
        above, below = (said(name, field, way, value) for value in (size, -size))
        assert not re.search(r"[-−–+]\s*[0-9]", below), below
        if not re.search("[1-9]", above):  # it is said as nothing
            continue
        if re.sub(r"[0-9. ]", "", above) == re.sub(r"[0-9. ]", "", below):
            return False
    zero = said(name, field, way, 0.0)
    return zero in NOTHING or not SIDES.search(zero)


@pytest.mark.parametrize(("name", "cell"), CELLS)
def test_a_cell_keeps_the_sign_of_each_figure(signed, name, cell):
    found = [(field, way) for field, way in fields(cell) if signed(name, field)]
    beside = any(way in IN_WORDS for _, way in found)
    for field, way in found:
        assert states_its_side(name, field, way) or (way == "aside" and beside)


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_a_sentence_keeps_the_sign_of_each_figure(signed, name, sentence):
    own = sentence.figure if isinstance(sentence, BySign) else None
    for template in texts_by_sign(sentence) if own else (sentence,):
        for literal, field, way, _ in Formatter().parse(template):
            if field and own not in (field, SAME_SIDE.get((name, field), field)) and signed(name, field):
                # in words, and as a phrase of its own: nothing is glued into a sentence
                if way in DECIDING:
                    assert not literal, template  # it says nothing, and stands before what it decides
                    continue
                if way in ("positive", "some", "aside"):  # said only above zero, or beside what says the side
                    assert way in ("positive", "some") or any(other in IN_WORDS for _, other in fields(template))
                    continue
                assert states_its_side(name, field, way)
                label = literal.endswith(": ") and template.endswith(f"{{{field}:{way}}}.")
                assert label or "minus" not in said(name, field, way, -2.0), template
                assert literal.endswith(": ") or way in words.IF_THERE, template


BY_SIGN = [param for param in SENTENCES if isinstance(param.values[1], BySign)]


@pytest.mark.parametrize(("name", "sentence"), BY_SIGN)
def test_a_sentence_by_sign_says_three_things(signed, name, sentence):
    assert signed(name, sentence.figure) or not sentence.below
    sides = 2 if not signed(name, sentence.figure) else 3  # what is never below zero has two to say
    told = texts_by_sign(sentence)
    assert len(set(sentence.texts)) >= sides or sentence.above.startswith(OF_THE_SENTENCE_BEFORE)
    assert all(text.endswith(".") for text in told if text)
    assert all(way == "size" for text in told for field, way in fields(text) if field == sentence.figure) or not any(
        f"{{{sentence.figure}:size}}" in text for text in each(sentence.above)
    )
    assert sentence.figure not in {field for text in each(sentence.zero) for field, _ in fields(text)}


@cache
def as_shipped(name):
    """The result for the scenario of the calculator; the same for all of its sentences."""
    calculator = load(name)
    return run(open_scenario(read(calculator.scenario), calculators=(name, *calculator.uses)), name)


def read_as(name, sentence, value):
    """The sentence as it is printed where its figure has the value, and the others are above zero."""
    calculator, result = load(name), as_shipped(name)
    keys = dict.fromkeys(calculator.keys, "x")
    named = {sentence.figure, *(field for text in texts_by_sign(sentence) for field, _ in fields(text))} & set(
        calculator.units
    )
    figures = [
        Figure(
            one,
            value if one == sentence.figure else 2.0,
            calculator.units[one].unit.name,
            keys,
            None,
            (),
            Node(name, one, (("made", "up"),)),
        )
        for one in named
    ]
    assert result.figures  # found before the made-up ones are among the slots
    with mock.patch.dict(result.record.plan.slots, {one.node: 0 for one in figures}):
        return line(Row(result, keys, figures), sentence)


@pytest.mark.parametrize(("name", "sentence"), BY_SIGN)
@pytest.mark.parametrize("value", [-2.0, 0.0, 2.0])
def test_a_sentence_by_sign_is_read_without_a_sign(name, sentence, value):
    text = read_as(name, sentence, value)
    expected = sentence.zero if value == 0 else sentence.above if value > 0 else sentence.below
    places = [place for template in each(expected) for place in fields(template)]
    if any(field not in {*load(name).units, *load(name).axes} or way == "names" for field, way in places):
        return  # it names an input or rows, which the made-up row has not
    assert text is not None
    assert not re.search(r"[-−–+]\s*[0-9]|minus", text), text
    assert text == "" or any(text.startswith(one.partition("{")[0]) for one in each(expected))


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_years_keeps_the_sign_of_each_figure(name):
    for view in views_of(name):
        for _, figure in view.rows if isinstance(view, Years) else ():
            unit = load(name).units[figure].unit.name
            for size in SIZES:
                direction = "costs" if load(name).units[figure].unit.either_way else None
                one = Figure(figure, -size, unit, {}, direction, (), Node(name, figure, ()), told_of(name, figure))
                record = SimpleNamespace(plan=SimpleNamespace(slots={one.node: 0}))
                below = untoned(_scaled(SimpleNamespace(record=record), one, 1))
                assert below == "0" or below.startswith(("costs ", "pays ", "minus ")), below


KRISTIANSAND = "wage_gap.comparisons.kristiansand/2016.gap_per_fte"
ABSENT = "sick_leave.comparisons.kristiansand.gap_with_absence"
WAGES = "wage_gap.comparisons.drammen/2016.gap_per_fte"
READ = {
    # 3 213 × 124 008 − 200 000 × 2 872 = −175 962 296
    "drivers that explain too much": (
        f"bridge --base kristiansand --set {KRISTIANSAND}=200000",
        "The drivers explain 176 million NOK a year more than the gap to Kristiansand.",
    ),
    # 15.7 − 178.8 + 193.5 beside 116.0 million
    "drivers that are too little one at a time": (
        "bridge --base drammen",
        "Measured alone, the drivers together explain 85.7 million NOK a year less of the gap to Drammen than their parts",
    ),
    # 32 000 × 2 872 of 394 million
    "wages that are higher": (
        "wage-gap --base drammen",
        "The wage effect equals 23.3% of the need-adjusted difference in spending from Drammen.",
    ),
    "wages that are lower": (
        f"wage-gap --base drammen --set {WAGES}=-32000",
        "Wages pull the other way: their effect equals 23.3% of the need-adjusted difference in spending from Drammen.",
    ),
    "wages that are the same": (
        f"wage-gap --base drammen --set {WAGES}=0",
        "Wages are no part of the need-adjusted difference in spending from Drammen.",
    ),
    "a district that is paid more than an hour costs": (
        "budget-model --model drammen --full --set budget_model.models.drammen.coverage=1.2",
        "minus 20%",
    ),
    "a tornado of what has no direction": (
        f"sensitivity sick-leave --base kristiansand --figure method_difference --set {ABSENT}=90000",
        "Difference between the methods (Kristiansand): minus 19.3 million NOK a year.",  # (91 000 − 90 000 − 7 710) × 2 872
    ),
    "more inhabitants": ("coverage --base drammen --full", "Bærum has 81.4% more inhabitants than Drammen"),
    "fewer inhabitants": (
        "coverage --base drammen --full --set hours.bases.drammen.population=248_016",
        "Bærum has 50% fewer inhabitants than Drammen",
    ),
    "as many inhabitants": (
        "coverage --base drammen --full --set hours.bases.drammen.population=124_008",
        "Bærum has as many inhabitants as Drammen",
    ),
}


@pytest.mark.parametrize(("words", "told"), READ.values(), ids=READ.keys())
def test_what_is_read_is_true(omsorg, words, told):
    done = omsorg(*words.split())
    assert done.returncode == 0, done.stderr
    assert told in done.stdout


BUILDING = """
title = "T"
municipality = "M"
year = 2016
[restructure]
[[restructure.services]]
service = "a"
facilities = 2
dwellings_each = 5
cost_per_dwelling = 100_000
building_cost = 4_000_000
lifetime = 20
interest_rate = 0
"""


def test_buildings_that_cost_more_than_all_there_is_to_save_are_not_said_to_pay_for_themselves(omsorg):
    # 10 × 4 million ÷ 20 years = 2 million a year, where all dwellings cost 1 million
    told = omsorg("restructure", "-", text=BUILDING).stdout
    assert "A would not pay for new buildings even if the service in them cost nothing." in told
    assert "200%" not in told
    cheaper = omsorg("restructure", "-", "--full", text=BUILDING.replace("4_000", "1_000")).stdout
    assert "A: pays for new buildings if a dwelling becomes 50% cheaper." in cheaper


def test_places_that_come_on_top_are_said_to_be_more(omsorg):
    text = """
title = "T"
municipality = "M"
year = 2016
[growth]
first_year = 2020
years = 2
base_year = 2020
demands = [{ demand = "a", now = 100, target_year = 2030, increase_by = 0.5 }]
coverages = [{ coverage = "b", before = 10, after = 12, per = 1_000, population = 5_000 }]
"""
    assert re.search(r"20% higher +10 more places", omsorg("growth", "-", "--full", text=text).stdout)  # 60 − 50
    fewer = text.replace("after = 12", "after = 8")
    assert re.search(r"20% lower +10 fewer places", omsorg("growth", "-", "--full", text=fewer).stdout)


def test_other_wages_that_are_not_counted_are_not_said_to_be_the_same(omsorg):
    told = omsorg("bridge", "--base", "drammen").stdout
    by_service = told[told.index("broken down by service") :]
    assert not re.search("^ *other wages", by_service, re.MULTILINE)
