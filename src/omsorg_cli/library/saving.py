"""What has forms that it can be saved in."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.library.files import refuse_unnameable


class Saved:
    """Something that is text, data, a page, a workbook or a picture, as far as `forms` says so."""

    forms: ClassVar[dict[str, str]]
    """The formats that it can be saved in, by suffix: what the method is called that makes it."""

    def rendered(self, form: str, suffix: str = "") -> str | bytes:
        """In the form that is named; of a picture, in the format of the suffix."""
        made: Callable[..., str | bytes] = getattr(self, form)
        return made(suffix) if form == "picture" else made()

    def save(self, path: str | Path) -> Path:
        """Writes it to a file; the suffix decides the format, one of those that `forms` has."""
        from omsorg_cli.writing.output import save

        target = Path(path)
        refuse_unnameable(str(path))
        suffix = target.suffix.lower()
        if suffix not in self.forms:
            told = {"file": plain(str(path)), "allowed": ", ".join(self.forms)}
            raise OmsorgError(say("{file}: the suffix names no format; allowed: {allowed}.", **told))
        content = self.rendered(self.forms[suffix], suffix)
        save(content.encode() if isinstance(content, str) else content, target)
        return target
