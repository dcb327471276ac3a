"""The inputs of insourcing: what is bought, what of it can be brought in-house, when, and at what cost."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from omsorg_cli.calculators.insourcing_and_plans.insource_terms import (
    Account,
    Contract,
    Direction,
    LaterAvoided,
    faults_of_account,
    faults_of_end,
    faults_of_terms,
)
from omsorg_cli.core.discounting import NOMINAL, faults_of_discounting
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import TOLERANCE, Inputs, Row, Whole, refuse
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import month_text, number_text
from omsorg_cli.core.quantities import (
    AddedCost,
    CostPerPlace,
    CostPerUser,
    CostRatio,
    FteInput,
    Horizon,
    InterestRate,
    Key,
    Label,
    Lifetime,
    Month,
    Months,
    NokInput,
    NokPerYearInput,
    Occupancy,
    Persons,
    Places,
    Rate,
    Reference,
    ShareInput,
    Switch,
    Wage,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.formulas.wages import WageRates

Quality = Annotated[
    Stated | None, Kind("", "choice", choices=("better", "as_good", "worse", "not_assessed"), example="as_good")
]

COUNTED_IN = ("phase_share", "phase_places", "phase_users")
"""How a phase may say how much comes."""


def _is_year(start: Any) -> bool:
    """Whether it is a year without a month."""
    return not isinstance(start, bool) and re.fullmatch("(19|20|21)[0-9]{2}", str(start)) is not None


class Phase(Row):
    """A part of what can be brought in-house, and when it comes: a share of it, or places or users that come."""

    forms: ClassVar[tuple[tuple[str, ...], ...]] = tuple((name,) for name in COUNTED_IN)

    @model_validator(mode="before")
    @classmethod
    def _year_from_january(cls, data: Any) -> Any:
        """A plan by year has what comes in a year from its first month on."""
        start = data.get("from") if isinstance(data, dict) else None
        return {**data, "from": f"{start}-01"} if _is_year(start) else data

    phase_share: ShareInput = Field(None, alias="share")
    """The part of what can be brought in-house."""
    phase_places: Places = Field(None, alias="places")
    """The places that are taken into use, beside those of other phases."""
    phase_users: Persons = Field(None, alias="users")
    """The users who come in-house, beside those of other phases."""
    start: Month = Field(alias="from")
    """The first month in which some of it is in-house; of a year alone, its January."""
    over_months: Months = default(0)
    """The months over which it comes in-house in even steps; 0 is at once."""


class Investment(Row):
    """An investment beside the first, such as the building of a later phase."""

    amount: NokInput = Field()
    """The amount, where anything is brought in-house."""
    paid_from: Month = Field(alias="from")
    """The month in which it is paid."""


class RefundGroup(Row):
    """Users of the purchase for whom the state refunds a part: alike in what their services cost."""

    group_users: Persons = Field(None, alias="users")
    """How many of the users for whom it is bought they are."""
    net_wage_cost: CostPerUser = None
    """The direct wage cost per user per year as it is bought, after deductions for other state support."""
    net_wage_cost_in_house: CostPerUser = None
    """The same where the service is in-house."""
    deductions: CostPerUser = default(0)
    """What is deducted per user per year beside the threshold, such as the grant for developmental disabilities."""


class Provision(Row):
    """What is bought, what of it can be brought in-house, and what it would cost there."""

    optional: ClassVar[tuple[str, ...]] = (
        *("places", "own_cost_per_place", "lifetime", "interest_rate", "categories"),
        *("users", "cost_per_user", "refund_groups", "quality", "gross_pay"),
        *("contract_until", "guaranteed_volume", "later_investments", "avoidable_later"),
    )

    label: Label = None
    """What people read."""
    annual_cost: NokPerYearInput = None
    """What is bought for in a year."""
    users: Persons = None
    """The users for whom it is bought."""
    cost_per_user: CostPerUser = None
    """The price per user per year, where the cost is not stated."""
    quality: Quality = None
    """What users would get in its place: what is worse, or not assessed, is shown apart and not counted."""
    repatriable_share: ShareInput = None
    """The share of the cost that can be brought in-house."""
    own_cost_ratio: CostRatio = None
    """Cost of an in-house place, in use or empty and without capital, the price of a bought place being 1."""
    places: Places = None
    """Places in use once all of it is in-house, where the cost of in-house provision is known by place."""
    own_cost_per_place: CostPerPlace = None
    """What a place of in-house provision costs in a year, in use or empty and without capital."""
    own_follows: Reference = default("")
    """The index that in-house provision follows in current prices, where its cost says none; else the deflator."""
    occupancy: Occupancy = None
    """The share of the places built that are in use."""
    wage_share: ShareInput = None
    """The share of the cost of in-house provision that is wages."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    gross_pay: Wage = None
    """Gross pay of one FTE in a year, from which its wage cost is built up."""
    phases: list[Phase] = Field(default_factory=no_rows)
    """When it comes in-house."""

    later_investments: list[Investment] = Field(default_factory=no_rows, alias="investments")
    """Investments beside the first."""

    avoidable_later: list[LaterAvoided] = Field(default_factory=no_rows)
    """What of in-house cost can be saved only later, where it is bought instead, in addition to `avoidable_share`."""
    refund_groups: list[RefundGroup] = Field(default_factory=no_rows)
    """The users for whom the state refunds a part."""

    def wholes(self) -> Iterator[Whole]:
        """The phases' shares, places and users of what can be brought in-house."""
        shares = [phase.phase_share for phase in self.phases if phase.phase_share]
        yield Whole(phrase("phases whose shares"), ("phases",), shares)
        places = [phase.phase_places for phase in self.phases if phase.phase_places]
        if self.places is not None:
            yield Whole(phrase("phases whose places"), ("phases",), (), amounts=places, of=self.places)
        users = [phase.phase_users for phase in self.phases if phase.phase_users]
        if self.users is not None:
            yield Whole(phrase("phases whose users"), ("phases",), (), amounts=users, of=self.users)
            groups = [group.group_users for group in self.refund_groups if group.group_users]
            yield Whole(phrase("groups whose users"), ("refund_groups",), (), amounts=groups, of=self.users)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse((*_faults_of_provision(self), *self.faults_of_shares()))
        return self


