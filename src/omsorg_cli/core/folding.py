"""Where a line of text may break: never inside a number, or between a number and its unit."""

import re
from collections.abc import Iterator

HELD = "\ue000"
"""What stands for a space at which no line may break, until the lines are made."""
NEVER_BREAKING = "\ue010"
"""The same for a no-break space: what folds tables breaks at it like at any other."""
_HOLDING = (
    r"(?<=\d) (?=\d{3}(?!\d)|%|[^\W\d_])"
    r"|(?<=illion) (?=NOK(?!\w))"
    r"|(?:(?<= mill\.)|(?<= mrd\.)) (?=kroner(?!\w))"
)
_COMMAND = re.compile(r"(?<=: )omsorg [^·]+?(?= ·|$)")
"""What is typed, after a colon: it stays on one line where there is one that it fits on."""
_BRANCH = re.compile(r"[│├└─ ]*")
_GOES_ON = str.maketrans("├└─", "│  ")


def held(text: str) -> str:
    """The text with the spaces held that stand inside a number or before its unit, and those that never break."""
    return re.sub(_HOLDING, HELD, text).replace("\u00a0", NEVER_BREAKING)


def released(text: str) -> str:
    """The same with those spaces again."""
    return text.replace(HELD, " ").replace(NEVER_BREAKING, "\u00a0")


def folded(text: str, width: int) -> str:
    r"""The text in lines of the width at most; a word that is longer stays whole, so that it can be copied.

    >>> folded("saves 13 896 NOK", 14)
    'saves\n13 896 NOK'
    >>> folded("spart nesten 92 mill. kroner", 20)
    'spart nesten\n92 mill. kroner'
    """
    lines = (with_whole_commands(line, width) for line in text.split("\n"))
    return released("\n".join(one for line in lines for one in _lines(held(line), width)))


def with_whole_commands(text: str, width: int) -> str:
    """The text with the spaces held of commands that fit on a line of that width."""
    return _COMMAND.sub(lambda one: one[0].replace(" ", HELD) if len(one[0]) <= width else one[0], text)


def _lines(line: str, width: int) -> Iterator[str]:
    """The line in several, each further one as far in as the first, with the branches of a tree going on."""
    from textwrap import wrap

    branch = _BRANCH.match(line)
    indent = branch[0].translate(_GOES_ON) if branch else ""
    yield from wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]
