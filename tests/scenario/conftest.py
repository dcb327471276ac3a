"""Opening made-up scenarios from their text."""

import hashlib
import tomllib

import pytest

from omsorg_cli.core.errors import ScenarioError
from omsorg_cli.scenario.load import Request, open_scenario
from omsorg_cli.scenario.read import Text


@pytest.fixture
def opened():
    """Opens a scenario's TOML text, with overlays and changes."""

    def open_text(text, *, overlays=(), sets=(), calculators=None):
        data = tomllib.loads(text)
        told = Text("test", "test.toml", data, text, hashlib.sha256(text.encode()).hexdigest(), toml=True)
        return open_scenario(told, Request(overlays, sets), calculators)

    return open_text


@pytest.fixture
def faults(opened):
    """The faults of a scenario's TOML text, as people read them."""

    def read(text, **options):
        with pytest.raises(ScenarioError) as caught:
            opened(text, **options)
        return str(caught.value).splitlines()

    return read
