import pytest

from omsorg_cli.core.figure import Series, figure, formula
from omsorg_cli.core.helpers import (
    annuity,
    annuity_value,
    largest,
    maximum,
    minimum,
    quantile,
    ratio,
    reached,
    smallest,
    total,
    where,
)
from omsorg_cli.core.units import Month, Num, Ratio
from omsorg_cli.engine.alternatives import Way
from omsorg_cli.formulas.averages import mean, weighted_mean
from omsorg_cli.formulas.money import months_in_year
from omsorg_cli.render.workbook.formula import first_that_holds, literal, written

ROW = {1: "B2", 2: "C2", 3: "D2"}
BELOW = {4: "B3", 5: "C3", 6: "D3"}
SCATTERED = {7: "B9", 8: "D9"}
SINGLE = {10: "x", 11: "y", 12: "z", 20: "from", 30: "empty", 40: "missing"}
MONTHS = (21, 22)
DATES = {21: "B7", 22: "C7"}
RANGES = {
    MONTHS: ["B7:C7"],
    (1, 2, 3): ["B2:D2"],
    (4, 5, 6): ["B3:D3"],
    (7, 8): ["B9", "D9"],
    (7,): ["B9"],
    (8,): ["D9"],
    (30,): ["empty"],
    (40,): ["missing"],
}


class Grid:
    """Three series of cells, two of them in a row, and some single cells."""

    def reference(self, slot):
        return {**ROW, **BELOW, **SCATTERED, **SINGLE, **DATES}[slot]

    def ranges(self, slots):
        return RANGES[tuple(slots)]

    def is_month(self, slot):
        return slot in (20, *MONTHS)

    def may_lack(self, slot):
        return slot == 30

    def may_be_missing(self, slot):
        return slot == 40


X, Y, Z = 10, 11, 12
A, B, APART = (1, 2, 3), (4, 5, 6), (7, 8)


def minus(x: Num, y: Num, z: Num) -> Ratio:
    return x - (y - z)


def divided(x: Num, y: Num, z: Num) -> Ratio:
    return x / (y * z) * 2


def power(x: Num, y: Num) -> Ratio:
    return (1 + x) ** (y - 1)


def quotient(x: Num, y: Num) -> Ratio:
    return ratio(x - 1, y - 1)


def chosen(x: Num, y: Num) -> Ratio:
    return where(x >= y, x, None)


def bounded(x: Num, y: Num) -> Ratio:
    return minimum(maximum(x, 0), y)


def summed(a: Series) -> Ratio:
    return total(a)


def multiplied(a: Series, b: Series) -> Ratio:
    return total([x * y for x, y in zip(a, b, strict=True)])


def net(a: Series, b: Series) -> Ratio:
    return total([maximum(x - y, 0) for x, y in zip(a, b, strict=True)])


def earliest(a: Series, b: Series) -> Ratio:
    return smallest([where(y > 0, x, largest(a) + 1) for x, y in zip(a, b, strict=True)])


def quartile(a: Series, x: Num) -> Ratio:
    return quantile([*a, x], 0.25)


def average(a: Series, x: Num) -> Ratio:
    return mean([*a, x])


def weighed(a: Series, b: Series, x: Num, y: Num) -> Ratio:
    return weighted_mean([*a, x], [*b, y])


def paid_off(x: Num, y: Num, z: Num) -> Ratio:
    return annuity(x, y, z)


def months(start: Num, x: Num) -> Ratio:
    return months_in_year(start, 1, x)


def first(start: Series) -> Month:
    return smallest(start)


def later(start: Num, x: Num) -> Month:
    return start + x


def worth(x: Num, y: Num, z: Num) -> Ratio:
    return annuity_value(x, y, z)


def since(start: Series, x: Num) -> Ratio:
    return x * 12 - smallest(start)


def over(start: Series, a: Series, x: Num) -> Ratio:
    return reached(start, a, x, 99)


