"""The whole account of the published results: how many reproduce, how many do not, and why."""

from collections import Counter

from omsorg_cli.core.errors import plain
from omsorg_cli.engine.judge import CANNOT, FAILS, REPRODUCES, WITHIN_ROUNDING
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.verify import Found, render_csv, render_json, where_text
from omsorg_cli.render.views import ALL

__all__ = ["document", "render_csv", "render_json"]

VERDICTS = (REPRODUCES, WITHIN_ROUNDING, FAILS, CANNOT)


def document(found: Found) -> list[Part]:
    """How many results of each scenario came to each verdict; below, those that do not reproduce, and why."""
    counts = [(scenario.text.name, Counter(one.verdict for one in verdicts)) for scenario, verdicts in found]
    counts.append((ALL, sum((counter for _, counter in counts), Counter())))
    rows = tuple(
        (plain(name), *(str(counter[verdict]) for verdict in VERDICTS), str(counter.total()))
        for name, counter in counts
    )
    headings = ("scenario", *VERDICTS, "published")
    parts: list[Part] = [
        Heading("Published results of every shipped scenario against recomputed ones", 1),
        Sheet(headings, (False, *(True for _ in headings[1:])), rows),
    ]
    for scenario, verdicts in found:
        said = tuple(
            plain(f"{where_text(one)}: {one.verdict}: {one.because or 'no reason is given'}")
            for one in verdicts
            if one.verdict in (FAILS, CANNOT)
        )
        if said:
            parts += [Heading(plain(scenario.text.name), 2), Sentences(said, "–")]
    return parts
