"""The rest of the account: follow-up of contracts, overhead, user payments, value-added tax and transport."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    FOLLOWUP,
    OVERHEAD,
    PAYMENTS,
    PROGRAMME,
    PROGRAMME_YEAR,
    TAX,
    TRANSPORT,
    YEAR,
)
from omsorg_cli.core.figure import figure, summed
from omsorg_cli.core.helpers import where
from omsorg_cli.core.units import Nok, NokPerYear, Num, Saving, SavingPerYear, Share


@figure(per=[CATEGORY_YEAR], step=True)
def moved_volume(repatriable_volume: Num, home: Num) -> NokPerYear:
    """What of the purchases has come in-house in the year, in first-year prices."""
    return repatriable_volume * home


@figure(per=[CATEGORY], step=True)
def moved_at_full_effect(repatriable_volume: Num, full_share: Num) -> NokPerYear:
    """What of the purchases comes in-house once every phase does."""
    return repatriable_volume * full_share


@figure(per=[PROGRAMME_YEAR], step=True)
def moved_share(moved_volume: Num, purchased: Num) -> Share:
    """How much of all that is bought has come in-house in the year."""
    return where(purchased > 0, moved_volume / where(purchased > 0, purchased, 1), 0.0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[PROGRAMME], step=True)
def moved_share_at_full_effect(moved_at_full_effect: Num, purchased: Num) -> Share:
    """How much of all that is bought comes in-house once every phase does."""
    return where(purchased > 0, moved_at_full_effect / where(purchased > 0, purchased, 1), 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME_YEAR], told_with=FOLLOWUP)
def followup_saved(contract_followup: Num, moved_share: Num, own_price_factor: Num) -> SavingPerYear:
    """What need not be spent on tendering and following up contracts in the year."""
    return contract_followup * moved_share * own_price_factor


@figure(per=[PROGRAMME_YEAR], step=True)
def overhead_in_kroner(overhead: Num, moved_share: Num, own_price_factor: Num) -> NokPerYear:
    """The overhead of the year that is stated in kroner."""
    return overhead * moved_share * own_price_factor


@figure(per=[PROGRAMME_YEAR], told_with=OVERHEAD)
def overhead_added(overhead_in_kroner: Num, overhead_share: Num, own_cost: Num) -> NokPerYear:
    """What own administration costs more in the year."""
    return overhead_in_kroner + overhead_share * own_cost


@figure(per=[PROGRAMME_YEAR], told_with=PAYMENTS)
def user_payment_change(user_payments: Num, user_payments_in_house: Num, moved_share: Num) -> SavingPerYear:
    """How much more users pay in the year because of what is in-house; less is a cost."""
    return (user_payments_in_house - user_payments) * moved_share


@figure(per=[PROGRAMME_YEAR], told_with=TAX)
def vat_lost(purchase_avoided: Num, paid_twice: Num, vat_share: Num, vat_compensated: Num) -> NokPerYear:
    """What the state no longer compensates of value-added tax in the year, since less is bought."""
    return (purchase_avoided - paid_twice) * vat_share * vat_compensated


@figure(per=[PROGRAMME_YEAR], told_with=TRANSPORT)
def transport_change(transport: Num, transport_in_house: Num, moved_share: Num, own_price_factor: Num) -> SavingPerYear:
    """How much less transport costs in the year because of what is in-house; more is a cost."""
    return (transport - transport_in_house) * moved_share * own_price_factor


@figure(per=[PROGRAMME_YEAR], step=True)
def rest_of_account(
    followup_saved: Num, overhead_in_kroner: Num, user_payment_change: Num, vat_lost: Num, transport_change: Num
) -> SavingPerYear:
    """What the rest of the account saves in the year, but for overhead as a share of own cost."""
    return followup_saved - overhead_in_kroner + user_payment_change - vat_lost + transport_change


@figure(per=[PROGRAMME], step=True)
def rest_of_account_at_full_effect(
    contract_followup: Num,
    overhead: Num,
    user_payments: Num,
    user_payments_in_house: Num,
    transport: Num,
    transport_in_house: Num,
    moved_share_at_full_effect: Num,
) -> SavingPerYear:
    """What the rest of the account saves in a year once every phase is in-house, but for what follows from costs."""
    more = contract_followup - overhead + user_payments_in_house - user_payments + transport - transport_in_house
    return more * moved_share_at_full_effect


@figure(per=[PROGRAMME], step=True)
def account_by_cost_at_full_effect(
    purchase_avoided_at_full_effect: Num,
    vat_share: Num,
    vat_compensated: Num,
    own_cost_at_full_effect: Num,
    overhead_share: Num,
) -> SavingPerYear:
    """What tax and overhead that follow from what is bought and from own cost save in a year at full effect."""
    lost = purchase_avoided_at_full_effect * vat_share * vat_compensated
    return -lost - own_cost_at_full_effect * overhead_share


FORMULAS = (
    moved_volume,
    summed("moved_volume", NokPerYear, PROGRAMME_YEAR, step=True),
    moved_at_full_effect,
    summed("moved_at_full_effect", NokPerYear, PROGRAMME, step=True),
    moved_share,
    moved_share_at_full_effect,
    followup_saved,
    summed("followup_saved", SavingPerYear, YEAR, told_with=FOLLOWUP),
    summed("followup_saved", Saving, PROGRAMME, (), told_with=FOLLOWUP),
    overhead_in_kroner,
    overhead_added,
    summed("overhead_added", NokPerYear, YEAR, told_with=OVERHEAD),
    summed("overhead_added", Nok, PROGRAMME, (), told_with=OVERHEAD),
    user_payment_change,
    summed("user_payment_change", SavingPerYear, YEAR, told_with=PAYMENTS),
    summed("user_payment_change", Saving, PROGRAMME, (), told_with=PAYMENTS),
    vat_lost,
    summed("vat_lost", NokPerYear, YEAR, told_with=TAX),
    summed("vat_lost", Nok, PROGRAMME, (), told_with=TAX),
    transport_change,
    summed("transport_change", SavingPerYear, YEAR, told_with=TRANSPORT),
    summed("transport_change", Saving, PROGRAMME, (), told_with=TRANSPORT),
    rest_of_account,
    rest_of_account_at_full_effect,
    account_by_cost_at_full_effect,
)
