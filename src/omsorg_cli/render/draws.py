"""The draws themselves, row by row: CSV, or Parquet where pyarrow is installed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import bare_text, month_text
from omsorg_cli.result import Figure

Rows = Callable[[Sequence[Any]], None]
"""Takes the columns of some rows."""


def column(figure: Figure, among: Iterable[Figure]) -> str:
    """What the figure's column is called: its name, with its row where there are several."""
    if sum(one.figure == figure.figure for one in among) < 2:
        return figure.figure
    keys = ",".join(f"{key}={value}" for key, value in figure.keys.items() if value is not None)
    return f"{figure.figure}[{keys}]" if keys else figure.figure


def csv_rows(file: BinaryIO, columns: Sequence[str]) -> Rows:
    """Writes the rows as CSV; no answer is an empty cell."""
    from omsorg_cli.render.data import csv_text

    file.write(csv_text([columns]).encode())

    def write(values: Sequence[Any]) -> None:
        texts = [number_texts(one, "", bare_text) for one in values]
        file.write("".join(f"{','.join(row)}\n" for row in zip(*texts, strict=True)).encode())

    return write


def month_texts(values: Any) -> Any:
    """Months as people write them."""
    import numpy as np

    return np.array([month_text(value) for value in values.tolist()], dtype=str)


def number_texts(values: Any, nothing: str, text: Callable[[float], str] = repr) -> list[str]:
    """Each value, with all its digits unless the text says otherwise; no answer as what stands for nothing."""
    if values.dtype.kind == "U":
        return list(values)
    if text is bare_text:
        return _bare_texts(values, nothing)
    return [text(value) if isfinite(value) else nothing for value in values.tolist()]


def _bare_texts(values: Any, nothing: str) -> list[str]:
    """The same as `bare_text` of each, all at once."""
    numbers = (values + 0.0).tolist()
    texts = ("%.15g\n" * len(numbers) % tuple(numbers)).split("\n")[:-1]
    return (
        texts
        if all(map(isfinite, numbers))
        else [one if isfinite(value) else nothing for one, value in zip(texts, numbers, strict=True)]
    )


def need_parquet() -> Any:
    """Pyarrow with its Parquet; that it is not installed is an error with what to do."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError:
        raise OmsorgError(say("Parquet needs pyarrow: pip install 'omsorg-cli[parquet]'.")) from None
    return pa


class _Parquet:
    """Writes the rows as Parquet, a group for each time that rows come."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._arrow = need_parquet()
        self._columns, self._file = list(columns), file
        self._writer: Any = None

    def __call__(self, values: Sequence[Any]) -> None:
        arrays = [
            one if isinstance(one, self._arrow.Array) else self._arrow.array(one, from_pandas=True) for one in values
        ]
        table = self._arrow.Table.from_arrays(arrays, names=self._columns)
        if self._writer is None:
            self._writer = self._arrow.parquet.ParquetWriter(self._file, table.schema)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


@contextmanager
def rows_to(file: BinaryIO, columns: Sequence[str], suffix: str) -> Iterator[Rows]:
    """What writes rows to the file, in the format of the suffix."""
    if suffix != ".parquet":
        yield csv_rows(file, columns)
        return
    rows = _Parquet(file, columns)
    try:
        yield rows
    finally:
        rows.close()


def suffix_of(path: Path, allowed: Sequence[str]) -> str:
    """The suffix of the file, if it is one of those allowed."""
    suffix = path.suffix.lower()
    if suffix not in allowed:
        told = {"file": path, "allowed": ", ".join(allowed)}
        raise OmsorgError(say("{file}: the suffix names no known format; allowed: {allowed}.", **told))
    return suffix
