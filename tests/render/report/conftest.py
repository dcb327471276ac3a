"""Pages in a real browser; where there is none, their tests are skipped with a word."""

import pytest

from omsorg_cli.writing.printing import browser as found_browser


@pytest.fixture(scope="session")
def browser():
    """Chromium, as it is installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pages are tested with Playwright")
    program = found_browser()
    if program is None:
        pytest.skip("pages are tested in Chromium, which is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page and says what its console and its network said."""

    def open_page(content: bytes, **options):
        file = tmp_path / "page.html"
        file.write_bytes(content)
        page = browser.new_page(**options)
        page.told = []
        page.asked = []
        page.on("console", lambda one: page.told.append(one.text))
        page.on("pageerror", lambda one: page.told.append(str(one)))
        page.on("request", lambda one: page.asked.append(one.url))
        page.goto(file.as_uri())
        return page

    return open_page
