"""A scenario of coverage from the store: how many of the old receive care, here and elsewhere."""

from omsorg_cli.core.language import phrase, say
from omsorg_cli.statistics.draft import Draft
from omsorg_cli.statistics.presets import RECIPIENTS
from omsorg_cli.statistics.statistics import LackingError, Number, Statistics

TEN = 10
"""Per cent to per thousand."""
LABELS = {
    "home_80_plus": phrase("home services, aged 80 and older"),
    "nursing_home_80_plus": phrase("nursing homes, aged 80 and older"),
}


def coverage(statistics: Statistics, region: str, year: int, bases: dict[str, str], fetch: str, draft: Draft) -> Draft:
    """Recipients per thousand of the age group; `bases` are the regions compared with, and their keys."""
    draft.line()
    draft.line("[coverage]")
    written = [_base(draft, statistics, (region, base), year, key, fetch) for base, key in bases.items()]
    draft.need_any(written, say("The store does not have the figures for any comparison."))
    return draft


def _base(draft: Draft, statistics: Statistics, regions: tuple[str, str], year: int, key: str, fetch: str) -> bool:
    """One comparator with each age group of which both numbers are there."""
    found: dict[str, list[Number]] = {}
    for age, contents in RECIPIENTS.items():
        try:
            found[age] = [share(statistics, region, year, contents) for region in regions]
        except LackingError as error:
            draft.line()
            draft.lack(f"{key}, {age}", str(error), fetch)
    if not found:
        return False
    draft.line()
    draft.line("[[coverage.bases]]")
    draft.plain("base", key)
    draft.plain("label", str(statistics.label(regions[1])))
    for age, (own, theirs) in found.items():
        draft.line("[[coverage.bases.ages]]")
        draft.plain("age", age)
        draft.plain("label", say(LABELS[age]))
        draft.value("per_1000", own.times(TEN), note=say("published in per cent"))
        draft.value("base_per_1000", theirs.times(TEN), note=say("published in per cent"))
    return True


def share(statistics: Statistics, region: str, year: int, contents: str) -> Number:
    """The share in per cent; that of a merger is no sum of its parts' shares."""
    if region.isdigit() and len(codes := statistics.municipalities.in_year(region, year).codes) > 1:
        told = " + ".join(codes)
        raise LackingError(say("the shares of {codes} in {year} cannot be added up", codes=told, year=year))
    return statistics.in_year("12209", region, year, {"contents": contents})
