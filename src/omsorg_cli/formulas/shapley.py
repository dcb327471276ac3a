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


def part_of_one_of_four(own: Num, base: Num, *others: tuple[Num, Num]) -> Num:
    """The same for a product of four factors, the three others given as (own, base).

    >>> factors = (3, 1), (5, 2), (7, 4), (1.5, 0.5)
    >>> parts = [part_of_one_of_four(*factors[i], *factors[:i], *factors[i + 1 :]) for i in range(4)]
    >>> round(sum(parts), 9) == 3 * 5 * 7 * 1.5 - 1 * 2 * 4 * 0.5
    True
    """
    (own_1, base_1), (own_2, base_2), (own_3, base_3) = others
    none_or_all = base_1 * base_2 * base_3 + own_1 * own_2 * own_3
    one = own_1 * base_2 * base_3 + base_1 * own_2 * base_3 + base_1 * base_2 * own_3
    two = own_1 * own_2 * base_3 + own_1 * base_2 * own_3 + base_1 * own_2 * own_3
    return (own - base) * (3 * none_or_all + one + two) / 12
