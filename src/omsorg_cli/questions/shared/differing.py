"""In what two records differ, field by field; the rows of a list go by what they are called."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from omsorg_cli.core.errors import plain, shown
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import brief
from omsorg_cli.core.seal import canonical

CLOSE = 1e-9
"""By how much of itself a number may differ and still be the same, where another version or machine made it."""
NAMES_OF_ROWS = ("figure", "input", "what")
"""What a row of a record is called by."""
ABSENT = object()


class Difference(NamedTuple):
    """A field that differs: its way through the record, what it was and what it is now; both absent: its order."""

    field: str
    before: Any = ABSENT
    now: Any = ABSENT

    def told(self) -> str:
        """The same in a sentence."""
        field = brief(self.field)
        if self.before is ABSENT and self.now is ABSENT:
            return say("{field}: its rows stand in another order now", field=field)
        if self.before is ABSENT:
            return say("{field} is not in the record, now comes out as {now}", field=field, now=_said(self.now))
        if self.now is ABSENT:
            return say("{field} was {before}, now is left out", field=field, before=_said(self.before))
        told = {"before": _said(self.before), "now": _said(self.now)}
        return say("{field} was {before}, now comes out as {now}", field=field, **told)


class Differences(NamedTuple):
    """Compares two records of a calculator with these keys."""

    keys: Sequence[str]
    same: Callable[[Any, Any], bool]

    def between(self, before: Any, now: Any, label: str = "") -> Iterator[Difference]:
        """Each field in which the two differ; of lists, row by row."""
        if isinstance(before, list) and isinstance(now, list):
            before, now = self._rows(before), self._rows(now)
            if before.keys() == now.keys() and [*before] != [*now]:
                yield Difference(label)
        if isinstance(before, dict) and isinstance(now, dict):
            for key in {**before, **now}:
                yield from self.between(before.get(key, ABSENT), now.get(key, ABSENT), _joined(label, key))
        elif before is ABSENT or now is ABSENT or not self.same(before, now):
            yield Difference(label, before, now)

    def _rows(self, listed: list[Any]) -> dict[str, Any]:
        """The items of a list by what they are called; of two that are called alike, the second is numbered."""
        found: dict[str, Any] = {}
        for at, row in enumerate(listed):
            name = self._row_name(row) or str(at)
            found[name if name not in found else f"{name}#{at}"] = row
        return found

    def _row_name(self, row: Any) -> str:
        if not isinstance(row, dict):
            return ""
        name = next((row[key] for key in NAMES_OF_ROWS if isinstance(row.get(key), str)), "")
        return f"{name}[{', '.join(self._coordinates(row))}]" if "figure" in row else name

    def _coordinates(self, row: Mapping[str, Any]) -> Iterator[str]:
        """The row of a figure, whatever the order of its keys."""
        return (_key_text(row[key]) for key in self.keys if row.get(key) is not None)


def identical(before: Any, now: Any) -> bool:
    """Whether the two are the same to the last digit."""
    return canonical(before) == canonical(now)


def close(before: Any, now: Any) -> bool:
    """Whether the two are the same, numbers to a billionth; what is counted or a year, exactly."""
    numbers = [isinstance(one, int | float) and not isinstance(one, bool) for one in (before, now)]
    if not all(numbers) or isinstance(now, int):
        return identical(before, now)
    try:
        return math.isclose(before, now, rel_tol=CLOSE)
    except OverflowError:  # a whole number beyond what a float holds
        return False


def _joined(label: str, key: str) -> str:
    """The field by its way through the record; the value of a figure goes by the figure's name."""
    if label == "figures" or (label and key == "value"):
        return key if label == "figures" else label
    return f"{label}.{key}" if label else key


def _key_text(key: Any) -> str:
    return key if isinstance(key, str) else _short(key)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value", value)
    return shown(value) if isinstance(value, dict | list | str) or value is None else plain(_short(value))


def _short(number: Any) -> str:
    try:
        text = repr(number)
    except ValueError:  # a whole number of more digits than Python writes
        return "…"
    return text if len(text) <= 60 else f"{text[:57]}…"
