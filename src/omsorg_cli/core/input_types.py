"""What one value may be, and how somebody states it: its unit, its bounds, where it comes from, how sure it is."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from omsorg_cli.core.errors import nearest, shown
from omsorg_cli.core.language import Said, phrase, say
from omsorg_cli.core.numbers import (
    MOST_STATED,
    THREE_DIGITS,
    Typed,
    Written,
    digit_step,
    month_text,
    number_text,
    parse_month,
    two_ways,
    typed,
)
from omsorg_cli.core.texts import TEXT_SCHEMA, is_in_languages, read_text
from omsorg_cli.core.units import ROWS_UNIT, is_money, unit_label

PARTS_OF_ONE = ("share", "ratio", "index", "rate")
"""What a unit begins with where one is the whole, so that it may be stated in per cent."""
LEAST_PER_CENT = 2
"""From what number on a share that is too large was probably meant in per cent; 1.2 is rather 120 per cent."""
SHAPES = ("pert", "normal", "lognormal", "triangular", "uniform")
PROVENANCE = (
    "value",
    "source",
    "quote",
    "assumption",
    "note",
    "range",
    "coverage",
    "shape",
    "rounded_to",
    "price_year",
    "follows",
)
"""Every key that a value written as a table may have."""
BEYOND = "is larger than what can be calculated with"
UNKNOWN = "unknown"
"""What is written for a cost that is known to exist and not how large it is: the default does not stand in for it."""

FORMS = {
    "month": phrase("a month such as 2020-07"),
    "switch": phrase("true or false"),
    "key": phrase("the key of an item"),
    "text": phrase("text"),
    "count": phrase("a whole number"),
    "whole": phrase("a whole number"),
    "number": phrase("a number"),
}
"""What a value of each form is."""
OVER = phrase("{allowed}, over {low}")
AT_LEAST = phrase("{allowed}, at least {low}")
OVER_AND_AT_MOST = phrase("{allowed}, over {low} and at most {high}")
AT_LEAST_AND_AT_MOST = phrase("{allowed}, at least {low} and at most {high}")

Value = float | int | bool | str
Loc = tuple[str | int, ...]
"""A place in the data of a scenario: keys of tables and places in lists."""


class Stated(NamedTuple):
    """One value as somebody stated it, with where it comes from and how sure it is."""

    value: Value
    source: str | None = None
    assumption: str | None = None
    note: str | None = None
    range: tuple[float, float] | None = None
    coverage: float = 0.8
    shape: str = "pert"
    rounded_to: float | None = None
    price_year: int | None = None
    """The year whose prices an amount is in; without it, the scenario's."""
    follows: str | None = None
    """The index of the table [prices] by which it is converted, and grows in current prices; else the deflator."""
    origin: Literal["scenario", "default", "user"] = "scenario"
    typed: Any = None
    """What was written, before it was read."""
    quote: str | None = None
    """The words of the source that say it, in their own language."""

    @property
    def number(self) -> float:
        """The value of an input that is a number."""
        assert not isinstance(self.value, str)
        return self.value


