"""The kinds of inputs that calculators have, each with its unit, its bounds and an example."""

from typing import Annotated, Any

from pydantic import Field

from omsorg_cli.core.kinds import Kind, Stated, Value

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=60)]
"""The name of an item, as options and paths use it."""

Population = Annotated[Stated | None, Kind("inhabitants", low=0, low_open=True, example=50_000)]
Persons = Annotated[Stated | None, Kind("persons", low=0, example=300)]
Places = Annotated[Stated | None, Kind("places", low=0, example=10)]
Municipalities = Annotated[Stated | None, Kind("municipalities", "count", low=2, high=1000, example=10)]
FteInput = Annotated[Stated | None, Kind("FTE", low=0, low_open=True, example=1_000)]
NokInput = Annotated[Stated | None, Kind("NOK", low=0, example=2_000_000)]
NokPerYearInput = Annotated[Stated | None, Kind("NOK/year", low=0, example=20_000_000)]
GapPerYear = Annotated[Stated | None, Kind("NOK/year", example=100_000_000)]
GapPerInhabitant = Annotated[Stated | None, Kind("NOK/inhabitant", example=900)]
LevelPerInhabitant = Annotated[Stated | None, Kind("NOK/inhabitant", low=0, low_open=True, example=18_000)]
Wage = Annotated[Stated | None, Kind("NOK/FTE", low=0, low_open=True, example=800_000)]
GapPerFte = Annotated[Stated | None, Kind("NOK/FTE", example=30_000)]
CostPerPlace = Annotated[Stated | None, Kind("NOK/place/year", low=0, example=1_500_000)]
CostPerHour = Annotated[Stated | None, Kind("NOK/hour", low=0, example=500)]
HoursInput = Annotated[Stated | None, Kind("hours/year", low=0, example=400_000)]
HoursPerFte = Annotated[Stated | None, Kind("hours/FTE", low=0, low_open=True, high=8784, example=1_695)]
HoursPerUserInput = Annotated[Stated | None, Kind("hours/user/year", low=0, high=8_784, example=1_500)]
HoursGapPerUser = Annotated[Stated | None, Kind("hours/user/year", low=-8_784, high=8_784, example=100)]
HoursPerWeek = Annotated[Stated | None, Kind("hours/user/week", low=0, high=168, example=5)]
HoursGapPerWeek = Annotated[Stated | None, Kind("hours/user/week", low=-168, high=168, example=1)]
Weeks = Annotated[Stated | None, Kind("weeks/year", low=0, low_open=True, high=53, example=52)]
PerThousandInput = Annotated[Stated | None, Kind("per 1000", low=0, high=1000, example=50)]
ShareInput = Annotated[Stated | None, Kind("share", low=0, high=1, example=0.5)]
GapShare = Annotated[Stated | None, Kind("share", low=-1, low_open=True, example=0.05)]
CostRatio = Annotated[Stated | None, Kind("ratio", low=0, low_open=True, example=0.9)]
Index = Annotated[Stated | None, Kind("index", low=0, low_open=True, high=10, example=1)]
Rate = Annotated[Stated | None, Kind("rate/year", low=-1, low_open=True, high=10, example=0.04)]
InterestRate = Annotated[Stated | None, Kind("rate/year", low=0, high=10, example=0.04)]
Occupancy = Annotated[Stated | None, Kind("share", low=0, low_open=True, high=1, example=1)]
YearInput = Annotated[Stated | None, Kind("year", "count", low=1900, high=2200, example=2025)]
Horizon = Annotated[Stated | None, Kind("years", "count", low=1, high=100, example=3)]
Lifetime = Annotated[Stated | None, Kind("years", low=1, high=200, example=40)]
Months = Annotated[Stated | None, Kind("months", "count", low=0, high=1_200, example=12)]
Month = Annotated[Stated | None, Kind("", "month", example="2025-01")]
Switch = Annotated[Stated | None, Kind("", "switch", example=False)]
Reference = Annotated[Stated | None, Kind("", "key", example="asss")]
Words = Annotated[Stated | None, Kind("", "text", example="what is said of it")]
Weight = Annotated[Stated | None, Kind("ratio", low=0, example=1)]
OwnMunicipality = Annotated[Stated | None, Kind("", "key", example="municipality_1")]
Growth = Annotated[Stated | None, Kind("share", low=-1, example=0.2)]
UsersPerThousand = Annotated[Stated | None, Kind("users/1000 inhabitants", low=0, low_open=True, example=50)]

HoursChange = Annotated[Stated | None, Kind("hours/year", example=-10_000)]
Coverage = Annotated[Stated | None, Kind("share", low=0, high=2, example=0.5)]
UnitCount = Annotated[Stated | None, Kind("units", low=0, low_open=True, example=100)]
UnitCost = Annotated[Stated | None, Kind("NOK/unit", low=0, low_open=True, example=1_000_000)]
HoursPerUnit = Annotated[Stated | None, Kind("hours/unit", low=0, low_open=True, example=2_000)]
Facilities = Annotated[Stated | None, Kind("facilities", "count", low=0, example=5)]
Dwellings = Annotated[Stated | None, Kind("dwellings", low=0, example=50)]
DwellingsPerFacility = Annotated[Stated | None, Kind("dwellings/facility", low=0, low_open=True, example=8)]
CostPerDwelling = Annotated[Stated | None, Kind("NOK/dwelling/year", low=0, low_open=True, example=1_000_000)]
BuildingCost = Annotated[Stated | None, Kind("NOK/dwelling", low=0, low_open=True, example=4_000_000)]
PersonsToday = Annotated[Stated | None, Kind("persons", low=0, low_open=True, example=300)]
PersonsChange = Annotated[Stated | None, Kind("persons", example=100)]
PlacesCovered = Annotated[Stated | None, Kind("places", low=0, low_open=True, example=12)]
TargetYear = Annotated[Stated | None, Kind("year", "count", low=1900, high=2300, example=2040)]
NokChange = Annotated[Stated | None, Kind("NOK", example=500_000)]
CostPerUser = Annotated[Stated | None, Kind("NOK/user/year", low=0, example=300_000)]
Respondents = Annotated[Stated | None, Kind("municipalities", "count", low=0, example=100)]
Asked = Annotated[Stated | None, Kind("municipalities", "count", low=1, example=343)]
PersonsBound = Annotated[Stated | None, Kind("persons", "count", low=0, example=2)]
PersonsMean = Annotated[Stated | None, Kind("persons/municipality", low=0, example=40)]
NamingsInput = Annotated[Stated | None, Kind("namings", "count", low=1, example=5)]
ProvidersInput = Annotated[Stated | None, Kind("providers", "count", low=1, example=1)]
Decimals = Annotated[Stated | None, Kind("decimals", "count", low=0, high=6, example=0)]


def default(value: Value) -> Any:
    """A field that has this value, and says that it is a default, where a scenario gives none."""
    return Stated(value, origin="default")
