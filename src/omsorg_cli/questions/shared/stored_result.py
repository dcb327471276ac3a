"""Whether a stored result still holds: recomputes it from the scenario as it is now, asked for in the same way."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.run import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import STANDARD_INPUT, Text, read

FORMAT = "omsorg.result/1"
CLOSE = 1e-9
"""By how much of itself a figure may differ and still be the same."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a stored result says and what comes out now, for each figure that differs."""

    name: str
    same_scenario: bool
    count: int
    differing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every figure comes out as it was stored."""
        return not self.differing

    def lines(self) -> Iterator[str]:
        """What is told, a line each."""
        yield f"{self.name}: {'holds' if self.holds else 'no longer holds'}. Figures recomputed: {self.count}."
        if not self.same_scenario:
            yield "The scenario's text has changed since."
        yield from self.differing


def recompute(path: Path, scenario: str | None = None) -> Recomputed:
    """Recomputes the stored result, from the scenario that it names or another one."""
    stored = _read(path)
    told = stored["scenario"]
    reference = scenario or str(told["name"])
    if reference == STANDARD_INPUT and scenario is None:
        raise OmsorgError(f"{plain(str(path))}: was made from standard input; name the scenario.")
    calculator = load(stored["calculator"])
    request = Request(tuple(told["overlays"]), tuple(told["set"]), calculator.bare_table(told["given"]), told["given"])
    text = read(reference)
    result = result_of(text, request, calculator.name)
    now = {(one.figure, *one.keys.values()): one.value for one in result.figures}
    keys = calculator.keys
    before = {(one["figure"], *(one[key] for key in keys)): one["value"] for one in stored["figures"]}
    differing = tuple(
        _told(key, value, now.get(key)) for key, value in before.items() if not _same(value, now.get(key))
    )
    return Recomputed(plain(path.name), _same_text(text, told), len(before), differing)


def _same_text(text: Text, told: Any) -> bool:
    """Whether the scenario, and each file that it has rows from, has the bytes that the stored result was made from."""
    files = {one["file"]: one["sha256"] for one in told.get("files", ())}
    return bool(text.sha256 == told["sha256"] and {one.name: one.sha256 for one in text.files} == files)


def _read(path: Path) -> Any:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OmsorgError(f"{plain(str(path))}: cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise OmsorgError(f"{plain(str(path))}: is not a result in JSON.") from None
    found = stored.get("format") if isinstance(stored, dict) else stored
    if found != FORMAT:
        raise OmsorgError(f"{plain(str(path))}: found the format {shown(found)}; allowed: {FORMAT}.")
    parts = {"calculator", "scenario", "figures"} <= set(stored) and stored["calculator"] in NAMES
    if not parts or not {"name", "overlays", "set", "given", "sha256"} <= set(stored["scenario"]):
        raise OmsorgError(f"{plain(str(path))}: lacks parts of a result; was it changed by hand?")
    return stored


def _same(before: Any, now: Any) -> bool:
    if now is None or not isinstance(before, int | float):
        return False
    return bool(abs(before - now) <= CLOSE * max(abs(before), abs(now)))


def _told(key: tuple[Any, ...], before: Any, now: Any) -> str:
    coordinates = ", ".join(str(one) for one in key[1:] if one is not None)
    came = "is left out" if now is None else f"comes out as {now!r}"
    return plain(f"{key[0]}[{coordinates}]: was {before!r}, now {came}")
