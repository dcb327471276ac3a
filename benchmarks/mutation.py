"""Changes the code here and there and counts the changes that no test notices: `benchmarks/mutation.py --work FOLDER`.

The changes are Cosmic Ray's. Each is made in a copy of the checkout, and the fast tests that belong to the module run
on it, the nearest first, in a process forked from one that has the libraries already. Of each module the same share
is tried, drawn by a seed. A run that was interrupted goes on where it was.
"""

import argparse
import difflib
import os
import random
import re
import resource
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import hypothesis  # noqa: F401  # here and below: what each fork then has already
import numpy as np  # noqa: F401
import openpyxl  # noqa: F401
import pydantic  # noqa: F401
import pytest
import rich  # noqa: F401
import scipy.optimize
import scipy.special  # noqa: F401
import typer  # noqa: F401
from cosmic_ray.commands import init
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parents[1]
COPIED = ("src", "tests", "scenarios", "docs", "benchmarks", "pyproject.toml", "README.md", "CHANGELOG.md")
CODE = Path("src/omsorg_cli")
MODULES = (
    "engine/*.py",
    "formulas/*.py",
    "calculators/comparison/savings.py",
    "calculators/insourcing_and_plans/insource.py",
    "calculators/hours_and_units/fte.py",
)
TESTS = (
    "tests/engine/test_*.py",
    "tests/formulas/test_*.py",
    "tests/calculators/*/test_*.py",
    "tests/questions/test_[cv]*.py",
    "tests/questions/test_s[eio]*.py",
    "tests/questions/shared/test_*.py",
    "tests/scenario/test_faults.py",
    "tests/test_typed.py",
)
"""All but those that start processes of their own, and each test once."""
NEAREST = {
    "memory": "simulate",
    "missing": "graph",
    "parallel": "simulate",
    "roots": "solve",
    "vectorised": "arrays",
}
"""The tests of modules that have none of their own name."""
POINTLESS = re.compile(r".*((Left|Right|L|R)Shift|BitOr|BitXor|_BitAnd$|(Is_Eq|Eq_Is|IsNot_NotEq|NotEq_IsNot)$)")
"""Bits of kroner and of types, errors at once that flatter the tests; and identity for equality, the same here."""
SECONDS = 90
"""Of the processor, for the tests of one change: several times what they take on the code as it is."""
SURVIVED, TIMEOUT = 0, "timeout"
NEAR, ALL = "the nearest tests", "all tests"


def main() -> None:
    """Tries the changes that are left, and tells what became of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("modules", nargs="*", default=MODULES, help="patterns below src/omsorg_cli; all of them if none")
    asked.add_argument("--share", type=float, default=1.0, help="of the changes of each module that are tried")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--work", type=Path, required=True, help="a folder for the copy and the session")
    words = asked.parse_args()
    copy = words.work / "copy"
    if not copy.exists():
        words.work.mkdir(parents=True, exist_ok=True)
        copy_checkout(copy)
    os.chdir(copy)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the change is taken back
    with use_db(str(words.work / "session.sqlite")) as session:
        if not session.num_work_items:
            begin(session, words.modules, words.share, words.seed)
        for item in sorted(session.pending_work_items, key=place):
            session.set_result(item.job_id, tried(item.mutations[0], nearest, NEAR))
        for item in sorted(survivors(session, NEAR), key=place):
            session.set_result(item.job_id, tried(item.mutations[0], others, ALL))
        tell(session)


def copy_checkout(copy: Path) -> None:
    """What the tests need, so that nobody's work is changed."""
    copy.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)


