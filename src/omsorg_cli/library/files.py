"""A scenario as a new file, in each format that it can have."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.library.given import not_taken

WRITTEN = (".toml", ".json", ".xlsx")
"""The formats of a scenario, by suffix."""


def scenario_as(suffix: str, data: Mapping[str, Any], *, examples: bool = False) -> str | bytes:
    """The scenario in the format of the suffix; with `examples`, a workbook says that its values are some."""
    _refuse_suffix(suffix, suffix)
    if suffix == ".toml":
        from omsorg_cli.scenario.toml import dumps

        return dumps(data)
    if suffix == ".json":
        try:
            return safe_json(json.dumps(data, ensure_ascii=False, indent=2, default=str, allow_nan=False)) + "\n"
        except ValueError:
            raise OmsorgError(
                say("The scenario has a value that is no number (inf or nan), which JSON lacks.")
            ) from None
    from omsorg_cli.render.workbook.fill_in import render

    return render(data, examples=examples)


def new_file(path: Path) -> Path:
    """The path of a scenario to be written; raises `OmsorgError` where it tells no format, or is there already."""
    refuse_unnameable(path)
    _refuse_suffix(path.suffix, str(path))
    return not_there(path)


def _refuse_suffix(suffix: str, file: str) -> None:
    if suffix.lower() not in WRITTEN:
        told = {"path": plain(file), "allowed": ", ".join(WRITTEN)}
        raise OmsorgError(say("{path}: the suffix tells no format; allowed: {allowed}.", **told))


def path_of(found: object) -> Path:
    """The path of a file to be written, as a program gives it; raises `OmsorgError` where it is none."""
    if not isinstance(found, str | os.PathLike):
        raise not_taken("path", found, say("the name of a file"))
    refuse_unnameable(found)
    return Path(found)


def not_there(path: Path) -> Path:
    """The path of a new file; raises `OmsorgError` where there is one already."""
    refuse_unnameable(path)
    if os.path.exists(path):  # noqa: PTH110 # where it cannot be looked for, it cannot be written either, and that is told
        raise OmsorgError(say("{path} is there already, and a new scenario replaces none.", path=plain(str(path))))
    return path


def refuse_unnameable(path: str | os.PathLike[str]) -> None:
    """Raises `OmsorgError` where no system has a file of that name, as where a slash ends it."""
    try:
        named = b"\0" not in os.fsencode(path) and (not path or os.path.basename(path) not in ("", "."))  # noqa: PTH119
    except UnicodeEncodeError:
        named = False
    if not named:
        raise OmsorgError(say("{file} is a name that no file can have.", file=plain(str(path))))
