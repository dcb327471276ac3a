"""What is said of inputs that a run takes as they are: values far from usual, and shares that miss 1 by rounding."""

from collections.abc import Iterable, Iterator

from omsorg_cli.core.inputs import Inputs, every_whole
from omsorg_cli.core.plausibility import unusual
from omsorg_cli.engine.layout import Input


def slips(items: Iterable[Input]) -> Iterator[tuple[str, str]]:
    """The path of each input that is far from usual, at its value or an end of its range, and a sentence."""
    for item in items:
        if item.kind.usual is None or item.stated.origin == "default" or isinstance(item.stated.value, str):
            continue
        for value in (item.stated.number, *(item.stated.range or ())):
            said = unusual(item.kind, value, item.stated.typed if value == item.stated.value else None)
            if said:
                yield item.path, f"{item.path}: {said}"
                break


def roundings(tables: Iterable[Inputs]) -> Iterator[str]:
    """A sentence for each whole that its shares make only within their rounding."""
    return (whole.remark for table in tables for whole in every_whole(table) if whole.is_rounded)
