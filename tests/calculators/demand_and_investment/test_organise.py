import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.scenario.read import read
from turns import examples

try:
    SHIPPED = "organise" in read("gardermoen").data
except Exception:  # noqa: BLE001  # no scenario of that name
    SHIPPED = False
shipped_only = pytest.mark.skipif(not SHIPPED, reason="the scenario has no table [organise]")

# computations.csv, C.gardermoen.17.home and so on, of shares in per cent
SUMS = {"home": 1.055, "institution": 1.136, "child_welfare": 1.127, "emergency": 1.130, "crisis_centre": 0.943}


@shipped_only
@pytest.mark.parametrize(("service", "share"), SUMS.items(), ids=[f"C.gardermoen.17.{name}" for name in SUMS])
def test_the_channels_of_a_service_add_up(shipped, service, share):
    assert shipped("organise", "gardermoen")("channel_sum", service=service) == pytest.approx(share, rel=1e-9)


@shipped_only
def test_one_in_eighteen_has_no_crisis_centre_at_the_least(shipped):
    found = shipped("organise", "gardermoen")
    # 100 − 94.3 per cent; the other services add up to more than 100
    assert found("without_channel", service="crisis_centre") == pytest.approx(0.057)
    assert found("without_channel", service="home") == 0


@shipped_only
def test_a_building_together_under_each_councils_control_is_for_an_intermunicipal_company(shipped):
    asked = [f"organise.requirements.{name}.asked=true" for name in ("investment", "democratic_control")]
    found = shipped("organise", "gardermoen", *asked)
    models = ("host_municipality", "intermunicipal_company", "limited_company")
    assert [found("fits", model=model) for model in models] == [0, 1, 0]
    assert [found("requirements_met", model=model) for model in models] == [0, 2, 1]
    assert "joint_contract" in found.missing


@shipped_only
def test_nothing_is_known_of_how_many_municipalities_a_model_suits(shipped):
    found = shipped("organise", "gardermoen", "organise.requirements.many_municipalities.asked=true")
    assert found("fits", model="host_municipality") is None
    assert "does not give meets" in found.missing


@pytest.fixture(scope="session")
def chosen(answers):
    """The answers for models by what they meet of requirements by name."""

    def of(models, requirements, **table):
        held = [
            {"model": name, "requirements": {key: {} if one is None else {"meets": one} for key, one in met.items()}}
            for name, met in models.items()
        ]
        rows = [{"requirement": name, **one} for name, one in requirements.items()]
        return answers("organise", {"organise": {"models": held, "requirements": rows, **table}})

    return of


TWO = {"a": {"x": True, "y": False}, "b": {"x": True, "y": True}}
ASKED = {
    "nothing is asked, so nobody can tell": ((False, False), (None, None), (None, None)),
    "both meet the one that is asked": ((True, False), (1, 1), (1, 1)),
    "only one meets the other": ((False, True), (0, 1), (0, 1)),
    "only one meets both": ((True, True), (0, 1), (1, 2)),
}


@pytest.mark.parametrize(("asked", "fits", "met"), ASKED.values(), ids=ASKED.keys())
def test_a_model_fits_that_meets_all_that_is_asked(chosen, asked, fits, met):
    found = chosen(TWO, {"x": {"asked": asked[0]}, "y": {"asked": asked[1]}})
    assert (found("fits", model="a"), found("fits", model="b")) == fits
    assert (found("requirements_met", model="a"), found("requirements_met", model="b")) == met
    assert found("requirements_asked") == sum(asked)


def test_that_nothing_is_asked_is_said_in_place_of_a_fit(omsorg, chosen):
    assert "no requirement is set" in chosen(TWO, {"x": {}, "y": {}}).missing
    told = omsorg("organise").stdout
    assert (
        "No requirement is set, so no model is ruled out and none has a score. "
        "Set one with --set organise.requirements.NAME.asked=true." in told
    )
    assert not re.search(r"^ *model +fits", told, re.MULTILINE)
    assert "no requirement is set" in omsorg("organise", "--full").stdout
    assert "omsorg sensitivity" not in told  # it rests on no number
    asked = omsorg("organise", "--set", "organise.requirements.investment.asked=true").stdout
    assert "Models that meet every requirement set: Inter-municipal company (IKS) and Limited company (AS)." in asked
    assert "No requirement is set" not in asked
    assert "Models that are not judged on every requirement set are left out of the first table." in asked
    assert not re.search(r"^ *Joint contract with a private provider +(yes|no) +[0-9]", asked, re.MULTILINE)
    assert re.search(r"^ *Host municipality \(vertskommune\) +no +0$", asked, re.MULTILINE)


