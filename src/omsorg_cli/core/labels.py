"""What people read for a name that scripts know: the label of a figure, an input, a choice or a key."""

LABELS = {
    "NOK/FTE": "NOK per FTE",
    "NOK/hour": "NOK per hour",
    "NOK/inhabitant": "NOK per inhabitant",
    "NOK/place/year": "NOK per place per year",
    "NOK/user/year": "NOK per user per year",
    "NOK/year": "NOK per year",
    "adjusted": "need-adjusted",
    "asss": "ASSS",
    "base": "comparator",
    "base_need_index": "comparator's need index",
    "base_per_inhabitant": "comparator's spending per inhabitant",
    "base_wage_per_fte": "comparator's wage cost per FTE",
    "cost_of_an_hour": "cost per hour",
    "equal": "equally",
    "excess": "only the excess",
    "fte": "FTE",
    "gap_per_fte": "gap per FTE",
    "gap_share": "gap in per cent",
    "group_size": "municipalities in the mean",
    "home": "home services",
    "hours/user/week": "hours per user per week",
    "hours/user/year": "hours per user per year",
    "hours/year": "hours per year",
    "hours_per_fte": "hours per FTE",
    "includes_own": "municipality included in the mean",
    "institution": "institutions",
    "need_index": "need index",
    "own_from": "comparison that gives own level",
    "own_per_inhabitant": "own spending per inhabitant",
    "per 1000": "per 1 000",
    "population": "population",
    "savings_potential": "need-adjusted saving",
    "savings_potential_actual": "saving in the accounts",
    "total": "all care",
    "wage_per_fte": "wage cost per FTE",
    "whole": "the whole change",
    "years": "number of years",
}
"""The labels that several calculators share; one of its own a calculator gives beside its inputs and formulas."""


def worded(name: str) -> str:
    """The name as words: what is read where nobody has given it a label."""
    return name.replace("_", " ")
