"""What figures are counted in. A formula says its unit in the type that it returns."""

from typing import Annotated, NamedTuple

from omsorg_cli.core.language import Said, phrase, say


class Unit(NamedTuple):
    """A unit, as data names it; `either_way` where the figure is money that is saved or spent.

    `told` is how people are told which way: what would be saved, what lies above a comparator, what somebody gains, a
    part that makes a gap larger or smaller, or what is received in cash.
    """

    name: str
    either_way: bool = False
    told: str = "saving"


TOLD = ("saving", "gap", "gain", "part", "flow")
"""The ways to tell which way money goes."""


ROWS_UNIT = "the row's unit"
"""What stands for the unit where it is the row's input `unit` that says it."""


UNITS = {
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
    "days/FTE": phrase("days per FTE"),
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
    "index number": phrase("index number"),
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
    "rate/year": phrase("share a year"),
    "ratio": phrase("ratio"),
    "requirements": phrase("requirements"),
    "share": phrase("share"),
    "times": phrase("times"),
    "units": phrase("units"),
    "users/1000 inhabitants": phrase("users per 1 000 inhabitants"),
    "weeks/year": phrase("weeks a year"),
    "year": phrase("year"),
    "years": phrase("years"),
    "yes or no": phrase("yes or no"),
    ROWS_UNIT: phrase("the row's unit"),
}
"""What people read for a unit."""


ONE = {
    "days/FTE": phrase("day per FTE"),
    "decimals": phrase("decimal"),
    "dwellings": phrase("dwelling"),
    "dwellings/facility": phrase("dwelling per facility"),
    "facilities": phrase("facility"),
    "hours/FTE": phrase("hour per FTE"),
    "hours/inhabitant/year": phrase("hour per inhabitant per year"),
    "hours/unit": phrase("hour per unit"),
    "hours/user/week": phrase("hour per user per week"),
    "hours/user/year": phrase("hour per user per year"),
    "hours/year": phrase("hour a year"),
    "inhabitants": phrase("inhabitant"),
    "months": phrase("month"),
    "municipalities": phrase("municipality"),
    "namings": phrase("mention"),
    "namings/municipality": phrase("mention per municipality"),
    "persons": phrase("person"),
    "persons/municipality": phrase("person per municipality"),
    "places": phrase("place"),
    "points": phrase("point"),
    "providers": phrase("provider"),
    "requirements": phrase("requirement"),
    "units": phrase("unit"),
    "users/1000 inhabitants": phrase("user per 1 000 inhabitants"),
    "weeks/year": phrase("week a year"),
}
"""The same beside a one."""


def unit_label(unit: str, number: float = 0) -> Said:
    """What people read for the unit, beside that number, in the language that is spoken.

    >>> unit_label("NOK/year"), unit_label("hours/user/week"), unit_label("hours/user/week", 1)
    ('NOK a year', 'hours per user per week', 'hour per user per week')
    """
    of_one = ONE.get(unit) if abs(number) == 1 else None
    return say(of_one or UNITS.get(unit) or unit.replace("/", " per "))


def is_money(unit: str) -> bool:
    """Whether the unit is of kroner, in all or for each of something."""
    return unit.split("/", maxsplit=1)[0] == "NOK"


Num = float
"""One number in one row and one year; the engine may pass the draws of a simulation in its place."""
Share = Annotated[float, Unit("share")]
Ratio = Annotated[float, Unit("ratio")]
Hours = Annotated[float, Unit("hours/year")]
HoursPerUser = Annotated[float, Unit("hours/user/year")]
HoursPerFteUnit = Annotated[float, Unit("hours/FTE")]
DaysUnit = Annotated[float, Unit("days/FTE")]
Fte = Annotated[float, Unit("FTE")]
Year = Annotated[float, Unit("year")]
Month = Annotated[float, Unit("month")]
HoursPerUserWeek = Annotated[float, Unit("hours/user/week")]
HoursPerInhabitant = Annotated[float, Unit("hours/inhabitant/year")]
PerThousand = Annotated[float, Unit("per 1000")]
NokPerHour = Annotated[float, Unit("NOK/hour")]
Nok = Annotated[float, Unit("NOK")]
NokPerYear = Annotated[float, Unit("NOK/year")]
NokPerInhabitant = Annotated[float, Unit("NOK/inhabitant")]
NokPerFte = Annotated[float, Unit("NOK/FTE")]
Saving = Annotated[float, Unit("NOK", either_way=True)]
SavingPerYear = Annotated[float, Unit("NOK/year", either_way=True)]
SavingPerInhabitant = Annotated[float, Unit("NOK/inhabitant", either_way=True)]
SavingPerFte = Annotated[float, Unit("NOK/FTE", either_way=True)]
NokPerUnit = Annotated[float, Unit("NOK/unit")]
Requirements = Annotated[float, Unit("requirements")]
YesNo = Annotated[float, Unit("yes or no")]
Index = Annotated[float, Unit("index")]
Rank = Annotated[float, Unit("rank")]
Times = Annotated[float, Unit("times")]
Inhabitants = Annotated[float, Unit("inhabitants")]
AbovePerYear = Annotated[float, Unit("NOK/year", either_way=True, told="gap")]
AbovePerInhabitant = Annotated[float, Unit("NOK/inhabitant", either_way=True, told="gap")]
AbovePerFte = Annotated[float, Unit("NOK/FTE", either_way=True, told="gap")]
AbovePerUnit = Annotated[float, Unit("NOK/unit", either_way=True, told="gap")]
PartOfGap = Annotated[float, Unit("NOK/year", either_way=True, told="part")]
PartOfGapEach = Annotated[float, Unit("NOK/inhabitant", either_way=True, told="part")]
GainPerYear = Annotated[float, Unit("NOK/year", either_way=True, told="gain")]
CashPerYear = Annotated[float, Unit("NOK/year", either_way=True, told="flow")]
Cash = Annotated[float, Unit("NOK", either_way=True, told="flow")]
GainPerHour = Annotated[float, Unit("NOK/hour", either_way=True, told="gain")]
Units = Annotated[float, Unit("units")]
Dwellings = Annotated[float, Unit("dwellings")]
Facilities = Annotated[float, Unit("facilities")]
NokPerDwelling = Annotated[float, Unit("NOK/dwelling/year")]
People = Annotated[float, Unit("persons")]
Places = Annotated[float, Unit("places")]
Years = Annotated[float, Unit("years")]
Growth = Annotated[float, Unit("rate/year")]
NokPerUser = Annotated[float, Unit("NOK/user/year")]
NokPerPlace = Annotated[float, Unit("NOK/place")]
NokPerPlaceYear = Annotated[float, Unit("NOK/place/year")]
Municipalities = Annotated[float, Unit("municipalities")]
PersonsPerMunicipality = Annotated[float, Unit("persons/municipality")]
Namings = Annotated[float, Unit("namings")]
NamingsPerMunicipality = Annotated[float, Unit("namings/municipality")]
Providers = Annotated[float, Unit("providers")]
Points = Annotated[float, Unit("points")]
InRowsUnit = Annotated[float, Unit(ROWS_UNIT)]
