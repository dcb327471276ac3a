"""How what a program gives is understood; what is none of what it may be is told in words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from numbers import Integral, Real
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text

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
    names = _several(found)
    if not all(isinstance(name, str) for name in names):
        raise not_taken(option, found, say("a name, or several"))
    return names


def items_in(key: str, found: Any) -> tuple[str, ...]:
    """The item of a key, or each of several; some are whole numbers, such as years."""
    items = tuple(str(item) if _is_whole(item) else item for item in _several(found))
    if not all(isinstance(item, str) for item in items):
        raise not_taken(key, found, say("a name, or several"))
    return items


def name_in(option: str, found: object) -> str:
    """The one name."""
    if not isinstance(found, str):
        raise not_taken(option, found, say("a name"))
    return found


def _several(found: Any) -> tuple[Any, ...]:
    if found is None:
        return ()
    return tuple(found) if isinstance(found, Iterable) and not isinstance(found, str) else (found,)


def _is_whole(found: object) -> bool:
    return isinstance(found, Integral) and not isinstance(found, bool)


def in_python(found: Any) -> Any:
    """The value as Python has it, where a library of arrays has a type of its own for it."""
    shape = getattr(found, "shape", None)
    is_flat = shape is not None and hasattr(found, "tolist") and len(shape) < 2
    return found.tolist() if is_flat else found


def key_text(found: Any) -> str:
    """The key of a row as records have it; a whole number may be written as any."""
    is_number = isinstance(found, Real) and not isinstance(found, bool)
    return f"{float(found):.0f}" if is_number and float(found).is_integer() else str(found)


def ends_in(option: str, found: Any) -> tuple[Any, Any]:
    """The two ends between which something is."""
    if isinstance(found, str | bytes | Mapping) or not isinstance(found, Iterable):
        raise not_taken(option, found, say("two ends, such as {example}", example="(1_000, 2_000)"))
    ends = tuple(map(in_python, found))
    if len(ends) != 2:
        raise OmsorgError(say("between: found {number} ends; allowed: two.", number=len(ends)))
    return ends


def values_in(path: str, found: Any, most: int) -> tuple[Any, ...]:
    """The values that an input takes in a sweep; one alone is none that varies, and there is an end to them."""
    if isinstance(found, str | bytes) or not isinstance(found, Iterable):
        raise not_taken(path, found, say("several values in a list"))
    is_too_long = isinstance(found, Collection) and len(found) > most
    values = () if is_too_long else tuple(map(in_python, islice(found, most + 1)))
    if is_too_long or len(values) > most:
        told = {"path": path, "most": number_text(most)}
        raise OmsorgError(say("{path}: found more than {most} values, the most of one input in a sweep.", **told))
    return values


def as_json(found: Any) -> Any:
    """What JSON takes in the place of a value of a scenario's data that it does not take itself."""
    if isinstance(found, Mapping):
        return dict(found)
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, Decimal):
        return float(found)
    if hasattr(found, "tolist"):  # of a library of arrays
        return found.tolist()
    raise TypeError(f"Object of type {type(found).__name__} is not JSON serializable")


def year_of(option: str, found: int | str) -> int:
    """The year, as a number or as it is typed."""
    text = str(found)
    if not (text.isascii() and text.isdigit() and 1970 <= int(text) <= 2200):
        raise OmsorgError(
            say("{option}: found {found}; allowed: a year, such as 2025.", option=option, found=plain(text))
        )
    return int(text)
