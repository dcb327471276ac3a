"""Puts a scenario together: its text, the changes to it, the models of its tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from omsorg_cli.calculators import NAMES, join_others, load, why_left_out
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.errors import MOST_TOLD, Fault, OmsorgError, ScenarioError, nearest
from omsorg_cli.core.fixed import Fixed
from omsorg_cli.core.input_types import InputError, Kind, Loc, Stated, Value
from omsorg_cli.core.inputs import CHECKED, Inputs, aliases, kinds
from omsorg_cli.core.language import again, say
from omsorg_cli.core.texts import in_language
from omsorg_cli.engine.conversion import PRICES
from omsorg_cli.scenario.model import Head, Published, Source
from omsorg_cli.scenario.price_years import faults as faults_of_price_years
from omsorg_cli.scenario.price_years import faults_of, indexes_of, says_price_year
from omsorg_cli.scenario.read import Text
from omsorg_cli.scenario.recheck import kept, replaced
from omsorg_cli.scenario.validate import validated

if TYPE_CHECKING:
    from omsorg_cli.scenario.change import Change, Changed
    from omsorg_cli.scenario.paths import Target


class Tables(Mapping[str, str]):
    """The calculator of each table."""

    def __getitem__(self, table: str) -> str:
        name = table.replace("_", "-")
        if name not in NAMES or "-" in table:
            raise KeyError(table)
        return name

    def __iter__(self) -> Iterator[str]:
        return (name.replace("-", "_") for name in NAMES)

    def __len__(self) -> int:
        return len(NAMES)


TABLES = Tables()


class Put(NamedTuple):
    """A value that is put in the place of an input by the program itself, where `--set` would type it."""

    path: str
    value: Value

    def __str__(self) -> str:
        return f"{self.path}={self.value}"


def put(kind: Kind, path: str, value: Value) -> Put:
    """The value of the kind in the place of the input."""
    return Put(path, value if isinstance(value, str) else kind.plain(value))


class Request(NamedTuple):
    """What is wanted of a scenario beside its text: overlays, changes, and rows in place of those of a table.

    `given` is what was typed for those rows, by option; `puts` are the changes that nobody typed.
    """

    overlays: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    bare: Mapping[str, Any] = Fixed()
    given: Mapping[str, str] = Fixed()
    puts: tuple[Put, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Scenario:
    """A scenario that is valid, as far as the calculators asked for go."""

    text: Text
    head: Head
    common: dict[str, Stated]
    inputs: dict[str, Inputs]
    changes: "tuple[Change, ...]"
    request: Request
    correlated: tuple[tuple[tuple[str, ...], float], ...] = ()

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays that were applied: those in the scenario's name, then those asked for."""
        return (*self.text.overlays, *self.request.overlays)

    @property
    def is_bare(self) -> bool:
        """Whether rows were given on the command line in place of the scenario's."""
        return bool(self.request.bare)

    @property
    def sources(self) -> dict[str, Source]:
        """The published documents, by id."""
        return self.head.sources

    @property
    def published(self) -> list[Published]:
        """The published results."""
        return self.head.published


def open_scenario(text: Text, request: Request | None = None, calculators: Sequence[str] | None = None) -> Scenario:
    """The scenario with the tables of the calculators (all, if none are named); raises every fault at once."""
    return _Opening(text, request or Request(), NAMES if calculators is None else calculators).scenario()


def targets_of(scenario: Scenario, path: str) -> "list[Target]":
    """The inputs that the path names in the scenario: one, or that of every item."""
    return _Opening(scenario.text, scenario.request, NAMES).targets(path)


def placed(scenario: Scenario, faults: Iterable[Fault]) -> list[Fault]:
    """The faults of inputs by path, each with the file and line where the input stands."""
    places = Places(scenario.text)

    def loc(path: str) -> Loc:
        try:
            return targets_of(scenario, path)[0].loc
        except OmsorgError:
            return ()

    return [fault._replace(place=places.place(loc(fault.path))) for fault in faults]


