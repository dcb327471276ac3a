"""Draws the picture on the first screen of the README from a run, with its title as the text that stands for it.

`--check` only says whether the picture is up to date.
"""

import re
import sys
from html import unescape
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from omsorg_cli.library import run  # noqa: E402  # found only once the path is set
from omsorg_cli.render.pictures.svg import drawn  # noqa: E402  # as above

NAME, README = "insource", HERE.parent / "README.md"
PLACE = re.compile(rf"!\[[^\]]*\]\(docs/{NAME}\.svg\)")


def main() -> None:
    """Writes the picture and its text, or says that they are out of date."""
    answer = run(NAME)
    picture = drawn(answer.result, answer.figures, ".svg")
    found = re.search("<title>(.*?)</title>", picture.decode())
    title = unescape(found[1]) if found else NAME
    text = README.read_text(encoding="utf-8")
    told = PLACE.sub(lambda _: f"![{title}](docs/{NAME}.svg)", text)
    file = HERE / f"{NAME}.svg"
    if "--check" not in sys.argv:
        file.write_bytes(picture)
        README.write_text(told, encoding="utf-8")
    elif told != text or not file.exists() or file.read_bytes() != picture:
        sys.exit("docs/make_pictures.py: the picture of the README is out of date.")


if __name__ == "__main__":
    main()
