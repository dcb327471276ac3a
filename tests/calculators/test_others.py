"""Calculators of other packages, by entry points: they join ours, and one that fails is named and left out."""

import doctest
import importlib
import json
import re
import runpy
import signal
import sys
import textwrap
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import typer

import omsorg_cli
from omsorg_cli import calculators
from omsorg_cli.calculators import GROUP, sound
from omsorg_cli.cli import ask, program
from omsorg_cli.core import language
from omsorg_cli.library.scenarios import schema
from omsorg_cli.scenario.model import Head

OWN = '''
"""What beds cost a year.

Beds times the cost of a bed.
"""

from typing import ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import CostPerPlace, PlacesCovered
from omsorg_cli.core.figure import Series
from omsorg_cli.core.units import NokPerYear, Num
from omsorg_cli.core.view import Lines


class Beds(Inputs):
    """Inputs of beds."""

    beds: PlacesCovered = None
    """Beds."""
    cost_per_bed: CostPerPlace = None
    """The cost of a bed a year."""


def cost(beds: Num, cost_per_bed: Num) -> NokPerYear:
    """Beds times the cost of a bed."""
    return beds * cost_per_bed


CALCULATOR = Calculator(
    name="beds",
    title="Beds",
    inputs=Beds,
    keys=(),
    scenario="baerum2016",
    headlines=("cost",),
    formulas=(cost,),
    answer=(Lines(templates=("The beds cost {cost:prose}.",)),),
    views=(),
    caveats=("An estimate.",),
)
'''
SCENARIO = """
title = "Home"
municipality = "Home"
year = 2020
[beds]
beds = 10
cost_per_bed = 1_200_000
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Puts a package with one module and its entry points on the path, as pip does; all are taken away again."""
    monkeypatch.syspath_prepend(str(tmp_path))
    modules = []

    def put(package, code, *names):
        module = package.replace("-", "_")
        modules.append(module)
        (tmp_path / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        told = tmp_path / f"{module}-1.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n", encoding="utf-8")
        lines = [f"{name} = {module}:CALCULATOR" for name in names]
        (told / "entry_points.txt").write_text("\n".join((f"[{GROUP}]", *lines)), encoding="utf-8")
        forget()

    yield put
    for module in modules:
        sys.modules.pop(module, None)
    monkeypatch.undo()
    forget()


def forget():
    """The next to ask looks for packages anew."""
    importlib.invalidate_caches()
    for held in calculators.OTHERS:
        held.clear()
    calculators._look_once.cache_clear()
    calculators.load.cache_clear()
    language._of_others.clear()
    language.forget()


@pytest.fixture
def installed(install):
    """Another package with a calculator that works, and some that cannot be used."""
    install("kommune-beds", OWN, "beds", "savings")
    install("kommune-broken", "raise RuntimeError('no licence')", "broken")
    install("kommune-ending", "print('{')\nraise SystemExit(3)", "ending")


def test_a_calculator_of_another_package_answers_as_ours_do(omsorg, installed):
    done = omsorg("beds", "-", text=SCENARIO)
    assert done.returncode == 0, done.stderr
    assert "The beds cost 12 million NOK a year." in done.stdout or "12.0 million NOK a year" in done.stdout
    assert omsorg("explain", "beds", "-", "--format", "json", text=SCENARIO).returncode == 0


def test_one_that_fails_is_named_and_left_out_and_none_takes_the_name_of_ours(omsorg, installed):
    done = omsorg("--help")
    assert "beds" in done.stdout
    assert "What beds cost a year." in done.stdout
    assert "broken" not in done.stdout
    told = (
        "The calculator broken of kommune-broken cannot be used: RuntimeError: no licence (kommune_broken.py, line 1)."
    )
    assert told in done.stderr
    assert "The calculator savings of kommune-beds cannot be used: omsorg has a calculator of this name." in done.stderr
    assert "116 million" in omsorg("savings", "--base", "asss").stdout


