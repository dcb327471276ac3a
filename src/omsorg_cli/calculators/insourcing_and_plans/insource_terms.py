"""The inputs of what ends with a contract, and of the rest of the account: what a purchase costs beside its price."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Row
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import month_text
from omsorg_cli.core.quantities import (
    AddedCost,
    AddedPerYear,
    Month,
    Months,
    NokPerYearInput,
    ShareInput,
    default,
)

DIRECTIONS = ("in", "out")
Direction = Annotated[Stated | None, Kind("", "choice", choices=DIRECTIONS, example="out")]


class LaterAvoided(Row):
    """A part of in-house cost that can be saved only later, such as the rent of a building."""

    later_share: ShareInput = Field(alias="share")
    """The part of in-house cost, in addition to what can be saved at once and to other parts."""
    avoided_from: Month = Field(alias="from")
    """The first month in which it can be saved."""


class Contract(Row):
    """What must be paid although users have come in-house, and what it costs to leave the contract."""

    notice_months: Months = default(0)
    """The months from the earliest phase for which what is bought must still be paid."""
    contract_until: Month = None
    """The last month for which what is bought must be paid, whoever has come in-house."""
    guaranteed_volume: NokPerYearInput = None
    """What must be paid in a year until then, following the index of what is bought; without it, all that is bought."""
    overlap_months: Months = default(0)
    """The months for which both the bought and the in-house place are paid for everyone who comes."""
    exit_once: AddedCost = Field(default(0), alias="exit_cost")
    """What it costs once to leave the contract, in the year of the earliest phase."""


class Account(Row):
    """What a purchase costs beside its price, or its alternative beside own cost: a year, for all that is bought."""

    pairs: ClassVar[tuple[tuple[str, str], ...]] = (
        ("user_payments", "user_payments_in_house"),
        ("vat_share", "vat_compensated"),
    )

    contract_followup: AddedPerYear = default(0)
    """What it costs to tender and follow up all that is bought: saved as it comes in-house."""
    overhead: AddedPerYear = default(0)
    """The overhead of own administration, were all that is bought in-house."""
    overhead_share: ShareInput = default(0)
    """The overhead of own administration as a share of own cost."""
    user_payments: AddedPerYear = default(0)
    """What users pay the municipality for all that is bought."""
    user_payments_in_house: AddedPerYear = default(0)
    """What the same users would pay, were all of it in-house."""
    vat_share: ShareInput = default(0)
    """The value-added tax in the price, as a share of it."""
    vat_compensated: ShareInput = default(0)
    """The share of the tax that the state compensates."""
    transport: AddedPerYear = default(0)
    """What transport costs for all that is bought."""
    transport_in_house: AddedPerYear = default(0)
    """What transport would cost, were all of it in-house."""


def faults_of_terms(contract: Contract) -> Iterator[tuple[Loc, str]]:
    """What cannot be meant of a contract."""
    if contract.contract_until is not None and contract.notice_months is not None and contract.notice_months.value:
        yield ("notice_months",), say("found notice_months beside contract_until; allowed: one end of the contract")
    ends = contract.contract_until is not None or (contract.notice_months is not None and contract.notice_months.value)
    if contract.guaranteed_volume is not None and not ends:
        told = say("found guaranteed_volume without an end; state notice_months or contract_until beside it")
        yield ("guaranteed_volume",), told


def faults_of_account(account: Account) -> Iterator[tuple[Loc, str]]:
    """What is stated on one side only, so that the other would count as nothing."""
    for pair in Account.pairs:
        stated = [name for name in pair if name in account.model_fields_set]
        if len(stated) == 1:
            (lacking,) = set(pair) - set(stated)
            yield (stated[0],), say("found {stated} without {lacking}; state both", stated=stated[0], lacking=lacking)


def faults_of_end(contract: Contract, january: int) -> Iterator[tuple[Loc, str]]:
    """A contract that ends before the first year."""
    until = contract.contract_until
    earliest = None if until is None else int(min([until.number, *(until.range or ())]))
    if earliest is not None and earliest < january:
        held = {"month": month_text(earliest), "first": month_text(january)}
        yield ("contract_until",), say("found {month}, before first_year; allowed: from {first}", **held)