def changed_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario's data as the overlays and changes left it, each value as it may be written."""
    from omsorg_cli.scenario.toml import plain

    data: dict[str, Any] = plain(_Opening(scenario.text, scenario.request, NAMES).data)
    return data


def looks_at(text: Text, request: Request, calculators: Sequence[str], paths: Sequence[str]) -> bool:
    """Whether the checks of the scenario look at the values that are put in the place of these inputs.

    Where they do not, they pass or refuse every value that each input allows alike.
    """
    from omsorg_cli.scenario.watched import watch

    opening, looked = _Opening(text, request, calculators), list[bool]()
    for path in paths:
        for target in opening.targets(path):
            watch(opening.data, target.loc, looked)
    opening.scenario()
    return bool(looked)


class Recheck:
    """Whether a scenario that is valid allows other values of some of its inputs; only what is around them is checked.

    Why a value is refused, `open_scenario` says.
    """

    def __init__(self, text: Text, request: Request, calculators: Sequence[str], paths: Sequence[str] = ()) -> None:
        self._opening = _Opening(text, request, calculators)
        self._checked, self._context = self._opening.scenario(), self._opening.context
        self._tables = {table: name for table, name in TABLES.items() if name in self._checked.inputs}
        self._has_price_years = says_price_year(self._opening.data)
        self.look_around(paths)

    def look_around(self, paths: Sequence[str]) -> None:
        """From now on other values of these inputs are asked for."""
        self._data = dict(self._opening.data)
        self._targets = {path: self._opening.targets(path) for path in paths}
        locs = [target.loc for found in self._targets.values() for target in found]
        for table, name in self._tables.items():
            inside = [loc[1:] for loc in locs if loc[0] == table]
            self._data[table] = kept(self._data[table], self._checked.inputs[name], inside)

    def allows(self, puts: Sequence[Put]) -> bool:
        """Whether all checks pass with these in the place of the inputs."""
        try:
            inputs = self._inputs(puts)
        except ValueError:  # as pydantic's is too
            return False
        held = inputs.get(PRICES)
        calculators = {name: load(name) for name in inputs}
        indexes = None if held is None else indexes_of(held)
        told = faults_of_price_years(calculators, inputs, indexes, self._checked.head.year, said=self._has_price_years)
        return not any(told)

    def _inputs(self, puts: Sequence[Put]) -> dict[str, Inputs]:
        """The tables with these values."""
        from omsorg_cli.scenario.change import value_put

        data, touched = self._data, set[str]()
        for one in puts:
            for target in self._targets[one.path]:
                data = replaced(data, target.loc, partial(value_put, target, one.value))
                touched.add(str(target.loc[0]))
        context = {**self._context, "common": _table(data.get("common")), CHECKED: "common" not in touched}
        found = dict(self._checked.inputs)
        for table, name in self._tables.items():
            if table in touched or "common" in touched:
                found[name] = load(name).inputs.model_validate(data[table], context=context)
        return found


def common_kind(name: str, first: Sequence[str] = ()) -> Kind | None:
    """What the common input of that name may be: as the calculators that are named first say, or any other."""
    for calculator in (*first, *(one for one in NAMES if one not in first)):
        if (found := _kinds(load(calculator).inputs).get(name)) is not None:
            return found
    return None


def _said_now(part: Any) -> Any:
    """What was given beside the scenario, with its words in the language that is spoken now."""
    if isinstance(part, Stated):
        return part._replace(assumption=again(part.assumption))
    if isinstance(part, dict):
        return {key: _said_now(one) for key, one in part.items()}
    return list(map(_said_now, part)) if isinstance(part, list) else again(part)


