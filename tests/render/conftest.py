"""Between which bounds each figure of a calculator lies, worked out from its formulas and the bounds of its inputs.

Interval arithmetic: each expression is taken over the whole stretch of what it is made of, so that a stretch may be too
wide but never too narrow. A figure whose stretch begins at zero or above can never be below it.
"""

import math
from functools import cache

import pytest

from omsorg_cli.calculators import load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.symbol import Name, Operation, Values, expression
from omsorg_cli.writing.printing import browser as found_browser

ANY = (-math.inf, math.inf)
YEARS = (1900.0, 2400.0)
ROUNDS = 8
"""Rounds after which a stretch that still grows is taken to have no end."""
KNOWN = {
    "count": (1.0, math.inf),
    "rank": (1.0, math.inf),
    "in_years": (0.0, 1.0),
    "months_in_year": (0.0, 12.0),
    "phased": (0.0, 1.0),
    "phased_until": (0.0, 1.0),
    "lasting_year": YEARS,
    "year_recovered": YEARS,
    "debt_left": (0.0, math.inf),
    "annuity_value": (0.0, math.inf),
    "refund": (0.0, math.inf),
}
"""What some operations give, whatever they are given."""
AS_GIVEN = ("smallest", "largest", "quantile", "mean", "weighted_mean", "within", "rounded", "rounded_up")
"""Operations whose answer lies between the least and the most of their first argument, but for rounding."""


def _hull(*stretches):
    return min(low for low, _ in stretches), max(high for _, high in stretches)


def _products(one, other):
    ends = [0.0 if 0 in (a, b) else a * b for a in one for b in other]
    return min(ends), max(ends)


def _inverse(one):
    low, high = one
    if low < 0 < high:
        return ANY
    return (1 / high if high else -math.inf), (1 / low if low else math.inf)


def _power(base, exponent):
    return (0.0, math.inf) if base[0] >= 0 or exponent == (2.0, 2.0) else ANY


def _sum(one):
    """One of the kind or more, added up."""
    return (one[0] if one[0] >= 0 else -math.inf), (one[1] if one[1] <= 0 else math.inf)


def _less(one, other):
    return one[0] - other[1], one[1] - other[0]


def _wage_cost(pay, *rates):
    """Pay and what comes on top of it: each rate is a share of what is above zero."""
    return _products(pay, (1.0, math.inf)) if all(low >= 0 for low, _ in rates) else ANY


ARITHMETIC = {
    "wage_cost": _wage_cost,
    "productive_hours": lambda gross, holidays, absent: _products(_less(gross, holidays), _less((1.0, 1.0), absent)),
    "total": _sum,
    "+": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "−": _less,
    "×": _products,
    "÷": lambda a, b: _products(a, _inverse(b)),
    "ratio": lambda a, b: _products(a, _inverse(b)),
    "^": _power,
    "maximum": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])),
    "minimum": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "where": lambda _, then, otherwise: _hull(then, otherwise),
    "annuity": lambda principal, *_: _products(principal, (0.0, math.inf)),
    "sum_of_largest": lambda series, _: _sum(series),
    "reached": lambda keys, _amounts, _limit, otherwise: _hull(keys, otherwise),
    **dict.fromkeys(("<", ">", "<=", ">="), lambda *_: (0.0, 1.0)),
}


def stretch(part, known):
    """Where the value of the expression lies; `known` has the stretch of each parameter."""
    match part:
        case Name() | Values():
            return known[part.name]
        case list() | tuple():
            return _hull(*(stretch(one, known) for one in part))
        case None:
            return math.inf, -math.inf  # no answer adds nothing to the stretch
        case Operation():
            return _operation(part, known)
    return float(part), float(part)


def _operation(part, known):
    if part.sign in KNOWN:
        return KNOWN[part.sign]
    first, *others = (stretch(one, known) for one in part.arguments)
    return first if part.sign in AS_GIVEN else ARITHMETIC[part.sign](first, *others)


@cache
def inputs_of(name):
    """The stretch of each input of the calculator."""
    found = {}
    for _, model in rows(load(name).inputs):
        for field, kind in kinds(model).items():
            if kind.form in ("number", "count"):
                own = (float(kind.low), float(kind.high))
                found[field] = _hull(found.get(field, own), own)
            else:
                found[field] = YEARS if kind.form != "switch" else (0.0, 1.0)
    return found


@cache
def bounds_of(name):
    """The stretch of each input and figure of the calculator."""
    calculator, stated = load(name), inputs_of(name)
    found = dict(stated)
    for turn in range(3 * ROUNDS):
        before = dict(found)
        for item in calculator.known:
            known = {p.name: _parameter(name, p, found, stated) for p in item.parameters}
            if None in known.values():
                continue
            new = _possible(name, item.figure, stretch(expression(item), known))
            found[item.figure] = _hull(found.get(item.figure, new), new)
        if found == before:
            return found
        if turn >= ROUNDS:
            found = {key: _without_end(before.get(key, one), one) for key, one in found.items()}
    raise AssertionError(f"the figures of {name} do not settle")


def _possible(name, figure, one):
    """What a run does not refuse: a figure that may be stated too has the bounds of the input of its name."""
    stated = inputs_of(name)
    if figure not in stated or figure not in load(name).figures:
        return one
    return max(one[0], stated[figure][0]), min(one[1], stated[figure][1])


def _parameter(name, parameter, found, stated):
    role = parameter.role
    if role.calculator not in (None, name):
        return bounds_of(role.calculator)[parameter.name]
    if role.stated:
        return stated[parameter.name]
    if parameter.name == "year" and parameter.name not in found:
        return YEARS
    if role.may_be_empty and parameter.name in found:
        return _hull(found[parameter.name], (0.0, 0.0))
    return found.get(parameter.name)


def _without_end(before, after):
    return (before[0] if before[0] <= after[0] else -math.inf), (before[1] if before[1] >= after[1] else math.inf)


@pytest.fixture(scope="session")
def may_be_below_zero():
    """Whether the figure of the calculator may be below zero, as far as the bounds of its inputs tell."""
    return lambda name, figure: figure in load(name).units and bounds_of(name)[figure][0] < 0


@pytest.fixture(scope="session")
def browser():
    """Chromium, as it is installed; where there is none, what needs it is skipped with a word."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pages are tested with Playwright")
    program = found_browser()
    if program is None:
        pytest.skip("pages are tested in Chromium, which is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()