def _faults_of_provision(item: Provision) -> Iterator[tuple[Loc, str]]:
    if item.own_cost_ratio is not None and (item.places is not None or item.own_cost_per_place is not None):
        yield (), say("found own_cost_ratio beside places or own_cost_per_place; allowed: one way to the own cost")
    if item.gross_pay is not None and item.wage_per_fte is not None:
        yield ("gross_pay",), say("found gross_pay beside wage_per_fte; allowed: one way to the wage cost")
    if item.annual_cost is not None and item.cost_per_user is not None:
        yield ("cost_per_user",), say("found cost_per_user beside annual_cost; allowed: one way to what is bought")
    if item.places is not None and item.users is not None and item.places.number > item.users.number:
        places, users = number_text(item.places.number), number_text(item.users.number)
        yield (
            ("places",),
            say("found {places} places for {users} users; allowed: at most one each", places=places, users=users),
        )
    yield from _faults_of_who_can_come(item, item.repatriable_share)
    counted_in = {name for phase in item.phases for name in COUNTED_IN if getattr(phase, name) is not None}
    if len(counted_in) > 1:
        yield ("phases",), say("found phases counted in different ways; allowed: all in shares, in places or in users")


def _faults_of_who_can_come(item: Provision, share: Stated | None) -> Iterator[tuple[Loc, str]]:
    """More users in the phases, or more places, than users who can be brought in-house, by the share that holds."""
    if item.users is None or share is None:
        return
    can = item.users.number * share.number
    come = sum(phase.phase_users.number for phase in item.phases if phase.phase_users is not None)
    if can * (1 + TOLERANCE) < come <= item.users.number:
        held = {"come": number_text(come), "can": number_text(can)}
        yield ("phases",), say("found {come} users in the phases; allowed: at most the {can} who can come", **held)
    rounding = item.users.number * Whole("", (), [share]).rounding
    if item.places is not None and (can + rounding) * (1 + TOLERANCE) < item.places.number <= item.users.number:
        held = {"places": number_text(item.places.number), "can": number_text(can)}
        told = say("found {places} places for the {can} users who can come; allowed: at most one each", **held)
        yield ("places",), told


class Category(Provision):
    """A part of a purchase; what it does not say, it has from the purchase.

    Phases of its own stand in the place of all of the purchase's, and so do the parts that can be saved only later.
    """

    keys: ClassVar[tuple[str, ...]] = ("category",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("share_of_cost",), ("annual_cost",))

    category: Key
    """The category."""
    share_of_cost: ShareInput = None
    """Its share of the purchase's annual cost."""


