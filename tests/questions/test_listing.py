from omsorg_cli.questions.listing import listing
from omsorg_cli.scenario.read import read


def test_each_shipped_scenario_is_listed_with_what_it_has():
    (found,) = [one for one in listing() if one.name == "drammen2020"]
    assert found.calculators == ("unit-cost", "insource")
    assert set(found.overlays) == set(read("drammen2020").data["overlays"])
    assert found.published == len(read("drammen2020").data.get("published", ()))
