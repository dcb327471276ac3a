"""The kinds of inputs that calculators have, each with its unit, its bounds and an example."""

from typing import Annotated, Any, get_args

from pydantic import StringConstraints

from omsorg_cli.core.input_types import Kind, Stated, Value
from omsorg_cli.core.language import phrase
from omsorg_cli.core.texts import Text
from omsorg_cli.core.units import ROWS_UNIT

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-zÆØÅæøå0-9_-]+$", max_length=60)]
"""The name of an item, as options and paths use it."""

HOURS = 8_784
"""The hours of a leap year."""
FULL_TIME = phrase("a full-time year is 1 950 hours, or about 1 700 excluding holidays")
NEED = phrase("the ministry's index of the need for care ranges from 0.80 to 2.03 across municipalities in 2026")

Population = Annotated[
    Stated | None, Kind("inhabitants", low=0, low_open=True, example=50_000, usual=(150, 6_000_000), whole=True)
]
Inhabitants = Annotated[
    Stated | None, Kind("inhabitants", low=0, low_open=True, example=1_000, usual=(1, 6_000_000), whole=True)
]
Persons = Annotated[Stated | None, Kind("persons", low=0, example=300, usual=(1, 400_000), whole=True)]
Places = Annotated[Stated | None, Kind("places", low=0, example=10, usual=(1, 50_000), whole=True)]
Municipalities = Annotated[
    Stated | None, Kind("municipalities", "count", low=2, high=1_000, example=10, usual=(2, 357))
]
FteInput = Annotated[Stated | None, Kind("FTE", low=0, low_open=True, example=1_000, usual=(1, 150_000))]
FteChange = Annotated[Stated | None, Kind("FTE", example=5, usual=(0.1, 5_000))]
NokInput = Annotated[Stated | None, Kind("NOK", low=0, example=2_000_000, usual=(10_000, 20_000_000_000))]
AddedCost = Annotated[
    Stated | None, Kind("NOK", low=0, example=2_000_000, usual=(10_000, 20_000_000_000), may_be_unknown=True)
]
AddedPerYear = Annotated[
    Stated | None, Kind("NOK/year", low=0, example=500_000, usual=(10_000, 20_000_000_000), may_be_unknown=True)
]
NokPerYearInput = Annotated[Stated | None, Kind("NOK/year", low=0, example=20_000_000, usual=(50_000, 300_000_000_000))]
GapPerYear = Annotated[Stated | None, Kind("NOK/year", example=100_000_000, usual=(10_000, 20_000_000_000))]
GapPerInhabitant = Annotated[Stated | None, Kind("NOK/inhabitant", example=900, usual=(1, 50_000))]
LevelPerInhabitant = Annotated[
    Stated | None, Kind("NOK/inhabitant", low=0, low_open=True, example=18_000, usual=(1_000, 200_000))
]
PartPerInhabitant = Annotated[
    Stated | None, Kind("NOK/inhabitant", low=0, low_open=True, example=1_000, usual=(1, 200_000))
]
Wage = Annotated[Stated | None, Kind("NOK/FTE", low=0, low_open=True, example=800_000, usual=(300_000, 1_800_000))]
GapPerFte = Annotated[Stated | None, Kind("NOK/FTE", example=30_000, usual=(100, 300_000))]
CostChangePerUser = Annotated[Stated | None, Kind("NOK/user/year", example=50_000, usual=(1_000, 1_000_000))]
CostPerPlace = Annotated[Stated | None, Kind("NOK/place/year", low=0, example=1_500_000, usual=(50_000, 10_000_000))]
CostPerHour = Annotated[Stated | None, Kind("NOK/hour", low=0, example=500, usual=(100, 3_000))]
HoursInput = Annotated[Stated | None, Kind("hours/year", low=0, example=400_000, usual=(50, 300_000_000))]
HoursPerFte = Annotated[
    Stated | None,
    Kind("hours/FTE", low=0, low_open=True, high=HOURS, example=1_695, usual=(1_200, 1_950), usual_because=FULL_TIME),
]
PaidHours = Annotated[
    Stated | None, Kind("hours/FTE", low=0, low_open=True, high=HOURS, example=1_950, usual=(1_500, 1_950))
]
HolidayHours = Annotated[Stated | None, Kind("hours/FTE", low=0, high=HOURS, example=187.5, usual=(0, 400))]
HoursPerUserInput = Annotated[
    Stated | None, Kind("hours/user/year", low=0, high=HOURS, example=1_500, usual=(1, HOURS))
]
HoursGapPerUser = Annotated[
    Stated | None, Kind("hours/user/year", low=-HOURS, high=HOURS, example=100, usual=(0.5, 5_000))
]
HoursPerWeek = Annotated[Stated | None, Kind("hours/user/week", low=0, high=168, example=5, usual=(0.05, 168))]
HoursGapPerWeek = Annotated[Stated | None, Kind("hours/user/week", low=-168, high=168, example=1, usual=(0.01, 100))]
Weeks = Annotated[Stated | None, Kind("weeks/year", low=0, low_open=True, high=53, example=52, usual=(40, 53))]
PerThousandInput = Annotated[Stated | None, Kind("per 1000", low=0, high=1_000, example=50, usual=(0.1, 700))]
ShareInput = Annotated[Stated | None, Kind("share", low=0, high=1, example=0.5, usual=(0, 1))]
PointsOfRate = Annotated[Stated | None, Kind("share", low=-1, high=1, example=-0.05, usual=(0, 0.5))]
GapShare = Annotated[Stated | None, Kind("share", low=-1, low_open=True, example=0.05, usual=(0, 3))]
CostRatio = Annotated[Stated | None, Kind("ratio", low=0, low_open=True, example=0.9, usual=(0.1, 5), in_percent=True)]
Index = Annotated[
    Stated | None, Kind("index", low=0, low_open=True, high=10, example=1, usual=(0.7, 2.2), usual_because=NEED)
]
IndexOfLevel = Annotated[Stated | None, Kind("index", low=0, low_open=True, high=10, example=1.1, usual=(0.3, 3))]
IndexNumber = Annotated[Stated | None, Kind("index number", low=0, low_open=True, example=100, usual=(10, 1_000))]
Rate = Annotated[Stated | None, Kind("rate/year", low=-1, low_open=True, high=10, example=0.04, usual=(0, 0.15))]
InterestRate = Annotated[Stated | None, Kind("rate/year", low=0, high=10, example=0.04, usual=(0, 0.15))]
Occupancy = Annotated[Stated | None, Kind("share", low=0, low_open=True, high=1, example=1, usual=(0.3, 1))]
AgeInput = Annotated[Stated | None, Kind("years", "count", low=0, high=120, example=67, usual=(0, 110))]
DaysInput = Annotated[Stated | None, Kind("days/FTE", low=0, low_open=True, high=366, example=20, usual=(1, 262))]
YearInput = Annotated[Stated | None, Kind("year", "count", low=1900, high=2200, example=2025, usual=(1990, 2100))]
Horizon = Annotated[Stated | None, Kind("years", "count", low=1, high=100, example=3, usual=(1, 60))]
Lifetime = Annotated[Stated | None, Kind("years", low=1, high=200, example=40, usual=(3, 100))]
Months = Annotated[Stated | None, Kind("months", "count", low=0, high=1_200, example=12, usual=(0, 240))]
Weight = Annotated[Stated | None, Kind("ratio", low=0, example=1, usual=(0.01, 100))]
Growth = Annotated[Stated | None, Kind("share", low=-1, example=0.2, usual=(0, 3))]
UsersPerThousand = Annotated[
    Stated | None, Kind("users/1000 inhabitants", low=0, low_open=True, high=1_000, example=50, usual=(0.1, 700))
]
HoursChange = Annotated[Stated | None, Kind("hours/year", example=-10_000, usual=(10, 50_000_000))]
Coverage = Annotated[Stated | None, Kind("share", low=0, high=2, example=0.5, usual=(0.05, 1.5))]
UnitCount = Annotated[Stated | None, Kind("units", low=0, low_open=True, example=100, usual=(0.5, 1_000_000))]
UnitCost = Annotated[Stated | None, Kind("NOK/unit", low=0, low_open=True, example=1_000_000, usual=(500, 20_000_000))]
HoursPerUnit = Annotated[
    Stated | None, Kind("hours/unit", low=0, low_open=True, high=HOURS, example=2_000, usual=(1, HOURS))
]
Facilities = Annotated[Stated | None, Kind("facilities", "count", low=0, example=5, usual=(1, 2_000))]
Dwellings = Annotated[Stated | None, Kind("dwellings", low=0, example=50, usual=(1, 20_000), whole=True)]
DwellingsPerFacility = Annotated[
    Stated | None, Kind("dwellings/facility", low=0, low_open=True, example=8, usual=(1, 200))
]
CostPerDwelling = Annotated[
    Stated | None, Kind("NOK/dwelling/year", low=0, low_open=True, example=1_000_000, usual=(10_000, 10_000_000))
]
BuildingCost = Annotated[
    Stated | None, Kind("NOK/dwelling", low=0, low_open=True, example=4_000_000, usual=(500_000, 20_000_000))
]
PersonsToday = Annotated[
    Stated | None, Kind("persons", low=0, low_open=True, example=300, usual=(1, 6_000_000), whole=True)
]
PersonsChange = Annotated[Stated | None, Kind("persons", example=100, usual=(1, 1_000_000), whole=True)]
PlacesCovered = Annotated[Stated | None, Kind("places", low=0, low_open=True, example=12, usual=(0.1, 10_000))]
TargetYear = Annotated[Stated | None, Kind("year", "count", low=1900, high=2300, example=2040, usual=(1990, 2150))]
NokChange = Annotated[Stated | None, Kind("NOK", example=500_000, usual=(1_000, 20_000_000_000))]
CostPerUser = Annotated[Stated | None, Kind("NOK/user/year", low=0, example=300_000, usual=(1_000, 20_000_000))]
Respondents = Annotated[Stated | None, Kind("municipalities", "count", low=0, example=100, usual=(0, 430))]
Asked = Annotated[Stated | None, Kind("municipalities", "count", low=1, example=343, usual=(1, 430))]
PersonsBound = Annotated[Stated | None, Kind("persons", "count", low=0, example=2, usual=(0, 10_000))]
PersonsMean = Annotated[Stated | None, Kind("persons/municipality", low=0, example=40, usual=(0.1, 10_000))]
NamingsInput = Annotated[Stated | None, Kind("namings", "count", low=1, example=5, usual=(1, 430))]
ProvidersInput = Annotated[Stated | None, Kind("providers", "count", low=1, example=1, usual=(1, 500))]
Decimals = Annotated[Stated | None, Kind("decimals", "count", low=0, high=6, example=0, usual=(0, 6))]
Month = Annotated[Stated | None, Kind("", "month", example="2025-01")]
Switch = Annotated[Stated | None, Kind("", "switch", example=False)]
Reference = Annotated[Stated | None, Kind("", "key", example="asss")]
Words = Annotated[Stated | None, Kind("", "text", example="what is said of it")]
OwnMunicipality = Annotated[Stated | None, Kind("", "key", example="municipality_1")]

MEASURED: dict[str, Kind] = {
    kind.unit: kind
    for one in (
        *(HoursPerWeek, HoursPerUserInput, HoursInput),
        *(Persons, Places, Dwellings, FteInput, PerThousandInput, ShareInput, Index),
        *(NokPerYearInput, LevelPerInhabitant, Wage, CostPerUser, CostPerPlace, CostPerHour),
    )
    for kind in get_args(one)[1:]
}
"""What a row may be counted in that says its unit itself, and what its values may be then."""
UnitOfRow = Annotated[Stated | None, Kind("", "choice", choices=tuple(MEASURED), example="persons")]
InRowsUnit = Annotated[Stated | None, Kind(ROWS_UNIT, low=0, example=300)]


Label = Text | None
"""What people read for a row: a text, or one for each language."""


def default(value: Value) -> Any:
    """A field that has this value, and says that it is a default, where a scenario gives none."""
    return Stated(value, origin="default")


def no_rows() -> list[Any]:
    """The rows of a list that a scenario does not have.

    A function, since Pydantic looks for the parameters of whatever makes a default: those of `list` are found by taking
    a text apart with Python's own tokeniser, which takes longer than building all models of a plain run.
    """
    return []
