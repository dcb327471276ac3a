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
    taken: set[str] = set()
    for path in paths:
        plain = name = _NOT_ALLOWED.sub("_", path)
        count = 1
        while name.lower() in taken:
            count += 1
            name = f"{plain}_{count}"
        taken.add(name.lower())
        found[path] = name
    return found
