"""What work costs: at the wage of an FTE, and that wage built up from gross pay."""

from typing import Annotated, Any, ClassVar

from pydantic import model_validator

from omsorg_cli.core.figure import figure
from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.inputs import Inputs, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.operation import operation
from omsorg_cli.core.quantities import ShareInput, default
from omsorg_cli.core.units import NokPerHour, Num

PAYROLL_TAX = {"I": 0.141, "II": 0.106, "III": 0.064, "IV": 0.051, "IVa": 0.079, "V": 0.0}
"""Payroll tax by zone, as a share of pay, holiday pay and pension."""
Zone = Annotated[Stated | None, Kind("", "choice", choices=tuple(PAYROLL_TAX), example="I")]


class WageRates(Inputs):
    """What a wage cost is made of beside gross pay: the rates that several calculators use alike."""

    optional: ClassVar[tuple[str, ...]] = ("payroll_tax",)  # a zone has it

    holiday_pay: ShareInput = default(0)
    """Holiday pay as a share of gross pay, where gross pay does not include it."""
    pension: ShareInput = default(0)
    """The employer's pension contribution as a share of gross pay."""
    payroll_zone: Zone = None
    """The zone whose payroll tax applies."""
    payroll_tax: ShareInput = None
    """Payroll tax as a share of pay, holiday pay and pension, where no zone is stated."""
    supplement: ShareInput = default(0)
    """Overtime and shift supplements as a share of gross pay."""
    sick_leave: ShareInput = default(0)
    """Sick leave as a share of the hours."""
    replaced_share: ShareInput = default(1)
    """The share of the sick leave that others are paid to cover."""

    @model_validator(mode="before")
    @classmethod
    def _tax_of_the_zone(cls, data: Any) -> Any:
        """The zone's payroll tax, as an assumption; a tax stated beside it is refused, one that a user sets counts.

        A user who sets both is refused too.
        """
        if not isinstance(data, dict) or "payroll_zone" not in data:
            return data
        tax, stated = data.get("payroll_tax"), data["payroll_zone"]
        if _is_users(tax) and not _is_users(stated):
            return data
        zone = stated.get("value") if isinstance(stated, dict) else getattr(stated, "value", stated)
        if "payroll_tax" in data:
            refuse(
                [(("payroll_tax",), say("found beside payroll_zone, which has its own tax; allowed: one of the two"))]
            )
        if not isinstance(zone, str) or zone not in PAYROLL_TAX:
            return data  # the kind of the input says what is allowed
        reason = say("payroll tax in zone {zone}", zone=zone)
        return {**data, "payroll_tax": Stated(PAYROLL_TAX[zone], assumption=reason)}


def _is_users(stated: Any) -> bool:
    """Whether the user has set the input."""
    return isinstance(stated, Stated) and stated.origin == "user"


@figure(per=[()], step=True)
def cost_of_an_hour(wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """Cost per hour at the average wage cost per FTE.

    >>> round(cost_of_an_hour(wage_per_fte=785_606, hours_per_fte=1_695), 2)
    463.48
    """
    return wage_per_fte / hours_per_fte


@operation
def wage_cost(
    gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
) -> Num:
    """What gross pay costs the employer: supplements, holiday pay, pension, payroll tax, and cover for sick leave.

    >>> [round(wage_cost(61_587, 0, 0, 0, tax, 0, 1)) for tax in PAYROLL_TAX.values()]
    [70271, 68115, 65529, 64728, 66452, 61587]
    >>> round(wage_cost(500_000, 0.1, 0.12, 0.14, 0.141, 0.1, 0.5))
    830249
    """
    pay = gross_pay * (1 + supplement) * (1 + holiday_pay + pension)
    return pay * (1 + payroll_tax) * (1 + sick_leave * replaced_share)


@operation
def productive_hours(gross_hours: Num, holiday_hours: Num, absence_share: Num) -> Num:
    """The hours of an FTE at work: what is paid without holidays, and of that what is not absence.

    >>> productive_hours(1_950, 187.5, 0.1)
    1586.25
    """
    return (gross_hours - holiday_hours) * (1 - absence_share)