class InputError(ValueError):
    """What is wrong with one value: pairs of the key inside it (empty for the value) and a sentence."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(sentence for _, sentence in faults))


class Kind(NamedTuple):
    """What an input may be: its unit, its bounds, and how it is written.

    `usual` are the values outside which a run warns, and `usual_because` why. A `whole` number counts what has no
    halves. Where it `may_be_unknown`, a default does not stand in for what a scenario calls unknown. With `by_row`, the
    row states what it is counted in; `in_percent`, a ratio is said as a share of what it is compared with.
    """

    unit: str
    form: Literal["number", "count", "month", "switch", "choice", "key", "text"] = "number"
    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    choices: tuple[str, ...] = ()
    example: Any = None
    usual: tuple[float, float] | None = None
    usual_because: str = ""
    whole: bool = False
    may_be_unknown: bool = False
    by_row: bool = False
    in_percent: bool = False

    @property
    def allowed(self) -> str:
        """A sentence part that says what is allowed."""
        if self.form == "choice":
            return say("one of {choices}", choices=", ".join(self.choices))
        said = say(FORMS["whole" if self.whole else self.form])
        if self.unit:
            said = say("{what} ({unit})", what=said, unit=unit_label(self.unit))
        said = self._within_bounds(said)
        return say('{allowed}, or "{unknown}"', allowed=said, unknown=UNKNOWN) if self.may_be_unknown else said

    @property
    def allowed_with_example(self) -> str:
        """The same, with how one may be written."""
        if self.form not in ("number", "count") or self.example is None:
            return self.allowed
        told = {"allowed": self.allowed, "example": f"{self.example:_}"}
        if self._measures == ("share",):
            percent = number_text(self.example * 100)
            return say('{allowed}, such as {example} or "{percent}%"', percent=percent, **told)
        return say("{allowed}, such as {example}", **told)

    def _within_bounds(self, said: Said) -> Said:
        """The same with the bounds, where there are any."""
        plain = "{:.0f}".format if self.unit == "year" else _plain
        ends = {"allowed": said, "low": plain(self.low), "high": plain(self.high)}
        if self.low > -math.inf and self.high < math.inf:
            return say(OVER_AND_AT_MOST if self.low_open else AT_LEAST_AND_AT_MOST, **ends)
        if self.low > -math.inf:
            return say(OVER if self.low_open else AT_LEAST, **ends)
        return say("{allowed}, at most {high}", **ends) if self.high < math.inf else said

    def read(self, raw: Any, sources: Mapping[str, Any] | None = None) -> Stated:
        """The stated value that a scenario's text means; raises `InputError` with everything wrong in it."""
        if not isinstance(raw, dict) or (self.form == "text" and is_in_languages(raw)):
            return Stated(self.value(raw), typed=raw)
        unknown = (key for key in raw if key not in PROVENANCE)
        faults: list[tuple[str, str]] = [
            (key, say("is an unknown key. {hint}", hint=nearest(key, PROVENANCE))) for key in unknown
        ]
        parts: dict[str, Any] = {}
        for key, read in self._readers(sources).items():
            if key in raw:
                try:
                    parts[key] = read(raw[key])
                except ValueError as error:
                    faults.append((key, str(error)))
        if "value" not in raw:
            allowed = self.allowed_with_example
            faults.append(("", say("found a table without a value; allowed: value = {allowed}", allowed=allowed)))
        faults.extend(self._range_faults(parts))
        if "quote" in parts and "source" not in raw:
            faults.append(("quote", say("has no source; state where the words are from")))
        if faults:
            raise InputError(faults)
        return Stated(**parts, typed=raw["value"])

    def _readers(self, sources: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "value": self.value,
            "source": lambda text: _read_source(text, sources),
            "quote": _read_text,
            "assumption": read_text,
            "note": read_text,
            "range": self._read_range,
            "coverage": lambda raw: _read_between(COVERAGE._bare(raw), LEAST_COVERAGE, 1),
            "shape": _read_shape,
            "rounded_to": lambda raw: _read_between(self._bare(raw), 0, MOST_STATED),
            "price_year": self._read_price_year,
            "follows": self._read_follows,
        }

    def value(self, raw: Any) -> Value:
        """The bare value, within its bounds; raises `ValueError` with what was found and what is allowed."""
        return self._read_number(raw) if self.form in ("number", "count") else self._read_other(raw)

    def _read_other(self, raw: Any) -> Value:
        """The value of what is no number."""
        match self.form:
            case "choice":
                return self._read_choice(raw)
            case "switch":
                return self._read_switch(raw)
            case "month":
                return self._read_month(raw)
            case "key":
                return self._read_key(raw)
        return read_text(raw)

    def _read_number(self, raw: Any) -> Value:
        if self.may_be_unknown and isinstance(raw, str) and raw.strip().lower() in (UNKNOWN, "ukjent"):
            return UNKNOWN
        number = self._bare(raw)
        if self.counts and math.isfinite(number) and number != int(number):
            looks_grouped = abs(number) < 1_000 and 0 < digit_step(raw) <= 0.01
            raise self._refusal(raw, hint=self._meant(number * 1_000 if looks_grouped else None))
        if self.counts and isinstance(raw, Written) and raw.looks_grouped:
            raise self._refusal(raw.text, say(THREE_DIGITS), self._meant(number * 1_000))
        if not self.holds(number):
            why = BEYOND if MOST_STATED < abs(number) < math.inf else ""
            in_per_cent = self._measures == ("share",) and abs(number) >= LEAST_PER_CENT
            raise self._refusal(raw, why, hint=self._meant(number / 100 if in_per_cent else None))
        return int(number) if self.form == "count" else number

    def holds(self, number: float) -> bool:
        """Whether the number lies within the bounds."""
        inside = self.low <= number <= self.high and not (self.low_open and number == self.low)
        return inside and abs(number) <= MOST_STATED

    @property
    def counts(self) -> bool:
        """Whether its values are whole numbers."""
        return self.whole or self.form == "count"

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing between two whole numbers: of counts, and of months."""
        return self.counts or self.form == "month"

    def _meant(self, number: float | None) -> str:
        """What was probably meant, where that is allowed."""
        if number is None:
            return ""
        rounded = float(f"{number:.12g}")
        if not self.holds(rounded) or (self.counts and rounded != int(rounded)):
            return ""
        return say('Did you mean "{name}"?', name=number_text(rounded))

    def _refusal(self, raw: Any, why: str = "", hint: str = "") -> ValueError:
        """What was found, why that is refused, what is allowed, and what was probably meant."""
        told = {"found": shown(raw), "allowed": self.allowed_with_example}
        if why:
            said = say("found {found}, which {why}; allowed: {allowed}", why=why, **told)
        else:
            said = say("found {found}; allowed: {allowed}", **told)
        return ValueError(say("{told}. {hint}", told=said, hint=hint) if hint else said)

    def _bare(self, raw: Any) -> float:
        if isinstance(raw, str):
            try:
                found = typed(raw)
            except ValueError as error:
                raise self._refusal(raw, str(error)) from None
            if not self._fits(found):
                raise self._refusal(raw, say("has the wrong unit"))
            return self._one_reading(raw, found)
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise self._refusal(raw)
        try:
            return float(raw)
        except OverflowError:
            return math.inf

    def _one_reading(self, raw: str, found: Typed) -> float:
        """The number of a text that can be read in one way only, within what is allowed."""
        if found.otherwise is None or not self.holds(found.otherwise):
            return found.number
        if self.counts:
            raise self._refusal(raw, say(THREE_DIGITS), self._meant(found.otherwise))
        raise self._refusal(raw, two_ways(found))

    def takes(self, unit: str) -> bool:
        """Whether a number of it may be written in the unit."""
        try:
            found = typed(f"1 {unit}")
        except ValueError:
            return False
        return self.form in ("number", "count") and self.unit != ROWS_UNIT and self._fits(found)

    def _fits(self, found: Typed) -> bool:
        """Whether the unit of a text is the input's, or the beginning of it."""
        per = self.unit.split("/")[1:]
        measured = not found.measures or found.measures in self._measures
        by = set(found.per) - ({"year"} if per and not set(per) & {"week", "hour"} else set())  # amounts are a year's
        return self.unit in ("", ROWS_UNIT) or (measured and by <= set(per))

    @property
    def _measures(self) -> tuple[str, ...]:
        """What the unit of a text may measure; a percentage also states a ratio, and users are persons."""
        first = self.unit.split("/")[0]
        if first in PARTS_OF_ONE:
            return ("share",)
        return (first, "users") if first == "persons" else (first,)

    def _read_month(self, raw: Any) -> int:
        text = raw.isoformat()[:10] if hasattr(raw, "day") else raw
        if not isinstance(text, str):
            raise self._refusal(raw)
        try:
            return parse_month(text)
        except ValueError as error:
            raise self._refusal(raw, str(error)) from None

    def _read_choice(self, raw: Any) -> str:
        if raw not in self.choices:
            raise self._refusal(raw, hint=nearest(str(raw), self.choices))
        return str(raw)

    def _read_key(self, raw: Any) -> str:
        if not isinstance(raw, str):
            raise self._refusal(raw)
        return raw

    def _read_switch(self, raw: Any) -> bool:
        if isinstance(raw, str) and raw in ("true", "false"):
            return raw == "true"
        if not isinstance(raw, bool):
            raise self._refusal(raw)
        return raw

    def _read_range(self, raw: Any) -> tuple[float, float]:
        if self.form not in ("number", "count", "month"):
            raise ValueError(say("found {found}; a range is allowed on numbers and months only", found=shown(raw)))
        if not isinstance(raw, list) or len(raw) != 2:
            raise ValueError(self._not_two(raw))
        ends = self if self.form == "month" else self._replace(form="number", whole=False)
        low, high = (float(ends.value(end)) for end in raw)
        if low >= high:
            span = self.said_span(low, high)
            raise ValueError(say("found {span}; allowed: the low end first, and below the high end", span=span))
        return low, high

    def _not_two(self, raw: Any) -> str:
        """What is said of a range that has not two ends."""
        if self.form == "month":
            return say("found {found}; allowed: two months, the first and the last", found=shown(raw))
        if not isinstance(raw, list):
            return say("found {found}; allowed: two numbers, the low end and the high end", found=shown(raw))
        return say(
            'found a list of {count} numbers: decimals are written 0.6 or "0,6"; allowed: two numbers, the low end and '
            "the high end",
            count=len(raw),
        )

    def plain(self, number: float) -> float | str:
        """The value as data has it: of a month, what people write."""
        return month_text(number) if self.form == "month" else number

    def said_span(self, low: float, high: float) -> str:
        """The two ends as a message has them."""
        said = month_text if self.form == "month" else number_text
        return say("{low} to {high}", low=said(low), high=said(high))

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of kroner, in all or for each of something."""
        return is_money(self.unit)

    def _read_price_year(self, raw: Any) -> int:
        if not self.is_money:
            raise ValueError(say("has no effect on what is not an amount in kroner"))
        return int(PRICE_YEAR.value(raw))

    def _read_follows(self, raw: Any) -> str:
        if not self.is_money:
            raise ValueError(say("has no effect on what is not an amount in kroner"))
        return _read_text(raw)

    def _range_faults(self, parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if "value" in parts and "range" in parts:
            low, high = parts["range"]
            if not low <= parts["value"] <= high:
                value = shown(self.plain(parts["value"])) if self.form == "month" else number_text(parts["value"])
                span = self.said_span(low, high)
                yield "range", say("found {span}, which does not include the value {value}", span=span, value=value)
        if "range" not in parts:
            for key in ("coverage", "shape"):
                if key in parts:
                    yield key, say("has no effect without a range")

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def _validate(self, raw: Any, info: core_schema.ValidationInfo) -> Stated | None:
        if isinstance(raw, Stated):
            return None if self.may_be_unknown and raw.value == UNKNOWN else raw
        try:
            return self._validate(self.read(raw, (info.context or {}).get("sources")), info)
        except InputError as error:
            faults: list[tuple[Loc, str]] = [((key,) if key else (), sentence) for key, sentence in error.faults]
            raise PydanticCustomError("inputs", "{faults}", {"faults": faults}) from None
        except ValueError as error:
            raise PydanticCustomError("inputs", "{faults}", {"faults": [((), str(error))]}) from None

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of a value, bare or as a table."""
        bare = self.bare_schema()
        number = {"type": ["number", "string"]}
        properties: dict[str, Any] = {"value": bare}
        properties |= {key: {"type": "string"} for key in ("source", "quote")}
        properties |= dict.fromkeys(("assumption", "note"), TEXT_SCHEMA)
        properties["range"] = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
        properties |= {"coverage": {"type": "number"}, "shape": {"enum": list(SHAPES)}, "rounded_to": number}
        properties |= {"price_year": PRICE_YEAR.bare_schema(), "follows": {"type": "string"}} if self.is_money else {}
        table = {"type": "object", "properties": properties, "required": ["value"], "additionalProperties": False}
        return {"anyOf": [bare, table]}

    def bare_schema(self) -> dict[str, Any]:
        """The JSON Schema of a bare value."""
        if self.form == "choice":
            return {"enum": list(self.choices)}
        if self.form == "text":
            return TEXT_SCHEMA
        if self.form in ("month", "key"):
            return {"type": "string"}
        if self.form == "switch":
            return {"type": "boolean"}
        number: dict[str, Any] = {"type": "integer" if self.form == "count" else "number"}
        if self.whole:
            number["multipleOf"] = 1
        if self.low > -math.inf:
            number["exclusiveMinimum" if self.low_open else "minimum"] = self.low
        if self.high < math.inf:
            number["maximum"] = self.high
        return {"anyOf": [number, {"type": "string"}]}


