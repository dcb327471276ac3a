"""Applies overlays and `--set` to a scenario's data, and remembers what was changed by what."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from omsorg_cli.core.errors import Fault, OmsorgError, ScenarioError, nearest, plain, shown
from omsorg_cli.core.input_types import PROVENANCE, InputError, Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, tables
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import Written
from omsorg_cli.core.texts import is_in_languages
from omsorg_cli.scenario.columns import Column, raw_of
from omsorg_cli.scenario.paths import PathError, Target, targets

SET_BY_USER = phrase("set by the user")
SET_IN_BOOK = phrase("changed in the workbook")
MOST_MEANT = 3
"""Paths that are proposed for one that is not there."""


class Change(NamedTuple):
    """One input that was changed: from what, to what, and by what."""

    input: str
    before: Any
    after: Any
    by: str


@dataclass(frozen=True, slots=True)
class Known:
    """What paths may name: the models by table, and the kinds of the common inputs."""

    model: Callable[[str], type[Inputs] | None]
    common: Callable[[str], Kind | None]
    names: Sequence[str]


class Changed:
    """A scenario's data as overlays and `--set` leave it.

    `places` tells what changed a place, `written` where in the scenario an overlay has the value, `faults` what in the
    overlays is wrong.
    """

    def __init__(self, data: dict[str, Any], known: Known) -> None:
        self.data = dict(data)
        self._copied: set[str] = set()
        self.known = known
        self.changes: list[Change] = []
        self.places: dict[Loc, str] = {}
        self.written: dict[Loc, Loc] = {}
        self.faults: list[tuple[Loc, str, str]] = []
        self._overlaid: dict[tuple[Loc, str], tuple[str, Any]] = {}

    def overlay(self, names: Sequence[str]) -> None:
        """Applies the named overlays; two that set one input differently are an error."""
        held = self.data.get("overlays")
        overlays = held if isinstance(held, dict) else {}
        for name in dict.fromkeys(names):
            if not isinstance(overlays.get(name), dict):
                told = {"name": plain(name), "hint": nearest(name, overlays)}
                raise OmsorgError(say("{name} is not an overlay of the scenario. {hint}", **told))
            for segments, value in _flat(overlays[name], ()):
                self._overlay_one(name, segments, value)

    def _overlay_one(self, name: str, segments: tuple[str, ...], value: Any) -> None:
        place = ("overlays", name, *segments)
        try:
            for target in self._targets(segments, ".".join(segments)):
                self._agree(target, name, value)
                self._put(target, value, say("overlay {name}", name=name))
                self.written[target.loc] = place
        except PathError as error:
            self.faults.append((place, ".".join(place), str(error)))

    def set(self, changes: Sequence[Any]) -> None:
        """Applies each PATH=VALUE, or path with a value; all that is wrong with them is told at once."""
        faults = []
        for change in changes:
            place = getattr(change, "place", "") or f"--set {plain(str(change))}"
            path, equals, value = change.partition("=") if isinstance(change, str) else (change.path, "=", change.value)
            if not equals:
                faults.append(Fault("", say("allowed: PATH=VALUE, such as insource.years=5"), place))
                continue
            try:
                for target in self._targets(tuple(path.strip().split(".")), path.strip()):
                    self._put(target, self._read(target, value, of_book=hasattr(change, "place")), place)
            except PathError as error:
                faults.append(Fault("", str(error), place))
            except InputError as error:
                faults.extend(Fault(path, sentence, place) for _, sentence in error.faults)
            except ValueError as error:
                faults.append(Fault(path, str(error), place))
        if faults:
            raise ScenarioError(faults)

    def targets(self, path: str) -> list[Target]:
        """The inputs that the path names: one, or that of every item; raises `PathError` where there is none."""
        return self._targets(tuple(path.split(".")), path)

    def _read(self, target: Target, raw: Any, *, of_book: bool = False) -> Any:
        text = raw.strip() if isinstance(raw, str) else raw
        if of_book:
            text = raw_of(raw, Column(target.loc, target.kind))
        if not target.attribute:
            return _stated(target, text, SET_IN_BOOK if of_book else SET_BY_USER, is_typed=isinstance(raw, str))
        if target.attribute != "range":
            return text
        try:
            return json.loads(text, parse_float=_typed)
        except (ValueError, RecursionError):
            told = say(
                'found {found}; allowed: [LOW, HIGH], each {allowed}; a decimal comma stands in quotes: ["0,7", "1"]',
                found=shown(text),
                allowed=target.kind.allowed,
            )
            raise InputError([("", told)]) from None

    def _targets(self, segments: Sequence[str], path: str) -> list[Target]:
        table, *rest = segments
        if table == "common" and rest:
            kind = self.known.common(rest[0])
            if kind is None:
                raise PathError(say("common.{name} is not an input of any calculator.", name=plain(rest[0])))
            return [Target(("common", rest[0]), f"common.{rest[0]}", kind, rest[1] if rest[1:] else "")]
        model = self.known.model(table)
        if model is None:
            meant = self._elsewhere(path)
            hint = say("Did you mean {names}?", names=", ".join(meant)) if meant else nearest(table, self.known.names)
            raise PathError(say("{path} is not there. {hint}", path=plain(path), hint=hint))
        if not rest:
            raise PathError(say("{path} is a table; name an input in it.", path=plain(path)))
        return targets(model, self.data.get(table), rest, (table,), table)

    def _elsewhere(self, path: str) -> list[str]:
        """Paths that end in what was written, in a table of the scenario: where its name was left out."""
        found = []
        for table in self.data:
            model = self.known.model(table)
            for inner in ("", *(tables(model) if model is not None else ())):
                whole = ".".join(filter(None, (table, inner, path)))
                if model is not None and _leads_somewhere(lambda: self._targets(whole.split("."), whole)):  # noqa: B023 - called at once
                    found.append(f'"{plain(whole)}"')
        return found[:MOST_MEANT]

    def _agree(self, target: Target, name: str, value: Any) -> None:
        """An input set by two overlays, or set in one for a whole item and in the other for a part of it."""
        for (loc, attribute), (other, earlier) in self._overlaid.items():
            if (
                other != name
                and _meant(target, earlier) != _meant(target, value)
                and attribute == target.attribute
                and _overlap(loc, target.loc)
            ):
                told = {"one": other, "its": shown(_bare(earlier)), "other": name, "others": shown(_bare(value))}
                raise OmsorgError(
                    say(
                        "{input} is set differently by overlay {one} ({its}) and overlay {other} ({others}).",
                        input=target.path,
                        **told,
                    )
                )
        self._overlaid[target.loc, target.attribute] = (name, value)

    def _own(self, table: str | int) -> Any:
        """The table, which is copied before the first change in it: the scenario's own data stay as they are."""
        name = str(table)
        if name not in self._copied:
            self._copied.add(name)
            self.data[name] = copy.deepcopy(self.data.get(name, {}))
        return self.data[name]

    def _put(self, target: Target, value: Any, by: str) -> None:
        parent: Any = self._own(target.loc[0])
        for at, part in enumerate(target.loc[1:-1], 1):
            _refuse_no_table(parent, target.loc[:at], part)
            parent = parent.setdefault(part, {}) if isinstance(parent, dict) else parent[part]
        name = target.loc[-1]
        _refuse_no_table(parent, target.loc[:-1], name)
        before = parent.get(name)
        path = f"{target.path}.{target.attribute}" if target.attribute else target.path
        if target.attribute:
            if before is None:
                raise PathError(
                    say(
                        "{input} has no value here, so it can have no {attribute}.",
                        input=target.path,
                        attribute=target.attribute,
                    )
                )
            parent[name] = _with_attribute(before, target.attribute, value)
            before, after = _attribute(before, target.attribute), value
        else:
            parent[name] = _in_its_prices(before, value)
            before, after = _value(target.kind, before), _value(target.kind, value)
        self.places[target.loc] = by
        self.changes.append(Change(path, before, after, by))


