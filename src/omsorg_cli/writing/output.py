"""Writes results to where they belong: standard output, or a file that is whole or not at all."""

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from omsorg_cli.core.errors import Ended, OmsorgError, ScenarioError, plain, why_of
from omsorg_cli.core.folding import folded
from omsorg_cli.core.language import again, phrase, say, spoken_by_people
from omsorg_cli.core.letters import ascii_json
from omsorg_cli.core.reading import nowhere, remembered

ENDING = ("SIGTERM", "SIGHUP")
"""The signals that end a program and that it may do something about."""
MOST_LINKS = 40
"""Links one after another that Linux follows."""
NARROW = str.maketrans({"\u00a0": " ", "\u202f": " ", "−": "-", "–": "-", "…": "..."})
"""What stands for letters that a terminal lacks."""


@dataclass
class Settings:
    """How the program writes, as it was asked to on the command line."""

    color: str = "auto"
    pages: bool = True
    quiet: bool = False
    verbose: bool = False
    lacks_letters: bool = False
    """Whether it was told that standard output lacks letters of what is written: once is enough."""


settings = Settings()


@contextmanager
def guarded() -> Iterator[None]:
    """Runs the program: what the user can mend is told in one message, and standard output is written to its end."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        try:
            with remembered(), _ended_by_signals(), _told():
                yield
        except MemoryError:
            raise OmsorgError(say("There is not enough memory for this; ask for less at once.")) from None
        finally:
            flush()
    except OmsorgError as error:
        with spoken_by_people():
            for line in _said(error).splitlines():
                _write_beside(f"omsorg: {plain(line)}")
        raise SystemExit(error.exit_code) from None


def _said(error: OmsorgError) -> str:
    """The message in the language of people, whatever the data were made in."""
    if isinstance(error, ScenarioError):
        return error.said()
    (text,) = error.args or ("",)
    return str(again(text))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A signal that ends the program lets it take away first what it has not written to its end."""

    def end(number: int, _: object) -> None:
        raise Ended(128 + number)

    before: dict[int, Any] = {}
    try:
        for number in filter(None, (getattr(signal, name, None) for name in ENDING)):
            if signal.getsignal(number) is signal.SIG_DFL:  # nohup has one ignored, and that stays so
                with suppress(ValueError):  # only the main thread has signals
                    before[number] = signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def emit(text: str, *, paged: bool = False, is_json: bool = False, is_scenario: bool = False) -> None:
    """Writes to standard output; what is `paged` is for reading, and goes through a pager where it is long.

    JSON has escapes for the letters that standard output has no place for, and a scenario is always UTF-8 in a pipe:
    it is to be read again.
    """
    if sys.stdout is None:
        raise OmsorgError(say("Standard output is closed."))
    if paged and settings.pages and _is_long(text) and _paged(text):
        return
    if is_json and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = ascii_json(text)
    with _told():
        if is_scenario and not sys.stdout.isatty() and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode(errors="replace"))
            return
        sys.stdout.write(_writable(text))


def _writable(text: str) -> str:
    """The text, with plain letters for typographic ones that standard output lacks; what it lacks beside is told."""
    if _fits(text):
        return text
    narrow = text.translate(NARROW)
    if not (settings.lacks_letters or sys.stdout.isatty() or _fits(narrow)):
        settings.lacks_letters = True
        told = phrase(
            "Standard output is {encoding}, which lacks letters of this: they are written as ?. With --output FILE, "
            "or with PYTHONIOENCODING=utf-8, every letter is written."
        )
        tell_notice(say(told, encoding=sys.stdout.encoding))
    return narrow


