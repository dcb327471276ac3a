"""What every scenario has beside the tables of its calculators."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import MOST_STATED
from omsorg_cli.core.quantities import Key, no_rows
from omsorg_cli.core.texts import Plain, Text

Exactness = Literal["exact", "ca.", "om lag", "rundt", "nesten", "knapt", "under", "drøyt", "over", "minst"]
AnyNumber = Annotated[Stated, Kind("", example=116_000_000)]
MOST_ENTRIES, MOST_PUBLISHED = 1_000, 10_000
"""Overlays, notices and correlations of one scenario, each of which takes a run of its own; and published results."""
Resolution = Annotated[Stated, Kind("", low=0, low_open=True, example=1_000_000)]


class Source(BaseModel):
    """A published document."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: Plain
    publisher: Plain | None = None
    year: int | None = None
    municipality: Text | None = None
    """The one municipality that it is about, its version in brackets, such as Drammen (before 2020)."""
    url: Plain | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")] = "nb"
    """The language of its title and of its words, by the code of ISO 639; Norwegian bokmål unless it says another."""
    note: Text | None = None


class Published(BaseModel):
    """A published result, which a run is held against."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    calculator: Plain
    figure: Plain
    where: dict[str, str | int] = Field(default_factory=dict)
    value: AnyNumber
    rounded_to: Resolution
    wording: Exactness = "exact"
    source: Plain | None = None
    quote: Plain | None = None
    """The words of the source that say it, in their own language."""
    note: Text | None = None
    because: Text | None = None


class Notice(BaseModel):
    """What is inconsistent or open to two readings in the documents, and what it changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    what: Text
    where: list[Plain] = Field(min_length=1)
    """Paths of inputs, or figures as calculator.figure: what rests on them is touched."""
    changes: Text
    reading: dict[str, bool | int | float | Plain] = Field(default_factory=dict)
    """The other reading: the value of each input, by path."""
    always: bool = False
    """Whether it is shown with every result that it touches, and not only counted."""
    source: Plain | None = None

    @field_validator("reading")
    @classmethod
    def _calculated(cls, reading: dict[str, Any]) -> dict[str, Any]:
        """Numbers that can be calculated with."""
        told = say("found a number that cannot be calculated with")
        numbers = {path: value for path, value in reading.items() if not isinstance(value, str)}
        faults = [((path,), told) for path, value in numbers.items() if not abs(value) <= MOST_STATED]
        if faults:
            raise PydanticCustomError("inputs", "{faults}", {"faults": faults})
        return reading


class Correlation(BaseModel):
    """Inputs that are high and low together: one path that names several, or several paths."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    inputs: list[Plain] = Field(min_length=1)
    value: Annotated[Stated, Kind("correlation", low=-1, high=1, example=0.5)]
    note: Text | None = None


class Head(BaseModel):
    """Everything in a scenario beside the tables of its calculators."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    title: Text
    municipality: Text
    year: int = Field(ge=1900, le=2200)
    note: Text | None = None
    sources: dict[Key, Source] = Field(default_factory=dict)
    common: dict[str, Any] = Field(default_factory=dict)
    overlays: dict[Key, dict[str, Any]] = Field(default_factory=dict, max_length=MOST_ENTRIES)
    published: list[Published] = Field(default_factory=no_rows, max_length=MOST_PUBLISHED)
    correlations: list[Correlation] = Field(default_factory=no_rows, max_length=MOST_ENTRIES)
    notices: list[Notice] = Field(default_factory=no_rows, max_length=MOST_ENTRIES)
