"""A command as it is typed: the calculator, the scenario, the rows and the changes of a run, for the next question."""

from shlex import quote

from omsorg_cli.core.language import language, language_of_environment
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.run import Result
from omsorg_cli.scenario.read import STANDARD_INPUT


def asked(verb: str, result: Result, keys: Selection, *more: str) -> str | None:
    """The command that asks the verb of the same run; None where the scenario came by standard input."""
    scenario, calculator = result.scenario, result.calculator
    if scenario.text.name == STANDARD_INPUT:
        return None
    name = "+".join((scenario.text.name, *scenario.text.overlays))
    said = [verb] if verb else []
    said += [calculator.name, *([] if name == calculator.scenario else [name])]
    said += [word for key, text in scenario.request.given.items() for word in (f"--{key}", text)]
    said += [word for key, items in keys.wanted.items() for item in items for word in (f"--{key}", item)]
    said += [word for one in scenario.request.overlays for word in ("--with", one)]
    said += [word for one in scenario.request.sets for word in ("--set", one)]
    said += [] if language() == language_of_environment() else ["--lang", language()]
    return " ".join(map(quote, ("omsorg", *said, *more)))
