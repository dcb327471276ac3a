"""Bars and dots by row."""

import re

import pytest

from omsorg_cli.render.pictures.svg import svg
from omsorg_cli.render.pictures.views import picture_of
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read


def test_each_comparator_has_a_dot_as_far_from_zero_as_its_saving_is_large():
    result = result_of(read("baerum2016"), Request(), "savings")
    picture = picture_of(result, result.figures)
    drawn = svg(picture)
    assert picture.kind == "dots"
    zero = float(re.search(r'class="zero" x1="([^"]*)"', drawn)[1])
    dots = [float(at) - zero for at in re.findall(r'<circle cx="([^"]*)"', drawn)]
    # table 3-1 and 3.2.1: 939, 3 213 and 3 177 kroner for each of 124 008; then home services
    savings = [116_443_512, 398_437_704, 393_973_416]
    per_million = dots[1] / savings[1]
    assert dots[:3] == pytest.approx([one * per_million for one in savings], abs=0.2)
    assert len(dots) == len(picture.bars) == 5
