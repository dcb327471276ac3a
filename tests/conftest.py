"""What all tests share: running the program as its users do, and made-up scenarios."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
os.environ["PYTHONPATH"] = str(ROOT / "src")  # whatever a test starts runs this code, not an installed one
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def omsorg() -> Run:
    """Runs the program in a process of its own; text goes to its standard input."""

    def run(*words: str, text: str | None = None, cwd: Path | None = None, **env: str) -> Any:
        return subprocess.run(
            [sys.executable, "-m", "omsorg_cli", *words],
            input=text,
            capture_output=True,
            encoding=env.get("PYTHONIOENCODING", "utf-8"),
            cwd=cwd,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
            check=False,
        )

    return run
