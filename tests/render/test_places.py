"""Places in sources are read in the language that is spoken, and the documents by their titles."""

import pytest

from omsorg_cli.core.language import spoken
from omsorg_cli.render.places import place_text

NORWEGIAN = {
    "3.1.2, paragraph 2": "3.1.2, avsnitt 2",
    "fn. 46 and 47 and 3.3.1 after table 3-2, paragraph 6": "fotnote 46 og 47 og 3.3.1 etter tabell 3-2, avsnitt 6",
    "summary, Kostnadsdriverne, paragraph 2": "sammendraget, Kostnadsdriverne, avsnitt 2",
    "heading of table 18.16": "overskriften til tabell 18.16",
    "annex 1, to points 1 and 2, paragraph after the table": "vedlegg 1, til punkt 1 og 2, avsnitt etter tabellen",
    "slides Fellestjeneste 3 and 4, Bakgrunn": "lysbildene Fellestjeneste 3 og 4, Bakgrunn",
    "18.1 before and after table 18.4": "18.1 før og etter tabell 18.4",
    "answer 1, P06 and answer 3, paragraph 2": "svar 1, P06 og svar 3, avsnitt 2",
    "Care and health for all, table 2": "Care and health for all, tabell 2",
}
"""A place, and what a Norwegian reads for it; the headings of a document are its own words."""


@pytest.mark.parametrize(("place", "read"), NORWEGIAN.items())
def test_a_place_is_read_in_norwegian(place, read):
    with spoken("nb"):
        assert place_text(place) == read


@pytest.mark.parametrize("place", NORWEGIAN)
def test_in_english_it_stands_as_it_is_written(place):
    assert place_text(place) == place


def test_a_source_is_named_by_its_title_where_people_read_and_by_its_id_in_data(omsorg):
    words = ("explain", "fte", "--figure", "fte_gap", "--service", "home_nursing", "--lang", "nb")
    told = omsorg(*words).stdout
    assert "hjemmebaserte tjenester i Bærum kommune, fotnote 41" in told
    assert "baerum2017" not in told
    assert "baerum2017, fn. 41" in omsorg(*words, "--format", "json").stdout
