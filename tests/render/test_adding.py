"""Of a table whose numbers do not add up as they are printed, it is said once that each is rounded by itself."""

import pytest

from omsorg_cli.render.adding import Printed, fails

NOTE = "Figures are rounded separately and may not add up."
NOTE_IN_NORWEGIAN = "Tallene er avrundet hver for seg, så summene kan avvike."


def line(*values, counts="NOK", decimals=1):
    return [None if one is None else Printed(one, round(one + 1e-9, decimals), counts) for one in values]


LINES = {
    "a total of rounded parts": (line(0.24, 0.24, 0.24, 0.72), True),  # 0.2 + 0.2 + 0.2 is 0.6, and 0.7 is printed
    "a total that is right": (line(1.1, 2.2, 3.3), False),
    "a total with a part that pulls the other way": (line(394.04, 500.08, -106.04), True),  # 500.1 − 106.0 is 394.1
    "a difference": (line(5.84, 5.26, 0.58), True),  # 5.8 − 5.3 is 0.5
    "a difference among others": (line(200.04, 91.86, 108.18, 12.34), True),  # 200.0 − 91.9 is 108.1, printed 108.2
    "numbers that are no sum": (line(1.26, 2.34, 9.99), False),
    "shares of a whole": (line(6.57, 20.96, 72.47, counts="share"), True),  # 6.6 + 21.0 + 72.5 is 100.1
    "shares of more than the whole": (line(60.04, 60.04, counts="share"), False),
    "cells without a number": (line(None, 1.26, None), False),
    "what counts other things": ([*line(0.24, 0.24, 0.24), *line(0.72, counts="hours")], False),
}


@pytest.mark.parametrize(("cells", "told"), LINES.values(), ids=LINES)
def test_what_does_not_add_up_is_found_along_rows_and_columns(cells, told):
    assert fails([cells]) is told
    assert fails([[one] for one in cells]) is told


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("hours",), True),  # the shares are 6.6%, 21.0% and 72.5%
        (("coverage",), True),  # 200.0 − 91.8 and 108.1
        (("plan",), True),  # 6.25 million twice and 12.5
        (("insource", "drammen2020", "--programme", "P06"), True),  # 5.8 − 5.3 and 0.6
        (("insource", "drammen2020"), False),
        (("savings",), False),
        (("market",), False),  # of so many shares nobody asks whether they add up
    ],
)
def test_it_is_said_once_where_the_table_shows_it(omsorg, command, told):
    for full in ((), ("--full",)):
        assert omsorg(*command, *full).stdout.count(NOTE) == told


def test_it_is_said_in_norwegian(omsorg):
    assert NOTE_IN_NORWEGIAN in omsorg("hours", "--lang", "nb").stdout