def test_one_that_ends_the_program_or_prints_leaves_the_answer_alone(omsorg, installed):
    done = omsorg("beds", "-", "--format", "json", text=SCENARIO)
    assert done.returncode == 0
    assert json.loads(done.stdout)["calculator"] == "beds"
    assert "The calculator ending of kommune-ending cannot be used: SystemExit: 3" in done.stderr


def test_python_says_why_one_is_left_out(installed):
    with pytest.raises(
        omsorg_cli.OmsorgError, match="The calculator broken of .* cannot be used: RuntimeError: no licence"
    ):
        omsorg_cli.run("broken")


def test_a_scenario_may_have_a_table_of_another_package_beside_ours(omsorg, installed):
    done = omsorg("check", "-", text=SCENARIO)
    assert done.returncode == 0, done.stderr


def own(name="beds", **changed):
    """A package like that of beds, with another name, and with other text in the places named."""
    text = OWN.replace('name="beds"', f"name={name!r}")
    for before, after in changed.values():
        assert before in text
        text = text.replace(before, after)
    return text


ODD = {
    "with an underscore": (
        "night_beds",
        "a name is at most 40 lower-case letters, digits and single hyphens \\(no underscore\\)",
    ),
    "in capitals": ("Beds", "a name is at most 40 lower-case letters"),
    "with a space": ("a b", "a name is at most 40 lower-case letters"),
    "with an escape": ("a\x1b[31mb", "a name is at most 40 lower-case letters"),
    "very long": ("b" * 41, "a name is at most 40 lower-case letters"),
    "of a command": ("explain", "omsorg has a command of this name"),
    "of a part of scenarios": ("sources", "every scenario has a part of this name"),
    "of ours": ("savings", "omsorg has a calculator of this name"),
}


@pytest.mark.parametrize(("name", "why"), ODD.values(), ids=ODD.keys())
def test_a_name_that_cannot_be_one_is_left_out_with_the_rule(omsorg, install, name, why):
    install("kommune-odd", own(name), name)
    install("kommune-beds", own("night-beds"), "night-beds")
    done = omsorg("--help")
    assert re.search(rf"of kommune-odd cannot be used: {why}", done.stderr)
    assert "\x1b" not in done.stdout + done.stderr
    mixed = SCENARIO.replace("[beds]", "[night_beds]") + "[savings]\npopulation = 10\n[[savings.comparisons]]\n"
    done = omsorg("savings", "-", text=mixed + 'base = "a"\ngap_per_inhabitant = 500')
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_of_two_packages_with_one_name_none_is_taken(omsorg, install):
    install("kommune-one", OWN, "beds")
    install("kommune-two", OWN, "beds")
    told = "beds of kommune-one and kommune-two cannot be used: there are several of this name; uninstall all but one."
    assert told in omsorg("--help").stderr
    assert omsorg("beds", "-", text=SCENARIO).returncode == 2


def test_a_calculator_and_its_entry_point_have_one_name(omsorg, install):
    install("kommune-beds", OWN, "places")
    assert "it calls itself beds; its entry point has to have the same name" in omsorg("--help").stderr


def test_what_no_calculator_may_be_called_is_what_commands_and_scenarios_have():
    assert {*ask.VERBS, *ask.ON_SCENARIOS, "data"} == sound.COMMANDS
    assert set(Head.model_fields) == sound.PARTS
    options = {"keys"}
    for name in (*ask.VERBS, *calculators.ROOMS):
        known = calculators.load(name) if name in calculators.ROOMS else None
        own_options = {*known.keys, *known.bare, *known.switches, *known.parts} if known else set()
        command = typer.main.get_command(program([name])).commands[name]
        found = {option.lstrip("-") for one in command.params for option in one.opts}
        options |= {option.replace("-", "_") for option in found - own_options}
    assert options - {"by"} == sound.OPTIONS, "bridge has rows by that name"


UNUSUAL = {
    "an error that is no exception": "class Odd(BaseException):\n    pass\nraise Odd('odd')",
    "the end of a generator": "raise GeneratorExit",
    "an error with an escape": "raise RuntimeError('a\x1b[31mb\u202ec')",
    "no module": "import nowhere_at_all",
    "no Python": "def",
    "no calculator": "CALCULATOR = 5",
    "nothing": "",
}


