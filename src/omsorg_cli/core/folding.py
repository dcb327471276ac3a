"""Where a line of text may break: never inside a number, or between a number and its unit."""

import re

HELD = "\ue000"
"""What stands for a space at which no line may break, until the lines are made."""
_HOLDING = r"(?<=\d) (?=\d{3}(?!\d)|(?:%|NOK|FTE|million|billion)(?!\w))|(?<=illion) (?=NOK(?!\w))"


def held(text: str) -> str:
    """The text with the spaces held that stand inside a number or before its unit."""
    return re.sub(_HOLDING, HELD, text)


def released(text: str) -> str:
    """The same with those spaces again."""
    return text.replace(HELD, " ")


def folded(text: str, width: int) -> str:
    r"""The text in lines of the width at most; a word that is longer stays whole, so that it can be copied.

    >>> folded("saves 13 896 NOK", 14)
    'saves\n13 896 NOK'
    """
    from textwrap import fill

    lines = (fill(held(line), width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return released("\n".join(lines))
