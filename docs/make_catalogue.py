"""Keeps the catalogue of each language: every text that people see, collected from the code, with its translation.

A new text stands in the catalogue without a translation, which is a fault; what the code no longer says is taken out.
`--check` only says what is missing, obsolete or filled in with other placeholders.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import typer
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from omsorg_cli.calculators import NAMES, ROOMS, about, load
from omsorg_cli.cli import program
from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.labels import LABELS
from omsorg_cli.core.language import FOLDER, entries
from omsorg_cli.core.view import BySign, Grid, Lines, Listing, Matrix, Sentence, SideBySide, View, Wording, Years

SOURCES = Path(__file__).parents[1] / "src" / "omsorg_cli"
MARKS = {"say": (0,), "phrase": (0,), "count": (1, 2)}
"""Which arguments of which functions are texts."""


class Message(NamedTuple):
    """A text that people see, its form for several, and where it comes from."""

    text: str
    place: str
    several: str = ""


def messages() -> Iterator[Message]:
    """Every text of the program, in the order of the code; none of calculators of other packages."""
    for name in ROOMS:
        for text in _of_calculator(load(name)):
            yield Message(text, name)
    for text in LABELS.values():
        yield Message(text, "labels")
    yield from _of_commands()
    for path in sorted(SOURCES.rglob("*.py")):
        for texts in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            yield Message(texts[0], str(path.relative_to(SOURCES)), *texts[1:])


def _marked(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """The texts that the code says or marks, in formatted strings too; of what is counted, both forms."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in MARKS:
            continue
        taken = [list(_texts(node.args[at])) for at in MARKS[node.func.id] if at < len(node.args)]  # type: ignore[attr-defined]  # it has an id
        yield from zip(*taken, strict=True) if len(taken) > 1 else ((text,) for texts in taken for text in texts)


def _texts(argument: ast.expr) -> Iterator[str]:
    """The text that stands there, or one for each way of a condition."""
    if isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def _of_calculator(calculator: Calculator) -> Iterator[str]:
    yield from _paragraphs(about(calculator.name))
    yield from (calculator.title, calculator.subject)
    for view in (*calculator.answer, *calculator.views, *calculator.details):
        yield from _of_view(view)
    yield from calculator.labels.values()
    yield from calculator.caveats
    yield from (remark.text for remark in (*calculator.remarks, *calculator.other_subjects))
    yield from (doubt.text for doubt in calculator.doubts)
    for _, _, told, said in calculator.bare.values():
        yield told
        yield from (said,) if isinstance(said, str) else said
    yield from (told for told, _ in calculator.parts.values())
    for item in calculator.known:
        yield from (item.summary, item.no_answer, calculator.label(item.figure))
    yield from _of_inputs(calculator)


def _of_inputs(calculator: Calculator) -> Iterator[str]:
    for axes, model in rows(calculator.inputs):
        yield from (calculator.label(axis) for axis in axes)
        yield from descriptions(model).values()
        for name, kind in kinds(model).items():
            yield from (calculator.label(name), kind.usual_because)
            yield from (calculator.label(choice) for choice in kind.choices)


def _of_view(view: View) -> Iterator[str]:
    match view:
        case Grid():
            yield view.heading
            yield from (text for column in view.columns for text in (column.heading, _in_words(column.cell)))
            yield from (text for sentence in view.below for text in _of_sentence(sentence))
        case Listing():
            yield from (view.heading, *view.columns)
            yield from (text for label, cells in view.rows for text in (*_wordings(label), *map(_in_words, cells)))
        case Lines():
            yield from (view.heading, *(text for one in view.templates for text in _of_sentence(one)))
        case Matrix():
            yield view.heading
        case Years():
            yield from (view.heading, *(label for label, _ in view.rows), *(label for _, label in view.turned))
        case SideBySide():
            yield from (view.heading, view.corner)
            yield from (_in_words(text) for row in view.rows for text in row)


def _wordings(label: Wording) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else label


def _of_sentence(sentence: Sentence) -> tuple[str, ...]:
    if isinstance(sentence, str):
        return (sentence,)
    texts = sentence.texts if isinstance(sentence, BySign) else sentence
    return tuple(text for one in texts for text in _of_sentence(one))


def _in_words(template: str) -> str:
    """The template where it says more than its figures."""
    said = "".join(literal for literal, *_ in Formatter().parse(template))
    return template if any(letter.isalpha() for letter in said) else ""


def _paragraphs(text: str) -> Iterator[str]:
    """What the help says of a docstring."""
    parts = text.strip().split("\n\n")
    yield from (" ".join(part.split()) for part in parts if not part.lstrip().startswith(">>>"))


def _of_commands() -> Iterator[Message]:
    whole = typer.main.get_command(program([]))
    for name in (one for one in whole.commands if one in ROOMS or one not in NAMES):  # type: ignore[attr-defined]  # it is a group
        yield from _of_command(typer.main.get_command(program([name])).commands[name], name)  # type: ignore[attr-defined]


def _of_command(command: Any, name: str) -> Iterator[Message]:
    texts = [*_paragraphs(command.help or ""), (command.help or "").strip().split("\n")[0]]
    for one in command.params:
        texts += [one.help or "", getattr(one, "rich_help_panel", None) or ""]
    yield from (Message(text, name) for text in texts)
    for inner, below in getattr(command, "commands", {}).items():
        yield from _of_command(below, f"{name} {inner}")


def template() -> Catalog:
    """Every text once, with where it comes from."""
    found = Catalog(project="omsorg", charset="utf-8", fuzzy=False)
    for one in messages():
        if any(letter.isalnum() for letter in one.text) or "%" in one.text:
            found.add((one.text, one.several) if one.several else one.text, auto_comments=[one.place])
    return found


def catalogue(path: Path) -> Catalog:
    """The catalogue as it is kept."""
    return read_po(io.StringIO(path.read_text(encoding="utf-8")), locale=path.stem)


def updated(path: Path) -> str:
    """The catalogue with the texts that there are now."""
    said, found = entries(path.read_text(encoding="utf-8")), template()
    for one in found:
        if isinstance(one.id, tuple):
            one.string = tuple(said.get(form, "") for form in one.id)
        elif one.id:
            one.string = said.get(one.id, "")
    found.locale = path.stem
    out = io.BytesIO()
    write_po(out, found, width=0, omit_header=True)
    return HEADER.format(language=path.stem) + "\n" + out.getvalue().decode()


HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def faults(path: Path) -> list[str]:
    """What is wrong with the catalogue: missing, obsolete, or with other names in braces."""
    kept, found = catalogue(path), template()
    told = [f"obsolete: {one.id}" for one in kept if one.id and one.id not in found]
    for one in found:
        said = kept[one.id].string if one.id in kept else ""
        if one.id and not (all(said) if isinstance(said, tuple) else said):
            told.append(f"missing: {one.id} ({', '.join(one.auto_comments)})")
        elif one.id and _names(said) != _names(one.id):
            told.append(f"other placeholders: {one.id} → {said}")
    return told


def _names(text: Any) -> set[str]:
    texts = text if isinstance(text, tuple | list) else (text,)
    return {field for one in texts for _, field, _, _ in Formatter().parse(one) if field}


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*.po")):
        if "--check" in sys.argv:
            found = faults(file)
            if found:
                sys.exit(f"{file.name}:\n" + "\n".join(found))
        else:
            file.write_text(updated(file), encoding="utf-8")
