"""What a calculator must have to answer and to be read: what is wrong with one, in sentences."""

import re
import sys
from collections.abc import Iterator
from string import Formatter
from typing import Any, get_origin, get_type_hints

from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.errors import Ended, OmsorgError, plain, shown
from omsorg_cli.core.figure import Formula
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.language import entries, phrase, say
from omsorg_cli.core.view import BySign, Grid, Lines, Listing, Matrix, SideBySide, View, Years

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_LETTERS = 40
MOST_LETTERS_OF_ERROR = 200


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMANDS = _words(
    "check compare convert data explain figures help list new schema sensitivity simulate solve sweep verify"
)
"""The commands that are no calculators."""
PARTS = _words("common correlations municipality note notices overlays published sources title year")
"""What a scenario has beside the tables of calculators."""
OPTIONS = _words(
    "all between calculator cluster columns csv dated decimal depth draws draws_output figure format full global grid "
    "input jobs keep_going keys limit mark only_ranged output prices quote rows samples scenario scenarios seed "
    "separator set sheet target top unit value with"
)
"""The options that some calculator's command has anyway, so that no key may be called so."""
ANYWHERE = frozenset({"municipality", "year", "years", "unit", "counted"})
"""What a template may name in any calculator."""


def name_fault(name: str) -> str:
    """Why no calculator may have the name; empty where one may."""
    if len(name) > MOST_LETTERS or not NAME.fullmatch(name):
        rule = phrase(
            "a name is at most {most} lower-case letters, digits and single hyphens (no underscore), and begins with a "
            "letter"
        )
        return say(rule, most=MOST_LETTERS)
    if name in COMMANDS:
        return say("omsorg has a command of this name")
    return say("every scenario has a part of this name") if name in PARTS else ""


def faults(calculator: Calculator) -> Iterator[str]:
    """What is wrong with the calculator, a sentence each, without its full stop."""
    if unreadable := [*_no_tuples(calculator), *_unread(calculator)]:
        yield from unreadable  # what else there is cannot be told
        return
    if told := name_fault(calculator.name):
        yield told
    yield from _unsaid(calculator)
    yield from _of_keys(calculator)
    strange = (name for name in calculator.headlines if name not in calculator.figures)
    yield from (say("its headline {name} is none of its figures", name=name) for name in strange)
    known = {*calculator.units, *calculator.input_levels, *calculator.said.values(), *calculator.axes}
    for item in calculator.known:
        yield from _of_formula(calculator, item, known)
    for view in (*calculator.answer, *calculator.views, *calculator.details):
        lacking = sorted({*named(view)} - known - ANYWHERE)
        yield from (say("its views name {name}, which is no figure and no input", name=plain(name)) for name in lacking)
    yield from _of_subjects(calculator)
    yield from _of_languages(calculator)


def _no_tuples(calculator: Calculator) -> Iterator[str]:
    """What should be a tuple and is not, as where the comma of a tuple of one is missing."""
    part: Any
    for part in (calculator, *calculator.answer, *calculator.views, *calculator.details):
        for name, kind in get_type_hints(type(part)).items():
            if get_origin(kind) is tuple and not _is_bare_tuple(getattr(part, name)):
                told = phrase("{name} of {kind} is no tuple (is a comma missing?)")
                yield say(told, name=name, kind=type(part).__name__)
                if part is calculator:
                    return


def _is_bare_tuple(held: Any) -> bool:
    """Whether it is a tuple of parts, not a part, which is a named tuple."""
    return isinstance(held, tuple) and not hasattr(held, "_fields")


def _unread(calculator: Calculator) -> Iterator[str]:
    """Why its formulas cannot be read, if so."""
    try:
        _ = calculator.known
    except OmsorgError as error:
        yield str(error)


def _of_subjects(calculator: Calculator) -> Iterator[str]:
    """What the first line names and nothing fills in."""
    known = {"municipality", "year", *calculator.keys, *(["years"] if calculator.horizon else [])}
    texts = (calculator.subject, *(one.text for one in calculator.other_subjects))
    for name in sorted({name for text in texts for name in _fields(text)} - known):
        yield say("its subject names {name}, which is none of its keys", name=plain(name))


