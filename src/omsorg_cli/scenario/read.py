"""Reads a scenario's text, from a file, a shipped scenario or standard input."""

import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from omsorg_cli.core.errors import OmsorgError, nearest, plain, shown
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.numbers import Written

if TYPE_CHECKING:
    from omsorg_cli.scenario.book import Put
    from omsorg_cli.scenario.sheets import File

MAX_BYTES = 4_000_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the bytes of workbooks begin."""
MAX_DEPTH = 30
NESTING = (dict, list)
"""What may hold other values."""
STANDARD_INPUT = "-"


class Text(NamedTuple):
    """A scenario's text: `name` is what people call it, `file` where it is, `overlays` those in its name.

    `places` tells where values stand that are in no TOML, `files` the files that it has rows from, `remarks` what must
    be said of how they were read, `puts` the inputs that were changed in a result workbook.
    """

    name: str
    file: str
    data: dict[str, Any]
    content: str
    sha256: str
    toml: bool
    overlays: tuple[str, ...] = ()
    places: Mapping[Loc, str] = MappingProxyType({})
    files: "tuple[File, ...]" = ()
    remarks: tuple[str, ...] = ()
    puts: "tuple[Put, ...]" = ()


def shipped_folder() -> Path:
    """Where the shipped scenarios are: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "scenarios"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "scenarios"


def shipped() -> tuple[str, ...]:
    """The names of the shipped scenarios."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.toml")))


def read(reference: str) -> Text:
    """The scenario that the reference names: a shipped one, a path, either with `+overlay`, or `-`."""
    if reference == STANDARD_INPUT:
        if sys.stdin is None:
            raise OmsorgError("Standard input is closed; name a scenario.")
        return _parse(reference, "standard input", sys.stdin.buffer.read(MAX_BYTES + 1), (), Path())
    name, overlays = _split(reference)
    path = shipped_folder() / f"{name}.toml" if name in shipped() else Path(name)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise OmsorgError(_unreadable(name, path, error)) from None
    return _parse(name, path.name if name in shipped() else name, content, overlays, path.parent)


def _split(reference: str) -> tuple[str, tuple[str, ...]]:
    if "+" not in reference or Path(reference).exists():
        return reference, ()
    name, *overlays = reference.split("+")
    return name, tuple(overlays)


def _unreadable(name: str, path: Path, error: OSError | ValueError) -> str:
    said = plain(name)
    if isinstance(error, FileNotFoundError):
        hint = "" if path.suffix else f" Shipped scenarios are {', '.join(shipped())}. {nearest(name, shipped())}"
        return f"{said}: there is no such file.{hint}"
    if isinstance(error, IsADirectoryError):
        return f"{said}: is a folder; a scenario is a TOML or JSON file."
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"{said}: cannot be read: {why}."


def _parse(name: str, file: str, content: bytes, overlays: tuple[str, ...], folder: Path) -> Text:
    said = plain(file)
    if content.startswith(WORKBOOKS):
        return _book(name, said, content, overlays)
    if len(content) > MAX_BYTES:
        raise OmsorgError(f"{said}: is larger than {MAX_BYTES // 1_000_000} MB, the most that a scenario may be.")
    try:
        text = normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise OmsorgError(
            f"{said}: is not text in UTF-8 (byte {error.start}); a scenario is a TOML or JSON file."
        ) from None
    is_json = file.lower().endswith(".json") or text.lstrip().startswith("{")
    try:
        data = _load_json(text) if is_json else tomllib.loads(text.replace("\r\n", "\n"), parse_float=Written)
    except RecursionError:
        raise OmsorgError(_too_deep(said)) from None
    except tomllib.TOMLDecodeError as error:
        from omsorg_cli.scenario.hints import meant

        raise OmsorgError(f"{said}: is not valid TOML: {plain(str(error))}.{plain(meant(text, error))}") from None
    except ValueError as error:
        raise OmsorgError(f"{said}: is not valid JSON: {plain(str(error))}.") from None
    if not isinstance(data, dict):
        raise OmsorgError(
            f"{said}: holds {shown(data)}; a scenario is a table with title, municipality, year and more."
        )
    if _depth(data) > MAX_DEPTH:
        raise OmsorgError(_too_deep(said))
    if str(data.get("format", "")).startswith("omsorg."):
        raise OmsorgError(_written_by_us(said, str(data["format"])))
    found = Text(name, said, data, text, hashlib.sha256(content).hexdigest(), not is_json, overlays)
    return _with_rows(found, folder)


def _book(name: str, said: str, content: bytes, overlays: tuple[str, ...]) -> Text:
    """The scenario that a workbook is."""
    if len(content) > MAX_BYTES:
        raise OmsorgError(f"{said}: is larger than {MAX_BYTES // 1_000_000} MB, the most that a scenario may be.")
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


def _written_by_us(said: str, kind: str) -> str:
    if kind.startswith("omsorg.result/"):
        return f"{said}: is a result, not a scenario. Whether it still holds: omsorg verify --result {said}"
    return f"{said}: is what omsorg has written ({plain(kind)}), not a scenario; a scenario is a TOML or JSON file."


def _too_deep(said: str) -> str:
    return f"{said}: is nested too deeply to be a scenario."


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
    return json.loads(text, parse_float=Written, parse_constant=_constant, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; a key that stands twice would hide what the first says."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for index, (key, _) in enumerate(pairs) if key in dict(pairs[:index]))
        raise ValueError(f"the key {shown(twice)} stands twice in one object")
    return found


def _constant(text: str) -> float:
    return float(text.replace("Infinity", "inf"))
