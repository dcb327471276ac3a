"""The text of an explanation."""


class Explanation(str):
    """Text that shows itself as the lines that it has, in a notebook as in a console."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The text."""
        return str(self)
