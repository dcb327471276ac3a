"""Finds the line of each key of a TOML text. Imported only when there is a fault to place."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from omsorg_cli.core.input_types import Loc


def lines(text: str) -> dict[Loc, int]:
    """The line, from 1, of every key, table and list item of the text."""
    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    found: dict[Loc, int] = {}
    counts: dict[Loc, int] = {}
    for loc, node in _tables(tree.root_node, counts):
        for depth in range(1, len(loc) + 1):
            found.setdefault(loc[:depth], node.start_point[0] + 1)
        for pair in node.named_children:
            if pair.type == "pair":
                _place(pair, loc, found)
    return found


def _tables(root: Node, counts: dict[Loc, int]) -> Iterator[tuple[Loc, Node]]:
    yield (), root
    for node in root.named_children:
        if node.type in ("table", "table_array_element"):
            yield _header(node, counts), node


def _header(node: Node, counts: dict[Loc, int]) -> Loc:
    """The table's place: a name on the way that is a list of tables means its last item."""
    names = _names(node.named_children[0])
    loc: Loc = ()
    for index, name in enumerate(names):
        loc = (*loc, name)
        last = index == len(names) - 1
        if last and node.type == "table_array_element":
            counts[loc] = counts.get(loc, -1) + 1
        if loc in counts:
            loc = (*loc, counts[loc])
    return loc


def _names(key: Node) -> list[str]:
    if key.type == "dotted_key":
        return [name for part in key.named_children for name in _names(part)]
    text = (key.text or b"").decode()
    if key.type == "quoted_key":
        with suppress(tomllib.TOMLDecodeError):  # of what is no key a fault is told anyway
            return [*tomllib.loads(f"{text} = 0")]
    return [text]


def _place(pair: Node, loc: Loc, found: dict[Loc, int]) -> None:
    key, value = (node for node in pair.named_children if node.type != "comment")
    for name in _names(key):
        loc = (*loc, name)
        found.setdefault(loc, key.start_point[0] + 1)
    _place_value(value, loc, found)


def _place_value(value: Node, loc: Loc, found: dict[Loc, int]) -> None:
    if value.type == "inline_table":
        for pair in value.named_children:
            if pair.type == "pair":
                _place(pair, loc, found)
    elif value.type == "array":
        for index, item in enumerate(node for node in value.named_children if node.type != "comment"):
            found[(*loc, index)] = item.start_point[0] + 1
            _place_value(item, (*loc, index), found)
