"""The page that goes to the committee: one HTML file that shows an answer, opens it, and takes it again live."""

from omsorg_cli.render.report.page import chart, fragment, render, render_explained, render_parts, render_verb

__all__ = ["chart", "fragment", "render", "render_explained", "render_parts", "render_verb"]