def test_the_score_is_the_part_of_the_weight(chosen):
    found = chosen(TWO, {"x": {"asked": True, "weight": 3}, "y": {"asked": True, "weight": 1}})
    assert (found("score", model="a"), found("score", model="b")) == (0.75, 1)


def test_what_is_not_asked_has_no_weight(chosen):
    found = chosen(TWO, {"x": {"asked": True, "weight": 3}, "y": {"weight": 1}})
    assert found("score", model="a") == 1


def test_without_weights_there_is_no_score_and_that_is_said(chosen):
    found = chosen(TWO, {"x": {"asked": True}, "y": {"asked": True, "weight": 1}})
    assert (found("score", model="a"), found("fits", model="b")) == (None, 1)
    assert "score (a; b): the scenario does not give weight" in found.missing


def test_what_is_not_known_counts_only_where_it_is_asked(chosen):
    models = {"a": {"x": True, "y": None}, "b": {"x": True, "y": True}}
    assert chosen(models, {"x": {"asked": True}, "y": {}})("fits", model="a") == 1
    found = chosen(models, {"x": {"asked": True}, "y": {"asked": True}})
    assert (found("fits", model="a"), found("fits", model="b")) == (None, 1)
    assert "(a): the scenario does not give meets" in found.missing


def test_weights_of_nothing_give_no_score(chosen):
    found = chosen(TWO, {"x": {"asked": True, "weight": 0}, "y": {}})
    assert found("score", model="a") is None
    assert "no requirement is set, or none that is set has a weight" in found.missing


FAULTS = {
    "a requirement that there is not": (
        {"a": {"x": True, "z": True}},
        {"x": {}},
        'found "z", which is not a requirement',
    ),
    "a requirement left out": ({"a": {"x": True}}, {"x": {}, "y": {}}, "found nothing on y; allowed: a table for each"),
    "no model": ({}, {"x": {}}, "models"),
    "no requirement": ({"a": {"x": True}}, {}, "requirements"),
    "no number to meet": ({"a": {"x": 1}}, {"x": {}}, "meets: found 1; allowed: true or false"),
    "a weight below zero": (
        {"a": {"x": True}},
        {"x": {"weight": -1}},
        "weight: found -1; allowed: a number (ratio), at least 0",
    ),
}


@pytest.mark.parametrize(("models", "requirements", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_table_that_makes_no_sense_is_refused(chosen, models, requirements, told):
    with pytest.raises(Exception) as raised:  # noqa: PT011  # the message is what counts
        chosen(models, requirements)
    assert told in str(raised.value)


def delivery(*shares):
    return [{"service": "s", "channel": f"c{index}", "share": share} for index, share in enumerate(shares)]


def test_a_share_past_one_and_a_channel_twice_are_refused(chosen):
    with pytest.raises(Exception, match="share: found 1.2; allowed: a number \\(share\\), at least 0 and at most 1"):
        chosen(TWO, {"x": {}, "y": {}}, delivery=delivery(1.2))
    with pytest.raises(Exception, match="has the same service and channel as an earlier item"):
        chosen(TWO, {"x": {}, "y": {}}, delivery=delivery(0.1) * 2)


def test_a_service_that_nobody_delivers_has_no_parts(chosen):
    found = chosen(TWO, {"x": {}, "y": {}}, delivery=delivery(0, 0))
    assert (found("without_channel", service="s"), found("part_of_channels", service="s", channel="c0")) == (1, None)


@settings(deadline=None, max_examples=examples(50))
@given(shares=st.lists(st.floats(0.001, 1), min_size=1, max_size=6))
def test_the_parts_of_channels_add_up_and_some_have_none_only_below_one(chosen, shares):
    found = chosen(TWO, {"x": {}, "y": {}}, delivery=delivery(*shares))
    assert sum(found.series("part_of_channels", "channel", service="s").values()) == pytest.approx(1)
    assert found("without_channel", service="s") == pytest.approx(max(1 - sum(shares), 0))


def test_what_speaks_for_and_against_a_model_is_shown_and_can_be_set(omsorg, tmp_path):
    path = tmp_path / "models.toml"
    path.write_text(
        'title = "T"\nmunicipality = "M"\nyear = 2020\n[[organise.requirements]]\nrequirement = "x"\n'
        '[[organise.models]]\nmodel = "a"\ncontrol_for = "close to the councils"\n'
        "[organise.models.requirements]\nx.meets = true\n",
        encoding="utf-8",
    )
    shown = omsorg("organise", str(path), "--full")
    assert "close to the councils" in shown.stdout
    changed = omsorg("organise", str(path), "--set", "organise.models.a.control_for=far from them", "--full")
    assert "far from them" in changed.stdout
    refused = omsorg("organise", str(path), "--set", "organise.models.a.control_for= ")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "allowed: text" in refused.stderr
