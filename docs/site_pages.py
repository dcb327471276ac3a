"""Makes the pages of the site that are not kept as files: the first page, contributing, a report, and the calculators.

Each calculator has a page in every language, which begins with its picture.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.structure.files import File, Files

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from make_reference import caveats, figures, inputs  # noqa: E402  # found only once the path is set

from omsorg_cli.calculators import NAMES, about, summary  # noqa: E402  # as above
from omsorg_cli.core.errors import NoAnswerError  # noqa: E402  # as above
from omsorg_cli.core.language import say, spoken  # noqa: E402  # as above
from omsorg_cli.library import Answer, run  # noqa: E402  # as above
from omsorg_cli.questions.shared.selection import Selection  # noqa: E402  # as above
from omsorg_cli.render.pictures.svg import drawn  # noqa: E402  # as above
from omsorg_cli.render.report import render  # noqa: E402  # as above

LINKS = {"docs/reference.md": "calculators.md", "docs/": "", "CONTRIBUTING.md": "contributing.md"}
"""Where links of the README lead on the site."""
FIRST_HEADING = re.compile(r"^## ", re.MULTILINE)


class Words(NamedTuple):
    """What the pages of the calculators say themselves, in one language."""

    contents: str
    command: str
    answers: str
    place: str
    scenario: str
    caveats: str
    inputs: str
    figures: str
    input_heads: str
    figure_heads: str
    report: str
    picture: str


LANGUAGES = {
    "en": Words(
        "Calculators",
        "command",
        "what it answers",
        "`omsorg {name}` · table `[{table}]` · rows by {keys}",
        "Without a scenario it uses `{scenario}`.",
        "What this does not tell you",
        "Inputs",
        "Figures",
        "| input | what it is | allowed | usual | default |",
        "| figure | unit | what it tells | from |",
        "A report",
        "The command `omsorg {name} --output report.html` writes [this page](../report.html): one file that opens in "
        "any browser, prints on A4, and has the assumptions as sliders.",
    ),
    "nb": Words(
        "Kalkulatorer",
        "kommando",
        "hva den svarer på",
        "`omsorg {name}` · tabell `[{table}]` · rader etter {keys}",
        "Uten scenario brukes `{scenario}`.",
        "Hva dette ikke sier",
        "Inndata",
        "Resultater",
        "| inndata | hva det er | tillatt | vanlig | standardverdi |",
        "| resultat | enhet | hva det sier | beregnet av |",
        "En rapport",
        "Kommandoen `omsorg {name} --output rapport.html` skriver [denne siden](../rapport.html): én fil som åpnes i "
        "alle nettlesere, skrives ut på A4 og har antakelsene som glidere.",
    ),
}
"""The words of the pages by language; English pages are at the root, others in a folder of their language."""
REPORTS = {"en": "report.html", "nb": "nb/rapport.html"}
SHOWN = "insource"
"""The calculator whose report is shown."""
FRONT = """
[![{alt}](calculators/omsorg-insource.svg)](report.html)

The picture is from [a report](report.html), written by `omsorg insource drammen2020 --output report.html`: the answer
in words, the tables, the assumptions as sliders, and each figure opened. New here? Begin with
[Your municipality in ten minutes](start.md), or with [Kommunen din på ti minutter](nb/start.md) in Norwegian.

"""


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages that are made from the README and from the code."""
    files.append(File.generated(config, "contributing.md", content=from_root("CONTRIBUTING.md")))
    for language, words in LANGUAGES.items():
        with spoken(language):
            for path, content in made(language, words):
                files.append(File.generated(config, path, content=content))
    return files


