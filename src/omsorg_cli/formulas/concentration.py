"""How much of a market its actors have."""

from collections.abc import Sequence

from omsorg_cli.core.helpers import total
from omsorg_cli.core.units import Num


def concentration(shares: Sequence[Num]) -> Num:
    """The Herfindahl–Hirschman index: the sum of the squares of the shares in per cent, at most 10 000.

    >>> concentration([1.0]), concentration([0.5, 0.5])
    (10000.0, 5000.0)
    """
    return total([(share * 100) ** 2 for share in shares])  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike
