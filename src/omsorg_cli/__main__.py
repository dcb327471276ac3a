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
        from omsorg_cli.writing.output import emit, guarded

        with guarded():
            if sys.argv[1:] == ["--version"]:
                emit(f"omsorg {__version__}\n")
                return
            from omsorg_cli.core.errors import refuse_without_docstrings

            refuse_without_docstrings()
            from omsorg_cli.cli import run_program

            run_program()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
