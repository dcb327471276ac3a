import pytest
from hypothesis import given
from hypothesis import strategies as st

SHOPS = [
    {"shop": "a", "label": "First", "price": 10, "parts": [{"part": "x", "amount": 2}, {"part": "y", "price": 30}]},
    {"shop": "b", "amount": 5},
]
A, B = ("shop", "a"), ("shop", "b")
X, Y = ("part", "x"), ("part", "y")


@pytest.fixture
def layout(trade):
    return trade(SHOPS, price=1, years=3).plan.layouts["trade"]


HELD = {
    "a part has the price of its shop": ("price", (A, X), 10),
    "a part has its own price in place of the shop's": ("price", (A, Y), 30),
    "a shop without a price has the table's": ("price", (B,), 1),
    "so has the part that a shop without parts is": ("price", (B, ("part", "")), 1),
    "a year changes nothing": ("price", (A, X, ("year", 2021)), 10),
    "one shop's amount is not another's": ("amount", (B, ("part", "")), 5),
}


@pytest.mark.parametrize(("name", "point", "value"), HELD.values(), ids=HELD.keys())
def test_the_nearest_value_holds(layout, name, point, value):
    assert layout.find(name, point).stated.value == value


@pytest.mark.parametrize("point", [(A, Y), (A,), ()])
def test_what_is_stated_for_one_part_holds_for_no_other(layout, point):
    assert layout.find("amount", point) is None


KEYS = ("a", "b", "c")
PRICES = st.one_of(st.none(), st.integers(1, 9))
"""What may be stated at each level, and may be left to the level above it."""
PARTS = st.lists(st.tuples(st.sampled_from(KEYS), PRICES), max_size=3, unique_by=lambda pair: pair[0])
STATED = st.lists(st.tuples(st.sampled_from(KEYS), PRICES, PARTS), max_size=3, unique_by=lambda shop: shop[0])
ASKED = st.dictionaries(st.sampled_from(("shop", "part", "year")), st.sampled_from((*KEYS, "")))


def priced(axis, key, price):
    return {axis: key} | ({} if price is None else {"price": price})


@given(STATED, PRICES, ASKED.map(dict.items).map(tuple))
def test_the_nearest_of_all_that_are_stated_holds_at_any_point(trade, shops, price, point):
    rows = [
        priced("shop", shop, own) | {"parts": [priced("part", part, one) for part, one in parts]}
        for shop, own, parts in shops
    ]
    layout = trade(rows, **({} if price is None else {"price": price})).plan.layouts["trade"]
    fitting = [item for at, item in layout.stated.get("price", {}).items() if set(at) <= set(point)]
    assert layout.find("price", point) == max(fitting, key=lambda item: len(item.point), default=None)


def test_a_value_stated_once_is_one_input_however_many_rows_use_it(layout):
    paths = {layout.find("price", point).path for point in ((A,), (A, X), (A, ("part", "z")))}
    assert paths == {"trade.shops.a.price"}


def test_a_part_has_the_path_of_its_shop_and_its_own_key(layout):
    assert layout.find("price", (A, Y)).path == "trade.shops.a/y.price"


def test_points_follow_the_scenario_and_a_shop_without_parts_is_one(layout):
    assert layout.points(("shop",)) == [(A,), (B,)]
    assert layout.points(("shop", "part")) == [(A, X), (A, Y), (B, ("part", ""))]


def test_years_are_those_of_the_horizon(layout):
    assert layout.points(("year",)) == [(("year", year),) for year in (2020, 2021, 2022)]
    assert len(layout.points(("shop", "year"))) == 6


def test_people_read_the_label(layout):
    assert layout.labels == {A: "First"}


def test_a_common_value_holds_where_no_table_states_one(trade):
    layout = trade(SHOPS, common={"price": 7}).plan.layouts["trade"]
    assert layout.find("price", (B,)).path == "common.price"
    assert layout.find("price", (A,)).stated.value == 10


def test_the_tables_own_value_wins_over_the_common_one(trade):
    layout = trade(SHOPS, price=1, common={"price": 7}).plan.layouts["trade"]
    assert layout.find("price", (B,)).stated.value == 1


def test_a_common_value_wins_over_a_default_of_the_table(trade):
    assert trade(SHOPS, common={"years": 4}).plan.layouts["trade"].years == (2020, 2021, 2022, 2023)


def test_a_common_value_wins_over_a_default_of_a_row(trade):
    layout = trade(SHOPS, common={"fee": 7}).plan.layouts["trade"]
    assert layout.find("fee", (A,)).stated.value == 7


FEES = {
    "what the shop states": ({"fee": 3}, {}, 3),
    "what all have in common": ({}, {"fee": 7}, 7),
    "the shop's default, where nobody states one": ({}, {}, 0),
    "and its own, which is stated": ({"fee": 3, "parts": [{"part": "x", "fee": 9}]}, {"fee": 7}, 9),
}


@pytest.mark.parametrize(("shop", "common", "value"), FEES.values(), ids=FEES.keys())
def test_the_default_of_a_part_never_wins_over(trade, shop, common, value):
    made = trade([{"shop": "a", "parts": [{"part": "x"}], **shop}], common=common)
    assert made.plan.layouts["trade"].find("fee", (A, X)).stated.value == value


PURCHASE = {"programme": "P1", "annual_cost": 100, "repatriable_share": 1, "own_cost_ratio": 0.5}


def test_a_category_has_the_purchases_phases_unless_it_has_its_own(result_of):
    early, late = {"share": 1, "from": "2020-01"}, {"share": 1, "from": "2021-01"}
    categories = [{"category": "a", "share_of_cost": 0.5}, {"category": "b", "share_of_cost": 0.5, "phases": [late]}]
    purchase = {**PURCHASE, "phases": [early], "categories": categories}
    table = {"first_year": 2020, "years": 2, "discount_rate": 0, "purchases": [purchase]}
    figures = result_of("insource", {"insource": table}).figures
    found = {
        (one.keys["category"], one.keys["year"]): one.value
        for one in figures
        if one.figure == "purchase_avoided" and one.keys["category"] and one.keys["year"]
    }
    assert found == {("a", 2020): 50, ("a", 2021): 50, ("b", 2020): 0, ("b", 2021): 50}


OCCUPIED = {
    "stated": ({"occupancy": 0.8}, ()),
    "in an overlay": ({}, ("fuller",)),
    "in an overlay in place of another": ({"occupancy": 0.5}, ("fuller",)),
}


@pytest.mark.parametrize(("stated", "overlays"), OCCUPIED.values(), ids=OCCUPIED.keys())
def test_a_category_has_the_purchases_occupancy_and_not_a_default_of_its_own(result_of, stated, overlays):
    categories = [{"category": "a", "share_of_cost": 1}]
    purchase = {**PURCHASE, **stated, "phases": [{"share": 1, "from": "2020-01"}], "categories": categories}
    table = {"first_year": 2020, "years": 1, "discount_rate": 0, "purchases": [purchase]}
    fuller = {"insource": {"purchases": {"P1": {"occupancy": 0.8}}}}
    result = result_of("insource", {"insource": table, "overlays": {"fuller": fuller}}, overlays=overlays)
    # 100 × 0.5 / 0.8 = 62.5
    assert {one.value for one in result.figures if one.figure == "own_cost"} == {62.5}
