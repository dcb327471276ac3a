"""A scenario that is begun: with examples to be replaced, or filled in from public statistics."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.reading import nowhere
from omsorg_cli.library.files import new_file, not_there, path_of, refuse_unnameable, scenario_as
from omsorg_cli.library.given import is_every, names_in, not_taken, year_of
from omsorg_cli.library.named import known_calculator

if TYPE_CHECKING:
    from csv import DictReader

    from omsorg_cli.statistics.scenarios import Asked
    from omsorg_cli.statistics.statistics import Statistics

COUNTRY = ("country",)


class Begun:
    """A scenario that can be run as it is, with what it lacks; of all municipalities, with a row for each."""

    text: str
    """The scenario as TOML, with its comments."""
    lacking: tuple[str, ...]
    """A sentence for each input that the store lacks, with what would bring it."""
    rows: str
    """The rows of all municipalities as CSV, nothing where there is one municipality."""
    rows_lacking: int
    """How many of the rows lack something; each says what."""

    def __init__(
        self,
        text: str,
        lacking: Sequence[str] = (),
        rows: str = "",
        rows_lacking: int = 0,
        *,
        examples: bool = False,
    ) -> None:
        self.text, self.lacking, self.rows, self.rows_lacking = text, tuple(lacking), rows, rows_lacking
        self._examples = examples

    @property
    def data(self) -> dict[str, Any]:
        """The scenario as data, which `run` takes."""
        import tomllib

        from omsorg_cli.core.numbers import Written

        return tomllib.loads(self.text, parse_float=Written)

    def records(self) -> list[dict[str, str]]:
        """The rows as data: code, name, remark, and inputs by path, empty where they are lacking."""
        return list(self._read())

    def _read(self) -> "DictReader[str]":
        import csv
        import io

        return csv.DictReader(io.StringIO(self.rows, newline=""))

    def to_frame(self) -> Any:
        """The rows as a data frame, of pandas or else of Polars."""
        from omsorg_cli.library.frames import frame

        return frame(self.records(), self._read().fieldnames or ())

    def written(self, suffix: str = ".toml") -> str | bytes:
        """The scenario in the format of the suffix; only TOML has comments."""
        return self.text if suffix == ".toml" else scenario_as(suffix, self.data, examples=self._examples)

    def save(self, path: str | Path, rows: str | Path | None = None) -> Path:
        """Writes the scenario to a new file, .toml, .json or .xlsx, and its rows, if it has any, beside it or there."""
        from omsorg_cli.writing.output import save

        target = path_of(path)
        beside = new_files(target, None if rows is None else path_of(rows), every=bool(self.rows))
        if beside is not None:
            save(self.rows.encode(errors="replace"), beside)
        content = self.written(target.suffix.lower())
        save(content.encode(errors="replace") if isinstance(content, str) else content, target)
        return target

    def __repr__(self) -> str:
        """The scenario."""
        return self.text


def new_files(path: Path | None, rows: Path | None, *, every: bool) -> Path | None:
    """Where the rows go, if there are any: to a file of their own, or beside the scenario; neither replaces a file."""
    beside = path.with_suffix(".csv") if path is not None and rows is None and every else rows
    for one in filter(None, (path, beside)):
        refuse_unnameable(one)
    if path is not None and beside is not None and not nowhere() and path.resolve() == beside.resolve():
        raise OmsorgError(say("--rows {path} is the file of --output; allowed: another one.", path=plain(str(beside))))
    if path is not None:
        new_file(path)
    if beside is not None:
        not_there(beside)
    if every != (beside is not None):
        raise OmsorgError(say("--municipality all writes its rows beside --output FILE, or to --rows FILE.csv."))
    return beside


def new(
    calculator: str,
    *,
    municipality: str | None = None,
    year: int | str | None = None,
    need_year: int | str | None = None,
    against: str | Sequence[str] = (),
    store: str | Path | None = None,
) -> Begun:
    """A scenario of the calculator, to be filled in; with a municipality, filled in from the store of statistics.

    The municipality is a name, a code or "all"; it is compared with the country, or `against` KOSTRA groups and other
    municipalities. Raises `OmsorgError`, in the words of the command line, where the store does not have what it takes.

    >>> import omsorg_cli as omsorg
    >>> begun = new("fte")
    >>> omsorg.run("fte", begun.data).result.scenario.head.title
    'A new scenario'
    """
    known = known_calculator(calculator)
    if municipality is None:
        _refuse_others({"--year": year, "--need-year": need_year, "--against": against, "--store": store})
        from omsorg_cli.scenario.template import template

        return Begun(template(known.name), examples=True)
    from omsorg_cli.statistics import scenarios

    statistics, asked = _asked(municipality, year, need_year, names_in("against", against) or COUNTRY, store)
    if asked.region:
        draft = scenarios.written(statistics, known.name, asked)
        return Begun(draft.text(), draft.lacking)
    draft, rows, rows_lacking = scenarios.rows(statistics, known.name, asked)
    return Begun(draft.text(), draft.lacking, rows, rows_lacking)


def _refuse_others(given: dict[str, object]) -> None:
    """What only statistics need has no place without them."""
    for option in (one for one, value in given.items() if value):
        raise OmsorgError(say("{option} goes with --municipality.", option=option))


def _asked(
    municipality: str,
    year: int | str | None,
    need_year: int | str | None,
    against: Sequence[str],
    store: str | Path | None,
) -> "tuple[Statistics, Asked]":
    """The statistics, and what is asked of them; of every municipality, no region."""
    from omsorg_cli.statistics.scenarios import Asked
    from omsorg_cli.statistics.statistics import Statistics
    from omsorg_cli.statistics.store import store_in

    if not isinstance(municipality, str):
        raise not_taken("--municipality", municipality, say('a name, a code, or "all"'))
    if year is None:
        raise OmsorgError(say("--municipality needs --year, the year of the statistics."))
    asked, of_need = year_of("--year", year), year_of("--need-year", need_year or year)
    statistics = Statistics(store_in(store))
    names = [one.strip() for text in against for one in text.split(",") if one.strip()]
    bases = tuple(dict.fromkeys(statistics.region(one) for one in names))
    region = "" if is_every(municipality) else statistics.region(municipality)
    return statistics, Asked(region, asked, bases, of_need)
