"""A scenario of the wage gap from the store: what an FTE in care costs, here and elsewhere.

Wage expenditure of the accounts over the FTE of the same services. The wages by occupation of table 11418 are of the
whole country, and are not used.
"""

from collections.abc import Callable

from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.statistics.draft import Draft
from omsorg_cli.statistics.levels import THOUSAND
from omsorg_cli.statistics.presets import ALL_OCCUPATIONS, FTE, STAFFED, WAGES
from omsorg_cli.statistics.statistics import LackingError, Number, Statistics, summed

ALIKE = phrase(
    "the wage expenditure and the FTE of the two tables are taken to be of the same employees, and art AG16 to be pay "
    "with pension contributions and payroll tax, less refunds of sick pay: the table does not say"
)
IN_SAVINGS = phrase("with a table savings beside, the result also shows what share of the saving wages are")


def wage_gap(statistics: Statistics, region: str, year: int, bases: dict[str, str], fetch: str, draft: Draft) -> Draft:
    """Wage cost per FTE; `bases` are the regions compared with, and their keys."""
    draft.line()
    draft.line("[wage_gap]")
    draft.attempt("fte", lambda: full_time(statistics, region, year), fetch)
    draft.line(f"# {say(IN_SAVINGS)}")
    written = [_comparison(draft, statistics, (region, base), year, key, fetch) for base, key in bases.items()]
    draft.need_any(written, say("The store does not have the figures for any comparison."))
    return draft


def _comparison(
    draft: Draft, statistics: Statistics, regions: tuple[str, str], year: int, key: str, fetch: str
) -> bool:
    """One comparator; nothing but a comment where one of the two wage costs is lacking."""
    draft.line()
    try:
        own, theirs = (wage(statistics, one, year) for one in regions)
    except LackingError as error:
        draft.lack(key, str(error), fetch)
        return False
    draft.line("[[wage_gap.comparisons]]")
    draft.plain("base", key)
    draft.plain("year", year)
    draft.plain("label", str(statistics.label(regions[1])))
    draft.value("own_wage", own, assumption=say(ALIKE))
    draft.value("base_wage", theirs, assumption=say(ALIKE))
    return True


def wage(statistics: Statistics, region: str, year: int) -> Number:
    """Wage expenditure per FTE in the year: that of a group is of its members together."""
    amount, people = expenditure(statistics, region, year), full_time(statistics, region, year)
    if not people.value > 0:
        raise LackingError(say("no FTE in table {table}: {place}", table=FTE, place=people.place))
    remark = say(
        "{amount} thousand kroner ÷ {fte} FTE", amount=number_text(amount.value), fte=number_text(people.value)
    )
    told = "; ".join(dict.fromkeys(part for part in (remark, amount.remark, people.remark) if part))
    both = summed([amount, people])
    place = say(
        "{region}, function {functions}, art {art}, {year}",
        region=region,
        functions=" + ".join(STAFFED),
        art=WAGES,
        year=year,
    )
    return Number(amount.value * THOUSAND / people.value, both.records, place, both.words, told)


def expenditure(statistics: Statistics, region: str, year: int) -> Number:
    """Wage expenditure on the services with staff, in thousands of kroner."""
    where = {"scope": "A", "art": WAGES, "contents": "KOSbelop0000"}
    return _whole(
        statistics,
        region,
        lambda code: summed([statistics.in_year("12367", code, year, where | {"function": one}) for one in STAFFED]),
    )


def full_time(statistics: Statistics, region: str, year: int) -> Number:
    """FTE in care, of every occupation."""
    where = {"KOKyrker0000": ALL_OCCUPATIONS, "contents": "KOSARBAARSVERKST0000"}
    return _whole(statistics, region, lambda code: statistics.in_year(FTE, code, year, where))


def _whole(statistics: Statistics, region: str, number: Callable[[str], Number]) -> Number:
    """The number of the region; that of a group is the sum of its members', since its own is a mean of them."""
    if not region.startswith("EKG"):
        return number(region)
    members = [code for code, group in statistics.groups.items() if group == region]
    if not members:
        raise LackingError(say("not in the store: the members of {group}", group=region))
    found = summed([number(code) for code in members])
    remark = say("{group}: the sum of its {count} municipalities", group=region, count=len(members))
    return Number(found.value, found.records, f"{region}, {found.place.rpartition(', ')[2]}", found.words, remark)