def begin(session: WorkDB, patterns: list[str], share: float, seed: int) -> None:
    """Every change of the modules, those that are not drawn set aside; the tests must pass on the code as it is."""
    modules = sorted({path for pattern in patterns for path in CODE.glob(pattern) if path.stem != "__init__"})
    if run([*modules, *all_tests()]) != SURVIVED:
        sys.exit("the tests fail on the code as it is")
    init(modules, session, {})
    everything = sorted(session.work_items, key=place)
    aside = {one.job_id for one in everything}
    for module in modules:
        items = [one for one in everything if one.mutations[0].module_path == module]
        sensible = [one for one in items if not POINTLESS.match(one.mutations[0].operator_name)]
        drawn = random.Random(seed).sample(sensible, -int(-share * len(sensible) // 1))  # noqa: S311  # no secret
        print(f"{module}: {len(drawn)} of {len(sensible)} changes, {len(items) - len(sensible)} pointless", flush=True)
        aside -= {one.job_id for one in drawn}
    session.set_multiple_results(aside, WorkResult(WorkerOutcome.SKIPPED))


def place(item: WorkItem) -> tuple[str, tuple[int, int], str, int]:
    """Where in the code it is: the same in every session."""
    one = item.mutations[0]
    return str(one.module_path), one.start_pos, one.operator_name, one.occurrence


def survivors(session: WorkDB, tests: str) -> list[WorkItem]:
    """The changes that the tests did not notice, which have seen no others yet."""
    return [item for item, result in session.completed_work_items if result.output == tests]


def tried(mutation: MutationSpec, tests: Callable[[Path], list[Path]], known_as: str) -> WorkResult:
    """What the tests say to the change."""
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    with use_mutation(mutation.module_path, operator, mutation.occurrence) as (before, after):
        # no bytecode of another change of the same second and length may be taken for this one's
        time = 2_000_000_000 + random.Random(after).randrange(1 << 27)  # noqa: S311  # no secret
        os.utime(mutation.module_path, (time, time))
        code = run(tests(mutation.module_path))
    changed = difference(before, after)
    print(f"{mutation.module_path}:{mutation.start_pos[0]} {mutation.operator_name}: {code}", flush=True)
    if code != SURVIVED:
        return WorkResult(WorkerOutcome.NORMAL, str(code), TestOutcome.KILLED, changed)
    print(f"survived {known_as}:\n{changed}", flush=True)
    return WorkResult(WorkerOutcome.NORMAL, known_as, TestOutcome.SURVIVED, changed)


def difference(before: str, after: str) -> str:
    """The lines that are others."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if line[:2] not in ("--", "++", "@@"))


def nearest(module: Path) -> list[Path]:
    """The examples in the module, and the tests that are called as it is."""
    name = NEAREST.get(module.stem, module.stem)
    return [module, *(path for path in all_tests() if name in path.stem)]


def others(module: Path) -> list[Path]:
    """All but the nearest."""
    near = nearest(module)
    return [path for path in all_tests() if path not in near]


def all_tests() -> list[Path]:
    """The tests that belong to the modules."""
    return [path for pattern in TESTS for path in sorted(Path().glob(pattern))]


def run(tests: list[Path]) -> int | str:
    """The exit code of the tests, or that they took too long."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a job of the shell may ignore it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.dont_write_bytecode = False
        words = ["-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
        words += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # for what is imported already
        os._exit(pytest.main([*words, *map(str, tests)]))
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else TIMEOUT


def tell(session: WorkDB) -> None:
    """How many changes of each module were noticed."""
    counts: dict[str, Counter[str]] = {}
    for item, result in session.completed_work_items:
        if result.worker_outcome == WorkerOutcome.NORMAL:
            counted = counts.setdefault(str(item.mutations[0].module_path), Counter())
            counted["tried"] += 1
            counted[TIMEOUT] += result.output == TIMEOUT
            counted["survived"] += result.test_outcome == TestOutcome.SURVIVED
    for module, found in sorted([*counts.items(), ("all", sum(counts.values(), Counter()))]):
        print(f"{module}: {found['tried']} tried, {found['survived']} survived, {found[TIMEOUT]} timeouts")


if __name__ == "__main__":
    main()
