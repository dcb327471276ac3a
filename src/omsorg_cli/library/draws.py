"""The draws of a simulation, written as they come."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsorg_cli.core.reading import Place, remembered

if TYPE_CHECKING:
    from omsorg_cli.engine.layout import Input
    from omsorg_cli.result import Figure

DRAWS_SUFFIXES = (".csv", ".parquet")


@contextmanager
def draws_to(
    path: Path | None, figures: "Sequence[Figure]", inputs: "Sequence[Input]", read_from: frozenset[Place]
) -> Iterator[Callable[[Any], None]]:
    """What takes each chunk of draws: the file, if there is to be one and it was not read from."""
    if path is None:
        yield lambda _: None
        return
    import numpy as np

    from omsorg_cli.render.draws import column, month_texts, rows_to, suffix_of
    from omsorg_cli.writing.output import saving

    suffix = suffix_of(path, DRAWS_SUFFIXES)
    columns = ["draw", *(item.path for item in inputs), *(column(figure, figures) for figure in figures)]
    with remembered(read_from), saving(path) as file, rows_to(file, columns, suffix) as rows:

        def take(chunk: Any) -> None:
            numbers = np.arange(chunk.first, chunk.first + len(chunk.figures[0]))
            values = [(item.kind.form, chunk.inputs[item.path]) for item in inputs]
            rows([numbers, *(month_texts(one) if form == "month" else one for form, one in values), *chunk.figures])

        yield take
