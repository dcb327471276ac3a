"""Scenarios from the store: of one municipality, or of all with a row each."""

from collections.abc import Callable
from typing import NamedTuple

from omsorg_cli.core import errors
from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.core.language import phrase, say
from omsorg_cli.render.data import csv_text
from omsorg_cli.statistics import coverage as recipients
from omsorg_cli.statistics import demand, wages
from omsorg_cli.statistics.draft import Draft
from omsorg_cli.statistics.klass import UNKNOWN, key_of
from omsorg_cli.statistics.levels import SERVICES, level
from omsorg_cli.statistics.statistics import LackingError, LackingNeedError, Number, Statistics

DERIVED_BY_OTHERS = phrase(
    "a derived index: calculated by others from the ministry's criteria, with weights that are not stated"
)
DERIVED = phrase("a derived index: calculated from the ministry's criteria and weights, not published by it")


class Asked(NamedTuple):
    """What a scenario is asked for: whose, of which year, and compared with whom (codes)."""

    region: str
    year: int
    against: tuple[str, ...]
    need_year: int
    """The year of the need index, which is another one where that of the year itself is not to be had."""

    def fetch(self, preset: str) -> str:
        """The command that brings all of it."""
        whose = " ".join(f"--municipality {one}" for one in (self.region, *self.against) if one != "EAK")
        return f"omsorg data fetch {preset} {whose} --year {self.year}"

    @property
    def need_index(self) -> str:
        """The command that brings the need index."""
        return f"omsorg data import FILE.ods --year {self.need_year}"


def _draft(statistics: Statistics, asked: Asked, title: str, table: str) -> Draft:
    """The head of a scenario that compares the municipality with others."""
    name = str(statistics.label(asked.region))
    return Draft(say(title, name=name, year=asked.year), name, asked.year, table)


def _bases(statistics: Statistics, asked: Asked) -> dict[str, str]:
    """The regions that it is compared with, and their keys."""
    return {base: base_key(statistics, base) for base in asked.against}


def savings(statistics: Statistics, asked: Asked) -> Draft:
    """What care costs here and elsewhere, by service."""
    draft = _draft(statistics, asked, phrase("{name} {year}: spending on care compared"), "savings")
    fetch = asked.fetch("savings")
    draft.line()
    draft.line("[savings]")
    draft.attempt("population", lambda: statistics.inhabitants(asked.region, asked.year + 1), fetch)
    has_need_index = _need(draft, statistics, asked)
    draft.line(f"# {say('wage_per_fte: wage cost per FTE per year; with it, the result is also shown in FTE.')}")
    written = [
        _comparison(draft, statistics, asked, base, service)
        for base in asked.against
        for service in SERVICES
        if has_need_index
    ]
    draft.need_any(written, say("The store does not have the figures for any comparison."))
    return draft


def _comparison(draft: Draft, statistics: Statistics, asked: Asked, base: str, service: str) -> bool:
    """One comparison; nothing but a comment where a level or the need of the base is lacking."""
    label = statistics.label(base)
    try:
        own = level(statistics, asked.region, asked.year, service)
        theirs = level(statistics, base, asked.year, service)
        need = statistics.need(base, asked.need_year)
    except LackingError as error:
        draft.line()
        fetch = asked.need_index if isinstance(error, LackingNeedError) else asked.fetch("savings")
        draft.lack(f"{base}, {service}", str(error), fetch)
        return False
    draft.line()
    draft.line("[[savings.comparisons]]")
    draft.plain("base", base_key(statistics, base))
    draft.plain("service", service)
    draft.plain("label", str(label))
    draft.choice("levels", "raw", own, say("net spending as in the accounts, not corrected for need"))
    key = draft.first.setdefault(service, base_key(statistics, base))
    if key == base_key(statistics, base):
        draft.value("own_per_inhabitant", own)
    else:
        draft.choice("own_from", key, own, say("the same figure as for that comparator"))
    draft.value("base_per_inhabitant", theirs)
    draft.value("base_need_index", need, digits=8, assumption=_assumed(need, asked))
    return True


def _need(draft: Draft, statistics: Statistics, asked: Asked) -> bool:
    """The own need index, without which nothing can be compared."""
    try:
        number = statistics.need(asked.region, asked.need_year)
    except LackingError as error:
        draft.lack("need_index", str(error), asked.need_index)
        return False
    draft.value("need_index", number, digits=8, assumption=_assumed(number, asked))
    return True


def _assumed(number: Number, asked: Asked) -> str:
    """What is assumed with a need index: that it is one, and that it holds of the year."""
    told = []
    if number.words:
        told.append(say(DERIVED_BY_OTHERS if number.records[0].form == "need-index-json" else DERIVED))
    if asked.need_year != asked.year:
        told.append(
            say("the need index of {need_year}, taken to hold for {year}", need_year=asked.need_year, year=asked.year)
        )
    return "; ".join(told)


def base_key(statistics: Statistics, base: str) -> str:
    """The key of a comparator in a scenario."""
    if base == "EAK":
        return "country"
    return base.lower() if base.startswith("E") else key_of(statistics.municipalities.names[base])


def need(statistics: Statistics, asked: Asked) -> Draft:
    """Who needs more care than the country, and than others."""
    draft = _draft(statistics, asked, phrase("{name} {year}: need for care compared"), "need")
    draft.line()
    draft.line("[need]")
    draft.plain("own", base_key(statistics, asked.region))
    for region in (asked.region, *(one for one in asked.against if one != "EAK")):
        try:
            number = statistics.need(region, asked.need_year)
        except LackingError as error:
            if region == asked.region:
                raise NoAnswerError(
                    say("{why}. To bring it: {command}", why=str(error), command=asked.need_index)
                ) from None
            draft.line()
            draft.lack(str(statistics.label(region)), str(error), asked.need_index)
            continue
        _member(draft, statistics, asked, region, number)
    return draft


