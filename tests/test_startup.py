"""What a plain result imports: a library that is not needed costs every run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
NEVER = ("rich", "numpy", "tree_sitter", "scipy")


def _modules(*words: str) -> set[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(words=words)], env=env, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("name", ["savings", "insource", "fte"])
def test_a_json_result_imports_neither_rich_nor_numpy_nor_other_calculators(name):
    modules = _modules(name, "--format", "json")
    calculators = [one.split(".") for one in modules if one.startswith("omsorg_cli.calculators.")]
    assert [file for _, _, _, *files in calculators for file in files] == [name]
    assert modules.isdisjoint(NEVER)


def test_the_help_imports_no_model():
    modules = _modules("--help")
    assert modules.isdisjoint({*NEVER, "pydantic", "omsorg_cli.core.inputs"})


def test_the_version_is_told_without_the_command_line():
    assert _modules("--version").isdisjoint({"typer", "pydantic", "omsorg_cli.cli"})
