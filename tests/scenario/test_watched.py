"""A watched value says what a value says, and notes every look at what is stated."""

import pytest

from omsorg_cli.core.input_types import Stated
from omsorg_cli.scenario.watched import PLACES, Watched

PLAIN = Stated._make([None] * len(Stated._fields))._replace(value=5)
LOOKS = {
    "its value": lambda one: one.value,
    "what was typed": lambda one: one.typed,
    "a place": lambda one: one[PLACES["value"]],
    "all": lambda one: tuple(iter(one)),
    "the same": lambda one: one == PLAIN,
    "its hash": hash,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_every_look_is_noted_and_says_the_same(look):
    looked = []
    watched = Watched.of(PLAIN, looked)
    assert not looked
    assert look(watched) == look(PLAIN)
    assert looked
