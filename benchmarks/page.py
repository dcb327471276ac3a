"""Times a report against the same run to JSON, and how long a moved page takes to follow, in Chromium.

`--check` fails where a bar is missed: a report takes three times its run to JSON at the most, and a page follows within
a frame of a screen, 16 milliseconds, in the middle of many moves.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OMSORG = (sys.executable, "-m", "omsorg_cli")
PAGES = {
    "savings": "baerum2016",
    "insource": "drammen2020",
    "growth": "gardermoen",
    "plan": "drammen2017",
    "survey": "survey2023",
}
MOST_TIMES, MOST_MILLISECONDS = 3.0, 16.0
FOLDER = Path(tempfile.mkdtemp())
MOVES = """() => {
    const boxes = [...document.querySelectorAll("input[data-path]")], times = [];
    for (let at = 0; boxes.length && at < 200; at++) {
        const box = boxes[at % boxes.length];
        box.value = at % 2 ? box.min : box.max;
        const start = performance.now();
        box.dispatchEvent(new Event("input"));
        times.push(performance.now() - start);
    }
    return times;
}"""


def main() -> None:
    """Prints what each takes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--check", action="store_true")
    asked = options.parse_args()
    ratio = _report(asked.runs)
    slowest = max(_moves().values(), default=0.0)
    if asked.check and (ratio > MOST_TIMES or slowest > MOST_MILLISECONDS):
        sys.exit("over a bar")


def _report(runs: int) -> float:
    run = (*OMSORG, "insource", "drammen2020")
    json_times, page_times = [], []
    for _ in range(runs):
        json_times.append(_seconds(*run, "--format", "json"))
        page_times.append(_seconds(*run, "--output", str(FOLDER / "page.html")))
    to_json, to_page = statistics.median(json_times), statistics.median(page_times)
    print(f"insource to JSON {to_json:.3f} s, to a report {to_page:.3f} s: {to_page / to_json:.2f} times")
    return to_page / to_json


def _seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _moves() -> dict[str, float]:
    """The median of many moves of each page, in milliseconds."""
    from playwright.sync_api import sync_playwright

    from omsorg_cli.writing.printing import browser

    found = {}
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for name, scenario in PAGES.items():
            file = FOLDER / f"{name}.html"
            _seconds(*OMSORG, name, scenario, "--output", str(file))
            page = opened.new_page()
            page.goto(file.as_uri())
            times = sorted(page.evaluate(MOVES))
            if times:
                found[name] = statistics.median(times)
                most = times[len(times) * 95 // 100]
                print(f"{name}: follows in {found[name]:.1f} ms, 95 of 100 times within {most:.1f} ms")
    return found


if __name__ == "__main__":
    main()
