"""What a notebook and a console show: of an answer, of what is asked of it, and of the library itself."""

import csv
import io
import re

import pytest

import omsorg_cli as omsorg

WHITE = '</title><rect width="100%" height="100%" fill="white"/>'
"""What lies behind a picture, whatever colours a notebook has."""
COST = "in-house cost relative to price (Institutions and home services)"


@pytest.fixture(scope="module")
def insource():
    return omsorg.run("insource", "drammen2020")


@pytest.fixture(scope="module")
def tornado():
    """Of five records."""
    return omsorg.run("savings", "baerum2016").sensitivity()


@pytest.fixture
def published(monkeypatch):
    """What is shown in a notebook by whoever finds that it runs in one."""
    found = []
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr("rich.jupyter.display", lambda *told: found.append(told))
    return found


SHOWING = {
    "an answer": lambda answer, _: repr(answer),
    "a question": lambda answer, _: answer.sensitivity("present_value").text(),
    "a file": lambda answer, folder: answer.sensitivity("present_value").save(folder / "x.txt"),
}


@pytest.mark.parametrize("show", SHOWING.values(), ids=SHOWING.keys())
def test_a_notebook_shows_nothing_beside_what_is_asked_for(insource, published, tmp_path, show):
    show(insource, tmp_path)
    assert published == []


QUESTIONS = {
    "the answer": (lambda answer: answer, ["net saving by year, million NOK"], "By year, in million NOK"),
    "simulate": (
        lambda answer: answer.simulate(["present_value", "total_net_saving"], draws=500),
        ["Present value (million NOK)", "Total net saving (million NOK)"],
        "P90",
    ),
    "sensitivity": (
        lambda answer: answer.sensitivity("present_value"),
        ["Present value at the lowest and highest value of each input, million NOK"],
        "highest",
    ),
    "solve": (
        lambda answer: answer.solve("insource.purchases.P06.own_cost_ratio", "present_value"),
        [f"Present value: no change with {COST} at 100% (million NOK)"],
        "The scenario has 90%.",
    ),
    "compare": (
        lambda answer: answer.compare(omsorg.run("insource", overlays="own_respite")),
        ["total net saving, million NOK"],
        "Inputs that differ",
    ),
    "indices": (lambda answer: answer.indices("present_value", samples=64), [], "with others"),
    "verify": (lambda _: omsorg.verify("drammen2020"), [], "published"),
    "figures": (lambda _: omsorg.figures("fte"), [], "what it tells you"),
}


