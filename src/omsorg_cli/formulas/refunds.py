"""What the state refunds of services to users who need many resources."""

from omsorg_cli.core.helpers import maximum
from omsorg_cli.core.operation import operation
from omsorg_cli.core.units import Num


@operation
def refund(net_wage_cost: Num, threshold: Num, rate: Num, deductions: Num) -> Num:
    """The refund for one user in a year: the rate of what the wages cost above the threshold and the deductions.

    At or below them nothing is refunded, and never less than nothing.

    >>> refund(2_460_000, 1_080_000, 0.8, 0), refund(1_000_000, 1_080_000, 0.8, 0)
    (1104000.0, 0.0)
    """
    return rate * maximum(net_wage_cost - threshold - deductions, 0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike
