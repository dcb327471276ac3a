"""A mapping that stays as it was made."""

from typing import Any, NoReturn, TypeVar

Key = TypeVar("Key")
Held = TypeVar("Held")


class Fixed(dict[Key, Held]):
    """A dict that nobody changes, so that one that is handed out can be shared."""

    def _refuse(self, *_given: Any, **_named: Any) -> NoReturn:
        raise TypeError("this mapping cannot be changed; dict(...) makes a copy that can be")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # a dict has none, as it may change
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Fixed, (dict(self),)