PRICE_YEAR = Kind("year", "count", low=1900, high=2200, example=2020)
COVERAGE = Kind("share", low=0, high=1, example=0.8)
LEAST_COVERAGE = 0.001
"""A range that holds less of the draws says nothing of the others."""


def _plain(bound: float) -> str:
    return number_text(bound)


def source_id(text: str) -> str:
    """The id of the document that the text of a source begins with."""
    return source_parts(text)[0]


def source_parts(text: str) -> tuple[str, str]:
    """The id of the document that the text of a source begins with, and the place in it.

    >>> source_parts("baerum2017, fn. 15")
    ('baerum2017', 'fn. 15')
    """
    name, _, place = text.partition(",")
    return " ".join(name.split()[:1]), place.strip()


def _read_source(raw: Any, sources: Mapping[str, Any] | None) -> str:
    text = _read_text(raw)
    name = source_id(text)
    if sources is not None and name not in sources:
        told = {"name": shown(name)[1:-1], "hint": nearest(name, sources)}
        raise ValueError(say('found the unknown source "{name}". {hint}', **told))
    return text


def _read_text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(say("found {found}; allowed: {allowed}", found=shown(raw), allowed=say("text")))
    return raw


def _read_shape(raw: Any) -> str:
    if raw not in SHAPES:
        told = {"found": shown(raw), "choices": ", ".join(SHAPES), "hint": nearest(str(raw), SHAPES)}
        raise ValueError(say("found {found}; allowed: one of {choices}. {hint}", **told))
    return str(raw)


def _read_between(raw: Any, low: float, high: float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not low < raw < high:
        told = {"found": f"{raw:g}" if isinstance(raw, float) else shown(raw), "low": f"{low:g}", "high": f"{high:g}"}
        if high == MOST_STATED:
            raise ValueError(say("found {found}; allowed: a number over {low}", **told))
        raise ValueError(say("found {found}; allowed: a number over {low} and under {high}", **told))
    return float(raw)
