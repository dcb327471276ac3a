"""What work costs at the wage."""

from omsorg_cli.core.figure import figure
from omsorg_cli.core.units import NokPerHour, Num


@figure(per=[()], step=True)
def cost_of_an_hour(wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """Cost per hour at the average wage cost per FTE.

    >>> round(cost_of_an_hour(wage_per_fte=785_606, hours_per_fte=1_695), 2)
    463.48
    """
    return wage_per_fte / hours_per_fte
