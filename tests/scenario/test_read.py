"""Which text a reference means."""

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.scenario.read import read, shipped

SHIPPED = (
    "baerum2016",
    "drammen2017",
    "drammen2020",
    "gardermoen",
    "norway2016",
    "survey2023",
)


def test_the_shipped_scenarios_are_found():
    assert shipped() == SHIPPED


def test_a_shipped_name_wins_over_a_file_without_suffix(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drammen2020").write_text("x = 1", encoding="utf-8")
    assert "insource" in read("drammen2020").data


def test_a_path_may_have_overlays_and_a_file_with_a_plus_in_its_name_is_that_file(tmp_path):
    plain, plus = tmp_path / "a.toml", tmp_path / "a+b.toml"
    plain.write_text("x = 1", encoding="utf-8")
    plus.write_text("x = 2", encoding="utf-8")
    assert (read(f"{plain}+low+high").overlays, read(f"{plain}+low").data) == (("low", "high"), {"x": 1})
    assert (read(str(plus)).overlays, read(str(plus)).data) == ((), {"x": 2})


def test_the_sha256_is_of_the_bytes_of_the_file(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"abc = 1\r\n")
    # printf 'abc = 1\r\n' | sha256sum
    assert read(str(path)).sha256 == "47a4a9e35796ffe622ccb505ddf43e686da583d17f55adcd34bc11d3de96aee2"


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000, "\x1b[31m.toml"])
def test_a_name_that_no_file_can_have_is_told_harmlessly(name):
    with pytest.raises(OmsorgError) as caught:
        read(name)
    assert "\x1b" not in str(caught.value)
    assert "\x00" not in str(caught.value)


@pytest.mark.parametrize("overlay", ["", "+x"])
@pytest.mark.parametrize("number", [300, 10_000])
def test_a_name_that_is_too_long_is_told_in_short(number, overlay):
    with pytest.raises(OmsorgError, match=r"^a{254}… cannot be read: the name is too long\.$"):
        read("a" * number + overlay)
