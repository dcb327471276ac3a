"""A file that grows, and that a later run goes on with: FILE.partial, with a note of how far it is right."""

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from omsorg_cli.core.errors import OmsorgError, plain


class Partial:
    """Writes FILE.partial and renames it at the end; if the same work was broken off, it goes on where that was."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path, self.fingerprint = path.resolve(), fingerprint
        self.file = self.path.with_name(f"{self.path.name}.partial")
        self._note = self.path.with_name(f"{self.path.name}.partial.json")
        self.refused = 0
        """How many of the rows that are there were refused."""
        self.done, offset = self._noted()
        try:
            self._stream = self.file.open("r+b" if offset else "wb")
            self._stream.truncate(offset)
            self._stream.seek(offset)
        except OSError as error:
            raise OmsorgError(f"{plain(str(self.file))}: cannot be written: {error.strerror}.") from None

    def _noted(self) -> tuple[int, int]:
        """How many rows are there already, and how many bytes they take."""
        try:
            note: Any = json.loads(self._note.read_text(encoding="utf-8"))
            size = self.file.stat().st_size
        except (OSError, ValueError):
            return 0, 0
        same = isinstance(note, dict) and note.get("fingerprint") == self.fingerprint
        if not same or not 0 < note.get("bytes", 0) <= size:
            return 0, 0
        self.refused = int(note.get("refused", 0))
        return int(note["rows"]), int(note["bytes"])

    def write(self, data: bytes, rows: int) -> None:
        """Appends the data; so many rows are there now."""
        try:
            self._stream.write(data)
            self._stream.flush()
            note = {
                "fingerprint": self.fingerprint,
                "rows": rows,
                "bytes": self._stream.tell(),
                "refused": self.refused,
            }
            new = self._note.with_name(f"{self._note.name}.new")
            new.write_text(json.dumps(note), encoding="utf-8")
            new.replace(self._note)
        except OSError as error:
            raise OmsorgError(f"{plain(str(self.file))}: cannot be written: {error.strerror}.") from None
        self.done = rows

    def finish(self) -> None:
        """All is written: the file gets its name."""
        os.fsync(self._stream.fileno())
        self._stream.close()
        self.file.replace(self.path)
        self._note.unlink(missing_ok=True)

    def drop(self) -> None:
        """Takes away what was written on the way."""
        self._stream.close()
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
