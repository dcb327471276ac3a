"""What a cell to be filled in takes, as people read it beside the cell and in the message that Excel shows."""

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.plausibility import usual

MOST_MESSAGE = 255
"""Letters of a message of Excel."""
ON, OFF = phrase("TRUE"), phrase("FALSE")
"""What Excel shows in a cell that is yes or no."""


def allowed_text(kind: Kind, calculator: Calculator | None) -> str:
    """What is usual and what is allowed, as a sentence; each choice with its label, where the calculator is known."""
    told = _said(kind, calculator)
    if kind.usual is None:
        return say("Allowed: {allowed}.", allowed=told)
    return say("Usual: {usual}. Allowed: {allowed}.", usual=usual(kind), allowed=told)


def message(kind: Kind, calculator: Calculator | None, before: str = "") -> str:
    """The same after a description, as long as a message may be: choices go without labels where they do not fit."""
    texts = [f"{before} {allowed_text(kind, one)}".strip() for one in (calculator, None)]
    return next((text for text in texts if len(text) <= MOST_MESSAGE), texts[-1][:MOST_MESSAGE])


def _said(kind: Kind, calculator: Calculator | None) -> str:
    if kind.form == "switch":
        return say("{on} or {off}", on=say(ON), off=say(OFF))
    if kind.form == "choice" and calculator is not None:
        return say("one of {choices}", choices=", ".join(_labelled(one, calculator) for one in kind.choices))
    return kind.allowed


def _labelled(choice: str, calculator: Calculator) -> str:
    """The choice as it is typed, with its label in brackets, where that tells more."""
    label = say(calculator.label(choice))
    return choice if label == choice else f"{choice} ({label})"
