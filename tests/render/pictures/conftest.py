"""Pictures in a real browser, which measures their texts."""

import pytest

OUTSIDE = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text, rect, line, polyline, polygon, circle')].filter((one) => {
        const its = one.getBoundingClientRect();
        return getComputedStyle(one).display !== 'none' && (its.left < box.left - 0.5 || its.right > box.right + 0.5
            || its.top < box.top - 0.5 || its.bottom > box.bottom + 0.5);
    }).map((one) => one.outerHTML);
})"""


@pytest.fixture
def outside(browser):
    """What of some pictures lies outside them."""

    def measure(drawn):
        page = browser.new_page()
        page.set_content("<!doctype html><body>" + "".join(drawn))
        found = page.evaluate(OUTSIDE)
        page.close()
        return found

    return measure