def _stated(target: Target, value: Any, by: str, *, is_typed: bool) -> Stated:
    """The value as the user states it; a number that nobody typed need not be whole."""
    kind = target.kind if is_typed else target.kind._replace(whole=False)
    return kind.read(value)._replace(origin="user", assumption=say(by))


def value_put(target: Target, value: Any, before: Any) -> Any:
    """What comes in the place of an input when the program itself puts the value there."""
    return _in_its_prices(before, _stated(target, value, SET_BY_USER, is_typed=isinstance(value, str)))


def _in_its_prices(before: Any, value: Any) -> Any:
    """The value that is put in the place of an amount: in the prices of the same year, as a number of its unit is."""
    if not isinstance(value, Stated):
        return value
    kept = {name: _attribute(before, name) for name in ("price_year", "follows")}
    return value._replace(**kept) if any(kept.values()) else value


def _typed(text: str) -> float | str:
    """A decimal in the text of an option: as text where its point may set thousands apart, for the reader to refuse."""
    return text if Written(text).looks_grouped else float(text)


def _leads_somewhere(look: Callable[[], list[Target]]) -> bool:
    try:
        return bool(look())
    except PathError:
        return False


def _meant(target: Target, written: Any) -> Any:
    """What the written input comes to, without what only explains it."""
    if target.attribute or not isinstance(written, dict):
        return written if target.attribute else (_value(target.kind, written), None)
    rest = {key: one for key, one in written.items() if key in ("range", "shape", "coverage")}
    return _value(target.kind, written), rest or None


def _overlap(one: Loc, other: Loc) -> bool:
    """Whether the places are one, or the one's table holds the other's and the input is the same."""
    short, long = sorted((one, other), key=len)
    return short[-1] == long[-1] and long[: len(short) - 1] == short[:-1]


def _flat(held: Mapping[str, Any], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each input that the overlay sets: its path and what is written there."""
    for name, value in held.items():
        stated = "value" in value and set(value) <= set(PROVENANCE) if isinstance(value, dict) else True
        table = not stated and not is_in_languages(value)
        if table:
            yield from _flat(value, (*way, name))
        else:
            yield (*way, name), value


def _refuse_no_table(held: Any, loc: Loc, part: str | int) -> None:
    """What stands where a table should be has no input that could be changed, nor has a list but of items by number."""
    if not isinstance(held, list if isinstance(part, int) else dict):
        where = plain(".".join(map(str, loc)))
        raise PathError(say("{path}: found {found}; allowed: a table", path=where, found=shown(held)))


def _with_attribute(before: Any, attribute: str, value: Any) -> Any:
    if isinstance(before, Stated):
        held = before._replace(value=before.value if before.typed is None else before.typed)
        table = {key: getattr(held, key) for key in PROVENANCE if getattr(held, key) is not None}
        before = {key: one for key, one in table.items() if key not in ("coverage", "shape") or before.range}
    return {**(before if isinstance(before, dict) else {"value": before}), attribute: value}


def _attribute(before: Any, attribute: str) -> Any:
    return before.get(attribute) if isinstance(before, dict) else getattr(before, attribute, None)


def _bare(written: Any) -> Any:
    return written.get("value") if isinstance(written, dict) else written


def _value(kind: Kind, written: Any) -> Any:
    """The value as the run would read it; as written, where it cannot."""
    if written is None:
        return None
    if isinstance(written, Stated):
        return written.value
    try:
        return kind.value(_bare(written))
    except ValueError:
        return str(_bare(written))