@pytest.mark.parametrize("code", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_whatever_goes_wrong_in_an_import_is_named(omsorg, install, code):
    install("kommune-odd", code, "odd")
    for words in (["--help"], ["nosuch"], ["help", "odd"]):
        done = omsorg(*words)
        assert done.stderr.count("The calculator odd of kommune-odd cannot be used: ") == 1
        assert "Traceback" not in done.stderr
        assert not {"\x1b", "\u202e"} & {*done.stderr}
    assert len(omsorg_cli.names().left_out) == 1


def test_an_interrupt_ends_the_program_and_says_what_was_imported(omsorg, install):
    install("kommune-slow", "raise KeyboardInterrupt", "slow")
    done = omsorg("--help")
    assert done.returncode == 130
    assert done.stderr == "omsorg: Interrupted while the calculator slow of kommune-slow was imported.\n"
    assert done.stdout == ""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no such signal")
def test_a_signal_ends_the_program_while_a_package_is_imported(omsorg, install):
    install("kommune-slow", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", "slow")
    assert omsorg("--help").returncode == 128 + signal.SIGTERM


def test_what_is_written_to_the_descriptor_or_the_folder_is_put_back(process, install, tmp_path):
    noise = "import os, sys\nos.write(1, b'A')\nsys.__stdout__.write('B')\nos.system('echo C')\nos.chdir('/')\n"
    install("kommune-beds", own(noise=("from typing", noise + "from typing")), "beds")
    (tmp_path / "home.toml").write_text(SCENARIO, encoding="utf-8")
    path = f"{calculators.__path__[0]}/../..:{tmp_path}"
    done = process("beds", "home.toml", "--format", "json", cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["calculator"] == "beds"
    assert sorted(done.stderr.replace("\n", ""))[:3] == ["A", "B", "C"]


FAILING = {
    "an error": ("raise RuntimeError('no licence')", "RuntimeError: no licence (kommune_beds.py, line 30)"),
    "the end of the program": ("raise SystemExit(0)", "SystemExit: 0 (kommune_beds.py, line 30)"),
    "text": ("return 'many'", 'it gave "many", which is no number'),
    "a list": ("return [beds]", "it gave a list, which is no number"),
    "an array": ("import numpy as np\n    return np.array([1, 2])", "it gave [1 2], which is no number"),
}


@pytest.mark.parametrize(("code", "why"), FAILING.values(), ids=FAILING.keys())
def test_a_formula_that_fails_says_whose_it_is(omsorg, install, code, why):
    install("kommune-beds", own(body=("return beds * cost_per_bed", code)), "beds")
    told = f"The calculator beds of kommune-beds failed in cost: {why}."
    for words in (["beds"], ["explain", "beds"], ["beds", "-", "--format", "json"]):
        done = omsorg(*words, *(["-"] if "-" not in words else []), text=SCENARIO)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"omsorg: {told}\n")
    with pytest.raises(omsorg_cli.OmsorgError, match=re.escape(told)):
        omsorg_cli.run(
            "beds", {"title": "A", "municipality": "A", "year": 2020, "beds": {"beds": 1, "cost_per_bed": 1}}
        )


def test_what_else_fails_says_whose_it_is(omsorg, install):
    remark = "caveats=('An estimate.',),\n    remarks=(Remark('cost', lambda value: value.nothing, 'A.'),),"
    changed = own(
        remark=('caveats=("An estimate.",),', remark), more=("import Calculator", "import Calculator, Remark")
    )
    install("kommune-beds", changed, "beds")
    done = omsorg("beds", "-", text=SCENARIO)
    told = "omsorg: The calculator beds of kommune-beds failed: AttributeError: 'float' object has no attribute"
    assert (done.returncode, done.stderr[: len(told)]) == (2, told)


FORMULA = OWN[OWN.index("def cost") : OWN.index("CALCULATOR = ")]
UNSOUND = {
    "without a docstring": (("What beds cost a year.", "Beds"), "has no docstring that begins with a sentence"),
    "without headlines": (('headlines=("cost",)', "headlines=()"), "it has no headlines"),
    "with a headline that is not there": (('("cost",)', '("csot",)'), "its headline csot is none of its figures"),
    "without caveats": (('caveats=("An estimate.",)', "caveats=()"), "it has no caveats"),
    "with a view of nothing": (
        ("{cost:prose}", "{csot:prose}"),
        "its views name csot, which is no figure and no input",
    ),
    "with a formula of nothing": (
        ("beds: Num", "bads: Num"),
        "the formula cost takes bads, which is no figure and no input",
    ),
    "with a formula that is not described": (
        ('"""Beds times the cost of a bed."""', ""),
        "the formula cost has no docstring that is a sentence",
    ),
    "with an if": (
        ("return beds * cost_per_bed", "return beds * cost_per_bed if beds > 5 else 0"),
        "the formula cost has an if, and, or, not, == or len, in the place of what core/helpers.py has",
    ),
    "with an or": (("return beds *", "return (beds or 1) *"), "the formula cost has an if, and, or, not, == or len"),
    "with an equality": (
        ("return beds * cost_per_bed", "return (beds == 12) * cost_per_bed"),
        "the formula cost has an if, and, or, not, == or len",
    ),
    "with what is no operation of ours": (
        ("return beds *", "return round(beds) *"),
        "the formula cost is no expression of + − × ÷ ^ and of what core/helpers.py has (type Name doesn't define",
    ),
    "with a series added up otherwise": (
        (FORMULA, FORMULA.replace("beds: Num", "beds: Series").replace("return beds", "return sum(beds)")),
        "the formula cost takes beds as one number; it is several, of which total gives the sum",
    ),
    "with how many a series has": (
        (FORMULA, FORMULA.replace("beds: Num", "beds: Series").replace("return beds", "return len(beds)")),
        "the formula cost has an if, and, or, not, == or len",
    ),
    "with a result without a unit": (
        (" -> NokPerYear", ""),
        "the formula cost does not say its unit (as in -> NokPerYear)",
    ),
    "with a parameter that is not told": (
        ("beds: Num", "beds"),
        "the formula cost does not say what beds is (as in beds: Num)",
    ),
    "with caveats that are one text": (
        ('("An estimate.",)', '"An estimate."'),
        "caveats of Calculator is no tuple (is a comma missing?)",
    ),
    "with an answer that is one view": (
        ('(Lines(templates=("The beds cost {cost:prose}.",)),)', 'Lines(templates=("The beds cost {cost:prose}.",))'),
        "answer of Calculator is no tuple (is a comma missing?)",
    ),
    "with sentences that are one text": (
        ('("The beds cost {cost:prose}.",)', '"The beds cost {cost:prose}."'),
        "templates of Lines is no tuple (is a comma missing?)",
    ),
    "with a brace that is not closed": (
        ("{cost:prose}", "{cost:prose"),
        "ValueError: ",
    ),
    "with a subject of nothing": (
        ("views=()", 'subject="{municipalty}",\n    views=()'),
        "its subject names municipalty, which is none of its keys",
    ),
    "with an input that is not described": (('"""Beds."""', ""), "the input beds has no sentence below it"),
    "with a key that is an option": (("keys=()", 'keys=("set",)'), "its key set is the name of an option"),
    "with a key of no rows": (("keys=()", 'keys=("house",)'), "its key house tells no rows of its inputs apart"),
}


@pytest.mark.parametrize(("change", "why"), UNSOUND.values(), ids=UNSOUND.keys())
def test_an_unsound_calculator_is_left_out_and_an_author_is_told_before(omsorg, install, change, why):
    install("kommune-beds", own(change=change), "beds")
    assert why in omsorg("--help").stderr
    with pytest.raises(omsorg_cli.OmsorgError, match=re.escape(why)):
        omsorg_cli.check_calculator(importlib.import_module("kommune_beds").CALCULATOR)


NAMED_OTHERWISE = 'msgid "The beds cost {cost:prose}."\nmsgstr "Sengene koster {kost:prose}."\n'


def test_a_translation_that_names_something_else_is_told(omsorg, install, tmp_path):
    (tmp_path / "nb.po").write_text(NAMED_OTHERWISE, encoding="utf-8")
    folder = ("views=()", "languages=Path(__file__).parent,\n    views=()")
    install("kommune-beds", own(folder=folder, path=("from typing", "from pathlib import Path\nfrom typing")), "beds")
    why = 'nb.po names kost in its text for "The beds cost {cost:prose}.", which does not.'
    assert why in omsorg("--help").stderr


@pytest.mark.parametrize("name", calculators.ROOMS)
def test_ours_are_sound(name):
    omsorg_cli.check_calculator(calculators.load(name))


def test_what_is_no_calculator_is_not_checked():
    with pytest.raises(omsorg_cli.OmsorgError, match="5: it is no Calculator."):
        omsorg_cli.check_calculator(5)


def test_the_schema_has_the_calculators_of_other_packages(omsorg, install):
    install("kommune-beds", OWN, "beds")
    assert "beds" in schema()["properties"]
    forget()
    assert "beds" in json.loads(omsorg("schema").stdout)["properties"]


def test_a_table_of_one_that_is_left_out_says_why(omsorg, install):
    install("kommune-beds", "raise RuntimeError('no licence')", "night-beds")
    data = {"title": "A", "municipality": "A", "year": 2020, "night_beds": {"beds": 1}}
    why = "night_beds is an unknown key. The calculator night-beds of kommune-beds cannot be used: RuntimeError"
    for ask_of in (lambda: omsorg_cli.run("savings", data), lambda: omsorg_cli.check(data)):
        with pytest.raises(omsorg_cli.OmsorgError, match=why):
            ask_of()
    done = omsorg("check", "-", text=json.dumps(data))
    assert done.stderr.count("cannot be used") == 1


def test_threads_that_need_one_at_once_leave_standard_output_where_it_is(install):
    install("kommune-beds", own(slow=("from typing", "import time\ntime.sleep(0.2)\nfrom typing")), "beds")
    before = sys.stdout
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(lambda _: "beds" in omsorg_cli.names().calculators, range(4))]
    assert (found, sys.stdout is before) == ([True] * 4, True)


def test_names_say_which_are_left_out(installed):
    assert "beds" in omsorg_cli.names().calculators
    named = [told.split(" of ")[0] for told in omsorg_cli.names().left_out]
    assert named == ["The calculator broken", "The calculator ending", "The calculator savings"]


def test_changes_and_common_inputs_of_one_count_in_a_run_of_ours(omsorg, install):
    install("kommune-beds", OWN, "beds")
    mixed = (
        SCENARIO.replace("[beds]\nbeds = 10\n", "[common]\nbeds = 10\n[beds]\n")
        + """
        [savings]
        population = 10
        [[savings.comparisons]]
        base = "a"
        gap_per_inhabitant = 500
    """
    )
    done = omsorg("savings", "-", "--set", "beds.cost_per_bed=1", "--value", "savings_potential", text=mixed)
    assert (done.returncode, done.stdout) == (0, "5000\n"), done.stderr


def test_a_workbook_of_one_is_read_by_any_command(omsorg, install, tmp_path):
    rows = """
class Ward(Row):
    \"\"\"A ward.\"\"\"

    keys: ClassVar[tuple[str, ...]] = ("ward",)

    ward: Key
    \"\"\"The ward.\"\"\"
    beds: PlacesCovered = None
    \"\"\"Beds.\"\"\"


class Beds(Inputs):
    \"\"\"Inputs of beds.\"\"\"

    wards: list[Ward] = Field(min_length=1)
    \"\"\"The wards.\"\"\"
"""
    changed = own(
        rows=(
            'class Beds(Inputs):\n    """Inputs of beds."""\n\n    beds: PlacesCovered = None\n    """Beds."""\n',
            rows,
        ),
        more=("import Inputs", "import Inputs, Row"),
        kinds=("import CostPerPlace", "import Key, CostPerPlace"),
    )
    install("kommune-beds", changed, "beds")
    book = tmp_path / "wards.xlsx"
    assert omsorg("new", "beds", "--output", str(book)).returncode == 0
    forget()
    done = omsorg("check", str(book))
    assert done.returncode == 0, done.stderr


def test_one_without_a_scenario_asks_for_one(omsorg, install):
    install("kommune-beds", own(scenario=('    scenario="baerum2016",\n', "")), "beds")
    told = "beds has no scenario of its own. Name one, or begin one: omsorg new beds"
    for words in (["beds"], ["explain", "beds"], ["sensitivity", "beds"], ["beds", "--format", "json"]):
        done = omsorg(*words)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"omsorg: {told}\n")
    with pytest.raises(omsorg_cli.OmsorgError, match=told):
        omsorg_cli.run("beds")
    assert omsorg("new", "beds").returncode == 0


