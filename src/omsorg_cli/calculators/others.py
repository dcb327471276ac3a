"""Calculators of other packages: each is found by its entry point and imported, and joins ours or is left out.

Whatever is wrong in somebody else's code is told in a sentence that names the package, and ours go on.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import replace
from functools import wraps
from importlib.metadata import EntryPoint
from itertools import groupby
from pathlib import Path
from traceback import extract_tb, walk_tb
from typing import TYPE_CHECKING, Any

from omsorg_cli.calculators.sound import faults, name_fault
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import Ended, OmsorgError, plain, shown
from omsorg_cli.core.figure import Formula
from omsorg_cli.core.language import add_catalogues, in_series, phrase, say
from omsorg_cli.core.operation import is_symbolic

if TYPE_CHECKING:
    from omsorg_cli.calculators import Found

MOST_TOLD = 300
"""Letters of an error of somebody else's."""
ANSWERS = (ZeroDivisionError, OverflowError)
"""What a formula may raise: then it has no answer."""
STOPS = (KeyboardInterrupt, Ended)
"""What ends the program, whoever's code runs just then."""


def look(offers: Sequence[EntryPoint], found: "Found", ours: Mapping[str, str]) -> None:
    """Puts what other packages offer into `found`, which is kept as far as it came where it is interrupted."""
    for each in found:
        each.clear()
    offers = sorted(offers, key=lambda entry: (entry.name, package_of(entry)))
    for name, of_name in groupby(offers, key=lambda entry: entry.name):
        entries = list(of_name)
        package = in_series(list(dict.fromkeys(map(package_of, entries))))
        told: dict[str, Any] = {"name": plain(name), "package": plain(package)}
        try:
            calculator = _offered(entries, ours)
        except STOPS:
            found.left_out[name] = say("Interrupted while the calculator {name} of {package} was imported.", **told)
            raise
        except OmsorgError as error:
            told["why"] = error.args[0]
        except BaseException as error:  # noqa: BLE001  # whatever is wrong in somebody else's code
            told["why"] = told_of(error, entries[0].module)
        else:
            found.joined[name], found.packages[name] = _guarded(calculator, told), package
            continue
        found.left_out[name] = say("The calculator {name} of {package} cannot be used: {why}.", **told)


def package_of(entry: EntryPoint) -> str:
    """The package of the entry point, as it is installed and uninstalled."""
    return entry.dist.name if entry.dist else entry.module


def _offered(entries: list[EntryPoint], ours: Mapping[str, str]) -> Calculator:
    """The calculator that the entry point names; raises where it is none, or none that can be used."""
    name = entries[0].name
    if wrong := name_fault(name):
        raise OmsorgError(wrong)
    if name in ours:
        raise OmsorgError(say("omsorg has a calculator of this name"))
    if len(entries) > 1:
        raise OmsorgError(say("there are several of this name; uninstall all but one"))
    with _put_back():
        calculator = entries[0].load()
        if not isinstance(calculator, Calculator):
            raise OmsorgError(say("it is no Calculator"))
        if calculator.name != name:
            told = phrase("it calls itself {found}; its entry point has to have the same name")
            raise OmsorgError(say(told, found=plain(calculator.name)))
        if wrong := "; ".join(faults(calculator)):
            raise OmsorgError(wrong)
        if calculator.languages:
            add_catalogues(calculator.languages)
    return calculator


@contextmanager
def _put_back() -> Iterator[None]:
    """What code does as it is imported is no part of an answer: it writes to standard error, and the folder stays."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    folder = _or_none(os.getcwd)
    kept = _or_none(lambda: os.dup(1))
    try:
        if kept is not None:
            _or_none(lambda: os.dup2(2, 1))
        with redirect_stdout(sys.stderr):
            yield
    finally:
        for stream in (sys.stdout, sys.__stdout__):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()  # type: ignore[union-attr]  # where it is none, nothing is written
        if kept is not None:
            os.dup2(kept, 1)
            os.close(kept)
        if folder is not None:
            _or_none(lambda: os.chdir(folder))


def _or_none(asked: Callable[[], Any]) -> Any:
    """What the system answers; none where it has no such thing."""
    try:
        return asked()
    except OSError:
        return None


def _guarded(calculator: Calculator, told: Mapping[str, str]) -> Calculator:
    """The calculator, whose formulas say whose they are where they fail."""
    home = calculator.inputs.__module__
    return replace(calculator, formulas=tuple(_guarded_formula(item, told, home) for item in calculator.known))


def _guarded_formula(item: Formula, told: Mapping[str, str], home: str) -> Formula:
    about = {**told, "figure": item.figure}

    @wraps(item.function)
    def function(*given: Any) -> Any:
        try:
            value = item.function(*given)
        except (*ANSWERS, *STOPS, OmsorgError):
            raise
        except BaseException as error:
            why = told_of(error, home)
            raise OmsorgError(
                say("The calculator {name} of {package} failed in {figure}: {why}.", why=why, **about)
            ) from error
        if value is None or isinstance(value, int | float) or is_symbolic(value) or _is_of(value, given):
            return value
        text = phrase("The calculator {name} of {package} failed in {figure}: it gave {found}, which is no number.")
        raise OmsorgError(say(text, found=shown(value), **about))

    return item._replace(function=function)


def _is_of(value: Any, given: Sequence[Any]) -> bool:
    """Whether it is a number of NumPy's, or an array where it is worked out from arrays: of draws, or of rows."""
    if not hasattr(value, "__array__"):
        return False
    numbers = (one for part in given for one in (part if isinstance(part, list | tuple) else [part]))
    return not getattr(value, "ndim", 0) or any(getattr(one, "ndim", 0) for one in numbers)


def failed(error: BaseException, found: "Found", words: Sequence[str]) -> OmsorgError | None:
    """The error in a sentence, where it comes from the code of another package, or in a run of its calculator."""
    files = {Path(frame.filename) for frame in extract_tb(error.__traceback__)}
    modules = {name: sys.modules[one.inputs.__module__] for name, one in found.joined.items()}
    name = next((name for name, module in modules.items() if Path(module.__file__ or "") in files), None)
    name = name or next((word for word in words if word in found.joined), None)
    if name is None:
        return None
    why = told_of(error, found.joined[name].inputs.__module__)
    told = {"name": name, "package": plain(found.packages[name]), "why": why}
    return OmsorgError(say("The calculator {name} of {package} failed: {why}.", **told))


def told_of(error: BaseException, module: str) -> str:
    """The error as a sentence may hold it: its kind, its words, and where in the module's package it was raised."""
    words = plain(str(error))[:MOST_TOLD].rstrip(".")
    what = f"{type(error).__name__}: {words}" if words else type(error).__name__
    home = module.partition(".")[0]
    for frame, line in reversed(list(walk_tb(error.__traceback__))):
        if str(frame.f_globals.get("__name__")).partition(".")[0] == home:
            file = plain(Path(frame.f_code.co_filename).name)
            return say("{error} ({file}, line {line})", error=what, file=file, line=line)
    return what
