"""What is shown of a checked scenario, as lines."""

from collections.abc import Iterator

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import say
from omsorg_cli.questions.check import Checked
from omsorg_cli.render.values import input_name
from omsorg_cli.result import Result


def lines(found: Checked, *, strict: bool, figures: bool = False) -> Iterator[str]:
    """Whether it is valid, then its assumptions and what lacks an explanation, a line each.

    With `figures`, which of them each assumption is the basis of.
    """
    examples = set(found.examples)
    assumed = {path: found.stated[path].assumption for path in found.by_weight() if found.stated[path].assumption}
    unexplained = [path for path in found.unexplained if path not in examples]
    yield plain(_first_line(found, len(assumed) - len(examples), len(examples)))
    if strict or unexplained:
        yield say("Values with neither source nor assumption: {number}.", number=len(unexplained))
    if strict:
        yield say("Values with a source whose words are not quoted: {number}.", number=found.unquoted)
    yield from (plain(say("unexplained: {input}", input=_named(found, path))) for path in unexplained)
    yield from (plain(say("unusual: {text}", text=text)) for text in found.unusual)
    for path, reason in assumed.items():
        if path in examples:
            yield plain(say("to be replaced: {input}", input=_named(found, path)))
        else:
            yield plain(say("assumption: {input}: {reason}", input=_named(found, path), reason=reason))
        for result, names in found.resting.get(path, ()) if figures else ():
            yield plain(say("  figures based on it: {figures}", figures=_figures(result, names)))
        if path not in found.resting:
            yield say("  no figure depends on it")
    if assumed and not figures:
        yield say("The figures based on each assumption: add --verbose.")


def _first_line(found: Checked, assumptions: int, examples: int) -> str:
    told = {"scenario": found.name, "values": len(found.stated), "assumptions": assumptions, "examples": examples}
    if not examples:
        return say("{scenario} is valid: {values} values, {assumptions} of them assumptions.", **told)
    if examples == len(found.stated):
        return say("{scenario} is valid: {values} values, all of them examples still to be replaced.", **told)
    return say(
        "{scenario} is valid: {values} values, {assumptions} of them assumptions and {examples} examples still to be "
        "replaced.",
        **told,
    )


def _named(found: Checked, path: str) -> str:
    """What people read for the input, with its path."""
    if path not in found.inputs:
        return path
    return say("{label} [{path}]", label=input_name(*found.inputs[path]), path=path)


def _figures(result: Result, names: tuple[str, ...]) -> str:
    told = {"calculator": say(result.calculator.title), "figures": "; ".join(map(result.name_of, names))}
    return say("{calculator}: {figures}", **told)