def _of_languages(calculator: Calculator) -> Iterator[str]:
    """What its catalogues fill in that the text itself does not."""
    for path in sorted(calculator.languages.glob("*.po")) if calculator.languages else ():
        for text, told in entries(path.read_text(encoding="utf-8")).items():
            for name in sorted({*_fields(told)} - {*_fields(text)}):
                values = {"file": plain(path.name), "name": plain(name), "text": shown(text)}
                yield say("{file} names {name} in its text for {text}, which does not", **values)


def _fields(text: str) -> Iterator[str]:
    return (field for _, field, _, _ in Formatter().parse(text) if field)


def _unsaid(calculator: Calculator) -> Iterator[str]:
    """What people should read, and nothing says."""
    summary = (sys.modules[calculator.inputs.__module__].__doc__ or "").strip().partition("\n")[0]
    if not summary.endswith("."):
        yield say("the module of its inputs has no docstring that begins with a sentence")
    if not calculator.headlines:
        yield say("it has no headlines")
    if not calculator.caveats:
        yield say("it has no caveats")
    for _, model in rows(calculator.inputs):
        told = descriptions(model)
        lacking = (name for name in kinds(model) if not told.get(name, "").endswith("."))
        yield from (say("the input {name} has no sentence below it", name=name) for name in lacking)


def _of_keys(calculator: Calculator) -> Iterator[str]:
    for name in calculator.keys:
        if name in OPTIONS:
            yield say("its key {name} is the name of an option", name=name)
        elif name not in (*calculator.axes, "year"):
            yield say("its key {name} tells no rows of its inputs apart", name=name)


def _of_formula(calculator: Calculator, item: Formula, known: set[str]) -> Iterator[str]:
    if not item.summary.endswith("."):
        yield say("the formula {name} has no docstring that is a sentence", name=item.figure)
    if told := _unwritten(item):
        yield told
    for parameter in item.parameters:
        if parameter.role.calculator is None and parameter.name not in known:
            told = phrase("the formula {formula} takes {name}, which is no figure and no input")
            yield say(told, formula=item.figure, name=parameter.name)
        elif parameter.role.calculator not in (None, *calculator.uses):
            told = phrase("the formula {formula} takes a figure of {name}, which is not among its uses")
            yield say(told, formula=item.figure, name=parameter.role.calculator)


def _unwritten(item: Formula) -> str:
    """Why no expression says what the formula does, so that explanation and workbook had another; else nothing."""
    from omsorg_cli.core.symbol import UndecidedError, expression, taken_apart

    series = {parameter.name for parameter in item.parameters if parameter.role.series or parameter.role.to_date}
    try:
        apart = next(taken_apart(expression(item), series), None)
    except UndecidedError:
        told = phrase("the formula {name} has an if, and, or, not, == or len, in the place of what core/helpers.py has")
        return say(told, name=item.figure)
    except (TypeError, AttributeError) as error:
        told = phrase("the formula {name} is no expression of + − × ÷ ^ and of what core/helpers.py has ({error})")
        return say(told, name=item.figure, error=plain(str(error))[:MOST_LETTERS_OF_ERROR])
    except Ended:
        raise
    except (Exception, SystemExit):  # noqa: BLE001  # what else is wrong with it shows where it is run
        return ""
    if apart is None:
        return ""
    told = phrase("the formula {name} takes {series} as one number; it is several, of which total gives the sum")
    return say(told, name=item.figure, series=apart)


def named(view: View) -> Iterator[str]:
    """The figures, inputs and keys that the view names, in templates and by themselves."""
    yield from (field for text in _texts(view) for field in _fields(text))
    yield from filter(None, _bare(view))


def _texts(part: Any) -> Iterator[str]:
    """Every text within."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)


def _bare(view: View) -> Iterator[str]:
    match view:
        case Grid():
            yield from (view.largest, *view.rows, *view.per)
            yield from (name for column in view.columns for name in (column.bar, column.unless_zero))
            yield from _signed(view.below)
        case Listing():
            yield from (*view.drawn, *view.per)
        case Lines():
            yield from (*_signed(view.templates), *view.per)
        case Years():
            yield from (*(figure for _, figure in view.rows), *view.drawn, view.unless_zero, *view.restating)
        case Matrix():
            yield from (view.figure, *view.rows)
        case SideBySide():
            yield from (view.per, view.across)


def _signed(part: Any) -> Iterator[str]:
    """The figures by whose sign a sentence is chosen."""
    if isinstance(part, BySign):
        yield part.figure
    if isinstance(part, tuple):
        for one in part:
            yield from _signed(one)
