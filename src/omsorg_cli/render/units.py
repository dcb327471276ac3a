"""What people read for a unit, and a value with every digit beside it."""

from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text

UNITS = {
    "": "",
    "FTE": phrase("FTE"),
    "NOK": phrase("NOK"),
    "NOK/FTE": phrase("NOK per FTE"),
    "NOK/dwelling": phrase("NOK per dwelling"),
    "NOK/dwelling/year": phrase("NOK per dwelling per year"),
    "NOK/hour": phrase("NOK per hour"),
    "NOK/inhabitant": phrase("NOK per inhabitant"),
    "NOK/place": phrase("NOK per place"),
    "NOK/place/year": phrase("NOK per place per year"),
    "NOK/unit": phrase("NOK per unit"),
    "NOK/user/year": phrase("NOK per user per year"),
    "NOK/year": phrase("NOK a year"),
    "decimals": phrase("decimals"),
    "dwellings": phrase("dwellings"),
    "dwellings/facility": phrase("dwellings per facility"),
    "facilities": phrase("facilities"),
    "hours/FTE": phrase("hours per FTE"),
    "hours/inhabitant/year": phrase("hours per inhabitant per year"),
    "hours/unit": phrase("hours per unit"),
    "hours/user/week": phrase("hours per user per week"),
    "hours/user/year": phrase("hours per user per year"),
    "hours/year": phrase("hours a year"),
    "index": phrase("index"),
    "inhabitants": phrase("inhabitants"),
    "month": phrase("month"),
    "months": phrase("months"),
    "municipalities": phrase("municipalities"),
    "namings": phrase("mentions"),
    "namings/municipality": phrase("mentions per municipality"),
    "per 1000": phrase("per 1 000"),
    "persons": phrase("persons"),
    "persons/municipality": phrase("persons per municipality"),
    "places": phrase("places"),
    "points": phrase("points"),
    "providers": phrase("providers"),
    "rank": phrase("rank"),
    "rate/year": phrase("rate a year"),
    "ratio": phrase("ratio"),
    "requirements": phrase("requirements"),
    "share": phrase("share"),
    "the row's unit": phrase("the row's unit"),
    "times": phrase("times"),
    "units": phrase("units"),
    "users/1000 inhabitants": phrase("users per 1 000 inhabitants"),
    "weeks/year": phrase("weeks a year"),
    "year": phrase("year"),
    "years": phrase("years"),
    "yes or no": phrase("yes or no"),
}
"""What people read for each unit that inputs and figures have."""
BARE = ("share", "ratio", "index", "rate/year", "year", "")
"""Units whose numbers say enough without them."""


def unit_text(unit: str) -> str:
    """What people read for the unit.

    >>> unit_text("NOK/place/year")
    'NOK per place per year'
    """
    return say(UNITS.get(unit) or unit) if unit else ""


def exact_text(value: float, unit: str) -> str:
    """The value with every digit, and its unit where it has one that is said.

    >>> exact_text(116_443_512, "NOK/year"), exact_text(0.25, "share"), exact_text(2025, "year")
    ('116 443 512 NOK a year', '0.25', '2025')
    """
    number = f"{value:g}" if unit in ("year", "") else number_text(value)
    return number if unit in BARE else say("{number} {unit}", number=number, unit=unit_text(unit))
