"""Scenarios of growth and of purchases, from the store."""

from omsorg_cli.core.language import phrase, say
from omsorg_cli.statistics.coverage import LABELS, share
from omsorg_cli.statistics.draft import Draft
from omsorg_cli.statistics.levels import THOUSAND
from omsorg_cli.statistics.presets import CARE, PRIVATE, RECIPIENTS
from omsorg_cli.statistics.statistics import LackingError, Number, Statistics

GROUPS = ((67, 79), (80, 89), (90, None))
"""The age groups whose growth is told; the last is open."""
OLD, AGED = 80, "80_plus"
"""The age from which users are counted, and the key of that group."""
PER_CENT = 0.01
AHEAD = 15
"""Years that are looked ahead, as far as the projection goes."""
PROJECTION, MAIN = "14746", "Personer"
"""The municipalities' projection, and its main alternative."""
SHOWN = phrase("the period that was chosen")
HORIZON = phrase("a four-year plan")
NO_STATISTICS = phrase("not in the statistics; state it for each programme that you place in the frame")
HOURS = phrase("not in the statistics; with them, the result also shows hours, FTE and cost")
PLACES = ("repatriable_share", "own_cost_ratio")
"""What a frame of purchases lacks, for somebody to state."""


def growth(statistics: Statistics, region: str, year: int, fetch: str) -> Draft:
    """How many of the old there are and will be."""
    name = str(statistics.label(region))
    draft = Draft(
        say("{name} {year}: growth in the number of older people", name=name, year=year), name, year, "growth"
    )
    ahead = _ahead(statistics, year)
    target = max(ahead, default=year + AHEAD)
    draft.line()
    draft.line("[growth]")
    draft.chosen("first_year", year, say(SHOWN))
    draft.chosen("years", target - year + 1, say(SHOWN))
    draft.chosen("base_year", year, say(SHOWN))
    written = [_demand(draft, statistics, region, (year, target), span, fetch) for span in GROUPS]
    written.append(_users(draft, statistics, region, [year, *ahead], fetch))
    draft.need_any(written, say("The store has no figures for growth."))
    return draft


def _ahead(statistics: Statistics, year: int) -> list[int]:
    """The years of the projection in the store, no further ahead than is looked."""
    codes = {code for _, dataset in statistics.tables(PROJECTION) for code in dataset.codes("time") if code.isdigit()}
    return sorted(one for one in map(int, codes) if year < one <= year + AHEAD)


def _demand(
    draft: Draft, statistics: Statistics, region: str, years: tuple[int, int], span: tuple[int, int | None], fetch: str
) -> bool:
    """One age group: how many there are, and how many the projection has."""
    low, high = span
    key = f"{low}_{high}" if high is not None else f"{low}_plus"
    label = say("aged {low}–{high}", low=low, high=high) if high is not None else say("aged {low} and older", low=low)
    draft.line()
    try:
        now = statistics.persons("07459", "Personer1", region, years[0], low, high)
        then = statistics.persons(PROJECTION, MAIN, region, years[1], low, high)
    except LackingError as error:
        draft.lack(key, str(error), fetch)
        return False
    if not (now.value and then.value):
        draft.line(f"# {key}: {say('nobody is of that age in one of the years, so growth is not calculated')}")
        return False
    draft.line("[[growth.demands]]")
    draft.plain("demand", key)
    draft.plain("label", label)
    draft.choice("base_year", years[0], now, now.place)
    draft.choice("target_year", years[1], then, then.place)
    draft.value("now", now)
    draft.value("number_at_target", then)
    return True


def _users(draft: Draft, statistics: Statistics, region: str, years: list[int], fetch: str) -> bool:
    """The users of each service at the coverage of the year, with the inhabitants of each year."""
    covered: dict[str, Number] = {}
    for service, contents in RECIPIENTS.items():
        try:
            covered[service] = share(statistics, region, years[0], contents)
        except LackingError as error:
            draft.line()
            draft.lack(service, str(error), fetch)
    if not covered:
        return False
    inhabited = [_population(draft, statistics, region, year, years[0], fetch) for year in years]
    if not any(inhabited):
        return False
    for service, found in covered.items():
        draft.line()
        draft.line("[[growth.groups]]")
        draft.plain("service", service)
        draft.plain("label", say(LABELS[service]))
        draft.plain("age", AGED)
        draft.value("coverage", found.times(PER_CENT), digits=4, note=say("published in per cent"))
        draft.line(f"# hours_per_user, hourly_cost: {say(HOURS)}")
    return True


def _population(draft: Draft, statistics: Statistics, region: str, year: int, base_year: int, fetch: str) -> bool:
    """The inhabitants of that age in the year, as counted or as projected."""
    table, contents = ("07459", "Personer1") if year == base_year else (PROJECTION, MAIN)
    draft.line()
    try:
        found = statistics.persons(table, contents, region, year, OLD)
    except LackingError as error:
        draft.lack(f"{AGED} {year}", str(error), fetch)
        return False
    draft.line("[[growth.populations]]")
    draft.plain("age", AGED)
    draft.plain("year", year)
    draft.value("inhabitants", found)
    return True


def insource(statistics: Statistics, region: str, year: int, fetch: str) -> Draft:
    """What is bought from private providers, by function and art: the frame in which programmes are placed."""
    name = str(statistics.label(region))
    draft = Draft(say("{name} {year}: purchases of care", name=name, year=year), name, year, "insource")
    draft.line()
    draft.line("[insource]")
    draft.chosen("first_year", year, say(SHOWN))
    draft.chosen("years", 4, say(HORIZON))
    draft.line(f"# discount_rate: {say(NO_STATISTICS)}")
    written = [_purchase(draft, statistics, region, year, function, fetch) for function in CARE]
    draft.need_any(written, say("The store has no purchases."))
    return draft


def _purchase(draft: Draft, statistics: Statistics, region: str, year: int, function: str, fetch: str) -> bool:
    """The purchases of one function, an art a category; those of nought are left out, the others that lack are told."""
    found: list[tuple[str, Number]] = []
    for art in PRIVATE:
        where = {"scope": "A", "function": function, "art": art, "contents": "KOSbelop0000"}
        try:
            amount = statistics.in_year("12367", region, year, where)
        except LackingError as error:
            draft.lack(f"{function}/{art}", str(error), fetch)
            continue
        if amount.value > 0:
            found.append((art, amount))
    if not found:
        return False
    draft.line()
    draft.line("[[insource.purchases]]")
    draft.plain("programme", function)
    draft.plain("label", _label(statistics, "function", function))
    for name in PLACES:
        draft.line(f"# {name}: {say(NO_STATISTICS)}")
    for art, amount in found:
        draft.line("[[insource.purchases.categories]]")
        draft.plain("category", art)
        draft.plain("label", _label(statistics, "art", art))
        draft.value("annual_cost", amount.times(THOUSAND), note=say("printed in thousands of kroner"))
    return True


def _label(statistics: Statistics, role: str, code: str) -> str:
    """What the table calls the function or the art."""
    for _, dataset in statistics.tables("12367"):
        for dimension in dataset.dimensions:
            if dimension.role == role and (known := dimension.code_of(code)) is not None:
                return dimension.labels[known]
    return code
