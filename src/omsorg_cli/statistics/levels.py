"""Spending on care per inhabitant, by service, as it stands in the accounts and not corrected for need.

A municipality's is its net spending on the service's functions over its inhabitants at the end of the year. Of the
country and of KOSTRA groups, Statistics Norway's own number per inhabitant of health and care is taken, times the share
of the service's functions in it, since their amounts are estimates and their inhabitants are not told.
"""

from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.statistics.presets import CARE
from omsorg_cli.statistics.statistics import Number, Statistics, summed

SERVICES = {"total": CARE, "home": ("254",), "institution": ("253", "261")}
"""The functions of each service; activities (234) are in the total alone."""
NET = {"scope": "A", "art": "AGD2"}
THOUSAND = 1_000


def level(statistics: Statistics, region: str, year: int, service: str) -> Number:
    """What is spent on the service per inhabitant in the year."""
    functions = SERVICES[service]
    amount = summed([_amount(statistics, region, year, one) for one in functions])
    place = say(
        "{region}, function {functions}, net, {year}", region=region, functions=" + ".join(functions), year=year
    )
    if region.startswith("E"):
        whole = _amount(statistics, region, year, "FGK9")
        where = NET | {"function": "FGK9", "contents": "KOSbelopinnbygge0000"}
        by_inhabitant = statistics.in_year("12362", region, year, where)
        share = amount.value / whole.value
        remark = say(
            "{per} kroner per inhabitant for health and care × {share} of it for these functions",
            per=number_text(by_inhabitant.value),
            share=f"{share:.6f}",
        )
        both = summed([amount, whole, by_inhabitant])
        return Number(by_inhabitant.value * share, both.records, place, both.words, remark)
    people = statistics.inhabitants(region, year + 1)
    remark = say(
        "{amount} thousand kroner ÷ {people} inhabitants on 1 January {after}",
        amount=number_text(amount.value),
        people=number_text(people.value),
        after=year + 1,
    )
    told = "; ".join(dict.fromkeys(part for part in (remark, amount.remark, people.remark) if part))
    both = summed([amount, people])
    return Number(amount.value * THOUSAND / people.value, both.records, place, both.words, told)


def _amount(statistics: Statistics, region: str, year: int, function: str) -> Number:
    return statistics.in_year("12367", region, year, NET | {"function": function, "contents": "KOSbelop0000"})