@pytest.mark.parametrize(("ask", "captions", "told"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_notebook_shows_each_answer_with_its_pictures_and_what_they_are_called(insource, ask, captions, told):
    shown = ask(insource)._repr_html_()
    assert re.findall("<figcaption>(.*?)</figcaption>", shown) == captions
    assert shown.count("<svg") == shown.count(WHITE) == len(captions)
    assert told in shown
    assert "<table>" in shown or not captions


def test_a_file_of_a_picture_has_one_background(insource, tmp_path):
    saved = insource.sensitivity("present_value").save(tmp_path / "x.svg").read_text(encoding="utf-8")
    assert (saved.count('fill="white"'), WHITE in saved) == (1, False)


def test_a_notebook_names_the_next_questions_as_a_program_asks_them(insource):
    for shown in (insource._repr_html_(), repr(insource)):
        assert "answer.explain()" in shown
        assert "omsorg insource" not in " ".join(shown.split())
    assert "omsorg explain insource" in insource.markdown()  # which others read too


def test_a_tornado_of_several_records_has_each(tornado):
    rows = tornado.swings
    records = [
        ("asss", "total"),
        ("kristiansand", "total"),
        ("drammen", "total"),
        ("asss", "home"),
        ("drammen", "home"),
    ]
    assert list(dict.fromkeys((row["base"], row["service"]) for row in rows)) == records
    assert {row["figure"] for row in rows} == {"savings_potential"}
    assert len(rows) == len(list(csv.reader(io.StringIO(tornado.csv())))) - 1
    assert tornado.found.figure.keys == {"base": "asss", "service": "total"}


def test_a_tornado_of_several_records_says_of_which_each_picture_is(tornado):
    captions = re.findall("<figcaption>(.*?)</figcaption>", tornado._repr_html_())
    assert [one[: one.index(" at the")] for one in captions] == [
        "Need-adjusted saving (ASSS, all care)",
        "Need-adjusted saving (Kristiansand, all care)",
        "Need-adjusted saving (Drammen, all care)",
        "Need-adjusted saving (ASSS, home services)",
        "Need-adjusted saving (Drammen, home services)",
    ]
    assert "<title>Population and gap per inhabitant (ASSS, all care) matter most" in tornado._repr_svg_()


def test_what_is_asked_is_rows_too():
    found = omsorg.run("savings", "baerum2016", base="asss", service="total")
    more = omsorg.run("savings", "baerum2016", set={"savings.population": 100_000}, base="asss", service="total")
    name = "baerum2016 (savings.population=100000)"
    row = next(one for one in found.compare(more).records() if one["figure"] == "savings_potential")
    assert (row["baerum2016"], row[name], row["base"]) == (939 * 124_008, 939 * 100_000, "asss")
    drawn = omsorg.run("insource").simulate("present_value", draws=500).records()
    assert [(one["figure"], one["p10"] < one["value"]) for one in drawn] == [("present_value", True)]
    assert {one["kind"] for one in omsorg.figures("fte").records()} == {"figure", "input"}


def test_what_is_asked_is_a_data_frame_where_pandas_is_installed(tornado):
    pytest.importorskip("pandas")
    assert list(tornado.to_frame()["base"]) == [one["base"] for one in tornado.swings]
    assert "meaning" in omsorg.figures("fte").to_frame()


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_verdict_on_a_stored_result_is_shown_in_a_few_lines(insource, tmp_path, suffix):
    found = omsorg.verify_result(insource.save(tmp_path / f"r{suffix}"))
    assert repr(found).startswith(f"r{suffix} holds. Figures recomputed: {len(insource)}")
    assert len(repr(found)) < 300


def test_a_verdict_with_many_faults_is_shown_in_a_few_lines(insource, tmp_path):
    path = insource.save(tmp_path / "r.json")
    path.write_text(re.sub(r'"value": (?=\d)', '"value": 9', path.read_text(encoding="utf-8")), encoding="utf-8")
    found = omsorg.verify_result(path)
    assert len(found.differing) + found.more > 100
    shown = repr(found).splitlines()
    assert (len(shown), shown[0], shown[-1]) == (13, next(found.lines()), "…")


def test_names_are_shown_as_the_names_that_they_have():
    assert re.search("^calculators: savings, wage-gap", repr(omsorg.names()))
    assert re.search("^scenarios: baerum2016, ", repr(omsorg.names()), re.MULTILINE)
    assert re.search("^keys: base, service\noverlays: within_buffer\nfigures: ", repr(omsorg.names("savings")))
    assert repr(omsorg.names("sawings")).startswith("sawings is not a calculator")


def test_very_many_names_are_counted(insource):
    known = omsorg.names("insource", "drammen2020")
    assert f", … ({len(known.inputs)})" in repr(known).replace("\n", " ")


def test_an_explanation_without_a_figure_goes_two_steps_down_as_on_the_command_line(insource, process):
    told = process("explain", "insource", "drammen2020").stdout
    shown = insource.explain()
    last = "The first two levels are shown. All steps of a figure: "
    before, after = told.split(last)
    assert shown == f'{before}{last}answer.explain("total_net_saving")\n'
    assert after.startswith("omsorg explain insource")
    assert len(insource.explain("present_value")) > len(insource.explain("present_value", depth=2))


def test_an_explanation_shows_itself_as_lines_and_is_a_string(insource):
    shown = insource.explain("present_value", depth=1)
    assert repr(shown) == shown
    assert isinstance(shown, str)
    assert "\n" in repr(shown)