def test_one_may_have_a_scenario_and_a_catalogue_of_its_own(omsorg, install, tmp_path):
    own_files = 'scenario=Path(__file__).with_name("home.toml"),\n    languages=Path(__file__).with_name("words"),'
    changed = own(
        files=('scenario="baerum2016",', own_files), more=("from typing", "from pathlib import Path\nfrom typing")
    )
    install("kommune-beds", changed, "beds")
    (tmp_path / "home.toml").write_text(SCENARIO + "\n[overlays.more.beds]\nbeds = 20", encoding="utf-8")
    (tmp_path / "words").mkdir()
    text = 'msgid "The beds cost {cost:prose}."\nmsgstr "Sengene koster {cost:prose}."\n\n'
    text += 'msgid "not calculated"\nmsgstr "of another"\n'
    (tmp_path / "words" / "nb.po").write_text(text, encoding="utf-8")
    done = omsorg("beds")
    assert "The beds cost 12.0 million NOK a year." in done.stdout
    assert "omsorg explain beds ·" in done.stdout
    assert omsorg("beds", "+more", "--value", "cost").stdout == "24000000\n"
    assert "Sengene koster 12,0\xa0mill.\xa0kroner i året." in omsorg("beds", "--lang", "nb").stdout
    assert omsorg_cli.run("beds")["cost"] == 12_000_000
    with language.spoken("nb"):
        assert language.say("not calculated") == "ikke beregnet"


PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "package.md"
FILES = re.compile(r'```\w+ title="(.+?)"\n(.*?)```', re.DOTALL)
COMMANDS = re.compile(r"```text\n\$ omsorg (.+?)\n(.*?)```", re.DOTALL)


@pytest.fixture
def followed(tmp_path, monkeypatch):
    """The package that the page makes, installed as pip does: its files and its entry points are on the path."""
    for name, text in FILES.findall(PAGE.read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    project = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    entries = "".join(f"{name} = {value}\n" for name, value in project["entry-points"][GROUP].items())
    (told / "entry_points.txt").write_text(f"[{GROUP}]\n{entries}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    forget()
    yield tmp_path
    for name in [one for one in sys.modules if one.partition(".")[0] == "nyby_omsorg"]:
        del sys.modules[name]
    monkeypatch.undo()
    forget()


def test_the_page_on_packages_makes_one_that_works(omsorg, followed):
    commands = COMMANDS.findall(PAGE.read_text(encoding="utf-8"))
    assert len(commands) == 2
    for words, shown in commands:
        done = omsorg(*words.split())
        assert (done.stdout, done.stderr) == (shown, "")
    tests = runpy.run_path(str(followed / "tests" / "test_day_places.py"))
    for name in [one for one in tests if one.startswith("test_")]:
        tests[name]()
    module = importlib.import_module("nyby_omsorg.day_places")
    assert doctest.testmod(module) == (0, 1)
    listed = omsorg("--help").stdout
    assert "  day-places     What places at a day centre cost a year." in listed.partition("Of other packages")[2]
    assert omsorg("check", "-", text=omsorg("new", "day-places").stdout).returncode == 0


def test_without_the_package_its_table_is_an_unknown_key(omsorg):
    done = omsorg("check", "-", text=SCENARIO)
    assert done.returncode == 2
    assert "beds" in done.stderr
