"""What the cells of inputs are called: their paths, in letters that spreadsheets allow in names."""

import re
from collections.abc import Iterable

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]")


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
