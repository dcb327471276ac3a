"""Pages in a real browser, with what its console and its network said."""

import pytest


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page and says what its console and its network said; it is closed when the test ends."""
    pages = []

    def open_page(content: bytes, fragment: str = "", **options):
        file = tmp_path / "page.html"
        file.write_bytes(content)
        page = browser.new_page(**options)
        pages.append(page)
        page.told = []
        page.asked = []
        page.on("console", lambda one: page.told.append(one.text))
        page.on("pageerror", lambda one: page.told.append(str(one)))
        page.on("request", lambda one: page.asked.append(one.url))
        page.goto(f"{file.as_uri()}#{fragment}" if fragment else file.as_uri())
        return page

    yield open_page
    for page in pages:
        page.close()
