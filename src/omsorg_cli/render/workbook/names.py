"""What sheets are called in the language that is spoken, and cells of inputs: their paths, as spreadsheets allow."""

import re
from collections.abc import Iterable

from omsorg_cli.core.language import phrase, say

SUMMARY, INPUTS, CALCULATION = phrase("Summary"), phrase("Inputs"), phrase("Calculation")
SIMULATION, SENSITIVITY = phrase("Simulation"), phrase("Sensitivity")
PUBLISHED, SOURCES = phrase("Published"), phrase("Sources")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]")


def reference(sheet: str) -> str:
    """The sheet as formulas call it."""
    said = say(sheet)
    return said if re.fullmatch(r"[A-Za-z_]+", said) else f"'{said}'"


def names(paths: Iterable[str]) -> dict[str, str]:
    """A name for each path; where two would be the same to a spreadsheet, the later one gets a number.

    >>> names(["savings.population", "savings.comparisons.asss/home.index"])["savings.comparisons.asss/home.index"]
    'savings_comparisons_asss_home_index'
    >>> list(names(["t.a-b", "t.A_b"]).values())
    ['t_a_b', 't_A_b_2']
    """
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for path in paths:
        plain = name = _NOT_ALLOWED.sub("_", path)
        while name.lower() in taken:
            taken[plain.lower()] += 1
            name = f"{plain}_{taken[plain.lower()]}"
        taken[name.lower()] = 1
        found[path] = name
    return found
