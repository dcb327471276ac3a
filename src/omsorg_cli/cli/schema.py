"""The verb `schema`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import new_path, write


def schema_command(
    draft: Annotated[str, typer.Option("--draft", metavar="2020-12|4", help="4 is what editors of TOML read.")] = "4",
    output: Annotated[
        Path | None, typer.Option("--output", parser=new_path, metavar="FILE", help="Write there instead.")
    ] = None,
) -> None:
    """Print a schema for editors.

    The JSON Schema of a scenario.
    """
    from omsorg_cli.library.scenarios import schema

    write(f"{json.dumps(schema(draft), ensure_ascii=False, indent=2)}\n", output, is_json=True)
