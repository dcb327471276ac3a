"""Keeps the memory of arrays that are made and freed thousands of times a second."""

import ctypes
from contextlib import suppress

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What glibc's `mallopt` calls the freed memory that it gives back, and the size that it fetches apart."""
KEPT, APART = 1 << 28, 1 << 25


def keep_memory() -> None:
    """Asks the C library not to give freed memory back at once; where it has no such call, nothing happens.

    Else each array of a chunk would be fetched anew from the system, which takes as long as to fill it.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(TRIM_THRESHOLD, KEPT)
        library.mallopt(MMAP_THRESHOLD, APART)
