"""A formula as a spreadsheet writes it: the same function, run on symbols, in the spreadsheet's own terms."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from omsorg_cli.core.letters import plain
from omsorg_cli.core.symbol import INFIX, Name, Operation, Values, expression
from omsorg_cli.engine.alternatives import Lack, Way
from omsorg_cli.engine.graph import flat

MOST_ARGUMENTS = 250
"""What a function may have at most is 255."""
MOST_LITERAL = 250
"""Letters of a text in a formula may be at most 255."""
SIGNS = {"−": "-", "×": "*", "÷": "/"}


class Cells(Protocol):
    """Where the steps stand in the workbook."""

    def reference(self, slot: int) -> str:
        """The cell or the name of the step."""

    def ranges(self, slots: Sequence[int]) -> list[str]:
        """The cells of a series, as few ranges as there are."""

    def is_month(self, slot: int) -> bool:
        """Whether the cell holds a date that stands for a month."""

    def may_lack(self, slot: int) -> bool:
        """Whether the cell is empty where the step has no answer."""

    def may_be_missing(self, slot: int) -> bool:
        """Whether the cell may be in error because something is missing."""


class Written(NamedTuple):
    """A formula as text; `spilled` where it looks through ranges in a way that needs an array formula."""

    text: str
    spilled: bool


def written(ways: Sequence[Way], cells: Cells) -> Written:
    """The formula of a cell: the first way that holds, and #N/A where none does."""
    text, spilled = "NA()", False
    for way in reversed(ways):
        writer = _Writer(way, cells)
        told = writer.checked()
        spilled = spilled or writer.spilled
        text = told if way.always_holds else f"IF({condition(way, cells)},{told},{text})"
    return Written(f"={text}", spilled)


_ESCAPE = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")
"""Where a text would begin what a spreadsheet reads as one letter, a quote for one: it is written in two pieces."""