def made(language: str, words: Words) -> Iterator[tuple[str, str | bytes]]:
    """The files of a language, each with its path."""
    folder = "" if language == "en" else f"{language}/"
    yield f"{folder}calculators.md", "\n".join(contents(words)) + "\n"
    for name in NAMES:
        answer = run(name)
        title, picture = pictured(answer)
        yield f"{folder}calculators/omsorg-{name}.md", "\n".join(page(answer, words, title)) + "\n"
        if picture:
            yield f"{folder}calculators/omsorg-{name}.svg", picture
        if name == SHOWN:
            yield REPORTS[language], render(answer.result, answer.figures, Selection({}))
            if language == "en":
                yield "index.md", FIRST_HEADING.sub(FRONT.format(alt=title) + "## ", from_root("README.md"), count=1)


def on_config(config: Any) -> Any:
    """Puts the calculators into the navigation, in the order of the list."""
    config.nav = _with_calculators(config.nav)
    return config


def _with_calculators(entries: list[Any]) -> list[Any]:
    """The navigation with the pages of the calculators where an entry is their folder."""
    filled = []
    for entry in entries:
        ((title, value),) = entry.items()
        if isinstance(value, list):
            value = _with_calculators(value)
        elif value.endswith("calculators/"):
            start = value.removesuffix("/")
            value = [f"{start}.md", *(f"{start}/omsorg-{name}.md" for name in NAMES)]
        filled.append({title: value})
    return filled


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page, with its link to what stands outside the folder as the site has it."""
    return markdown.replace("](../CONTRIBUTING.md", "](contributing.md")


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The page, which says the language of its folder."""
    folder = page.file.src_uri.partition("/")[0]
    language = folder if folder in LANGUAGES else "en"
    return output.replace('<html lang="en"', f'<html lang="{language}"', 1)


def from_root(name: str) -> str:
    """A page that is kept outside the folder of the docs, its links as the site has them."""
    text = (HERE.parent / name).read_text(encoding="utf-8")
    for written, here in LINKS.items():
        text = text.replace(f"]({written}", f"]({here}")
    return text


def contents(words: Words) -> Iterator[str]:
    """What each calculator answers."""
    yield from (f"# {words.contents}", "", f"| {words.command} | {words.answers} |", "| --- | --- |")
    for name in NAMES:
        yield f"| [`omsorg {name}`](calculators/omsorg-{name}.md) | {say(summary(name))} |"


def pictured(answer: Answer) -> tuple[str, bytes]:
    """The title of the answer's picture and the picture; nothing where there is nothing to draw."""
    try:
        picture = drawn(answer.result, answer.figures, ".svg")
    except NoAnswerError:
        return "", b""
    found = re.search(r"<title>(.*?)</title>", picture.decode())
    return (found[1] if found else answer.calculator), picture


def page(answer: Answer, words: Words, title: str) -> Iterator[str]:
    """A calculator: its picture, its module's docstring, then its caveats, inputs and figures."""
    calculator = answer.result.calculator
    name = calculator.name
    yield f"# {say(calculator.title)}\n"
    keys = ", ".join(f"`{key}`" for key in calculator.keys)
    yield words.place.format(name=name, table=calculator.table, keys=keys) + "\n"
    if title:
        alt = title.replace("[", "(").replace("]", ")")
        yield f"![{alt}](omsorg-{name}.svg)\n"
    yield from paragraphs(about(name))
    yield words.scenario.format(scenario=calculator.scenario) + "\n"
    if name == SHOWN:
        yield f"## {words.report}\n"
        yield words.picture.format(name=name) + "\n"
    yield f"## {words.caveats}\n"
    yield from caveats(calculator)
    yield f"\n## {words.inputs}\n"
    yield from (words.input_heads, *list(inputs(calculator))[1:])
    yield f"\n## {words.figures}\n"
    yield from (words.figure_heads, *list(figures(calculator))[1:])


def paragraphs(text: str) -> Iterator[str]:
    """The docstring in the language that is spoken; its worked examples are code."""
    for part in text.strip().split("\n\n"):
        if part.startswith(">>>"):
            yield f"```pycon\n{part}\n```\n"
        else:
            yield say(" ".join(part.split())) + "\n"