class Purchase(Provision, Contract, Account):
    """A programme's purchases from private providers."""

    keys: ClassVar[tuple[str, ...]] = ("programme",)

    programme: Key
    """The programme area."""
    direction: Direction = default("in")
    """Whether what is bought is brought in-house (in), or what is in-house is to be bought instead (out)."""
    avoidable_share: ShareInput = default(1)
    """The share of in-house cost that can be saved at once, where it is bought instead."""
    occupancy: Occupancy = default(1)
    """The share of the places built that are in use."""
    startup_once: AddedCost = Field(default(0), alias="startup_cost")
    """What it costs once to begin, in the year of the earliest phase that brings anything in-house."""
    investment: AddedCost = default(0)
    """What is invested when the earliest phase begins that brings anything in-house."""
    lifetime: Lifetime = None
    """The years over which the investment is paid off."""
    interest_rate: InterestRate = None
    """The real interest on the investment."""
    categories: list[Category] = Field(default_factory=no_rows)
    """The parts of the purchase."""

    def wholes(self) -> Iterator[Whole]:
        """The phases' shares, and the categories' parts of the cost."""
        yield from super().wholes()
        shares = [part.share_of_cost for part in self.categories if part.share_of_cost]
        amounts = [part.annual_cost for part in self.categories if part.annual_cost]
        if amounts and self.annual_cost is not None:
            yield Whole(phrase("categories whose costs"), ("categories",), shares, amounts=amounts, of=self.annual_cost)
        else:
            yield Whole(phrase("categories whose shares of the cost"), ("categories",), shares)
        if "avoidable_share" in self.model_fields_set:
            yield from _avoided(self)

    @model_validator(mode="after")
    def _parts_fit(self, info: ValidationInfo) -> Self:
        refuse((*_faults_of_parts(self), *faults_of_terms(self), *faults_of_account(self)))
        if not {"avoidable_share"} & {*self.model_fields_set, *(info.context or {}).get("common", {})}:
            refuse((whole.loc, whole.fault) for whole in _avoided(self) if whole.fault)
        return self


def _avoided(item: Purchase) -> Iterator[Whole]:
    """What of in-house cost is saved at once, and what only later, for the purchase and each category that says it."""
    assert item.avoidable_share is not None
    hint = phrase(", since each is a part in addition to the others")
    if "avoidable_share" not in item.model_fields_set:
        hint = phrase(
            ", since each is a part in addition to the others; state avoidable_share, which is 1 where it is not stated"
        )
    parts = ((("categories", index), part) for index, part in enumerate(item.categories))
    for place, holder in (((), item), *parts):
        later = [part.later_share for part in holder.avoidable_later if part.later_share]
        if later:
            yield Whole(
                phrase("avoidable_share and avoidable_later that"),
                (*place, "avoidable_later"),
                [item.avoidable_share, *later],
                hint=hint,
            )


def _faults_of_parts(item: Purchase) -> Iterator[tuple[Loc, str]]:
    if item.categories:
        yield from _faults_of_the_undivided(item)
    for index, part in enumerate(item.categories):
        if item.own_cost_ratio is not None and (part.places is not None or part.own_cost_per_place is not None):
            told = say(
                "found places in a category beside the purchase's own_cost_ratio; allowed: one way to the own cost"
            )
            yield ("categories", index), told
        if part.repatriable_share is None:
            for place, fault in _faults_of_who_can_come(part, item.repatriable_share):
                yield ("categories", index, *place), fault


def _faults_of_the_undivided(item: Purchase) -> Iterator[tuple[Loc, str]]:
    """What each category would have all of, stated for a purchase that has some."""
    undivided = {
        "places": item.places is not None,
        "users": item.users is not None,
        "refund_groups": bool(item.refund_groups),
        "investments": bool(item.later_investments),
    }
    for name, is_stated in undivided.items():
        if is_stated:
            yield (
                (name,),
                say(
                    "found {what} beside categories, which would each have all of them; state them in the categories",
                    what=name,
                ),
            )
    counted_in = {"places": "phase_places", "users": "phase_users"}
    for name, field in counted_in.items():
        if any(getattr(phase, field) is not None for phase in item.phases):
            told = say(
                "found phases counted in {what} beside categories, which would each have all of them; state phases in "
                "the categories, or phases as shares",
                what=name,
            )
            yield ("phases",), told