def _fits(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_long(text: str) -> bool:
    """Whether the text is longer than the terminal that it is read on."""
    return sys.stdout.isatty() and text.count("\n") >= os.get_terminal_size(sys.stdout.fileno()).lines


def _paged(text: str) -> bool:
    """Whether a pager has shown the text: PAGER, or `less` where there is one."""
    import shlex
    import shutil
    import subprocess

    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
        if not words or words == ["cat"] or shutil.which(words[0]) is None:
            return False
        flush()
        subprocess.run(words, input=text.encode(), env=environment, check=False)  # noqa: S603  # the user's own pager
    except (ValueError, OSError):  # it names no program
        return False
    return True


def flush() -> None:
    """Sees to it that all is written, while that can still be told."""
    if sys.stdout is not None:
        with _told():
            sys.stdout.flush()


@contextmanager
def _told() -> Iterator[None]:
    """A reader that has gone (`| head -1`) is no error; a full disk is, and is told; so is a file, by its name."""
    try:
        yield
    except BrokenPipeError:
        _forget_output()
        raise SystemExit(0) from None
    except OSError as error:
        if error.filename is not None:
            told = {"file": plain(os.fsdecode(error.filename)), "why": why_of(error)}
            raise OmsorgError(say("{file} cannot be used: {why}.", **told)) from None
        _forget_output()
        raise OmsorgError(say("Standard output cannot be written: {why}.", why=why_of(error))) from None


def _forget_output() -> None:
    """So that the interpreter finds nothing to complain of at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_notice(text: str) -> None:
    """Writes what must be known beside data to standard error, in the language of people."""
    with spoken_by_people():
        tell(f"omsorg: {again(text)}")


def tell(text: str) -> None:
    """Writes a notice to standard error, unless nobody wants any."""
    if not settings.quiet:
        _write_beside(text)


def _write_beside(text: str) -> None:
    """Writes to standard error; where nobody can read it, the result is still the result."""
    text = plain(text)
    with suppress(OSError, ValueError, AttributeError):
        if sys.stderr.isatty():
            text = folded(text, max(os.get_terminal_size(sys.stderr.fileno()).columns, 40))
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def save(data: bytes, path: Path) -> None:
    """Puts the data in the file."""
    with saving(path) as file:
        file.write(data)


@contextmanager
def saving(path: Path) -> Iterator[BinaryIO]:
    """A file to write to: a run that fails or is killed leaves the old file or the new one, whole."""
    try:
        with _flowing(path) if flows(path) else _replacing(path) as file:
            yield file
    except OSError as error:
        raise unwritable(path, error) from None


def flows(path: Path) -> bool:
    """Whether what is there cannot be replaced, only written to: a device, a pipe, or what is open already."""
    try:
        return _number(path) is not None or not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # why it cannot be written is told when it is
        return False


def _number(path: Path) -> int | None:
    """The number of the open file that the path stands for, by whatever links, as /dev/stdout and /dev/fd/3 do."""
    of_open_files = {os.path.realpath(name) for name in ("/dev/fd", "/proc/self/fd")}
    for _ in range(MOST_LINKS):
        folder = os.path.realpath(path.parent)
        if folder in of_open_files and path.name.isdecimal() and os.path.lexists(path):
            return int(path.name)
        if not path.is_symlink():
            break
        path = folder / path.readlink()
    return None


@contextmanager
def _flowing(path: Path) -> Iterator[BinaryIO]:
    number = _number(path)
    if number is None:
        with path.open("wb") as device:
            yield device
        return
    flush()
    with os.fdopen(os.dup(number), "wb") as stream:  # opened anew by its name, a file would begin from nothing
        yield stream


def unwritable(path: Path, error: OSError) -> OmsorgError:
    """What is told of a file that cannot be written."""
    told = plain(str(path))
    if isinstance(error, FileNotFoundError) and not path.is_absolute() and nowhere():
        return OmsorgError(
            say("{path} cannot be written, since the folder that this runs in has been taken away.", path=told)
        )
    return OmsorgError(say("{path} cannot be written: {why}.", path=told, why=why_of(error)))


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    from omsorg_cli.writing.claim import claim

    claimed = claim(path)
    try:
        yield claimed.stream
        claimed.finish()
    except BaseException:
        claimed.drop()
        raise
