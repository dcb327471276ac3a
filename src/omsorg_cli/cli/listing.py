"""The verb `list`."""

from omsorg_cli.cli.options import Format, format_of, write_rendered


def list_command(format_: Format = None) -> None:
    """List the shipped scenarios.

    With their overlays, and the calculators that each has inputs for.
    """
    from omsorg_cli.questions.listing import listing
    from omsorg_cli.render import listing as catalogue

    chosen, entries = format_of(format_, None), listing()
    write_rendered(catalogue, entries, chosen, None)
