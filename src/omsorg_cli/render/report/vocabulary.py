"""The templates by which a page says numbers, in the language that is spoken: those of `omsorg_cli.render.words`."""

from collections.abc import Iterable
from typing import Any

from omsorg_cli.core.language import count, language, percent_signs, say, separators
from omsorg_cli.core.numbers import MONTHS_SAID
from omsorg_cli.core.units import TOLD
from omsorg_cli.formulas.money import NEVER
from omsorg_cli.render import words
from omsorg_cli.render.units import BARE, unit_text
from omsorg_cli.result import LEVELS


def as_data(exact: Iterable[str]) -> dict[str, Any]:
    """Everything that the page's script needs to say a number as the program does; `exact` are units said in full."""
    units = [unit for unit in sorted(exact) if unit not in (*BARE, "yes or no")]
    return {
        "separators": separators(language()),
        "minus": say("minus {number}"),
        "percent": say("{number}%"),
        "percentSigns": percent_signs(language()),
        "yearly": say("{amount} a year"),
        "rank": say("no. {number}"),
        "yes": say("yes"),
        "no": say("no"),
        "none": say("no answer"),
        "kroner": [[low, scale, decimals, say(text)] for low, scale, decimals, text in words.KRONER],
        "oneKrone": say(words.ONE_KRONE),
        "counted": {unit: [say(one), say(many)] for unit, (one, many) in words.COUNTED.items()},
        "per": {unit: say(text) for unit, text in words.PER.items()},
        "saves": say("saves {amount}"),
        "costs": say("costs {amount} more"),
        "inScale": [[say(text) for text in words.DIRECTIONS[told].in_scale] for told in TOLD],
        "nothing": say("no change"),
        "above": [say(text) for text in words.ABOVE],
        "higher": [say(text) for text in words.HIGHER],
        "more": [say(text) for text in words.MORE],
        "moreCounted": [say(text) for text in words.MORE_COUNTED],
        "many": sorted(words.MANY),
        "noun": [[say(text) for text in words.DIRECTIONS[told].noun] for told in TOLD],
        "needed": say("needs {amount}"),
        "changed": [say("{amount} higher"), say("{amount} lower"), say("no change")],
        "gains": [say("gains {amount}"), say("loses {amount}"), say("gains nothing")],
        "million": say("{number} million", number="{number}"),
        "about": say("about {number}", number="{number}"),
        "one": {unit: say(text) for unit, text in words.ONE.items()},
        "numerals": [say(text) for text in words.NUMERALS],
        "ordinals": [say(text) for text in words.ORDINALS],
        "fromTheTop": say("number {number} from the top", number="{number}"),
        "withoutHalves": list(words.WITHOUT_HALVES),
        "up": [say(text) for text in words.UP],
        "point": say("1 percentage point"),
        "percentagePoints": count(2, "1 percentage point", "{points} percentage points", points="{points}"),
        "points": say("{points} points", points="{points}"),
        "times": say("{number} times"),
        "never": say("does not, even at no cost"),
        "exact": {unit: [_with_unit(unit, number) for number in (1, 2)] for unit in units},
        "beyond": [NEVER, say("never")],
        "months": [say(text) for text in MONTHS_SAID],
        "changedHere": say("changed in this page"),
        "levels": [TOLD.index(told) + 1 for told in LEVELS],
        "copied": say("Copied."),
    }


def _with_unit(unit: str, number: float) -> str:
    """What is said of a number of the unit, beside that number."""
    return say("{number} {unit}", number="{number}", unit=unit_text(unit, number))
