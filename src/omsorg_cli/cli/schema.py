"""The verb `schema`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import write
from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import say


def schema_command(
    draft: Annotated[str, typer.Option("--draft", metavar="2020-12|4", help="4 is what editors of TOML read.")] = "4",
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print a schema for editors.

    The JSON Schema of a scenario.
    """
    from omsorg_cli.render.data import dumps
    from omsorg_cli.scenario.schema import DRAFTS, schema

    if draft not in DRAFTS:
        raise OmsorgError(
            say("--draft: found {found}; allowed: {allowed}.", found=shown(draft), allowed=", ".join(DRAFTS))
        )
    write(dumps(schema(draft)), output, is_json=True)
