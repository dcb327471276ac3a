"""The README, the docs and the reference say what the program does."""

import doctest
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core import inputs
from omsorg_cli.core.calculator import rows

ROOT = Path(__file__).parents[1]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("page", _script("examples").PAGES, ids=lambda page: "-".join(page.relative_to(ROOT).parts))
def test_each_console_example_prints_what_the_page_shows(omsorg, page, monkeypatch):
    script, text = _script("examples"), page.read_text(encoding="utf-8")
    monkeypatch.setenv("OMSORG_LANG", script.language_of(page))
    in_shell = script._printed

    def printed(command: str, folder: str, checkout: Path) -> str:
        """The README's commands run in a shell; of the other pages, those that are more than words."""
        name, *words = shlex.split(command)
        if page.name == "README.md" or name != "omsorg" or set("|&;<>$*?`\\~") & set(command):
            return in_shell(command, folder, checkout)
        ended = omsorg(*words, cwd=folder)
        return (ended.stdout or ended.stderr).rstrip("\n") + "\n"

    monkeypatch.setattr(script, "_printed", printed)
    assert script.with_output(text) == text


IN_PYTHON = re.compile(r"```pycon\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", [one for one in _script("examples").PAGES if "```pycon" in one.read_text("utf-8")])
def test_each_example_in_python_gives_what_the_page_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "\n".join(IN_PYTHON.findall(page.read_text(encoding="utf-8")))
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told = []
    doctest.DocTestRunner().run(examples, out=told.append)
    assert (examples.examples != [], "".join(told)) == (True, "")


@pytest.mark.slow
def test_the_tutorial_leads_where_it_says():
    script = _script("examples")
    text = script.TUTORIAL.read_text(encoding="utf-8")
    assert script.followed(text) == text


def test_the_reference_is_made_from_the_code_as_it_is():
    script = _script("make_reference")
    assert script.TARGET.read_text(encoding="utf-8") == script.reference()


def test_the_table_of_numbers_is_made_from_the_reader():
    script = _script("make_numbers")
    text = script.TARGET.read_text(encoding="utf-8")
    assert script.page(text) == text


COVERAGE = _script("make_coverage")
COMPUTATIONS = {row["id"]: row for row in COVERAGE.rows("computations")}


def test_the_coverage_is_made_from_the_lists_as_they_are():
    assert COVERAGE.TARGET.read_text(encoding="utf-8") == "\n".join(COVERAGE.page()) + "\n"


def test_each_computation_is_reached_or_says_why_not():
    assert [row["id"] for row in COVERAGE.rows("reached")] == list(COMPUTATIONS)
    assert all(bool(row["scenario"]) != bool(row["why"]) for row in COVERAGE.rows("reached"))


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in COVERAGE.rows("reached") if row["scenario"]], ids=lambda row: row["id"])
def test_each_command_gives_what_another_program_made_of_the_document(row):
    assert COVERAGE.value(row) == pytest.approx(float(COMPUTATIONS[row["id"]]["recomputed"]), rel=2e-8, abs=1e-9)


@pytest.mark.parametrize(
    ("page", "language"), [("nb/start.md", "nb"), ("nb/calculators/omsorg-savings.md", "nb"), ("start.md", "en")]
)
def test_a_page_of_the_site_says_its_own_language(page, language):
    pytest.importorskip("mkdocs")
    script = _script("site_pages")
    shown = script.on_post_page(
        '<!doctype html>\n<html lang="en" class="no-js">', SimpleNamespace(file=SimpleNamespace(src_uri=page))
    )
    assert shown == f'<!doctype html>\n<html lang="{language}" class="no-js">'


def _contrast(one: str, other: str) -> float:
    """How far apart two colours are, as WCAG 2.1 has it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, pale = sorted((light(one), light(other)))
    return (pale + 0.05) / (dark + 0.05)


def test_the_site_is_read_without_good_eyes_for_colour():
    """What commands print is as dark as code, which is at least 4.5 to 1; links in text are underlined."""
    material = pytest.importorskip("material", reason="the site is made with Material for MkDocs")
    (sheet,) = Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.css")
    theme, own = sheet.read_text("utf-8"), (ROOT / "docs" / "site.css").read_text("utf-8")
    pale = re.findall(r"(--md-code-hl-\w+-color):var\(--md-default-fg-color--light\)", theme)
    assert pale
    assert [one for one in pale if f"{one}: var(--md-code-fg-color);" not in own] == []
    colours = {name: re.search(rf"--md-code-{name}-color:(#\w{{6}})", theme) for name in ("fg", "bg")}
    assert all(colours.values())
    assert _contrast(*(found[1] for found in colours.values() if found)) >= 4.5
    assert re.search(r"\.md-content \.md-typeset a:not\([^)]*\) \{ text-decoration: underline; \}", own)


def test_every_command_is_in_the_readme(omsorg):
    commands = re.findall(r"(?:^| ) {2}([a-z-]+) {2,}[A-Z]", omsorg("--help").stdout, re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"savings", "verify"} <= set(commands)
    assert [name for name in commands if f"`{name}`" not in readme and f" {name}" not in readme] == []


TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def test_each_value_that_the_readme_writes_can_be_read():
    kinds = {
        name: kind for one in NAMES for _, model in rows(load(one).inputs) for name, kind in inputs.kinds(model).items()
    }
    sources = {"baerum2017": {}, "q73": {}}
    checked = 0
    for block in TOML.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for name, raw in tomllib.loads(block).items():
            assert kinds[name].read(raw, sources).value > 0
            checked += 1
    assert checked == 3
