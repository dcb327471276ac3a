"""Whether the checks of a scenario look at an input: where they do not, they say the same of every value of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli.core.input_types import Stated, Value

PLACES = {name: place for place, name in enumerate(Stated._fields)}


class Watched(Stated):
    """A stated value that notes each time that somebody looks at what is stated."""

    looked: list[bool]

    @classmethod
    def of(cls, stated: Stated, looked: list[bool]) -> "Watched":
        """The same value, watched."""
        made = cls._make(tuple(stated))
        made.looked = looked
        return made

    def _look(self, name: str) -> Any:
        self.looked.append(True)
        return tuple.__getitem__(self, PLACES[name])

    @property
    def value(self) -> Value:
        """What is stated."""
        return self._look("value")  # type: ignore[no-any-return]  # of any field

    @property
    def typed(self) -> Any:
        """What was written."""
        return self._look("typed")

    def __getitem__(self, place: Any) -> Any:
        self.looked.append(True)
        return tuple.__getitem__(self, place)

    def __iter__(self) -> Iterator[Any]:
        self.looked.append(True)
        return tuple.__iter__(self)

    def __eq__(self, other: object) -> bool:
        self.looked.append(True)
        return tuple.__eq__(self, other)

    def __hash__(self) -> int:
        self.looked.append(True)
        return tuple.__hash__(self)


def watch(data: Any, loc: Sequence[str | int], looked: list[bool]) -> None:
    """Puts a watched value in the place of the one that stands there."""
    for part in loc[:-1]:
        data = data[part]
    data[loc[-1]] = Watched.of(data[loc[-1]], looked)