class _Opening:
    def __init__(self, text: Text, request: Request, wanted: Sequence[str]) -> None:
        self.text = text
        self.request = request
        self.wanted = wanted
        self.faults: list[tuple[Loc, str, str]] = []
        self.untold = 0
        self.data = dict(text.data)
        if any(name not in Head.model_fields and name not in TABLES for name in self.data):
            join_others()
        self.changes: tuple[Change, ...] = ()
        self.places: dict[Loc, str] = {}
        self.written: dict[Loc, Loc] = {}
        if text.overlays or text.puts or request.overlays or request.sets or request.puts:
            self._change()
        for table, held in request.bare.items():
            self.data[table] = {**_table(self.data.get(table)), **_said_now(held)}

    def _changed(self) -> "Changed":
        from omsorg_cli.scenario.change import Changed, Known

        return Changed(self.data, Known(self._model, self._common_kind, (*TABLES, "common")))

    def targets(self, path: str) -> "list[Target]":
        return self._changed().targets(path)

    def _change(self) -> None:
        changed = self._changed()
        changed.set(self.text.puts)
        changed.overlay((*self.text.overlays, *self.request.overlays))
        changed.set((*self.request.sets, *self.request.puts))
        self.data, self.changes = changed.data, tuple(changed.changes)
        self.places, self.written = changed.places, changed.written
        self.faults += changed.faults

    def scenario(self) -> Scenario:
        head = self._checked(Head, self.data, ())
        common = self._read_common()
        self._check_names()
        inputs = self._read_tables(self.wanted)
        if not self.faults:
            self._check_prices(head, common, inputs)
        correlated = tuple(self._read_correlations(head)) if head is not None and head.correlations else ()
        if self.faults and set(self.wanted) != set(NAMES):
            self._read_tables([name for name in NAMES if name not in self.wanted])
        if self.faults:
            raise ScenarioError(self._placed(), self.untold)
        return Scenario(self.text, head, common, inputs, self.changes, self.request, correlated)

    @cached_property
    def context(self) -> dict[str, Any]:
        return {
            "sources": _table(self.data.get("sources")),
            "common": _table(self.data.get("common")),
            "municipality": in_language(self.data.get("municipality")),
        }

    def _checked(self, model: Any, data: Any, loc: Loc) -> Any:
        found = validated(model, data, self.context)
        for inside, sentence in found.faults:
            self.faults.append(((*loc, *inside), self._path(model, data, loc, inside), sentence))
        self.untold += found.more
        return found.instance

    def _path(self, model: Any, data: Any, loc: Loc, inside: Loc) -> str:
        if loc:
            from omsorg_cli.scenario.paths import path_of

            return path_of(model, data, inside, str(loc[0]))
        return ".".join(map(str, inside))

    def _read_tables(self, names: Sequence[str]) -> dict[str, Inputs]:
        found = {}
        for table, name in TABLES.items():
            if name in names and table in self.data:
                instance = self._checked(load(name).inputs, self.data[table], (table,))
                if instance is not None:
                    found[name] = instance
        return found

    def _check_names(self) -> None:
        known = (*Head.model_fields, *TABLES)
        unknown = [name for name in self.data if name not in known]
        self._refuse_unknown((), unknown, known)

    def _refuse_unknown(self, loc: Loc, names: Sequence[str], known: Sequence[str]) -> None:
        """Faults for the keys, with the known one that is nearest; of very many only the first are looked up."""
        for name in names[:MOST_TOLD]:
            why = "" if loc else why_left_out(name)
            told = say("is an unknown key. {hint}", hint=why or nearest(name, known))
            self.faults.append(((*loc, name), ".".join((*map(str, loc), name)), told))
        self.untold += len(names[MOST_TOLD:])

    def _read_common(self) -> dict[str, Stated]:
        found = {}
        held = _table(self.data.get("common"))
        unknown = self._unknown_of(held)
        for name, raw in held.items():
            if name in unknown:
                continue
            kind = self._common_kind(name)
            assert kind is not None
            try:
                found[name] = raw if isinstance(raw, Stated) else kind.read(raw, self.context["sources"])
            except InputError as error:
                for key, sentence in error.faults:
                    self.faults.append((("common", name, *filter(None, (key,))), f"common.{name}", sentence))
            except ValueError as error:
                self.faults.append((("common", name), f"common.{name}", str(error)))
        return found

    def _unknown_of(self, held: Mapping[str, Any]) -> set[str]:
        """The common keys that no calculator has, each a fault; others than those asked for are then looked into."""
        left: list[str] = list(held)
        for names in (self.wanted, NAMES):
            known = {key for name in names if left for key in _kinds(load(name).inputs)}
            left = [key for key in left if key not in known]
        if left:
            self._refuse_unknown(("common",), left, sorted(known))
        return set(left)

    def _check_prices(self, head: Head, common: dict[str, Stated], inputs: dict[str, Inputs]) -> None:
        """The price years of amounts against the indexes that convert them."""
        held = inputs.get(PRICES)
        indexes = None if held is None else indexes_of(held)
        calculators = {name: load(name) for name in inputs}
        found = list(faults_of_price_years(calculators, inputs, indexes, head.year))
        for name, stated in common.items():
            found += faults_of(stated, ("common", name), indexes, head.year)
        for loc, sentence in found:
            self.faults.append((loc, self._path_of(loc), sentence))

    def _path_of(self, loc: Loc) -> str:
        """The path that people read for a place in a table."""
        table = str(loc[0])
        model = self._model(table)
        return ".".join(map(str, loc)) if model is None else self._path(model, self.data[table], (table,), loc[1:])

    def _read_correlations(self, head: Head) -> Iterator[tuple[tuple[str, ...], float]]:
        """The inputs that are correlated, by path, and how closely."""
        changed = self._changed()
        for index, entry in enumerate(head.correlations):
            paths: dict[str, None] = {}
            for number, text in enumerate(entry.inputs):
                loc = ("correlations", index, "inputs", number)
                try:
                    paths |= dict.fromkeys(target.path for target in changed.targets(text))
                except OmsorgError as error:
                    self.faults.append((loc, "", str(error)))
            if len(paths) < 2:
                found = ", ".join(paths) or say("no input")
                told = say("found {found}; allowed: two inputs or more", found=found)
                self.faults.append((("correlations", index, "inputs"), "correlations", told))
            yield tuple(paths), entry.value.number

    def _common_kind(self, name: str) -> Kind | None:
        return common_kind(name, self.wanted)

    def _model(self, table: str) -> type[Inputs] | None:
        return load(TABLES[table]).inputs if table in TABLES else None

    def _placed(self) -> list[Fault]:
        """The faults in the order of the file, with file and line, or with the change that made them."""
        places = Places(self.text)
        found = []
        for loc, path, sentence in self.faults:
            changed = next((loc[:n] for n in range(len(loc), 0, -1) if loc[:n] in self.places), None)
            by = "" if changed is None else self.places[changed]
            at = loc if changed is None else self.written.get(changed)
            place = " ".join(filter(None, ("" if at is None else places.place(at), by)))
            found.append((0 if at is None else places.line(at) or 0, Fault(path, sentence, place)))
        return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


class Places:
    """Where things stand in a scenario's text."""

    def __init__(self, text: Text) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> dict[Loc, int]:
        if not self._text.toml:
            return {}
        from omsorg_cli.scenario.locate import lines

        return lines(self._text.content)

    def line(self, loc: Loc) -> int | None:
        """The line of the place, or of the nearest table around it; none in JSON."""
        while loc and loc not in self._lines:
            loc = loc[:-1]
        return self._lines.get(loc)

    def place(self, loc: Loc) -> str:
        """File and line, as a message begins; of what stands in another file, its row or cell."""
        cell = next((self._text.places[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in self._text.places), "")
        if cell:
            return cell
        line = self.line(loc)
        return f"{self._text.file}:{line}" if line else self._text.file


@cache
def _kinds(inputs: type[Inputs]) -> dict[str, Kind]:
    """The kinds of the inputs that a calculator may share with others: those that a scenario calls as formulas do."""
    return {
        name: kind for _, model in rows(inputs) for name, kind in kinds(model).items() if aliases(model)[name] == name
    }


def _table(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
