"""How what a program gives is understood; what is none of what it may be is told in words."""

from collections.abc import Iterable

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import say

EVERY = "all"
"""What stands for every municipality."""


def is_every(municipality: object) -> bool:
    """Whether every municipality is meant."""
    return isinstance(municipality, str) and municipality.casefold() == EVERY


def not_taken(option: str, found: object, allowed: str) -> OmsorgError:
    """What is raised for what an argument cannot be."""
    return OmsorgError(
        say("{option}: found {found}; allowed: {allowed}.", option=option, found=shown(found), allowed=allowed)
    )


def names_in(option: str, found: str | Iterable[str] | None) -> tuple[str, ...]:
    """The name, or each of several; what is neither is told."""
    names = (
        (found,) if isinstance(found, str) else tuple(found or ()) if isinstance(found, Iterable | None) else (found,)
    )
    if not all(isinstance(name, str) for name in names):
        raise not_taken(option, found, say("a name, or several"))
    return names


def year_of(option: str, found: int | str) -> int:
    """The year, as a number or as it is typed."""
    text = str(found)
    if not (text.isascii() and text.isdigit() and 1970 <= int(text) <= 2200):
        raise OmsorgError(
            say("{option}: found {found}; allowed: a year, such as 2025.", option=option, found=plain(text))
        )
    return int(text)
