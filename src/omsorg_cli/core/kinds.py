"""What one value may be, and how somebody states it: its unit, its bounds, where it comes from, how sure it is."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from omsorg_cli.core.errors import nearest, shown
from omsorg_cli.core.numbers import parse_month, parse_number

SHAPES = ("pert", "normal", "lognormal", "triangular", "uniform")
PROVENANCE = ("value", "source", "assumption", "note", "range", "coverage", "shape", "rounded_to")
"""Every key that a value written as a table may have."""

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
    origin: Literal["scenario", "default", "user"] = "scenario"

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
    """What an input may be: its unit, its bounds, and how it is written."""

    unit: str
    form: Literal["number", "count", "month", "switch", "choice", "key", "text"] = "number"
    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    choices: tuple[str, ...] = ()
    example: Any = None

    @property
    def allowed(self) -> str:
        """A sentence part that says what is allowed."""
        if self.form == "choice":
            return "one of " + ", ".join(self.choices)
        words = {
            "month": "a month such as 2020-07",
            "switch": "true or false",
            "key": "the key of an item",
            "text": "text",
            "count": "a whole number",
            "number": "a number",
        }[self.form]
        return f"{words} ({self.unit}){self._bounds}" if self.unit else f"{words}{self._bounds}"

    @property
    def _bounds(self) -> str:
        low = f"{'over' if self.low_open else 'at least'} {self.low:g}" if self.low > -math.inf else ""
        high = f"at most {self.high:g}" if self.high < math.inf else ""
        bounds = " and ".join(filter(None, (low, high)))
        return f", {bounds}" if bounds else ""

    def read(self, raw: Any, sources: Mapping[str, Any] | None = None) -> Stated:
        """The stated value that a scenario's text means; raises `InputError` with everything wrong in it."""
        if not isinstance(raw, dict):
            return Stated(self.value(raw))
        faults = [(key, f"is an unknown key. {nearest(key, PROVENANCE)}") for key in raw if key not in PROVENANCE]
        parts: dict[str, Any] = {}
        for key, read in self._readers(sources).items():
            if key in raw:
                try:
                    parts[key] = read(raw[key])
                except ValueError as error:
                    faults.append((key, str(error)))
        if "value" not in raw:
            faults.append(("", f"found a table without a value; allowed: value = {self.allowed}"))
        faults.extend(self._range_faults(parts))
        if faults:
            raise InputError(faults)
        return Stated(**parts)

    def _readers(self, sources: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "value": self.value,
            "source": lambda text: _read_source(text, sources),
            "assumption": _read_text,
            "note": _read_text,
            "range": self._read_range,
            "coverage": lambda raw: _read_between(raw, 0, 1),
            "shape": _read_shape,
            "rounded_to": lambda raw: _read_between(self._bare(raw), 0, math.inf),
        }

    def value(self, raw: Any) -> Value:
        """The bare value, within its bounds; raises `ValueError` with what was found and what is allowed."""
        if self.form == "choice":
            return self._read_choice(raw)
        if self.form == "switch":
            return self._read_switch(raw)
        if self.form == "key":
            return self._read_key(raw)
        if self.form == "text":
            return _read_text(raw)
        number = self._read_month(raw) if self.form == "month" else self._bare(raw)
        inside = self.low <= number <= self.high and not (self.low_open and number == self.low)
        if not math.isfinite(number) or not inside or (self.form == "count" and number != int(number)):
            raise self._refusal(raw)
        return int(number) if self.form in ("count", "month") else number

    def _refusal(self, raw: Any, why: str = "") -> ValueError:
        return ValueError(f"found {shown(raw)}{why and ', which ' + why}; allowed: {self.allowed}")

    def _bare(self, raw: Any) -> float:
        if isinstance(raw, str):
            try:
                number, measures = parse_number(raw)
            except ValueError as error:
                raise self._refusal(raw, str(error)) from None
            if measures and self.unit and measures not in self._measures:
                raise self._refusal(raw, "has the wrong unit")
            return number
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise self._refusal(raw)
        try:
            return float(raw)
        except OverflowError:
            return math.inf

    @property
    def _measures(self) -> tuple[str, ...]:
        """What the unit of a text may measure; a percentage also states a ratio."""
        first = self.unit.split("/")[0]
        return ("share",) if first in ("share", "ratio", "index", "rate") else (first,)

    def _read_month(self, raw: Any) -> int:
        text = raw.isoformat()[:7] if hasattr(raw, "isoformat") else raw
        if not isinstance(text, str) or (hasattr(raw, "day") and raw.day != 1):
            raise self._refusal(raw)
        try:
            return parse_month(text)
        except ValueError as error:
            raise self._refusal(raw, str(error)) from None

    def _read_choice(self, raw: Any) -> str:
        if raw not in self.choices:
            raise ValueError(f"{self._refusal(raw)}. {nearest(str(raw), self.choices)}")
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
        if self.form not in ("number", "count"):
            raise ValueError(f"found {shown(raw)}; a range is allowed on numbers only")
        if not isinstance(raw, list) or len(raw) != 2:
            raise ValueError(f"found {shown(raw)}; allowed: two numbers, the low end and the high end")
        low, high = (self._replace(form="number").value(end) for end in raw)
        assert isinstance(low, float)
        assert isinstance(high, float)
        if low >= high:
            raise ValueError(f"found {low:g} to {high:g}; allowed: the low end first, and below the high end")
        return low, high

    def _range_faults(self, parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if "value" in parts and "range" in parts:
            low, high = parts["range"]
            if not low <= parts["value"] <= high:
                yield "range", f"found {low:g} to {high:g}, which does not hold the value {parts['value']:g}"
        if "range" not in parts:
            for key in ("coverage", "shape"):
                if key in parts:
                    yield key, "has no effect without a range"

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def _validate(self, raw: Any, info: core_schema.ValidationInfo) -> Stated:
        if isinstance(raw, Stated):
            return raw
        try:
            return self.read(raw, (info.context or {}).get("sources"))
        except InputError as error:
            faults: list[tuple[Loc, str]] = [((key,) if key else (), sentence) for key, sentence in error.faults]
            raise PydanticCustomError("inputs", "{faults}", {"faults": faults}) from None
        except ValueError as error:
            raise PydanticCustomError("inputs", "{faults}", {"faults": [((), str(error))]}) from None

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of a value, bare or as a table."""
        bare = self._bare_schema()
        number = {"type": ["number", "string"]}
        properties: dict[str, Any] = {"value": bare}
        properties |= {key: {"type": "string"} for key in ("source", "assumption", "note")}
        properties["range"] = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
        properties |= {"coverage": {"type": "number"}, "shape": {"enum": list(SHAPES)}, "rounded_to": number}
        table = {"type": "object", "properties": properties, "required": ["value"], "additionalProperties": False}
        return {"anyOf": [bare, table]}

    def _bare_schema(self) -> dict[str, Any]:
        if self.form == "choice":
            return {"enum": list(self.choices)}
        if self.form in ("month", "key", "text"):
            return {"type": "string"}
        if self.form == "switch":
            return {"type": "boolean"}
        number: dict[str, Any] = {"type": "integer" if self.form == "count" else "number"}
        if self.low > -math.inf:
            number["exclusiveMinimum" if self.low_open else "minimum"] = self.low
        if self.high < math.inf:
            number["maximum"] = self.high
        return {"anyOf": [number, {"type": "string"}]}


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
        raise ValueError(f'found the unknown source "{shown(name)[1:-1]}". {nearest(name, sources)}')
    return text


def _read_text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(f"found {shown(raw)}; allowed: text")
    return raw


def _read_shape(raw: Any) -> str:
    if raw not in SHAPES:
        raise ValueError(f"found {shown(raw)}; allowed: one of {', '.join(SHAPES)}. {nearest(str(raw), SHAPES)}")
    return str(raw)


def _read_between(raw: Any, low: float, high: float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not low < raw < high:
        allowed = f"a number over {low:g}" if high == math.inf else f"a number over {low:g} and under {high:g}"
        found = f"{raw:g}" if isinstance(raw, float) else shown(raw)
        raise ValueError(f"found {found}; allowed: {allowed}")
    return float(raw)
