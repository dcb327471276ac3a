"""How far a long run has come, on standard error: only in a terminal, and only when it takes over a second."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 1.0
"""Seconds until a run is long."""


class Progress:
    """Counts what is done; a bar appears when it takes long."""

    def __init__(self, whole: int, what: str) -> None:
        self.whole, self.what = whole, what
        self.done = 0
        self._start = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def add(self, count: int) -> None:
        """Some more is done."""
        self.done += count
        if self._bar is None:
            if time.monotonic() - self._start < PATIENCE or sys.stderr is None or not sys.stderr.isatty():
                return
            self._open()
        self._bar.update(self._task, completed=self.done)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        self._bar = Bar(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self.what, total=self.whole)
        self._bar.start()

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def progress(whole: int, what: str) -> Iterator[Progress]:
    """A progress that goes away at the end, whatever the end is."""
    shown = Progress(whole, what)
    try:
        yield shown
    finally:
        shown.close()