FORMULAS = {
    "brackets where the order asks for them": (minus, (X, Y, Z), "=x-(y-z)"),
    "none where it does not": (divided, (X, Y, Z), "=x/(y*z)*2"),
    "a power": (power, (X, Y), "=(1+x)^(y-1)"),
    "no answer is an empty cell": (quotient, (X, Y), '=IF(y-1=0,"",(x-1)/(y-1))'),
    "one of two": (chosen, (X, Y), '=IF(x>=y,x,"")'),
    "bounds": (bounded, (X, Y), "=MIN(MAX(x,0),y)"),
    "a sum is over a range": (summed, (A,), "=SUM(B2:D2)"),
    "cells apart are named one by one": (summed, (APART,), "=SUM(B9,D9)"),
    "a sum of products": (multiplied, (A, B), "=SUMPRODUCT(B2:D2*B3:D3)"),
    "products over cells apart": (multiplied, (APART, APART), "=SUM(B9*B9,D9*D9)"),
    "a bound along ranges is an array formula": (net, (A, B), "=SUMPRODUCT(IF(B2:D2-B3:D3>0,B2:D2-B3:D3,0))"),
    "the first where something holds": (earliest, (A, B), "=MIN(IF(B3:D3>0,B2:D2,MAX(B2:D2)+1))"),
    "a quantile of a range and a cell": (quartile, (A, X), "=PERCENTILE((B2:D2,x),0.25)"),
    "a mean of a range and a cell": (average, (A, X), "=AVERAGE(B2:D2,x)"),
    "a weighted mean": (weighed, (A, B, X, Y), "=(SUMPRODUCT(B2:D2*B3:D3)+x*y)/SUM(B3:D3,y)"),
    "an annuity": (paid_off, (X, Y, Z), "=-PMT(y,z,x)"),
    "a month is counted from its date": (
        months,
        (20, X),
        "=MAX(MIN((YEAR(from)*12+MONTH(from)-1)+1,x*12+12)-MAX((YEAR(from)*12+MONTH(from)-1),x*12),0)",
    ),
    "months since the earliest are counted from its date": (
        since,
        (MONTHS, X),
        "=x*12-(YEAR(MIN(B7:C7))*12+MONTH(MIN(B7:C7))-1)",
    ),
    "the earliest month is a date": (first, (APART,), "=MIN(B9,D9)"),
    "a month that is reckoned becomes a date again": (
        later,
        (20, X),
        "=DATE(INT(((YEAR(from)*12+MONTH(from)-1)+x)/12),MOD(((YEAR(from)*12+MONTH(from)-1)+x),12)+1,1)",
    ),
    "the first at which a sum is above a limit": (
        over,
        (A, B, X),
        '=MIN(IF(SUMIF(B2:D2,"<="&B2:D2,B3:D3)>x,B2:D2,99))',
    ),
    "the same over cells apart": (
        over,
        (APART, APART, X),
        '=MIN(IF(SUMIF(B9,"<="&B9,B9)+SUMIF(D9,"<="&B9,D9)>x,B9,99),IF(SUMIF(B9,"<="&D9,B9)+SUMIF(D9,"<="&D9,D9)>x,D9,99))',
    ),
    "the same over months and cells that stand otherwise": (
        over,
        (MONTHS, APART, X),
        (
            '=MIN(IF(SUMIF(B7,"<="&B7,B9)+SUMIF(C7,"<="&B7,D9)>x,(YEAR(B7)*12+MONTH(B7)-1),99),'
            'IF(SUMIF(B7,"<="&C7,B9)+SUMIF(C7,"<="&C7,D9)>x,(YEAR(C7)*12+MONTH(C7)-1),99))'
        ),
    ),
    "what an annuity is worth": (worth, (X, Y, Z), "=-PV(y,z,x)"),
    "what is missing is not passed over": (chosen, (X, 40), '=IF(COUNT(missing)<1,NA(),IF(x>=missing,x,""))'),
    "what would be in error anyway is": (bounded, (X, 40), "=MIN(MAX(x,0),missing)"),
    "what uses an empty cell is empty": (bounded, (30, Y), '=IF(COUNT(empty)<1,"",MIN(MAX(empty,0),y))'),
}


def way(function, uses, *guards):
    return Way(formula(figure("figure")(function)), uses, guards)


@pytest.mark.parametrize(("function", "uses", "text"), FORMULAS.values(), ids=FORMULAS.keys())
def test_a_formula_is_written_as_a_spreadsheet_has_it(function, uses, text):
    assert written([way(function, uses)], Grid()).text == text


SPILLED = {
    "net": (net, (A, B), True),
    "earliest": (earliest, (A, B), True),
    "products": (multiplied, (A, B), False),
    "reached": (over, (A, B, X), True),
}


@pytest.mark.parametrize(("function", "uses", "spilled"), SPILLED.values(), ids=SPILLED.keys())
def test_what_looks_along_ranges_is_an_array_formula(function, uses, spilled):
    assert written([way(function, uses)], Grid()).spilled is spilled


def test_more_than_a_function_may_have_counts_together():
    class Many(Grid):
        def ranges(self, slots):
            return [f"B{2 * slot}" for slot in slots]

    text = written([way(summed, (tuple(range(100, 601)),))], Many()).text
    assert text.startswith("=SUM((B200,B202,")
    assert text.endswith("B1198),B1200)")
    assert text.count("(") == 3


def test_the_least_of_cells_that_come_again_names_each_once():
    class Again(Grid):
        def ranges(self, slots):
            return ["B2:B3" for _ in slots]

    assert written([way(first, (APART,))], Again()).text == "=MIN(B2:B3)"
    assert written([way(summed, (APART,))], Again()).text == "=SUM(B2:B3,B2:B3)"


def test_the_value_of_an_input_decides_between_ways():
    ways = [way(minus, (X, Y, Z), (X, 0), (Y, 'a "b"')), way(power, (X, Y), (Z, True)), way(bounded, (X, Y))]
    assert written(ways, Grid()).text == '=IF(AND(x=0,y="a ""b"""),x-(y-z),IF(z=TRUE,(1+x)^(y-1),MIN(MAX(x,0),y)))'


def test_where_no_way_holds_the_cell_says_so():
    assert written([way(bounded, (X, Y), (Z, 0.5))], Grid()).text == "=IF(z=0.5,MIN(MAX(x,0),y),NA())"


def test_what_is_filled_in_counts_where_it_is():
    filled = Way(formula(figure("figure")(bounded)), (X, Y), ((Z, 0),), (Y,))
    assert written([way(power, (X, Y), (Z, 1)), filled], Grid()).text == (
        '=IF(z=1,(1+x)^(y-1),IF(AND(z=0,y<>""),MIN(MAX(x,0),y),NA()))'
    )


def test_text_in_a_formula_is_text_and_no_longer_than_a_spreadsheet_takes():
    assert literal('=HYPERLINK("x")') == '"=HYPERLINK(""x"")"'
    assert literal("") == '""'
    pieces = literal("a" * 600).split("&")
    assert [len(piece) for piece in pieces] == [252, 252, 102]


def test_the_text_of_the_first_condition_that_holds():
    assert first_that_holds([("a=1", "one"), ("b=2", "two")], "none") == 'IF(a=1,"one",IF(b=2,"two","none"))'
    assert first_that_holds([("a=1", "one"), ("", "else")], "none") == 'IF(a=1,"one","else")'
