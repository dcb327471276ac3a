"""What would take long, or much memory, is refused before the work begins, with the limit."""

import re
import time
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.engine.histogram import SHARES, TOGETHER, Tally
from omsorg_cli.engine.simulate import Copula, Sampler
from omsorg_cli.scenario.sheets import workbook
from omsorg_cli.scenario.streams import opened
from omsorg_cli.scenario.xlsx import Xlsx

ROOT = Path(__file__).parents[1]
BAERUM = (ROOT / "scenarios" / "baerum2016.toml").read_text(encoding="utf-8")
DOTS = ".".join(["a"] * 20_000)
SHORT = 15.0
"""Seconds of the processor that no machine needs to refuse; the work took longer, and memory by the gigabyte."""

TOO_MUCH = {
    "values of a grid": (["sweep", "savings", "--grid", "savings.population=1000:2000:5000000"], "", "found 5000000 values; allowed: at most 100000"),
    "threads that draw": (["simulate", "insource", "--jobs", "1000000"], "", "--jobs: found 1000000; allowed: from 1 to 256."),
    "threads that sweep": (
        ["sweep", "savings", "--grid", "savings.population=100000,110000", "--jobs", "1000000"],
        "",
        "--jobs: found 1000000; allowed: from 1 to 256.",
    ),
    "parts of a key": (["savings", "-"], f"{BAERUM}\n{DOTS} = 1\n", "is nested too deeply"),
    "parts of a table's name": (["savings", "-"], f"{BAERUM}\n[{DOTS}]\n", "is nested too deeply"),
    "parts of a key in a table in a line": (["savings", "-"], f"{BAERUM}\nx = {{ {DOTS} = 1 }}\n", "is nested too deeply"),
    "parts of a quoted key": (["savings", "-"], f"{BAERUM}\n{DOTS.replace('a', chr(39) + '=' + chr(39))} = 1\n", "is nested too deeply"),
    "parts of a path": (["savings", "--set", f"savings.{DOTS}=1"], "", "There is no input savings.a"),
    "values of a list": (["savings", "-"], f"x = [{'1,' * 1_800_000}]\n", "has more than 200 000 values or lines"),
    "lists in a list": (["savings", "-"], f"x = [{'[],' * 1_200_000}]\n", "has more than 200 000 values or lines"),
    "lines": (["savings", "-"], "\n" * 3_900_000, "has more than 200 000 values or lines"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "text", "told"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_refused_before_the_work_begins(omsorg, words, text, told):
    start = time.process_time()
    done = omsorg(*words, text=text)
    assert time.process_time() - start < SHORT
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def book(sheet, strings="<sst></sst>"):
    """A workbook of one sheet with that in it, as small as one may be."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" r:id="a"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": strings.replace("<sst", f'<sst xmlns="{main}"'),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


CELL = "<c><v>1</v></c>"
TABLES = {
    "cells of a row, which do not say where they are": (lambda: book(f"<row>{CELL * 12_000_000}</row>"), "sheet A: found more than 16384 columns"),
    "one cell more than there are columns": (lambda: book(f"<row>{CELL * 16_385}</row>"), "sheet A: found more than 16384 columns"),
    "a column that no sheet has": (lambda: book('<row><c r="XFE1"><v>1</v></c></row>'), "sheet A: found more than 16384 columns"),
    "rows of a sheet": (lambda: book(f"<row>{CELL}</row>" * 5_000_000), "sheet A: found more than 1048576 rows"),
    "rows of csv": (lambda: b"a;b\n" + b"1;2\n" * 2_000_000, "has more than 1000000 rows."),
    "rows of csv between quotation marks": (lambda: b"a;b\n" + b'"1";2\n' * 1_000_001, "has more than 1000000 rows."),
    "a line of csv": (lambda: b"a;b\n" + b"1" * 1_000_001, "has a line of more than 1000000 characters."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), TABLES.values(), ids=TABLES.keys())
def test_too_much_of_a_table_is_refused_before_it_is_read(tmp_path, content, told):
    (tmp_path / "much").write_bytes(content())
    start = time.process_time()
    with pytest.raises(OmsorgError, match=told), closing(opened(tmp_path / "much", "much")) as table:
        list(table.rows())
    assert time.process_time() - start < SHORT


def test_a_sheet_may_have_every_column_there_is():
    written, wide = BytesIO(), openpyxl.Workbook()
    wide.active.append([1] * 16_384)
    wide.save(written)
    (sheet,) = workbook(written.getvalue(), "wide").sheets.values()
    assert sheet.rows == [[1] * 16_384]


def test_a_stored_workbook_has_not_too_many_elements_in_a_part():
    content = book("", f"<sst>{'<si><t/></si>' * 13_000_000}</sst>")
    with pytest.raises(OmsorgError, match=r"much: xl/sharedStrings\.xml has more than 10 million elements"):
        Xlsx(content, "much", 2**30)


def test_dots_in_a_text_are_no_key(omsorg):
    text = BAERUM.replace("title = ", f'note = "{"a, " + DOTS[:500]} …"\ntitle = ', 1)
    assert omsorg("savings", "-", text=text).returncode == 0


HEAD = "title = 't'\nmunicipality = 'm'\nyear = 2020\n"
KEYS = "\n".join(f"x{number} = 1" for number in range(20_000))
PURCHASES = "\n".join(f"[[insource.purchases]]\nprogramme = 'P{n}'\nannual_cost = -5" for n in range(20_000))
MANY = {
    "overlays": ("\n".join(f"[overlays.o{n}]\nsavings.population = {n}" for n in range(1_001)), 1_000),
    "notices": ("[[notices]]\nwhat = 'a'\nchanges = 'b'\nwhere = ['savings.population']\n" * 1_001, 1_000),
    "correlations": ("[[correlations]]\ninputs = ['savings.population']\nvalue = 0\n" * 1_001, 1_000),
    "published": ("[[published]]\ncalculator = 'savings'\nfigure = 'x'\nvalue = 1\nrounded_to = 1\n" * 10_001, 10_000),
}
"""More than are looked into, each of which takes a run of its own."""


@pytest.mark.parametrize("name", MANY)
def test_of_what_takes_a_run_for_each_only_so_many_are_taken(omsorg, name):
    text, most = MANY[name]
    done = omsorg("check", "-", text=f"{BAERUM}\n{text}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name}: found" in done.stderr
    assert f"allowed: at most {most:_}".replace("_", " ") in done.stderr


def test_inputs_that_are_drawn_together_are_each_compared_with_each_so_that_there_are_not_too_many(omsorg):
    gap = "{ value = 900, range = [800, 1000], assumption = 'x' }"
    rows = "".join(f"[[savings.comparisons]]\nbase = 'b{n}'\ngap_per_inhabitant = {gap}\n" for n in range(1_001))
    together = "[[correlations]]\ninputs = ['savings.comparisons.gap_per_inhabitant']\nvalue = 0.5\n"
    done = omsorg("simulate", "savings", "-", text=f"{HEAD}{together}[savings]\npopulation = 1000\n{rows}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "omsorg: correlations: found 1 001 inputs; allowed: at most 1 000.\n"


def test_the_figures_of_a_provider_rest_on_every_other_so_that_there_are_not_too_many(omsorg):
    rows = "".join(f"[[market.providers]]\nprovider = 'p{n}'\nnamings = 5\n" for n in range(501))
    done = omsorg("market", "-", text=f"{HEAD}[market]\nmunicipalities = 1000\n{rows}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "market.providers: found 501" in done.stderr
    assert "allowed: at most 500" in done.stderr


ALIKE = "{ base = 'a' }," * 20_001
FAULTS = {
    "keys of the scenario": ("savings", KEYS, "x0 is an unknown key"),
    "common keys": ("savings", f"[common]\n{KEYS}", "common.x0 is an unknown key"),
    "keys of a table": (
        "savings",
        f"[savings]\n{KEYS}\npopulation = 1\ncomparisons = []",
        "savings.x0 is an unknown key",
    ),
    "rows": ("insource", f"{PURCHASES}\n[insource]\nfirst_year = 2020\nyears = 1", "found -5"),
    "rows alike": ("savings", f"[savings]\ncomparisons = [{ALIKE}]", "has the same base"),
    "sources": (
        "savings",
        "\n".join(f"[sources.s{n}]\nx = 1" for n in range(20_000)),
        "sources.s0.x is an unknown key",
    ),
}
"""Twenty thousand times the same fault, or more, and what the first is told as."""


@pytest.mark.parametrize(("calculator", "text", "first"), FAULTS.values(), ids=FAULTS.keys())
def test_of_many_faults_a_hundred_are_told_and_the_others_counted(omsorg, calculator, text, first):
    done = omsorg(calculator, "-", text=HEAD + text)
    *told, more = done.stderr.strip().splitlines()
    assert (done.returncode, len(told)) == (2, 100)
    assert any(first in line for line in told)
    number = int(re.search(r"(\d+) more faults are not told", more)[1])
    assert 19_900 <= number <= 60_000


def test_chunks_of_many_inputs_have_fewer_draws_and_hold_no_inputs_that_nobody_asks_for():
    copula = Copula((), np.eye(0))
    few, many = (Sampler(dict.fromkeys(map(str, range(number))), copula, 1) for number in (30, 900))
    assert (few.size, many.size) == (32_768, 32_768 * 128 // 900)


def test_many_figures_keep_no_more_draws_together_than_a_few():
    generator = np.random.default_rng(1)
    draws = generator.normal(100, 10, 200_000)
    tally = Tally(900)
    for at in range(0, len(draws), 5_000):
        tally.add(draws[at : at + 5_000])
        assert sum(map(len, tally._kept)) * 900 <= TOGETHER + 900 * 5_000
    assert not tally.is_exact
    spread = 2 * 12.816  # from P10 to P90
    for found, wanted in zip(tally.percentiles(), np.quantile(draws, SHARES), strict=True):
        assert found == pytest.approx(wanted, abs=spread / 1_000)
