"""A difference between two products shared out over their factors so that the parts add up exactly."""

from omsorg_cli.core.units import Num


def part_of_factor(own: Num, base: Num, other: tuple[Num, Num], third: tuple[Num, Num]) -> Num:
    """What a factor contributes to the difference between two products of three factors: its Shapley value.

    The factor is changed from the base's value to the own one before, between or after the two others, each of which
    is given as (own, base); every order counts the same. The three factors' parts add up to the whole difference.

    >>> parts = [
    ...     part_of_factor(3, 1, (5, 2), (7, 4)),
    ...     part_of_factor(5, 2, (3, 1), (7, 4)),
    ...     part_of_factor(7, 4, (3, 1), (5, 2)),
    ... ]
    >>> parts, sum(parts) == 3 * 5 * 7 - 1 * 2 * 4
    ([40.0, 34.5, 22.5], True)
    """
    (own_other, base_other), (own_third, base_third) = other, third
    first_or_last = own_other * own_third + base_other * base_third
    between = own_other * base_third + base_other * own_third
    return (own - base) * (2 * first_or_last + between) / 6
