"""What a plain result imports: a library that is not needed costs every run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from omsorg_cli.calculators import NAMES, ROOMS, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.scenario import model

CODE = """
import sys
sys.argv = ["omsorg", *{words!r}]
from omsorg_cli.__main__ import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""
FROZEN = """
import atexit, gc, sys
atexit.register(lambda: print("frozen:", gc.get_freeze_count(), file=sys.stderr))
"""
NEVER = ("rich", "numpy", "tree_sitter", "scipy", "omsorg_cli.core.symbol")


def _told(code: str) -> list[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return done.stderr.split()


def _modules(*words: str) -> set[str]:
    return set(_told(CODE.format(words=words)))


@pytest.mark.parametrize("name", ["savings", "insource", "fte"])
def test_a_json_result_imports_neither_rich_nor_numpy_nor_other_calculators(name):
    modules = _modules(name, "--format", "json")
    calculators = {one.rpartition(".")[2] for one in modules if one.startswith("omsorg_cli.calculators.")}
    assert {one for one in calculators - {*ROOMS.values()} if not one.startswith(f"{name}_")} == {name}
    assert modules.isdisjoint(NEVER)


def test_the_help_imports_no_model():
    modules = _modules("--help")
    assert modules.isdisjoint({*NEVER, "pydantic", "omsorg_cli.core.inputs"})


def test_the_version_is_told_without_the_command_line():
    assert _modules("--version").isdisjoint({"typer", "pydantic", "omsorg_cli.cli"})


def test_what_is_left_at_the_end_is_not_searched_for_rubbish():
    assert int(_told(FROZEN + CODE.format(words=["--version"]))[-1]) > 1_000


def test_no_default_of_a_model_makes_pydantic_take_a_signature_apart():
    models = [one for name in NAMES for _, one in rows(load(name).inputs)]
    models += [model.Source, model.Published, model.Notice, model.Correlation, model.Head]
    assert not [
        (one, name) for one in models for name, field in one.model_fields.items() if field.default_factory is list
    ]
