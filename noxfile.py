"""The tasks of the project, an entry each: `.venv/bin/nox --list` shows them, `.venv/bin/nox -s fast` runs one.

They run in the environment that nox stands in, on the code of the checkout: nothing is installed anew. What follows
`--` goes to the tool: `.venv/bin/nox -s test -- -k wage_gap`.
"""

import os
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "docs", "fast"]
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
MADE = ("reference", "coverage", "numbers", "architecture", "pictures", "catalogue")
"""What is made from the code, each by the script of its name: pages, pictures, and the catalogues of languages."""


def run(session: nox.Session, tool: str, *words: str, **env: str) -> None:
    """Runs a tool of this environment on the code of the checkout."""
    path = str(Path(sys.executable).with_name(tool))
    session.run(path, *words, env={"PYTHONPATH": os.path.abspath("src"), "MYPYPATH": "src", **env})  # noqa: PTH100 # as text


@nox.session
def test(session: nox.Session) -> None:
    """Every test, doctests among them, with every case of the walks and every example that Hypothesis draws."""
    run(session, "pytest", "-q", *SIDE_BY_SIDE, *session.posargs, OMSORG_TESTS="all")


@nox.session
def fast(session: nox.Session) -> None:
    """The tests without the slow ones: still every module."""
    run(session, "pytest", "-q", "-m", "not slow", *SIDE_BY_SIDE, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types and the direction of imports."""
    run(session, "ruff", "check", ".")
    run(session, "ruff", "format", "--check", ".")
    run(session, "mypy")
    run(session, "lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Whether what is made from the code is up to date, and the site builds; `-- --write` makes it anew instead."""
    write = "--write" in session.posargs
    for page in MADE:
        run(session, "python", f"docs/make_{page}.py", *([] if write else ["--check"]))
    if write:
        run(session, "python", "docs/examples.py", "--write")
    session.env["NO_MKDOCS_2_WARNING"] = "1"
    run(session, "mkdocs", "build", "--quiet")


@nox.session
def bench(session: nox.Session) -> None:
    """Start-up times, and simulations and sweeps against the same by hand."""
    run(session, "python", "benchmarks/startup.py", "--runs", "7")
    run(session, "python", "benchmarks/answers.py", "--runs", "1")


@nox.session
def release(session: nox.Session) -> None:
    """Whether wheel and source archive, each installed afresh, do as the checkout does."""
    run(session, "python", ".ci/release.py")
