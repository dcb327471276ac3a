import pytest

from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.judge import CANNOT, FAILS, REPRODUCES, WITHIN_ROUNDING, Interval, corners, interval, judge
from omsorg_cli.questions.verify import verify
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import read

# A result printed as 100, rounded to 10: what may have been behind it.
TAKEN = {
    "exact": ([95, 100, 105], [94.9, 105.1]),
    "": ([95, 105], [94.9, 105.1]),
    "ca.": ([90, 110], [89.9, 110.1]),
    "om lag": ([90, 110], [89.9, 110.1]),
    "rundt": ([90, 110], [89.9, 110.1]),
    "nesten": ([90, 99.9], [89.9, 100, 100.1]),
    "knapt": ([90, 99.9], [89.9, 100]),
    "under": ([90, 99.9], [89.9, 100]),
    "drøyt": ([100, 110], [99.9, 110.1]),
    "over": ([100, 110], [99.9, 110.1]),
    "minst": ([100, 110], [99.9, 110.1]),
}
INSIDE = [(wording, value) for wording, (inside, _) in TAKEN.items() for value in inside]
OUTSIDE = [(wording, value) for wording, (_, outside) in TAKEN.items() for value in outside]


@pytest.mark.parametrize(("wording", "value"), INSIDE)
def test_a_figure_lies_where_the_wording_says(wording, value):
    assert interval(100, 10, wording).meets(value, value)


@pytest.mark.parametrize(("wording", "value"), OUTSIDE)
def test_a_figure_lies_beside_what_the_wording_says(wording, value):
    assert not interval(100, 10, wording).meets(value, value)


@pytest.mark.parametrize(("wording", "value"), INSIDE)
def test_below_zero_the_wording_speaks_of_the_size(wording, value):
    assert interval(-100, 10, wording).meets(-value, -value)


@pytest.mark.parametrize(("wording", "value"), OUTSIDE)
def test_below_zero_what_lies_beside_the_size_lies_beside(wording, value):
    assert not interval(-100, 10, wording).meets(-value, -value)


def test_floats_may_miss_an_end_by_a_hair():
    assert interval(0.21, 0.01, "exact").meets(0.215, 0.215)
    assert interval(0.3, 0.1, "drøyt").meets(0.1 + 0.2, 0.1 + 0.2)


STRETCHES = {
    "a stretch from below that reaches the low end": (80, 90, True),
    "a stretch that ends before it": (80, 89.9, False),
    "a stretch over the whole": (0, 1_000, True),
    "a stretch from the open end on": (100, 120, False),
    "a stretch from just under the open end": (99.9, 120, True),
}


@pytest.mark.parametrize(("low", "high", "meets"), STRETCHES.values(), ids=STRETCHES.keys())
def test_a_stretch_of_corners_meets_what_nesten_100_means(low, high, meets):
    assert interval(100, 10, "nesten").meets(low, high) is meets


def wage_gap(result_of, gap, fte):
    table = {"fte": fte, "comparisons": [{"base": "k", "year": 2020, "gap_per_fte": gap}]}
    return result_of("wage-gap", {"wage_gap": table}).record, Node(
        "wage-gap", "wage_effect", (("base", "k"), ("year", 2020))
    )


GAP = {"value": 91_000, "rounded_to": 1_000}
FTE = {"value": 2_872, "rounded_to": 1}
JUDGED = {
    # 91 000 × 2 872 = 261 352 000 is over 260 million; 90 500 × 2 871.5 = 259 870 750 is not
    "91 000 × 2 872 is nearly 260 million at a corner of the rounding": (
        GAP,
        FTE,
        260e6,
        1e6,
        "nesten",
        WITHIN_ROUNDING,
    ),
    "it is so with FTE that are exact: 90 500 × 2 872 = 259 916 000": (
        GAP,
        2_872,
        260e6,
        1e6,
        "nesten",
        WITHIN_ROUNDING,
    ),
    # 90 999.5 × 2 871.5 = 261 305 064
    "a gap that is rounded to a krone is too fine": ({**GAP, "rounded_to": 1}, FTE, 260e6, 1e6, "nesten", FAILS),
    "inputs without rounding have no corners": (91_000, 2_872, 260e6, 1e6, "nesten", FAILS),
    # 91 500 × 2 872.5 = 262 833 750: the corners end below 263 million
    "the high corner is too low": (GAP, FTE, 263e6, 1e6, "minst", FAILS),
    "262 million at a corner: 91 500 × 2 872.5": (GAP, FTE, 262.5e6, 1e5, "exact", WITHIN_ROUNDING),
    "32 000 × 2 872 = 91 904 000 is nearly 92 million as it is": (32_000, 2_872, 92e6, 1e6, "nesten", REPRODUCES),
    # −27 000 × 2 872 = −77 544 000
    "a sign that has turned": (-27_000, 2_872, -77.5e6, 1e5, "exact", REPRODUCES),
    "a sign that has not": (-27_000, 2_872, 77.5e6, 1e5, "exact", FAILS),
}


@pytest.mark.parametrize(("gap", "fte", "value", "unit", "wording", "verdict"), JUDGED.values(), ids=JUDGED.keys())
def test_a_published_result_is_judged(result_of, gap, fte, value, unit, wording, verdict):
    assert judge(*wage_gap(result_of, gap, fte), interval(value, unit, wording)) == verdict


def test_corners_are_the_least_and_the_most(result_of):
    assert corners(*wage_gap(result_of, GAP, FTE)) == (90_500 * 2_871.5, 91_500 * 2_872.5)
    assert corners(*wage_gap(result_of, {"value": -1_000, "rounded_to": 200}, FTE)) == (
        -1_100 * 2_872.5,
        -900 * 2_871.5,
    )


def test_an_input_is_never_verified_against_itself():
    text = read("baerum2016")
    entry = {"calculator": "savings", "figure": "gap_per_inhabitant", "where": {"base": "asss", "service": "total"}}
    data = {**text.data, "published": [{**entry, "value": 939, "rounded_to": 1}]}
    assert [one.verdict for one in verify(open_scenario(text._replace(data=data)))] == [CANNOT]


def test_where_a_corner_has_no_answer_the_figure_is_all_that_is_known(trade):
    # the price of 1 is rounded to 2, so that it may be 0, by which the fee of 5 is not to be divided
    record = trade([{"shop": "a", "price": {"value": 1, "rounded_to": 2}, "amount": 1, "fee": 5}])
    assert corners(record, Node("trade", "fee_share", (("shop", "a"), ("part", "")))) == (5.0, 5.0)


def test_an_end_is_met_to_the_errors_of_floats():
    assert Interval(0.0, 1.0).meets(1 + 1e-12, 2)
    assert Interval(0.0, 1.0).meets(-1, -1e-12)
    assert not Interval(0.0, 1.0).meets(1 + 1e-11, 2)
    assert not Interval(0.0, 1.0).meets(-1, -1e-11)
