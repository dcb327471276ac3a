"""What a calculator must have to answer and to be read: what is wrong with one, in sentences."""

import re
import sys
from collections.abc import Iterator
from string import Formatter
from typing import Any

from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.errors import Ended, plain
from omsorg_cli.core.figure import Formula
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.view import BySign, Grid, Lines, Listing, Matrix, SideBySide, View, Years

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_LETTERS = 40


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
    if _is_undecided(item):
        yield say("the formula {name} has an if, and may only have where (of core/helpers.py)", name=item.figure)
    for parameter in item.parameters:
        if parameter.role.calculator is None and parameter.name not in known:
            told = phrase("the formula {formula} takes {name}, which is no figure and no input")
            yield say(told, formula=item.figure, name=parameter.name)
        elif parameter.role.calculator not in (None, *calculator.uses):
            told = phrase("the formula {formula} takes a figure of {name}, which is not among its uses")
            yield say(told, formula=item.figure, name=parameter.role.calculator)


def _is_undecided(item: Formula) -> bool:
    """Whether the formula asks which way to go, so that its expression, and a workbook's formula, had one way alone."""
    from omsorg_cli.core.symbol import UndecidedError, expression

    try:
        expression(item)
    except UndecidedError:
        return True
    except Ended:
        raise
    except (Exception, SystemExit):  # noqa: BLE001  # what else is wrong with it shows where it is run
        return False
    return False


def named(view: View) -> Iterator[str]:
    """The figures, inputs and keys that the view names, in templates and by themselves."""
    yield from (field for text in _texts(view) for _, field, _, _ in Formatter().parse(text) if field)
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
