"""`python -m omsorg_cli` is the command `omsorg`."""

import gc
import sys

from omsorg_cli import __version__


def main() -> None:
    """Answers what needs nothing, and leaves the rest to the command line proper."""
    if sys.argv[1:] == ["--version"]:
        print(f"omsorg {__version__}")
        return
    gc.set_threshold(100_000)  # starting makes many objects and no rubbish: looking for it takes a tenth of a plain run
    from omsorg_cli.cli import run_program

    run_program()


if __name__ == "__main__":
    main()
