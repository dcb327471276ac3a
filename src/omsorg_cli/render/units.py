"""What people read for a unit, and a value with every digit beside it."""

from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.units import unit_label

BARE = ("share", "ratio", "index", "rate/year", "year", "")
"""Units whose numbers say enough without them."""


def unit_text(unit: str, number: float = 0) -> str:
    """What people read for the unit, beside that number.

    >>> unit_text("NOK/place/year")
    'NOK per place per year'
    """
    return unit_label(unit, number) if unit else ""


def exact_text(value: float, unit: str) -> str:
    """The value with every digit, and its unit where it has one that is said; a share in per cent.

    >>> exact_text(116_443_512, "NOK/year"), exact_text(0.25, "share"), exact_text(2025, "year")
    ('116 443 512 NOK a year', '25%', '2025')
    """
    if unit in ("share", "rate/year"):
        said = say("{number}%", number=number_text(float(f"{value * 100:.12g}")))
        return say("{amount} a year", amount=said) if unit == "rate/year" else said
    number = f"{value:g}" if unit in ("year", "") else number_text(value)
    return number if unit in BARE else say("{number} {unit}", number=number, unit=unit_text(unit, value))
