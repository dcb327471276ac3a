"""Which records of a result are shown, and which are opened."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import brief
from omsorg_cli.result import Figure, Keys, Result


class Selection(NamedTuple):
    """Which records are shown: for each key, the items; none means all."""

    wanted: Mapping[str, tuple[str, ...]]

    def of(self, result: Result) -> tuple[Figure, ...]:
        """The figures that are shown; an item that no record has is an error."""
        for key, items in self.wanted.items():
            known = {str(figure.keys[key]) for figure in result.figures if figure.keys[key] is not None}
            lower = {one.lower() for one in known}
            for item in items:
                if item.lower() not in lower:
                    raise OmsorgError(_not_there(key, item, known))
        wanted = {key: {item.lower() for item in items} for key, items in self.wanted.items() if items}
        found = tuple(figure for figure in result.figures if _has(figure.keys, wanted))
        if not found and result.figures:
            asked = " ".join(f"--{key} {item}" for key, items in self.wanted.items() for item in items)
            raise OmsorgError(say("No row has all of these: {options}.", options=brief(asked)))
        return found


def opened(result: Result, figures: Sequence[Figure], names: Sequence[str]) -> tuple[Figure, ...]:
    """The records to open for the figures of those names: of each, those over the fewest coordinates.

    An unknown name is an error, and a figure that is left out has no answer.
    """
    for name in names:
        if name not in result.calculator.figures:
            told = {"figure": name, "calculator": result.calculator.name}
            hint = nearest(name, result.calculator.figures)
            raise OmsorgError(say("{figure} is not a figure of {calculator}. {hint}", hint=hint, **told))
    found = fewest_coordinates(figures, names)
    if not found:
        asked = say("Not calculated for the rows that are asked for: {figures}.", figures=", ".join(names))
        raise NoAnswerError("\n".join(result.reasons(names)) or asked)
    return tuple(found)


def _not_there(key: str, item: str, known: Iterable[str]) -> str:
    told = {"option": brief(f"--{key} {item}"), "hint": nearest(item, known)}
    return say("{option} is not in the scenario. {hint}", **told)


def fewest_coordinates(figures: Iterable[Figure], names: Iterable[str]) -> list[Figure]:
    """Of each figure in turn, the records over the fewest coordinates that are among those."""
    found: list[Figure] = []
    for name in names:
        fitting = [figure for figure in figures if figure.figure == name]
        fewest = min(map(_coordinates, fitting), default=0)
        found += [figure for figure in fitting if _coordinates(figure) == fewest]
    return found


def _coordinates(figure: Figure) -> int:
    return sum(key is not None for key in figure.keys.values())


def _has(keys: Keys, wanted: Mapping[str, Container[str]]) -> bool:
    """Whether the row has one of the items of each key, in capitals or not."""
    return all(keys[key] is not None and str(keys[key]).lower() in items for key, items in wanted.items())
