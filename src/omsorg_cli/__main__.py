"""`python -m omsorg_cli` is the command `omsorg`."""

import atexit
import gc
import os
import sys

from omsorg_cli import __version__


def main() -> None:
    """Answers what needs nothing, and leaves the rest to the command line proper."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else's code checks inputs, nor is looked for
    gc.set_threshold(
        100_000, 50, 100
    )  # starting makes many objects and no rubbish: looking for it takes a tenth of a plain run
    atexit.register(gc.freeze)  # nor is it looked for at the end: what is left goes with the process
    try:
        from omsorg_cli.writing.output import guarded

        with guarded():
            if sys.argv[1:] == ["--version"]:
                print(f"omsorg {__version__}")
                return
            _refuse_without_docstrings()
            from omsorg_cli.cli import run_program

            run_program()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _refuse_without_docstrings() -> None:
    """Help, explanations and workbooks are made of docstrings; without them they would say something else."""
    if sys.flags.optimize > 1:
        from omsorg_cli.core.errors import OmsorgError
        from omsorg_cli.core.language import say

        raise OmsorgError(
            say("Python runs without docstrings (PYTHONOPTIMIZE=2 or -OO), of which help is made; unset it.")
        )


if __name__ == "__main__":
    main()
