"""The whole account of the published results: how many reproduce, how many do not, and why."""

from collections import Counter

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import say
from omsorg_cli.engine.judge import CANNOT, FAILS, REPRODUCES, WITHIN_ROUNDING
from omsorg_cli.questions.verify import Verdict
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.verify import Found, answer, render_json, rows, where_text
from omsorg_cli.render.views import ALL

__all__ = ["document", "render_json", "rows"]

VERDICTS = (REPRODUCES, WITHIN_ROUNDING, FAILS, CANNOT)


def document(found: Found) -> list[Part]:
    """How many results of each scenario came to each verdict; below, those that do not reproduce, and why."""
    counts = [(scenario.text.name, Counter(one.verdict for one in verdicts)) for scenario, verdicts in found]
    counts.append((say(ALL), sum((counter for _, counter in counts), Counter())))
    told = tuple(
        (plain(name), *(str(counter[verdict]) for verdict in VERDICTS), str(counter.total()))
        for name, counter in counts
    )
    headings = (say("scenario"), *map(say, VERDICTS), say("published"))
    parts: list[Part] = [
        Heading(say("Published results of every shipped scenario compared with recomputed ones"), 1),
        Sentences((answer([one for _, verdicts in found for one in verdicts]),)),
        Sheet(headings, (False, *(True for _ in headings[1:])), told),
    ]
    for scenario, verdicts in found:
        said = tuple(plain(_reason(one)) for one in verdicts if one.verdict in (FAILS, CANNOT))
        if said:
            parts += [Heading(plain(scenario.text.name), 2), Sentences(said, "–")]
    return parts


def _reason(one: Verdict) -> str:
    why = one.because or say("no reason is given")
    return say("{figure}: {verdict}: {why}", figure=where_text(one), verdict=say(one.verdict), why=why)
