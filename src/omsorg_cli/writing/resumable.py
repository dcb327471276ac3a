"""A file that grows under a hidden name, and that a later run goes on with: a note says how far it is right."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from omsorg_cli.writing.claim import NOTE, claim
from omsorg_cli.writing.output import unwritable
from omsorg_cli.writing.rights import new


class Partial:
    """Writes under a hidden name and renames at the end; if the same work was broken off, it goes on where that was."""

    def __init__(self, path: Path, fingerprint: str, purpose: str = "") -> None:
        self.path, self.fingerprint = path, fingerprint
        self.done, self._bytes = 0, 0
        self.refused = 0
        """How many of the rows that are there were refused."""
        try:
            self._claim = claim(path, self._goes_on, purpose)
            self._stream = self._claim.stream
            self._note = self._claim.note or new(self._claim.path.with_suffix(NOTE))
            self._note_now(self.done, self._bytes)
            self._stream.truncate(self._bytes)
            self._stream.seek(self._bytes)
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _goes_on(self, note: BinaryIO, size: int) -> bool:
        """Whether the note is of this work: how many rows are there already, and how many bytes of those they take."""
        try:
            found: Any = json.loads(note.read())
            if found["fingerprint"] != self.fingerprint or not 0 < found["bytes"] <= size:
                return False
            self.done, self._bytes, self.refused = (int(found[key]) for key in ("rows", "bytes", "refused"))
        except (OSError, ValueError, TypeError, KeyError):
            return False
        return True

    def write(self, data: bytes, rows: int) -> None:
        """Appends the data; so many rows are there now."""
        try:
            self._stream.write(data)
            self._stream.flush()
            self._note_now(rows, self._stream.tell())
        except OSError as error:
            raise unwritable(self.path, error) from None
        self.done = rows

    def _note_now(self, rows: int, size: int) -> None:
        """Writes it over what was noted before, in one go: the numbers never get shorter."""
        note = {"fingerprint": self.fingerprint, "rows": rows, "bytes": size, "refused": self.refused}
        self._note.seek(0)
        self._note.write(json.dumps(note).encode())
        self._note.flush()

    def reading(self) -> BinaryIO:
        """What was written, from its beginning."""
        return self._claim.path.open("rb")

    def finish(self) -> None:
        """All is written: the file gets its name."""
        self._note.close()
        try:
            self._claim.finish()
        except OSError as error:
            raise unwritable(self.path, error) from None

    def drop(self) -> None:
        """Takes away what was written on the way."""
        self._note.close()
        self._claim.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._note.close()
