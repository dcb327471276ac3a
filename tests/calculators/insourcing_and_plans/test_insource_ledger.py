"""All that insourcing takes into account at once, by ledgers kept month by month: what is paid today, and with the plan.

Nothing is shared with the program: a ledger counts users month by month, and pays each bill in its month.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turns import examples

YEARS = (2020, 2021, 2022)
FIRST = 2020 * 12


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def months_of(year):
    return range(year * 12, year * 12 + 12)


class Part:
    """A purchase without categories, or a category: its users, as shares of all of them, month by month."""

    def __init__(self, purchase, part, table):
        self.terms = {**purchase, **part}
        whole = purchase["annual_cost"] if "annual_cost" in purchase else purchase["users"] * purchase["cost_per_user"]
        self.cost = whole * part.get("share_of_cost", 1)
        self.can = self.terms["repatriable_share"]
        doubtful = self.terms.get("quality") in ("worse", "not_assessed")
        self.counts = not doubtful or table.get("include_quality", False)

    def moved(self, at):
        """The share of the users who can move that have, by the calendar of the phases."""
        if not self.counts:
            return 0.0
        moved = 0.0
        for phase in self.terms["phases"]:
            steps = phase.get("over_months", 0) or 1
            moved += self.size(phase) * sum(at >= month(phase["from"]) + step for step in range(steps)) / steps
        return moved

    def size(self, phase):
        if "places" in phase:
            return phase["places"] / self.terms.get("places", sum(one["places"] for one in self.terms["phases"]))
        if "users" in phase:
            return phase["users"] / (self.terms["users"] * self.can)
        return phase["share"]

    def starts(self):
        """The months in which a phase begins that moves anybody."""
        return [month(one["from"]) for one in self.terms["phases"] if self.counts and self.can and self.size(one)]

    def in_house_bill(self, moved):
        """What a month of in-house provision costs for that share of those who can move, in first-year prices."""
        if "own_cost_per_place" in self.terms:
            places = self.terms["places"] if self.can else 0
            yearly = places * self.terms["own_cost_per_place"]
        else:
            yearly = self.cost * self.can * self.terms["own_cost_ratio"]
        return yearly * moved / self.terms["occupancy"] / 12

    def staff(self):
        """FTE for everybody who can move."""
        if self.terms["direction"] == "out" or not self.counts:
            return 0.0
        return 12 * self.in_house_bill(1) * self.terms["wage_share"] / self.terms["wage_per_fte"]


class Ledger:
    """The saving of one purchase, year by year."""

    def __init__(self, stated, table):
        self.stated, self.purchase, self.table, self.stated_table = stated, bare(stated), bare(table), table
        self.parts = [Part(self.purchase, part, table) for part in self.purchase.get("categories", [{}])]
        self.cost = sum(part.cost for part in self.parts)
        self.out = self.purchase["direction"] == "out"
        self.first = min((start for part in self.parts for start in part.starts()), default=None)

    def staff(self, year):
        """FTE that the plan takes in the year: the mean of its months."""
        return sum(part.staff() * part.moved(at) for part in self.parts for at in months_of(year)) / 12

    def saved(self, year, pace):
        """What the year saves: what follows the purchase, what follows in-house cost, and the rest."""
        pace = 1.0 if self.out else pace
        running = [self._month(at, 0.0) for at in months_of(year)], [self._month(at, pace) for at in months_of(year)]
        bought, own, rest = (
            sum(one[kind] for one in running[0]) - sum(one[kind] for one in running[1]) for kind in range(3)
        )
        tax = 1 - self.purchase["vat_share"] * self.purchase["vat_compensated"]
        price = self._grown("purchased_price_growth", year)
        return bought - self._in_vain(year, pace) * price * tax, own, rest - self._once(year) - self.capital(year)

    def _grown(self, rate, year):
        return (1 + self.table[rate]) ** (year - 2020)

    def _month(self, at, pace):
        """The bills of a month with so much of the plan carried out: purchases, in-house provision, and the rest."""
        year, one = at // 12, self.purchase
        price, wages = self._grown("purchased_price_growth", year), self._grown("own_price_growth", year)
        bought = own = refunds = 0.0
        moved_of_all = 0.0
        for part in self.parts:
            moved, left = pace * part.moved(at), pace * part.moved(at - one["overlap_months"])
            if self.out:
                bought += part.cost / 12 * part.can * moved
                saved_share = min(
                    1,
                    one["avoidable_share"]
                    + sum(
                        later["share"] for later in part.terms.get("avoidable_later", []) if month(later["from"]) <= at
                    ),
                )
                own += part.in_house_bill(1 - left * saved_share)
                own += one["overhead_share"] * part.in_house_bill(1 - moved)
                in_house = part.can * (1 - moved)
            else:
                bought += part.cost / 12 * (1 - part.can * left)
                own += part.in_house_bill(moved) * (1 + one["overhead_share"])
                in_house = part.can * moved
            moved_of_all += part.can * moved * part.cost / self.cost if self.cost else 0.0
            refunds += self._refunds(part, in_house, year, price, wages)
        of_all = -moved_of_all if self.out else moved_of_all
        tax = 1 - one["vat_share"] * one["vat_compensated"]
        return bought * price * tax, own * wages, self._alongside(of_all) * wages - self._payments(of_all) - refunds

    def _alongside(self, own):
        """Follow-up, overhead and transport of a month beside today's, by the share that is in-house."""
        one = self.purchase
        return (one["overhead"] - one["contract_followup"] + one["transport_in_house"] - one["transport"]) * own / 12

    def _payments(self, own):
        one = self.purchase
        return (one["user_payments_in_house"] - one["user_payments"]) * own / 12

    def _refunds(self, part, own, year, price, wages):
        """What the state pays for the users of a month: for those that are in-house, and for the others."""
        limit = self.table["refund_threshold"] * self._grown("threshold_growth", year)
        paid = 0.0
        for group in part.terms.get("refund_groups", []):
            for share, cost in (
                (1 - own, group["net_wage_cost"] * price),
                (own, group["net_wage_cost_in_house"] * wages),
            ):
                above = max(cost - limit - group.get("deductions", 0), 0)
                paid += group["users"] * share * above * self.table["refund_rate"] / 12
        return paid

    def _end(self):
        """The first month that the contract no longer binds."""
        if "contract_until" in self.purchase:
            return month(self.purchase["contract_until"]) + 1
        return self.first + self.purchase.get("notice_months", 0)

    def _in_vain(self, year, pace):
        """What the contract makes the municipality pay for places that have been left, settled at the end of the year."""
        if self.out or self.first is None:
            return 0.0
        left = free = 0.0
        guaranteed = self.purchase.get("guaranteed_volume", self.cost)
        for at in months_of(year):
            if at < self._end():
                gone = (part.cost * part.can * part.moved(at - self.purchase["overlap_months"]) for part in self.parts)
                left += pace * sum(gone) / 12
                free += max(self.cost - guaranteed, 0) / 12
        return max(left - free, 0)

    def _once(self, year):
        return (self.purchase["startup_cost"] + self.purchase["exit_cost"]) * (self.first in months_of(year))

    def _built(self):
        if self.first is None:
            return []
        listed = [one for part in self.parts for one in part.terms.get("investments", [])]
        return [(self.first, self.purchase["investment"]), *((month(one["from"]), one["amount"]) for one in listed)]

    def capital(self, year):
        """A loan for each building, paid off by equal yearly amounts."""
        return self._loans(year, self._built())

    def _loans(self, year, built):
        rate, lifetime = self.purchase["interest_rate"], self.purchase["lifetime"]
        worth = sum((1 + rate) ** -(after + 1) for after in range(lifetime))
        return sum(
            amount / worth / 12
            for start, amount in built
            for at in months_of(year)
            if start <= at < start + 12 * lifetime
        )

    def invested(self, year):
        return sum(amount for start, amount in self._built() if start in months_of(year))

    def in_kroner_of(self, year, saved, pace):
        """The saving in current prices: the purchase and in-house cost by their indexes, the rest in prices of the year."""
        bought, own, _ = saved
        of_own = self.stated.get("own_follows") or _followed(self.stated.get("own_cost_per_place"))
        of_bought = _followed(self.stated.get("annual_cost", self.stated.get("cost_per_user")))
        then = Ledger(in_prices_of(year, self.stated), in_prices_of(year, self.stated_table))
        rest = then.saved(year, pace)[2] + then.capital(year) - self._capital_in_kroner(year)
        return bought * growth(of_bought, year) + own * growth(of_own, year) + rest

    def _capital_in_kroner(self, year):
        """A loan of what each building costs when it is built; from then on its payments rise as prices in general."""
        if self.first is None:
            return 0.0
        listed = [(month(one["from"]), one["amount"]) for one in self.stated.get("investments", [])]
        built = [(self.first, self.stated["investment"]), *listed]
        dearer = [(at, bare(one) * growth(_followed(one), at // 12) / growth(None, at // 12)) for at, one in built]
        return self._loans(year, dearer) * growth(None, year)


def _followed(stated):
    return stated.get("follows") if isinstance(stated, dict) else None


def growth(index, year):
    """Prices in the year relative to 2020, by the index or else the deflator."""
    return (1 + PRICES[index or "deflator"]) ** (year - 2020)


def in_prices_of(year, stated):
    """The same table with the amounts that are neither bought nor in-house provision in the prices of the year."""
    if isinstance(stated, list):
        return [in_prices_of(year, one) for one in stated]
    if not isinstance(stated, dict):
        return stated
    return {
        key: bare(one) * growth(_followed(one), year) if key in IN_KRONER else in_prices_of(year, one)
        for key, one in stated.items()
    }


def bare(value):
    """The scenario without what amounts say of their prices."""
    if isinstance(value, dict):
        return value["value"] if "value" in value else {key: bare(one) for key, one in value.items()}
    return [bare(one) for one in value] if isinstance(value, list) else value


def paces(ledgers, table):
    """How much of the plan can be staffed, year by year."""
    found = {}
    for year in YEARS:
        needed, recruited = sum(one.staff(year) for one in ledgers), table["fte_available"] * (year - 2019)
        found[year] = min(1.0, recruited / needed) if table["limit_to_staff"] and needed else 1.0
    return found


IN_KRONER = (
    *("startup_cost", "exit_cost", "contract_followup", "overhead", "user_payments", "user_payments_in_house"),
    *("transport", "transport_in_house", "net_wage_cost", "net_wage_cost_in_house", "deductions", "refund_threshold"),
)
PRICES = {"deflator": 0.03, "wages": 0.05, "contracts": 0.02}
INDEXES = {
    "base_year": 2019,
    "years": 5,
    "deflator": "deflator",
    "indexes": [{"index": index, "rate": rate} for index, rate in PRICES.items()],
}
SHARE = st.sampled_from((0, 0.1, 0.8))
START = st.builds("{}-{:02d}".format, st.sampled_from(YEARS), st.integers(1, 12))
OVER = st.integers(0, 20)
INDEX = st.sampled_from(("deflator", "wages", "contracts"))


def priced(amount):
    """The amount, or the same with the index that it follows, with or without its price year."""
    years = st.sampled_from(({}, {"price_year": 2020}))
    said = st.builds(lambda value, index, year: {"value": value, "follows": index, **year}, amount, INDEX, years)
    return said | amount


AMOUNT = priced(st.sampled_from((0, 500, 70_000)))


def phases(**size):
    return st.lists(st.fixed_dictionaries({"from": START, "over_months": OVER, **size}), min_size=1, max_size=2)


GROUPS = st.lists(
    st.fixed_dictionaries(
        {
            "users": st.integers(0, 4),
            "net_wage_cost": priced(st.integers(0, 5_000)),
            "net_wage_cost_in_house": priced(st.integers(0, 5_000)),
            "deductions": priced(st.integers(0, 900)),
        }
    ),
    max_size=2,
)
BUILDINGS = st.lists(st.fixed_dictionaries({"from": START, "amount": priced(st.sampled_from((900, 5e6)))}), max_size=2)
BY_RATIO = {"own_cost_ratio": st.floats(0.1, 2), "own_follows": st.sampled_from(("", "wages", "contracts"))}
COST = st.sampled_from((12_000, 777_000))
VOLUME = st.one_of(
    st.fixed_dictionaries({"annual_cost": priced(COST), **BY_RATIO, "phases": phases(share=st.floats(0.01, 0.5))}),
    st.fixed_dictionaries(
        {
            "users": st.just(60),
            "cost_per_user": priced(st.just(40_000)),
            "places": st.just(12),
            "own_cost_per_place": priced(st.just(50_000)),
            "phases": phases(places=st.integers(1, 6)),
            "refund_groups": GROUPS,
            "investments": BUILDINGS,
        }
    ),
    st.fixed_dictionaries(
        {
            "annual_cost": priced(COST),
            "users": st.just(40),
            **BY_RATIO,
            "phases": phases(users=st.integers(1, 2)),
            "refund_groups": GROUPS,
        }
    ),
    st.fixed_dictionaries(
        {
            "annual_cost": priced(COST),
            **BY_RATIO,
            "phases": phases(share=st.floats(0.01, 0.5)),
            "categories": st.just(
                [
                    {"category": "a", "share_of_cost": 0.3},
                    {
                        "category": "own",
                        "share_of_cost": 0.2,
                        "users": 40,
                        "phases": [{"from": "2020-05", "users": 3}, {"from": "2021-02", "users": 5, "over_months": 4}],
                    },
                    {"category": "b", "share_of_cost": 0.3, "repatriable_share": 0.4, "quality": "worse"},
                    {"category": "c", "share_of_cost": 0.2, "repatriable_share": 0, "own_cost_ratio": 3},
                ]
            ),
        }
    ),
)
END = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"notice_months": st.integers(1, 20)}),
    st.fixed_dictionaries({"contract_until": START}, optional={"guaranteed_volume": st.integers(0, 800_000)}),
)
TERMS = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(("in", "out")),
        "quality": st.sampled_from(("better", "as_good", "worse", "not_assessed")),
        "repatriable_share": st.floats(0.2, 1),
        "occupancy": st.sampled_from((1, 0.9)),
        "wage_share": st.just(0.8),
        "wage_per_fte": st.just(30_000),
        "overlap_months": st.integers(0, 14),
        "avoidable_share": st.sampled_from((1, 0.6)),
        "startup_cost": AMOUNT,
        "exit_cost": AMOUNT,
        "investment": AMOUNT,
        "lifetime": st.sampled_from((1, 2, 40)),
        "interest_rate": st.sampled_from((0.0, 0.04)),
        "contract_followup": AMOUNT,
        "overhead": AMOUNT,
        "overhead_share": SHARE,
        "user_payments": AMOUNT,
        "user_payments_in_house": AMOUNT,
        "vat_share": SHARE,
        "vat_compensated": SHARE,
        "transport": AMOUNT,
        "transport_in_house": AMOUNT,
    },
    optional={"avoidable_later": st.lists(st.fixed_dictionaries({"share": st.just(0.2), "from": START}), max_size=2)},
)


