"""A page printed to PDF, by Chromium where it is installed."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PATIENCE = 60
"""Seconds until a browser that does not print is given up."""


def browser() -> str | None:
    """The program that prints, if one is there."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def printed(page: bytes) -> bytes:
    """The page on A4."""
    program = browser()
    if program is None:
        raise OmsorgError(say("A PDF needs Chromium, which is not here: install it, or write .html and print that."))
    with TemporaryDirectory(prefix="omsorg-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        asked = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        asked += ["--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(asked, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603  # the user's browser
        if not target.is_file():
            raise OmsorgError(say("Chromium has not printed the page; write .html and print that."))
        return target.read_bytes()
