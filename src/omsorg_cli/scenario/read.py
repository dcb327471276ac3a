"""Reads a scenario's text, from a file, a shipped scenario or standard input."""

import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from omsorg_cli.core.errors import OmsorgError, nearest, plain, shown, why_of
from omsorg_cli.core.fixed import Fixed
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import brief
from omsorg_cli.core.numbers import Written, number_text
from omsorg_cli.core.reading import Place, gone, nowhere, remember, remembered

if TYPE_CHECKING:
    from omsorg_cli.scenario.book import Put
    from omsorg_cli.scenario.sheets import File

MAX_BYTES = 4_000_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the bytes of workbooks begin."""
MAX_DEPTH = 30
MAX_VALUES = 200_000
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}\.[ \t]*+){{{MAX_DEPTH},}}+{_PART}[=\]]")
"""A key of more parts than tables may stand inside each other: reading it would take long."""
NESTING = (dict, list)
"""What may hold other values."""
STANDARD_INPUT = "-"


class Text(NamedTuple):
    """A scenario's text: `name` is what people call it, `file` where it is, `overlays` those in its name.

    `places` tells where values stand that are in no TOML, `files` the files that it has rows from, `remarks` what must
    be said of how they were read, `puts` the inputs that were changed in a result workbook, `read_from` every file that
    it was read from.
    """

    name: str
    file: str
    data: dict[str, Any]
    content: str
    sha256: str
    toml: bool
    overlays: tuple[str, ...] = ()
    places: Mapping[Loc, str] = Fixed()
    files: "tuple[File, ...]" = ()
    remarks: tuple[str, ...] = ()
    puts: "tuple[Put, ...]" = ()
    read_from: frozenset[Place] = frozenset()


def shipped_folder() -> Path:
    """Where the shipped scenarios are: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "scenarios"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "scenarios"