def _member(draft: Draft, statistics: Statistics, asked: Asked, region: str, number: Number) -> None:
    fetch = asked.fetch("need")
    draft.line()
    draft.line("[[need.members]]")
    draft.plain("municipality", base_key(statistics, region))
    draft.plain("year", asked.year)
    draft.plain("label", str(statistics.label(region)))
    draft.value("need_index", number, digits=8, assumption=_assumed(number, asked))
    if not region.startswith("E"):
        draft.attempt("population", lambda: statistics.inhabitants(region, asked.year + 1), fetch)
    draft.attempt("per_inhabitant", lambda: level(statistics, region, asked.year, "total"), fetch)


def coverage(statistics: Statistics, asked: Asked) -> Draft:
    """How many of the old receive care, here and elsewhere."""
    draft = _draft(statistics, asked, phrase("{name} {year}: coverage of care compared"), "coverage")
    bases = _bases(statistics, asked)
    return recipients.coverage(statistics, asked.region, asked.year, bases, asked.fetch("coverage"), draft)


def wage_gap(statistics: Statistics, asked: Asked) -> Draft:
    """What an FTE in care costs, here and elsewhere."""
    draft = _draft(statistics, asked, phrase("{name} {year}: wage cost per FTE in care compared"), "wage_gap")
    bases = _bases(statistics, asked)
    return wages.wage_gap(statistics, asked.region, asked.year, bases, asked.fetch("wages"), draft)


def growth(statistics: Statistics, asked: Asked) -> Draft:
    """How many of the old there are and will be; it is compared with nobody."""
    return demand.growth(statistics, asked.region, asked.year, asked._replace(against=()).fetch("growth"))


def insource(statistics: Statistics, asked: Asked) -> Draft:
    """What is bought from private providers; it is compared with nobody."""
    return demand.insource(statistics, asked.region, asked.year, asked._replace(against=()).fetch("purchases"))


WRITERS: dict[str, Callable[[Statistics, Asked], Draft]] = {
    "savings": savings,
    "need": need,
    "coverage": coverage,
    "wage-gap": wage_gap,
    "growth": growth,
    "insource": insource,
}
"""What is written from the store, by calculator."""


def written(statistics: Statistics, calculator: str, asked: Asked) -> Draft:
    """The scenario of that calculator."""
    if calculator not in WRITERS:
        raise OmsorgError(
            say(
                "{calculator} is not written from statistics; allowed: {allowed}.",
                calculator=errors.shown(calculator),
                allowed=", ".join(WRITERS),
            )
        )
    if asked.region in asked.against:
        raise OmsorgError(say("--against names the municipality itself; allowed: others."))
    for code in (asked.region, *asked.against):
        if code.isdigit():
            statistics.municipalities.in_year(code, asked.year)  # a split has no answer, whatever is in the store
    return WRITERS[calculator](statistics, asked)


def rows(statistics: Statistics, calculator: str, asked: Asked) -> tuple[Draft, str, int]:
    """The savings of every municipality: a scenario of the first that has all, their rows, and how many lack something.

    The columns are code, name and a remark on what is lacking, and then paths of inputs.
    """
    if calculator != "savings":
        raise OmsorgError(
            say("{calculator} has no rows of municipalities; allowed: savings.", calculator=errors.shown(calculator))
        )
    found = {
        code: _row(statistics, asked._replace(region=code))
        for code in statistics.municipalities.names
        if code != UNKNOWN
    }
    whole = [code for code, (cells, _) in found.items() if all(cells) and code not in asked.against]
    if not whole:
        told = next((remark for _, remark in found.values() if remark), "")
        raise NoAnswerError(say("No municipality has everything that is needed; the first lacks: {why}.", why=told))
    draft = savings(statistics, asked._replace(region=whole[0]))
    draft.title = say("Every municipality {year}: spending on care compared", year=asked.year)
    draft.municipality = say("{name} (as an example)", name=statistics.municipalities.name(whole[0]))
    own = [f"savings.comparisons.{base}/{service}.own_per_inhabitant" for service, base in draft.first.items()]
    columns = [0, 1, *(2 + place for place, service in enumerate(SERVICES) if service in draft.first)]
    rows = [["code", "name", "remark", "savings.population", "savings.need_index", *own]]
    for code, (cells, remark) in found.items():
        rows.append([code, statistics.municipalities.name(code), remark, *(cells[place] for place in columns)])
    return draft, csv_text(rows), sum(1 for cells, _ in found.values() if not all(cells))


def _row(statistics: Statistics, asked: Asked) -> tuple[list[str], str]:
    """The inputs of a municipality, empty where they are lacking, and why they are."""
    code, year = asked.region, asked.year
    numbers: list[Callable[[], Number]] = [
        lambda: statistics.inhabitants(code, year + 1),
        lambda: statistics.need(code, asked.need_year),
        *(lambda service=service: level(statistics, code, year, service) for service in SERVICES),
    ]
    cells, why = [], []
    for number in numbers:
        try:
            if remark := statistics.municipalities.in_year(code, year).remark:
                why.append(str(remark))
            found = number()
        except NoAnswerError as error:
            cells.append("")
            why.append(str(error))
        else:
            cells.append(repr(round(found.value, 6)) if found.value % 1 else str(int(found.value)))
    return cells, "; ".join(dict.fromkeys(why))
