"""What is told of a checked scenario, as lines."""

from collections.abc import Iterator

from omsorg_cli.core.errors import plain
from omsorg_cli.questions.check import Checked


def lines(found: Checked, *, strict: bool) -> Iterator[str]:
    """What is told of it, a line each."""
    assumed = {path: found.stated[path].assumption for path in found.by_weight() if found.stated[path].assumption}
    yield f"{found.name}: valid. Values: {len(found.stated)}; of them assumptions: {len(assumed)}."
    for path, reason in assumed.items():
        yield plain(f"assumption: {path}: {reason}")
        for figures in found.resting.get(path, ["no figure"]):
            yield plain(f"  rests on it: {figures}")
    if strict or found.unexplained:
        yield f"Values with neither source nor assumption: {len(found.unexplained)}."
    if strict:
        yield f"Values with a source whose words are not quoted: {found.unquoted}."
    yield from (f"unexplained: {path}" for path in found.unexplained)
    yield from (plain(f"unusual: {said}") for said in found.unusual)