def first_that_holds(texts: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The expression that gives the text of the first condition that holds."""
    told = literal(otherwise)
    for test, text in reversed(texts):
        told = f"IF({test},{literal(text)},{told})" if test else literal(text)
    return told


def literal(text: str) -> str:
    """The text in a formula, in pieces that are not longer than a spreadsheet takes."""
    pieces = [text[at : at + MOST_LITERAL] for at in range(0, len(text), MOST_LITERAL)] or [""]
    return "&".join(map(_literal, pieces))


def may_lack(formula: Any) -> bool:
    """Whether the expression itself may have no answer."""
    if formula is None:
        return True
    if isinstance(formula, list | tuple):
        return any(map(may_lack, formula))
    if not isinstance(formula, Operation):
        return False
    if formula.sign not in _FUNCTIONS and formula.sign not in INFIX:
        return may_lack(_expanded(formula))
    return formula.sign == "ratio" or may_lack(formula.arguments)


def condition(one: Way | Lack, cells: Cells) -> str:
    """The test of whether the guards have their values, and for a way, whether what it needs is filled in."""
    blanks = one.blanks if isinstance(one, Way) else ()
    tests = [f"{cells.reference(slot)}={_literal(value)}" for slot, value in one.guards]
    tests += [f'{cells.reference(slot)}<>""' for slot in blanks]
    return f"AND({','.join(tests)})" if len(tests) > 1 else "".join(tests)


def _literal(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + _ESCAPE.sub('_"&"', plain(value).replace('"', '""')) + '"'
    return repr(int(value) if value == int(value) else value).upper()


def _expanded(part: Operation) -> Any:
    """What the named operation does, in operations that it is made of."""
    assert part.function is not None
    return part.function(*part.arguments)


class _Writer:
    """Writes one way; `at` is the place in the series that names stand for while it is written term by term."""

    def __init__(self, way: Way, cells: Cells) -> None:
        names = (parameter.name for parameter in way.formula.parameters)
        self.uses: Mapping[str, int | tuple[int, ...]] = dict(zip(names, way.uses, strict=True))
        self.cells = cells
        self.expression = expression(way.formula)
        self.gives_month = way.formula.unit.name == "month"
        self.spilled = False
        self.at: int | None = None
        self.abreast = False

    def checked(self) -> str:
        """The formula; empty where something that it uses has no answer."""
        text = self.text(self.expression)
        if self.gives_month and not self._takes_dates:
            months = self.text(self.expression, INFIX["^"])
            text = f"DATE(INT({months}/12),MOD({months},12)+1,1)"
        used = dict.fromkeys(flat(tuple(self.uses.values())))
        empty = [slot for slot in used if self.cells.may_lack(slot)]
        passed_over = [slot for slot in used if "IF(" in text and slot not in empty and self.cells.may_be_missing(slot)]
        return self._unless(passed_over, "NA()", self._unless(empty, '""', text))

    def _unless(self, slots: Sequence[int], otherwise: str, text: str) -> str:
        """The formula where each of the cells has a number; an IF would pass over one that it does not take."""
        return f"IF({_called('COUNT', self.cells.ranges(slots))}<{len(slots)},{otherwise},{text})" if slots else text

    @property
    def _takes_dates(self) -> bool:
        """Whether a month comes as it stands in a cell, as a date, and is not reckoned as a count of months."""
        expression = self.expression
        return isinstance(expression, Name) or getattr(expression, "sign", "") in ("smallest", "largest")

    def text(self, part: Any, around: int = 0) -> str:
        """The part of the expression, in brackets where what stands around it holds tighter."""
        if isinstance(part, Name):
            return self._name(part.name)
        if not isinstance(part, Operation):
            return _literal(part)
        if part.sign in _FUNCTIONS:
            return _FUNCTIONS[part.sign](self, *part.arguments)
        if part.sign not in INFIX:
            return self.text(_expanded(part), around)
        tightness = INFIX[part.sign]
        left, right = (self.text(one, tightness + side) for side, one in enumerate(part.arguments))
        text = f"{left}{SIGNS.get(part.sign, part.sign)}{right}"
        return f"({text})" if tightness < around else text

    def _name(self, name: str) -> str:
        use = self.uses[name]
        if not isinstance(use, int):
            use = use[self.at or 0] if self.at is not None else use
        if isinstance(use, tuple):
            text = self.cells.ranges(use)[0]
            return _months(text) if self.cells.is_month(use[0]) else text
        text = self.cells.reference(use)
        if self.cells.is_month(use) and not (self.gives_month and isinstance(self.expression, Name)):
            return _months(text)
        return text

    def ranges(self, series: Any) -> list[str]:
        """The cells of a series, or of a list of series and single values."""
        parts = series if isinstance(series, list | tuple) else [series]
        found: list[str] = []
        for part in parts:
            use = self.uses[part.name]
            found += self.cells.ranges(use) if isinstance(use, tuple) else [self.cells.reference(use)]
        return found

    def pairs(self, one: Any, other: Any) -> list[tuple[str, str]]:
        """The ranges of two series side by side; cell by cell where they do not stand alike."""
        uses = [use if isinstance(use, tuple) else (use,) for use in (self.uses[one.name], self.uses[other.name])]
        ranges = [self.ranges(part) for part in (one, other)]
        if list(map(_shape, ranges[0])) == list(map(_shape, ranges[1])):
            return list(zip(*ranges, strict=True))
        return [(self.cells.reference(a), self.cells.reference(b)) for a, b in zip(*uses, strict=True)]

    def counts_months(self, series: Any) -> bool:
        """Whether the cells of the series hold dates that stand for months."""
        return any(self.cells.is_month(slot) for slot in flat((self.uses[series.name],)))

    def over(self, function: str, series: Any) -> str:
        """The function over a series, or over what is worked out for each of its values."""
        if isinstance(series, Values) or all(isinstance(one, Name) for one in series):
            ranges = self.ranges(series)
            text = _called(function, list(dict.fromkeys(ranges)) if function in ("MIN", "MAX") else ranges)
            return _months(text) if function in ("MIN", "MAX") and self._counts_months(series) else text
        (each,) = series
        if not self._side_by_side(each):
            return _called(function, self._term_by_term(each))
        self.abreast = True
        text = self.text(each)
        self.abreast = False
        self.spilled = self.spilled or function != "SUM" or "IF(" in text
        return f"{'SUMPRODUCT' if function == 'SUM' else function}({text})"

    def _counts_months(self, series: Any) -> bool:
        """Whether the series are dates of which the expression makes more than the first or the last of them."""
        alone = isinstance(self.expression, Operation) and self.expression.sign in ("smallest", "largest")
        names = [part.name for part in (series if isinstance(series, list | tuple) else [series])]
        return not alone and any(self.cells.is_month(slot) for name in names for slot in flat((self.uses[name],)))

    def _side_by_side(self, part: Any) -> bool:
        """Whether every series in the expression is one range, and all have one shape."""
        series = [use for name in _named(part) if isinstance(use := self.uses[name], tuple)]
        ranges = [self.cells.ranges(use) for use in series]
        return all(len(one) == 1 for one in ranges) and len({_shape(one[0]) for one in ranges}) == 1

    def _term_by_term(self, part: Any) -> list[str]:
        count = max(len(use) for name in _named(part) if isinstance(use := self.uses[name], tuple))
        terms = []
        for self.at in range(count):
            terms.append(self.text(part))
        self.at = None
        return terms

    def weighted(self, levels: Any, weights: Any) -> str:
        """The mean by weights: of series that stand side by side, and of single values beside them."""
        products = [
            self.over("SUM", [level * weight])
            if isinstance(self.uses[level.name], tuple)
            else self.text(level * weight)
            for level, weight in zip(levels, weights, strict=True)
        ]
        return f"({'+'.join(products)})/SUM({','.join(self.ranges(weights))})"

    def either(self, sign: str, a: Any, b: Any) -> str:
        """The larger or the smaller of two; along a range, of each pair in it."""
        if self.abreast:
            return f"IF({self.text(a, 1)}{sign}{self.text(b, 1)},{self.text(a)},{self.text(b)})"
        return f"{'MAX' if sign == '>' else 'MIN'}({self.text(a)},{self.text(b)})"

    def quotient(self, above: Any, below: Any) -> str:
        """The quotient; empty where the denominator is zero."""
        return f'IF({self.text(below, 1)}=0,"",{self.text(above, 2)}/{self.text(below, 3)})'


def _months(date: str) -> str:
    """The date as a count of months."""
    return f"(YEAR({date})*12+MONTH({date})-1)"


def _called(function: str, arguments: Sequence[str]) -> str:
    """The function on the arguments; of more than a function may have, those of some together count as one."""
    if len(arguments) > MOST_ARGUMENTS:
        groups = [arguments[at : at + MOST_ARGUMENTS] for at in range(0, len(arguments), MOST_ARGUMENTS)]
        arguments = [f"({','.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return f"{function}({','.join(arguments)})"


def _named(part: Any) -> set[str]:
    """The names in the expression."""
    if isinstance(part, Name):
        return {part.name}
    return set().union(*map(_named, part.arguments)) if isinstance(part, Operation) else set()


def _shape(text: str) -> tuple[int, int]:
    """Rows and columns of a range."""
    from xlsxwriter.utility import xl_cell_to_rowcol

    first, _, last = text.partition(":")
    (top, left), (bottom, right) = xl_cell_to_rowcol(first), xl_cell_to_rowcol(last or first)
    return bottom - top, right - left


def _quantile(writer: _Writer, series: Any, share: float) -> str:
    ranges = ",".join(writer.ranges(series))
    return f"PERCENTILE({f'({ranges})' if ',' in ranges else ranges},{share!r})"


def _rank(writer: _Writer, value: Any, among: Any) -> str:
    """One more than there are larger ones; COUNTIF would compare by 15 digits, and a value be larger than itself."""
    larger = (f"SUMPRODUCT(--({range_}>{writer.text(value, 1)}))" for range_ in writer.ranges(among))
    return f"(1+{'+'.join(larger)})"


def _largest(writer: _Writer, series: Any, number: Any) -> str:
    ranges = ",".join(writer.ranges(series))
    places = f'ROW(INDIRECT("1:"&{writer.text(number, 1)}))'
    return f"SUMPRODUCT(LARGE({f'({ranges})' if ',' in ranges else ranges},{places}))"


def _reached(writer: _Writer, keys: Any, amounts: Any, limit: Any, otherwise: Any) -> str:
    """The least of the keys up to which the amounts are more than the limit, looked for in every key."""
    ranges = writer.pairs(keys, amounts)
    found = []
    for key, _ in ranges:
        added = "+".join(f'SUMIF({keys_},"<="&{key},{amounts_})' for keys_, amounts_ in ranges)
        told = _months(key) if writer.counts_months(keys) else key
        found.append(f"IF({added}>{writer.text(limit, 1)},{told},{writer.text(otherwise)})")
    writer.spilled = True
    return _called("MIN", found)


_FUNCTIONS: dict[str, Callable[..., str]] = {
    "total": lambda writer, series: writer.over("SUM", series),
    "smallest": lambda writer, series: writer.over("MIN", series),
    "largest": lambda writer, series: writer.over("MAX", series),
    "count": lambda writer, series: writer.over("COUNT", series),
    "mean": lambda writer, series: writer.over("AVERAGE", series),
    "weighted_mean": _Writer.weighted,
    "quantile": _quantile,
    "rank": _rank,
    "reached": _reached,
    "ratio": _Writer.quotient,
    "maximum": lambda writer, a, b: writer.either(">", a, b),
    "minimum": lambda writer, a, b: writer.either("<", a, b),
    "rounded": lambda writer, value, decimals: f"ROUND({writer.text(value)},{writer.text(decimals)})",
    "sum_of_largest": _largest,
    "where": lambda writer, test, a, b: f"IF({writer.text(test)},{writer.text(a)},{writer.text(b)})",
    "rounded_up": lambda writer, value: f"-INT(0.000000001-{writer.text(value, 2)})",
    "annuity": lambda writer, amount, rate, years: (
        f"-PMT({writer.text(rate)},{writer.text(years)},{writer.text(amount)})"
    ),
    "annuity_value": lambda writer, payment, rate, years: (
        f"-PV({writer.text(rate)},{writer.text(years)},{writer.text(payment)})"
    ),
}
"""How each helper is written in a spreadsheet; what is not here is written out in these."""
