"""Help as people read it: what a command answers, two examples that run, and its options in groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from omsorg_cli.calculators import NAMES, ROOMS, summary
from omsorg_cli.cli import manner
from omsorg_cli.cli.examples import EXAMPLES
from omsorg_cli.cli.options import width_of_help
from omsorg_cli.core.folding import folded
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text

PANELS = {
    "comparison": phrase("Compare"),
    "insourcing_and_plans": phrase("Insource and plan"),
    "hours_and_units": phrase("Hours, FTE and unit costs"),
    "demand_and_investment": phrase("Demand and investment"),
    "survey_and_market": phrase("Survey and market"),
}
OTHERS = phrase("Of other packages")
ASK, SCENARIOS = phrase("Ask more of a result"), phrase("Scenarios and data")
COMMANDS = phrase("Commands")
ARGUMENTS, OPTIONS, EVERYWHERE = phrase("Arguments"), phrase("Options"), phrase("For every command")
SOME = phrase("[OPTIONS]")
"""What stands in a usage for the options."""
ABOUT = phrase("A what-if calculator for municipal health and care services in Norway.")
CODES = phrase(
    "Results go to standard output, notices to standard error. Exit codes: 0 done, 1 no answer, 2 wrong input."
)
MORE = phrase("More on a command: omsorg help COMMAND. Options for every command: {options}. The guide: {guide}.")
GUIDE = "docs/guide.md"
NAMES_WIDTH = 28
"""Columns for the names of options; what is longer has a line of its own."""


def of_program(commands: Mapping[str, Any]) -> str:
    """What `omsorg --help` says: every command with a line, in groups."""
    width = width_of_help()
    lines: list[str] = [say(ABOUT), say("Usage: {usage}", usage=say("omsorg COMMAND [SCENARIO] [OPTIONS]"))]
    for title, names in _panels(commands):
        lines += [say(title), *_abreast([(name, _first_line(name, commands[name])) for name in names], width)]
    everywhere = ", ".join(name.split(", ")[-1] for name in manner.TOLD)
    lines += _folded(say(CODES), width)
    lines += _folded(say(MORE, options=everywhere, guide=GUIDE), width)
    return "\n".join(lines) + "\n"


def _panels(commands: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for room, title in PANELS.items():
        yield title, [name for name, where in ROOMS.items() if where == room]
    from omsorg_cli.cli import ask

    if others := [name for name in NAMES if name not in ROOMS]:
        yield OTHERS, others
    yield ASK, [*ask.VERBS]
    yield SCENARIOS, [name for name in commands if name not in NAMES and name not in ask.VERBS]


def _first_line(name: str, command: Any) -> str:
    text = summary(name) if name in NAMES else (command.help or "").strip().split("\n")[0]
    return say(text)


def _abreast(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    """A line for each command; two in a line where they all fit."""
    names = max(len(name) for name, _ in rows) + 2
    half = width // 2
    if all(names + len(text) + 4 <= half for _, text in rows):
        cells = [f"  {name:<{names}}{text}" for name, text in rows]
        pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
        return ["".join(f"{one:<{half}}" for one in pair).rstrip() for pair in pairs]
    return [line for row in rows for line in _row(*row, 15, width)]


def of_group(command: Any, path: str) -> str:
    """What the help of a command with commands of its own says."""
    width = width_of_help()
    told = {name: (name, say((one.help or "").strip().split("\n")[0])) for name, one in command.commands.items()}
    lines = [*_folded(say(_paragraphs(command)[0]), width), "", *_examples(path)]
    lines += ["", say("Usage: {usage}", usage=say("{command} COMMAND [OPTIONS]", command=path)), "", say(COMMANDS)]
    lines += [line for row in told.values() for line in _row(*row, 15, width)]
    return "\n".join(lines) + "\n"


def of_command(command: Any, context: Any) -> str:
    """What the help of one command says."""
    width, path = width_of_help(), context.command_path
    first, *others = _paragraphs(command)
    lines = [*_folded(say(first), width), "", *_examples(path)]
    pieces = (say(SOME) if one == SOME else one for one in command.collect_usage_pieces(context))
    lines += ["", say("Usage: {usage}", usage=" ".join((path, *pieces)))]
    for text in others:
        lines += ["", *_folded(say(text), width)]
    for title, rows in _groups(command, context).items():
        lines += ["", say(title), *(line for row in rows for line in _row(*row, NAMES_WIDTH, width))]
    return "\n".join(lines) + "\n"


def _paragraphs(command: Any) -> list[str]:
    """The description in paragraphs, each a line; what shows Python is left to the documentation."""
    parts = (command.help or "").strip().split("\n\n")
    return [" ".join(part.split()) for part in parts if not part.lstrip().startswith(">>>")] or [""]


def _examples(path: str) -> Iterator[str]:
    name = path.partition(" ")[2]
    if name not in EXAMPLES:
        return
    yield say("Examples")
    for typed, told in EXAMPLES[name]:
        yield f"  {typed}"
        yield f"      {say(told)}"


def _groups(command: Any, context: Any) -> dict[str, list[tuple[str, str]]]:
    """The options by group, in the order in which they stand, those for every command last."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in command.params:
        if getattr(one, "hidden", False) or "--help" in one.opts:
            continue
        title = getattr(one, "rich_help_panel", None) or (ARGUMENTS if one.param_type_name == "argument" else OPTIONS)
        found.setdefault(title, []).append((_typed(one), _meaning(one, context)))
    found[EVERYWHERE] = [(_with_value(names), say(told)) for names, told in manner.TOLD.items()]
    found[EVERYWHERE].append(("-h, --help", say("Show this help.")))
    return found


def _typed(one: Any) -> str:
    """How the argument or the option is typed."""
    if one.param_type_name == "argument":
        return str(one.metavar or one.name.upper())
    names = ", ".join(sorted(one.opts, key=len))
    return names if one.is_flag else f"{names} {one.metavar or one.name.upper()}"


def _with_value(names: str) -> str:
    return f"{names} {manner.TAKING[names]}" if names in manner.TAKING else names


def _meaning(one: Any, context: Any) -> str:
    told = say(one.help or "")
    if one.required:
        return say("{meaning} Required.", meaning=told)
    default = (
        one.get_default(context) if getattr(one, "show_default", False) and not getattr(one, "is_flag", False) else None
    )
    if default in (None, (), []):
        return told
    shown = number_text(default) if isinstance(default, int) else default
    return say("{meaning} Default: {default}.", meaning=told, default=shown)


def _row(name: str, text: str, names: int, width: int) -> Iterator[str]:
    """The name with its text beside it, folded."""
    lines = _folded(text, width - names - 2)
    if len(name) + 2 > names:
        yield f"  {name}"
    else:
        yield f"  {name:<{names}}{lines.pop(0)}".rstrip()
    yield from (f"  {'':<{names}}{line}" for line in lines)


def _folded(text: str, width: int) -> list[str]:
    return folded(text, width).split("\n")