def put_together(*parts):
    """The purchase, in which nothing is saved later where all is saved at once."""
    held = {key: one for part in parts for key, one in part.items()}
    return {key: one for key, one in held.items() if key != "avoidable_later" or held["avoidable_share"] < 1}


PURCHASE = st.builds(put_together, TERMS, VOLUME, END)
RATE = st.sampled_from((0.0, -0.05, 0.04))
TABLE = st.fixed_dictionaries(
    {
        "refund_threshold": priced(st.integers(0, 3_000)),
        "refund_rate": st.floats(0, 1),
        "threshold_growth": RATE,
        "purchased_price_growth": RATE,
        "own_price_growth": RATE,
        "fte_available": st.sampled_from((0.5, 5, 500)),
        "limit_to_staff": st.booleans(),
        "include_quality": st.booleans(),
    }
)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-3)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(150))
@given(purchases=st.lists(PURCHASE, min_size=1, max_size=2), table=TABLE, nominal=st.booleans())
def test_ledgers_kept_month_by_month_give_the_same_saving_in_fixed_and_in_current_prices(
    answers, purchases, table, nominal
):
    held = [{"programme": f"P{index}", **one} for index, one in enumerate(purchases)]
    rate = {"nominal_discount_rate" if nominal else "discount_rate": 0.04}
    scenario = {"first_year": 2020, "years": 3, **rate, **table, "purchases": held}
    found = answers("insource", {"insource": scenario, "prices": INDEXES})
    ledgers = [Ledger(one, table) for one in purchases]
    fixed, current, cash = {}, {}, {}
    for year, pace in paces(ledgers, table).items():
        saved = [one.saved(year, pace) for one in ledgers]
        fixed[year] = sum(map(sum, saved))
        current[year] = sum(one.in_kroner_of(year, kinds, pace) for one, kinds in zip(ledgers, saved, strict=True))
        cash[year] = fixed[year] + sum(one.capital(year) - one.invested(year) for one in ledgers)
    assert found.series("net_saving", "year") == {year: close(amount) for year, amount in fixed.items()}
    assert found.series("current_net_saving", "year") == {year: close(amount) for year, amount in current.items()}
    assert found.series("cash_flow", "year") == {year: close(amount) for year, amount in cash.items()}
    discounted = current if nominal else fixed
    assert found("present_value") == close(sum(amount / 1.04 ** (year - 2019) for year, amount in discounted.items()))
