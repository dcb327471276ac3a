"""The page that goes to the committee: one HTML file that shows an answer, opens it, and takes it again live."""

from omsorg_cli.render.report.page import captioned, fragment, render, render_parts

__all__ = ["captioned", "fragment", "render", "render_parts"]
