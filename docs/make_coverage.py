"""Writes docs/coverage.md: every computation of the documents, and the command that reproduces it or why none does.

`tests/computations.csv` lists what the documents compute, recomputed by another program; `tests/reached.csv` says which
figure of which shipped scenario each one is. `--check` only says whether the page is up to date.
"""

import csv
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from shlex import quote

from omsorg_cli.calculators import load
from omsorg_cli.render.markdown import escape
from omsorg_cli.result import Result, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

TARGET = Path(__file__).with_name("coverage.md")
LISTS = Path(__file__).parents[1] / "tests"
DOCUMENTS = {
    "baerum2017": "The audit of home-based services in Bærum",
    "survey2023": "The survey chapter",
    "gardermoen": "The presentation for the Gardermoen region",
    "q73": "Drammen's answer to question 73",
    "drammen2017": "Drammen's action plan",
}
Row = Mapping[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one of the lists."""
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def where(reached: Row) -> dict[str, str]:
    """The coordinates of the figure."""
    return dict(part.split("=", 1) for part in reached["where"].split())


@cache
def _result(scenario: str, calculator: str, change: str) -> Result:
    return result_of(read(scenario), Request(sets=(change,) if change else ()), calculator)


def value(reached: Row) -> float:
    """The figure as a run gives it, in the unit of the list."""
    at = where(reached)
    result = _result(reached["scenario"], reached["calculator"], reached["set"])
    (found,) = (
        figure.value
        for figure in result.figures
        if figure.figure == reached["figure"]
        and {key: str(one) for key, one in figure.keys.items() if one is not None} == at
    )
    return found * float(reached["times"])


def command(reached: Row) -> str:
    """What is typed to get the figure."""
    words = ["omsorg", reached["calculator"]]
    words += [reached["scenario"]] if reached["scenario"] != load(reached["calculator"]).scenario else []
    words += [word for key, item in where(reached).items() for word in (f"--{key}", item)]
    words += ["--set", reached["set"]] if reached["set"] else []
    return " ".join(map(quote, [*words, "--value", reached["figure"]]))


def page() -> Iterator[str]:
    """The whole page."""
    computations, reached = rows("computations"), {row["id"]: row for row in rows("reached")}
    found = sum(bool(row["scenario"]) for row in reached.values())
    yield "# What reproduces\n"
    rest = len(computations) - found
    yield f"Made by `docs/make_coverage.py`. Of {len(computations)} computations in the documents, commands on the"
    yield f"shipped scenarios reach {found}; of the other {rest} it says why none does. The values are those of"
    yield "another program, which the tests hold the commands against. Where a command prints several lines, the"
    yield "figure is the last. `omsorg verify --all` tells which published results reproduce.\n"
    yield "| document | computations | reached |"
    yield "| --- | --- | --- |"
    for source, title in DOCUMENTS.items():
        mine = [row for row in computations if row["source"] == source]
        yield f"| {title} | {len(mine)} | {sum(bool(reached[row['id']]['scenario']) for row in mine)} |"
    for source, title in DOCUMENTS.items():
        yield f"\n## {title}\n"
        yield "| what | published | value | unit | how |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_line(row, reached[row["id"]]) for row in computations if row["source"] == source)


def _line(row: Row, reached: Row) -> str:
    how = f"`{command(reached)}`" if reached["scenario"] else escape(reached["why"])
    if reached["scenario"] and reached["times"] != "1":
        how += f" × {reached['times']}".replace("-", "−")
    texts = (row["description"], row["published"], f"{float(row['recomputed']):.10g}", row["unit"])
    return f"| {' | '.join(map(escape, texts))} | {how} |"


if __name__ == "__main__":
    text = "\n".join(page()) + "\n"
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != text and "docs/coverage.md is out of date")
    TARGET.write_text(text, encoding="utf-8")
