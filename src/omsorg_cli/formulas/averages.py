"""What a group of municipalities is taken to be: its mean, weighted mean, median, best quartile."""

from collections.abc import Sequence

from omsorg_cli.core.helpers import quantile, total
from omsorg_cli.core.operation import operation
from omsorg_cli.core.units import Num


@operation
def mean(levels: Sequence[Num]) -> Num:
    """The plain mean: each municipality counts the same."""
    return total(levels) / len(levels)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@operation
def weighted_mean(levels: Sequence[Num], weights: Sequence[Num]) -> Num:
    """The mean with each municipality counted by its weight."""
    products = [level * weight for level, weight in zip(levels, weights, strict=True)]
    return total(products) / total(weights)  # type: ignore[no-any-return]  # as above


def median(levels: Sequence[Num]) -> Num:
    """The middle one, or the mean of the two in the middle."""
    return quantile(levels, 0.5)  # type: ignore[no-any-return]  # as above


def best_quartile(levels: Sequence[Num]) -> Num:
    """The lower quartile, as spreadsheets reckon it: a quarter of the group spends no more."""
    return quantile(levels, 0.25)  # type: ignore[no-any-return]  # as above
