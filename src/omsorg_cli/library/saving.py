"""What has forms that it can be saved in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, SupportsIndex, TypeVar

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.reading import Place, remembered
from omsorg_cli.library.files import path_of

TEXTS = {".json": "json", ".csv": "csv", ".md": "markdown", ".markdown": "markdown", ".txt": "text"}
PAGES = {".html": "html", ".htm": "html"}
WORKBOOKS = {".xlsx": "xlsx"}
PICTURES = {".svg": "picture", ".png": "picture", ".pdf": "picture"}
PRINTED = {".pdf": "picture"}
EVERY = TEXTS | WORKBOOKS | PICTURES | PAGES
"""What is saved in every form, by suffix: what the method is called that makes it."""


class Saved:
    """Something that is text, data, a page, a workbook or a picture, as far as `forms` says so."""

    forms: ClassVar[dict[str, str]]
    """The formats that it can be saved in, by suffix: what the method is called that makes it."""
    _read_from: frozenset[Place] = frozenset()
    _call: tuple[Any, ...] | None = None

    @property
    def read_from(self) -> frozenset[Place]:
        """The files that it was made from, which are not written over."""
        return self._read_from

    def made_by(self, *call: Any, read_from: Iterable[Place]) -> Self:
        """The same, which knows the files that it was made from, and maybe the call that `pickle` makes again."""
        self._read_from, self._call = frozenset(read_from), call or None
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return super().__reduce_ex__(protocol) if self._call is None else (_called, self._call)

    def rendered(self, form: str, suffix: str = "") -> str | bytes:
        """In the form that is named; of a picture, in the format of the suffix."""
        made: Callable[..., str | bytes] = getattr(self, form)
        return made(suffix) if form == "picture" else made()

    def save(self, path: str | Path) -> Path:
        """Writes it to a file; the suffix decides the format, one of those that `forms` has."""
        from omsorg_cli.writing.output import save

        target = path_of(path)
        suffix = target.suffix.lower()
        if suffix not in self.forms:
            told = {"file": plain(str(path)), "allowed": ", ".join(self.forms)}
            raise OmsorgError(say("{file}: the suffix names no format; allowed: {allowed}.", **told))
        content = self.rendered(self.forms[suffix], suffix)
        with remembered(self._read_from):
            save(content.encode() if isinstance(content, str) else content, target)
        return target


Asker = TypeVar("Asker", bound=Saved)
Found = TypeVar("Found", bound=Saved)
Asked = ParamSpec("Asked")


def asked_anew(
    question: Callable[Concatenate[Asker, Asked], Found],
) -> Callable[Concatenate[Asker, Asked], Found]:
    """The same question, whose answer can be copied and sent elsewhere: it is then asked anew."""

    @wraps(question)
    def asked(asker: Asker, /, *given: Asked.args, **named: Asked.kwargs) -> Found:
        found = question(asker, *given, **named)
        again = {name: one for name, one in named.items() if name != "sink"}
        return found.made_by(asked, (asker, *given), again, read_from=found.read_from | asker.read_from)

    return asked


def _called(call: Callable[..., Any], given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    return call(*given, **named)
