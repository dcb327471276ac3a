import re
from functools import cache

import pytest

from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text, read

HEAD = {"title": "Made up", "municipality": "Nowhere", "year": 2020}


def _typed(found):
    """What is not calculated, by the names of figures, rows and inputs that are typed."""
    rows = [row for row in found.rows if row]
    few = rows if len(rows) < 6 else [*rows[:3], f"{len(rows)} in total"]
    where = f" ({'; '.join(few)})" if rows else ""
    why = re.sub(r"(in )?the table \[([\w-]+)\]", r"\1the table \2", str(found.why))
    why = re.sub(r"[^,:;()]+? \[([\w-]+)\]", _called, why)
    return f"{', '.join(found.figures)}{where}: {why}."


def _called(found):
    """What a scenario calls an input, in the place of its label."""
    kept = re.match(r"(.*? and )?\s*(the scenario does not give (one or more of )?)?", found[0])
    return f"{kept[0] if kept else ''}{found[1]}"


class Answers:
    """A result, asked by figure and keys; a key that is not named is none."""

    def __init__(self, result):
        self.result = result
        self.missing = "\n".join(map(_typed, result.not_calculated))
        self.held = {(one.figure, *one.keys.items()): one.value for one in result.figures}

    def __call__(self, figure, **keys):
        return self.held.get((figure, *((key, keys.get(key)) for key in self.result.calculator.keys)))

    def series(self, figure, axis, **keys):
        """The figure by the axis: a dictionary."""
        found = {}
        for (name, *held), value in self.held.items():
            at = dict(held)
            if name == figure and at[axis] is not None and all(at[k] == keys.get(k) for k in at if k != axis):
                found[at[axis]] = value
        return found


@pytest.fixture(scope="session")
def answers():
    """The answers of a calculator for a made-up scenario."""

    def of(name, data, *sets):
        text = Text("test", "test.toml", {**HEAD, **data}, "", "0" * 64, False)
        return Answers(run(prepare(text, Request(sets=sets), name), name))

    return of


@pytest.fixture(scope="session")
def shipped():
    """The answers of a calculator for a shipped scenario, with changes; the same for all who ask for the same."""
    text_of = cache(read)

    @cache
    def of(name, scenario, *sets):
        return Answers(run(prepare(text_of(scenario), Request(sets=sets), name), name))

    return of


@pytest.fixture(scope="session")
def insourced(answers):
    """The answers of insource for purchases; three years from 2020 without discount unless said otherwise."""

    def of(*purchases, **table):
        held = {"first_year": 2020, "years": 3, "discount_rate": 0, **table, "purchases": list(purchases)}
        return answers("insource", {"insource": held})

    return of