class Terms(Inputs):
    """What holds for all purchases: the years, rates, growth, recruitment and refunds."""

    first_year: YearInput = Field()
    """The first year, whose prices all amounts are in."""
    years: Horizon = Field()
    """How many years are looked at."""
    discount_rate: Rate = None
    """The real rate at which later years count less, on fixed prices."""
    nominal_discount_rate: Rate = None
    """A nominal rate in its place, on current prices by the indexes in the table [prices]."""
    purchased_price_growth: Rate = default(0)
    """The real yearly growth of the prices paid."""
    own_price_growth: Rate = default(0)
    """The real yearly growth of the cost of in-house provision."""
    include_quality: Switch = default(False)
    """Whether what is worse, or not assessed, is counted all the same."""
    fte_available: FteInput = None
    """How many FTE can be recruited in each year."""
    limit_to_staff: Switch = default(False)
    """Whether no more comes in-house by a year than can be staffed by then: all phases wait in the same proportion."""
    refund_threshold: CostPerUser = None
    """The net wage cost per user per year above which the state refunds a part."""
    refund_rate: ShareInput = None
    """The part of the cost above the threshold that the state refunds."""
    threshold_growth: Rate = default(0)
    """The real yearly growth of the threshold."""


class Insource(WageRates, Terms):
    """Inputs of bringing purchases in-house."""

    optional: ClassVar[tuple[str, ...]] = (*WageRates.optional, NOMINAL)

    purchases: list[Purchase] = Field(min_length=1)
    """What is bought."""

    @model_validator(mode="after")
    def _begins_in_time(self) -> Self:
        refuse(_faults_of_start(self))
        return self


def _faults_of_start(table: Insource) -> Iterator[tuple[Loc, str]]:
    assert table.first_year is not None
    january = int(table.first_year.number) * 12
    if table.limit_to_staff is not None and table.limit_to_staff.value and table.fte_available is None:
        yield (
            ("limit_to_staff",),
            say("found limit_to_staff without fte_available; state both"),
        )
    yield from faults_of_discounting(table)
    for index, purchase in enumerate(table.purchases):
        yield from ((("purchases", index, *place), told) for place, told in faults_of_end(purchase, january))
    for place, holder in _holders(table):
        for index, phase in enumerate(holder.phases):
            yield from _too_early(phase.start, january, (*place, "phases", index, "from"))
        for index, investment in enumerate(holder.later_investments):
            yield from _too_early(investment.paid_from, january, (*place, "investments", index, "from"))


def _too_early(month: Stated | None, january: int, place: Loc) -> Iterator[tuple[Loc, str]]:
    earliest = None if month is None else int(min([month.number, *(month.range or ())]))
    if earliest is not None and earliest < january:
        held = {"month": month_text(earliest), "first": month_text(january)}
        yield place, say("found {month}, before first_year; allowed: from {first}", **held)


def _holders(table: Insource) -> Iterator[tuple[Loc, Provision]]:
    for index, purchase in enumerate(table.purchases):
        yield ("purchases", index), purchase
        for part, category in enumerate(purchase.categories):
            yield ("purchases", index, "categories", part), category


PROGRAMME, CATEGORY, YEAR = ("programme",), ("programme", "category"), ("year",)
PHASE = ("programme", "category", "phase")
GROUP = ("programme", "category", "refund_group")
LATER = ("programme", "category", "avoidable_later")
INVESTMENT = ("programme", "category", "later_investment")
PROGRAMME_YEAR, CATEGORY_YEAR = ("programme", "year"), ("programme", "category", "year")
SUMS = (PROGRAMME_YEAR, CATEGORY, YEAR, PROGRAMME, ())
NOT_REPATRIABLE = {"repatriable_share": 0}
OUT = ("direction", "avoidable_share", "later_share")
"""Without any of these, nothing is bought instead of provided."""
FOLLOWUP = ("contract_followup",)
OVERHEAD = ("overhead", "overhead_share")
PAYMENTS = ("user_payments", "user_payments_in_house")
TAX = ("vat_share", "vat_compensated")
TRANSPORT = ("transport", "transport_in_house")
PAID_TWICE = ("notice_months", "contract_until", "overlap_months")
EXIT = ("exit_once",)
REFUNDS = ("group_users",)
"""What an amount of the account is stated by: without any of these, its line is zero and is not told."""
