"""Changes texts, data and bytes a little or much, by chance that can be had again."""

import json
import random
import re
import tomllib
from copy import deepcopy
from typing import Any

ODD_NUMBERS = (
    *("0", "-0.0", "-1", "1e-320", "5e-324", "1e-100", "1e100", "1e300", "1.7e307", "1e400", "nan", "inf", "-inf"),
    *("9" * 400, "1_000", "0.1", "1", "2", "100", "1e15", "99999", "3", "0.999999", "-0.5"),
)
ODD_TEXTS = (
    *("", " ", "=1+1", "\x1b[31m", "\u202e", "\ufffe", "\\ud800", "a/b", "total", "asss", "%%{init}%%", "x" * 3_000),
    *("5,5 %", "20 MNOK", "1/3", "1/0", "1.234", "12 mill. kr", "2020-13", "2020-02", "unknown", "ja", "true", "-A1"),
    *("☃😀", "a\rb", "a\n\n---\nb", "|", "`x`", "<script>", "[x](y)", "\u200b", "$x$", "#", "{0}", "{x}", "%s", "\\"),
)
ODD_VALUES = (
    *("true", "[]", "{}", "[1, 2]", "{ value = 1 }", "{ value = 1, range = [0, 2] }", "2020-01-01", "12:00:00"),
    *("null", '{ value = "1", source = "x" }', '{ rows = "x.csv" }', "{ value = 1, range = [2, 0] }", "[[]]"),
)
ODD_DATA: tuple[Any, ...] = (
    *(None, True, False, [], {}, [1, 2], {"value": 1}, {"value": 1, "range": [0, 2]}, 0, -1, 1, 2, 0.5, 100, 1e-9),
    *(1e300, 1e9, 10**30, -5, {"value": 5, "range": [1, 9], "coverage": 0.8}, {"value": 2, "source": "x"}),
    *({"en": "a", "nb": "b"}, {"rows": "x.csv"}, [[]], {"": 1}, {"x" * 200: 1}, 10**400),
)
SPOTS = re.compile(r"(?<![\w\"])-?\d[\d_]*(?:\.\d+)?(?![\w\"-])|\"[^\"\n]*\"")
TOKENS = ("[", "]", "{", "}", "=", '"', ",", "\n", ".", "#", "\x00", "\ufeff", "'''", '"""')
TIMES = (0, -1, 0.1, 0.5, 0.9, 1.1, 2, 10, 1000, 1e-9, 1e9, 1e60, 1e200, 1e-200)
NAMES = ("x", "savings", "common", "overlays.a.savings", "sources.z", "correlations", "published.x")


def odd(chance: random.Random) -> str:
    """A value as TOML may have one, mostly where it has no place."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(ODD_NUMBERS)
    return f'"{chance.choice(ODD_TEXTS)}"' if kind < 0.8 else chance.choice(ODD_VALUES)


def odd_word(chance: random.Random) -> str:
    """A value as an option may be given it; the system has no argument with a zero in it."""
    return chance.choice((*ODD_NUMBERS, *ODD_TEXTS, *ODD_VALUES)).replace("\x00", "")


def mutated_text(chance: random.Random, text: str) -> str:
    """The text of a scenario with a few things in it changed."""
    if chance.random() < 0.6:
        for _ in range(chance.choice((0, 1, 2, 5))):
            text = _scaled(chance, text)
        return text
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice((_scaled,) * 10 + (_spot, _spot, _spot, _line, _token, _extra))(chance, text)
    return text


def _spot(chance: random.Random, text: str) -> str:
    """Another value in the place of one."""
    spots = list(SPOTS.finditer(text))
    if not spots:
        return text
    spot = chance.choice(spots)
    return text[: spot.start()] + odd(chance) + text[spot.end() :]


def _line(chance: random.Random, text: str) -> str:
    """A line less, a line twice, two lines in each other's place, or an end before the end."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines = lines[: max(one, 1)]
    return "\n".join(lines)


def _token(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(TOKENS) + text[at + chance.randrange(2) :]


def _scaled(chance: random.Random, text: str) -> str:
    """A number many times as large or as small, or on the other side of zero."""
    spots = [spot for spot in SPOTS.finditer(text) if spot[0][0] != '"']
    if not spots:
        return text
    spot = chance.choice(spots)
    number = float(spot[0]) * chance.choice(TIMES)
    whole = "." not in spot[0] and abs(number) < 1e18
    return text[: spot.start()] + (f"{number:.0f}" if whole else repr(number)) + text[spot.end() :]


def _extra(chance: random.Random, text: str) -> str:
    """A key, a table or a notice more."""
    name, one, other = chance.choice(NAMES), odd(chance), odd(chance)
    notice = (
        f'\n[[notices]]\nwhat = "w"\nchanges = "c"\nwhere = [{one}]\nreading = {{ "savings.population" = {other} }}\n'
    )
    return text + chance.choice(
        (f"\n[{name}]\nvalue = {one}\n", f"\n[[{name}]]\ninputs = [{one}]\nvalue = {other}\n", notice)
    )


def mutated_data(chance: random.Random, data: Any) -> Any:
    """The data with a few things in it changed; the data itself stay as they are."""
    made = json.loads(json.dumps(data, default=str))
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        _changed(chance, made)
    return made


def _changed(chance: random.Random, data: Any) -> None:
    """Walks down by chance, and changes what it comes to."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys:
            return
        key = chance.choice(keys)
        held = data[key]
        if isinstance(held, dict | list) and held and chance.random() < 0.93:
            data = held
            continue
        data[key] = _other(chance, held)
        match chance.randrange(24):
            case 0:
                del data[key]
            case 1 if isinstance(data, list):
                data.append(data[key])
            case 1:
                data[chance.choice((*ODD_TEXTS, str(key).upper(), "value"))] = held
            case _:
                pass
        return


def _other(chance: random.Random, held: Any) -> Any:
    """Another value in the place of one, mostly of the same kind."""
    if isinstance(held, int | float) and not isinstance(held, bool) and abs(held) < 1e300 and chance.random() < 0.75:
        number = held * chance.choice(TIMES)
        return int(number) if isinstance(held, int) and abs(number) < 1e18 else number
    if isinstance(held, str) and chance.random() < 0.7:
        return chance.choice((*ODD_TEXTS, *ODD_NUMBERS, held.upper(), held + "x", held[1:], held * 2))
    return deepcopy(chance.choice((*ODD_DATA, *ODD_TEXTS)))  # else a later change would change it for all seeds


def as_json(chance: random.Random, data: Any) -> str:
    """The data as JSON, in one of the ways that it is written in."""
    return json.dumps(data, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1)))


def text_as_json(text: str) -> str:
    """A TOML text as JSON, where it is one."""
    try:
        return json.dumps(tomllib.loads(text), default=str)
    except (ValueError, RecursionError):
        return text


def mutated_bytes(chance: random.Random, content: bytes) -> bytes:
    """The bytes with some others, fewer, or more among them."""
    for _ in range(chance.choice((1, 1, 3, 10))):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(5):
            case 0:
                content = content[:at] + chance.randbytes(1) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + chance.choice((1, 2, 50)) :]
            case 2:
                content = (
                    content[:at]
                    + chance.choice((b"\x00", b"\xff", b"\xff\xfe", b"\r", b'"', b";", b"9" * 50))
                    + content[at:]
                )
            case 3:
                content = content[: max(at, 1)]
            case _:
                content = content[:at] + content[max(0, at - 20) :]
    return content
