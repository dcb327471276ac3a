"""What all tests share: running the program as its users do, and made-up scenarios."""

import contextlib
import gc
import io
import os
import pickle
import subprocess
import sys
import tomllib
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from unittest import mock

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

import turns
from omsorg_cli.__main__ import main
from omsorg_cli.core.language import ENGLISH, speak
from omsorg_cli.writing import output

ROOT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = str(ROOT / "src")  # whatever a test starts runs this code, not an installed one
for one in ("OMSORG_LANG", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(one, None)
os.environ["LANG"] = "C.UTF-8"  # whoever runs the tests, they speak English unless one asks for another language
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("in between", settings.get_profile("any machine"), max_examples=20)
Run = Callable[..., subprocess.CompletedProcess[str]]
loads = tomllib.loads


@lru_cache(maxsize=64)
def parsed(text: str, **how: object) -> bytes:
    """What the text holds, kept: most tests read one of a few scenarios, and reading takes longer than calculating."""
    return pickle.dumps(loads(text, **how))


tomllib.loads = lambda text, **how: pickle.loads(parsed(text, **how))  # noqa: S301 # of our own


def pytest_configure(config: pytest.Config) -> None:
    """Of what must hold always, more examples are drawn where everything is tested."""
    settings.load_profile("any machine" if turns.ALL else "in between")


def pytest_report_header(config: pytest.Config) -> str:
    """Which part of the walks is done."""
    return turns.told()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the walks those cases stay that have their turn; they are slow."""
    walks = [one for one in items if one.get_closest_marker("walk")]
    for one in walks:
        one.add_marker("slow")
    left = {*walks} - {*turns.in_turn(walks, lambda one: one.nodeid)}
    if left:
        config.hook.pytest_deselected(items=[*left])
        items[:] = [one for one in items if one not in left]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Coverage, where it is measured, stands still while a slow test goes on: tracing takes as long as the test itself."""
    measured = Coverage.current() if item.get_closest_marker("slow") else None
    if measured is None:
        return (yield)
    measured.stop()
    try:
        return (yield)
    finally:
        measured.start()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no case: those of a workbook hold when it was written, and a case has one name in every process."""
    return "bytes" if isinstance(val, bytes) else None


class Streams:
    """The standard streams of a program that runs inside this process, with the bytes that went out through them."""

    def __init__(self, text: str | None, encoding: str) -> None:
        self.encoding = encoding
        self.stdin, self.stdout, self.stderr = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(3))
        self.stderr.reconfigure(errors="backslashreplace")  # as the interpreter has it
        self.stdin.buffer.write((text or "").encode(encoding))
        self.stdin.seek(0)

    def told(self, stream: io.TextIOWrapper) -> str:
        """What was written, each end of a line as one, as a pipe read as text gives it."""
        stream.flush()
        text = stream.buffer.getvalue().decode(self.encoding)
        return text.replace("\r\n", "\n").replace("\r", "\n")


@contextlib.contextmanager
def as_if_started(words: tuple[str, ...], streams: Streams, cwd: Path | None, env: dict[str, str]) -> Iterator[None]:
    """Arguments, streams, folder and environment as a process of its own would have them; all is put back."""
    threshold = gc.get_threshold()
    with (
        mock.patch.object(sys, "argv", ["omsorg", *map(str, words)]),
        mock.patch.multiple(sys, stdin=streams.stdin, stdout=streams.stdout, stderr=streams.stderr),
        mock.patch.dict(os.environ, {"COLUMNS": "80", **env}),
        contextlib.chdir(cwd or Path.cwd()),
    ):
        try:
            yield
        finally:
            gc.set_threshold(*threshold)
            speak(ENGLISH)
            vars(output.settings).update(vars(output.Settings()))


def exit_code() -> int:
    """Runs the program to its end; what the interpreter would print of an error that is not caught stands there too."""
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int | None):
            return ended.code or 0
        print(ended.code, file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001 # a test says what it wants to see of it
        traceback.print_exc()
        return 1
    return 0


@pytest.fixture(scope="session")
def omsorg() -> Run:
    """Runs the program inside this process, by the entry of the command; text goes to its standard input."""

    def run(
        *words: str, text: str | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        streams = Streams(text, env.get("PYTHONIOENCODING", "utf-8"))
        with as_if_started(words, streams, cwd, env):
            code = exit_code()
        return subprocess.CompletedProcess(words, code, streams.told(streams.stdout), streams.told(streams.stderr))

    return run


@pytest.fixture(scope="session")
def process() -> Run:
    """Runs the program in a process of its own, where that is the point."""

    def run(
        *words: str, text: str | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "omsorg_cli", *words],
            input=text,
            capture_output=True,
            encoding=env.get("PYTHONIOENCODING", "utf-8"),
            cwd=cwd,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
            check=False,
        )

    return run
