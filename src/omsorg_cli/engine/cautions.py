"""What is said of inputs that a run takes as they are: values far from usual, and shares that miss 1 by rounding."""

from collections.abc import Iterable, Iterator, Mapping

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


def roundings(tables: Mapping[str, Inputs]) -> Iterator[str]:
    """The path and a sentence for each whole that its shares make only within their rounding, by table."""
    wholes = (pair for name, table in tables.items() for pair in every_whole(table, name))
    return (f"{path}: {whole.remark}" for path, whole in wholes if whole.is_rounded)
