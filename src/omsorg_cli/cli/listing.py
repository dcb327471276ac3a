"""The verb `list`."""

from omsorg_cli.cli.options import Format, format_of, write_shown


def list_command(format_: Format = None) -> None:
    """List the shipped scenarios.

    Lists them with their variants and the calculators that each has inputs for.
    """
    from omsorg_cli.library.scenarios import shipped

    write_shown(shipped(), format_of(format_, None), None)
