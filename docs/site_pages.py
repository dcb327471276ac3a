"""Makes the pages of the site that do not stand in its folder: home, contributing, and a page for each calculator."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from make_reference import caveats, figures, inputs  # noqa: E402  # found only once the path is set

from omsorg_cli.calculators import NAMES, about, load, summary  # noqa: E402  # as above

LINKS = {"docs/reference.md": "calculators.md", "docs/": "", "CONTRIBUTING.md": "contributing.md"}
"""Where links of the README lead on the site."""
EXAMPLE = re.compile(r"((?:^>>> .*\n)(?:^(?!\s*$).*\n?)*)", re.MULTILINE)
"""A worked example in a docstring: from its prompt to the next empty line."""


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages that are made from the README and from the code."""
    files.append(File.generated(config, "index.md", content=from_root("README.md")))
    files.append(File.generated(config, "contributing.md", content=from_root("CONTRIBUTING.md")))
    files.append(File.generated(config, "calculators.md", content="\n".join(contents()) + "\n"))
    for name in NAMES:
        files.append(File.generated(config, f"calculators/omsorg-{name}.md", content="\n".join(page(name)) + "\n"))
    return files


def on_config(config: Any) -> Any:
    """Puts the calculators into the navigation, in the order of the list."""
    pages = ["calculators.md", *(f"calculators/omsorg-{name}.md" for name in NAMES)]
    config.nav = [{"Calculators": pages} if "Calculators" in entry else entry for entry in config.nav]
    return config


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page, with its link to what stands outside the folder as the site has it."""
    return markdown.replace("](../CONTRIBUTING.md", "](contributing.md")


def from_root(name: str) -> str:
    """A page that stands beside the folder of the docs, its links as the site has them."""
    text = (HERE.parent / name).read_text(encoding="utf-8")
    for written, here in LINKS.items():
        text = text.replace(f"]({written}", f"]({here}")
    return text


def contents() -> Iterator[str]:
    """What each calculator answers."""
    yield from ("# Calculators", "", "| command | what it answers |", "| --- | --- |")
    for name in NAMES:
        yield f"| [`omsorg {name}`](calculators/omsorg-{name}.md) | {summary(name)} |"


def page(name: str) -> Iterator[str]:
    """A calculator: its module's docstring, then its inputs, figures and caveats."""
    calculator = load(name)
    text = about(name)
    yield f"# {name}\n"
    yield f"`omsorg {name}` · table `[{calculator.table}]` · records by " + ", ".join(f"`{k}`" for k in calculator.keys)
    yield "\n" + EXAMPLE.sub(lambda found: f"```pycon\n{found[1].rstrip()}\n```\n", text.strip() + "\n")
    yield f"Without a scenario it uses `{calculator.scenario}`.\n"
    yield "## What must be said with it\n"
    yield from caveats(calculator)
    yield "\n## Inputs\n"
    yield from inputs(calculator)
    yield "\n## Figures\n"
    yield from figures(calculator)
