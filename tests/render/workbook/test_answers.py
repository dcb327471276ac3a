import re
from io import BytesIO

import openpyxl
import pytest

from omsorg_cli.calculators import load

ANSWERS = {
    "simulate": (("simulate", "insource", "drammen2020", "--draws", "4000"), "Simulation"),
    "sensitivity": (("sensitivity", "insource", "drammen2020", "--figure", "present_value"), "Sensitivity"),
    "compare": (("compare", "insource", "drammen2020", "drammen2020+optimistic"), "Comparison"),
}


@pytest.mark.parametrize(("words", "name"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_has_its_sheet_of_values_marked_as_such(omsorg, tmp_path, words, name):
    target = tmp_path / "answer.xlsx"
    ended = omsorg(*words, "--output", str(target))
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    book = openpyxl.load_workbook(BytesIO(target.read_bytes()))
    assert book.sheetnames == ["Summary", "Inputs", "Calculation", name, "Published", "Sources", "Scenario"]
    sheet = book[name]
    assert sheet["A1"].value.startswith("Values of the run, not formulas")
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.protection.sheet
    (rule,) = (rule for at in sheet.conditional_formatting for rule in at.rules)
    assert re.fullmatch(r"Summary!\$C\$\d+>0", rule.formula[0])  # grey once an input is changed


def test_the_tornado_stands_there_with_its_numbers(omsorg, tmp_path):
    target = tmp_path / "answer.xlsx"
    omsorg(*ANSWERS["sensitivity"][0], "--output", str(target))
    rows = list(openpyxl.load_workbook(target)["Sensitivity"].iter_rows(min_row=3, values_only=True))
    name = f"{load('insource').label('own_cost_ratio')} (Institutions and home services)"
    # 41.880 million × (1 − ratio): 10.5 million at 0.75, minus 2.1 at 1.05
    assert rows[0][1:5] == (name, 0.75, 1.05, "its range")
    assert [round(value / 1e6, 1) for value in rows[0][5:7]] == [10.5, -2.1]