def shipped() -> tuple[str, ...]:
    """The names of the shipped scenarios."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.toml")))


def read(reference: str) -> Text:
    """The scenario that the reference names: a shipped one, a path, either with `+overlay`, or `-`."""
    with remembered() as found:
        return _read(reference)._replace(read_from=frozenset(found))


def read_text(text: str) -> Text:
    """The scenario that the text is, in TOML or JSON."""
    with remembered() as found:
        made = _parse(STANDARD_INPUT, say("text"), text.encode(), (), Path())
        return made._replace(read_from=frozenset(found))


def _read(reference: str) -> Text:
    if reference == STANDARD_INPUT:
        if sys.stdin is None:
            raise OmsorgError(say("Standard input is closed; name a scenario."))
        remember(sys.stdin.buffer)
        return _parse(reference, "standard input", sys.stdin.buffer.read(MAX_BYTES + 1), (), Path())
    name, overlays = _split(reference)
    path = shipped_folder() / f"{name}.toml" if name in shipped() else Path(name)
    try:
        with path.open("rb") as file:
            remember(file)
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise OmsorgError(_unreadable(name, path, error)) from None
    return _parse(name, path.name if name in shipped() else name, content, overlays, path.parent)


def _split(reference: str) -> tuple[str, tuple[str, ...]]:
    if "+" not in reference or os.path.exists(reference):  # noqa: PTH110 # Path raises where a name is too long
        return reference, ()
    name, *overlays = reference.split("+")
    return name, tuple(overlays)


def _unreadable(name: str, path: Path, error: OSError | ValueError) -> str:
    said = brief(name)
    if isinstance(error, FileNotFoundError) and not path.is_absolute() and nowhere():
        return gone(said)
    if isinstance(error, FileNotFoundError):
        if path.suffix:
            return say("There is no file {file}.", file=said)
        told = {"file": shown(said), "hint": nearest(name, shipped())}
        return say("There is no file or shipped scenario called {file}. {hint}", **told)
    if isinstance(error, IsADirectoryError):
        return say("{file} is a folder; a scenario is a TOML or JSON file, or a workbook.", file=said)
    return say("{file} cannot be read: {why}.", file=said, why=why_of(error))


def _parse(name: str, file: str, content: bytes, overlays: tuple[str, ...], folder: Path) -> Text:
    said = brief(file)
    if content.startswith(WORKBOOKS):
        return _book(name, said, content, overlays)
    _refuse_large(said, content)
    try:
        text = normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        told = {"file": said, "byte": error.start}
        raise OmsorgError(
            say("{file} is not text in UTF-8 (byte {byte}); a scenario is a TOML or JSON file, or a workbook.", **told)
        ) from None
    _refuse_endless(said, text)
    is_json = file.lower().endswith(".json") or text.lstrip().startswith("{")
    try:
        data = _load_json(text) if is_json else tomllib.loads(text.replace("\r\n", "\n"), parse_float=Written)
    except RecursionError:
        raise OmsorgError(too_deep(said)) from None
    except tomllib.TOMLDecodeError as error:
        from omsorg_cli.scenario.hints import meant
        from omsorg_cli.scenario.toml_faults import fault_text

        told = {"file": said, "fault": fault_text(error), "hint": plain(meant(text, error))}
        raise OmsorgError(say("{file} is not valid TOML: {fault}.{hint}", **told)) from None
    except ValueError as error:
        if "integer string conversion" in str(error):
            raise OmsorgError(say("{file} has a whole number of more digits than are read.", file=said)) from None
        raise OmsorgError(say("{file} is not valid JSON: {fault}.", file=said, fault=plain(str(error)))) from None
    if not isinstance(data, dict):
        raise OmsorgError(
            say(
                "{file} holds {found}; a scenario is a table with title, municipality, year and more.",
                file=said,
                found=shown(data),
            )
        )
    if _depth(data) > MAX_DEPTH:
        raise OmsorgError(too_deep(said))
    if str(data.get("format", "")).startswith("omsorg."):
        raise OmsorgError(_written_by_us(said, str(data["format"])))
    found = Text(name, said, data, text, hashlib.sha256(content).hexdigest(), not is_json, overlays)
    return _with_rows(found, folder)


def _refuse_large(said: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise OmsorgError(
            say("{file} is larger than {most} MB, the most that a scenario may be.", file=said, most=most)
        )


def _book(name: str, said: str, content: bytes, overlays: tuple[str, ...]) -> Text:
    """The scenario that a workbook is."""
    _refuse_large(said, content)
    from omsorg_cli.scenario.book import read_book

    found = read_book(content, said)
    sha256 = hashlib.sha256(content).hexdigest()
    return Text(name, said, found.data, "", sha256, False, overlays, found.places, (), found.remarks, found.puts)


def _with_rows(text: Text, folder: Path) -> Text:
    """The text with the rows of the files that it names."""
    if "rows" not in text.content:
        return text
    from omsorg_cli.scenario.rows import expanded, has_rows

    if not has_rows(text.data):
        return text
    made = expanded(text.data, folder, text.file)
    return text._replace(data=made.data, places=made.places, files=tuple(made.files), remarks=tuple(made.remarks))


def _refuse_endless(said: str, text: str) -> None:
    """What would take long to read is refused before it is."""
    if text.count(",") + text.count("\n") > MAX_VALUES:
        most = number_text(MAX_VALUES)
        raise OmsorgError(
            say("{file} has more than {most} values or lines, the most that a scenario may have.", file=said, most=most)
        )
    if any(line.count(".") >= MAX_DEPTH and _LONG_KEY.search(line) for line in text.split("\n")):
        raise OmsorgError(too_deep(said))


def _written_by_us(said: str, kind: str) -> str:
    if kind.startswith("omsorg.result/"):
        return say("{file} is a result, not a scenario. To check it: omsorg verify --result {file}", file=said)
    told = {"file": said, "format": plain(kind)}
    return say(
        "{file} is output of omsorg ({format}), not a scenario; a scenario is a TOML or JSON file, or a workbook.",
        **told,
    )


def too_deep(said: str) -> str:
    """What is told of a scenario whose parts stand inside each other without an end."""
    return say("{file} is nested too deeply to be a scenario.", file=said)


def _depth(data: Any) -> int:
    """How many tables and lists stand inside each other; counted no further than is allowed."""
    layer = [data]
    for depth in range(MAX_DEPTH + 2):
        layer = [
            inner
            for one in layer
            if isinstance(one, NESTING)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not layer:
            return depth
    return MAX_DEPTH + 1


def _load_json(text: str) -> Any:
    return json.loads(text, parse_float=Written, parse_constant=_constant, object_pairs_hook=whole_object)


def whole_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of JSON; a key that stands twice would hide what the first says."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(say("the key {key} stands twice in one object", key=shown(key)))
        found[key] = value
    return found


def _constant(text: str) -> float:
    return float(text.replace("Infinity", "inf"))
