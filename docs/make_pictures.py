"""Draws the pictures of the README and the pages from runs, each with its title as the text that stands for it.

`--check` only says whether they are up to date.
"""

import re
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from omsorg_cli.core.language import spoken  # noqa: E402  # found only once the path is set
from omsorg_cli.library import Answer, run  # noqa: E402  # as above

RATIO = "insource.purchases.P06.own_cost_ratio"
SCENARIO = re.compile(r'```toml title="(?P<file>.+?)"\n(?P<text>.*?)```', re.DOTALL)
PAGES = (HERE.parent / "README.md", *(HERE / name for name in ("start.md", "nb/start.md")), *HERE.glob("how-to/*.md"))


def insourcing() -> Answer:
    """What is brought in-house in Drammen."""
    return run("insource", "drammen2020")


def own(page: str) -> Answer:
    """The scenario that a tutorial writes."""
    found = SCENARIO.search((HERE / page).read_text(encoding="utf-8"))
    assert found is not None
    with TemporaryDirectory() as folder:
        file = Path(folder) / found["file"]
        file.write_text(found["text"], encoding="utf-8")
        return run("savings", file)


def over_two() -> bytes:
    """The present value over the in-house cost ratio and the discount rate."""
    grid = (f"{RATIO}=0.7:1.1:9", "insource.discount_rate=0.02:0.06:5")
    return insourcing().sweeping(grid, ("present_value",)).cases().picture(".svg")


PICTURES: dict[str, Callable[[], bytes]] = {
    "insource.svg": lambda: insourcing().picture(".svg"),
    "how-to/what-matters.svg": lambda: insourcing().sensitivity("present_value", only_ranged=True).picture(".svg"),
    "how-to/spread.svg": lambda: insourcing().simulate("present_value", draws=2_000).picture(".svg"),
    "how-to/break-even.svg": lambda: insourcing().solve(RATIO, "present_value").picture(".svg"),
    "how-to/every-value.svg": over_two,
    "start.svg": lambda: own("start.md").picture(".svg"),
    "nb/start.svg": lambda: own("nb/start.md").picture(".svg"),
}
"""The pictures, each in the language of its folder."""


def made() -> Iterator[tuple[Path, bytes]]:
    """Each picture, and each page with their titles."""
    titles = {}
    for name, picture in PICTURES.items():
        with spoken("nb" if name.startswith("nb/") else "en"):
            content = picture()
        found = re.search("<title>(.*?)</title>", content.decode())
        titles[(HERE / name).resolve()] = unescape(found[1]) if found else name
        yield HERE / name, content
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield page, _titled(page, text, titles).encode()


def _titled(page: Path, text: str, titles: dict[Path, str]) -> str:
    def titled(found: re.Match[str]) -> str:
        title = titles.get((page.parent / found[1]).resolve())
        return found[0] if title is None else f"![{title}]({found[1]})"

    return re.sub(r"!\[[^\]]*\]\(([^)]+\.svg)\)", titled, text)


def main() -> None:
    """Writes the pictures and their texts, or says that they are out of date."""
    for file, content in made():
        if "--check" not in sys.argv:
            file.write_bytes(content)
        elif not file.exists() or file.read_bytes() != content:
            sys.exit(f"docs/make_pictures.py: {file.relative_to(HERE.parent)} is out of date.")


if __name__ == "__main__":
    main()
