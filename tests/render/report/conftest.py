"""Pages in a real browser, with what its console and its network said."""

import pytest


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page and says what its console and its network said."""

    def open_page(content: bytes, fragment: str = "", **options):
        file = tmp_path / "page.html"
        file.write_bytes(content)
        page = browser.new_page(**options)
        page.told = []
        page.asked = []
        page.on("console", lambda one: page.told.append(one.text))
        page.on("pageerror", lambda one: page.told.append(str(one)))
        page.on("request", lambda one: page.asked.append(one.url))
        page.goto(f"{file.as_uri()}#{fragment}" if fragment else file.as_uri())
        return page

    return open_page
