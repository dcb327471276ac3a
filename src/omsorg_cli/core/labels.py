"""What people read for a name that scripts know: the label of a figure, an input, a choice or a key."""

LABELS = {
    "adjusted": "need-adjusted",
    "base": "comparator",
    "fte": "FTE",
    "home": "home services",
    "institution": "institutions",
    "need_index": "need index",
    "population": "inhabitants",
    "total": "all care",
    "wage_per_fte": "wage cost per FTE",
}
"""The labels that several calculators share; one of its own a calculator gives beside its inputs and formulas."""


def worded(name: str) -> str:
    """The name as words: what is read where nobody has given it a label."""
    return name.replace("_", " ")
