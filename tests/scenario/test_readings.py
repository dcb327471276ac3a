"""How the shipped scenarios read the documents: what is an assumption, and what stands in the documents beside the rest."""

import tomllib

import pytest

from omsorg_cli.questions.shared.notices import notices_of
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request, open_scenario
from omsorg_cli.scenario.read import read, shipped, shipped_folder


def figure(calculator, scenario, name, **keys):
    """The figure of the run as it is."""
    (found,) = (
        one
        for one in result_of(read(scenario), Request(), calculator).figures
        if one.figure == name and {key: held for key, held in one.keys.items() if held is not None} == keys
    )
    return found


ASSUMED = {
    "whether the mean of ASSS holds Bærum is said of another figure": (
        ("savings", "baerum2016", "savings_potential_excluding_own"),
        {"base": "asss", "service": "total"},
        {"savings.comparisons.asss/total.includes_own"},
    ),
    "the potential itself rests on no assumption": (
        ("savings", "baerum2016", "savings_potential"),
        {"base": "asss", "service": "total"},
        set(),
    ),
    "footnote 46 does not say that the hour is one more": (
        ("fte", "baerum2016", "hours_gap"),
        {"base": "not_named", "service": "home_nursing"},
        {"fte.services.home_nursing/not_named.gap_hours_per_week"},
    ),
    "nothing of P05 is a judgement as of today": (
        ("insource", "drammen2020", "repatriable_volume"),
        {"programme": "P05"},
        {"insource.purchases.P05.repatriable_share"},
    ),
    "the users whom the municipalities have are not said to be those who grow in number": (
        ("growth", "gardermoen", "number_at_target"),
        {"demand": "recipients"},
        {"growth.demands.recipients.now", "growth.demands.recipients.increase_by"},
    ),
    "what the audit corrects need by is not said": (
        ("savings", "baerum2016", "savings_potential_actual"),
        {"base": "asss", "service": "total"},
        {"savings.need_index"},
    ),
    "of which year the staffed dwellings are is not printed": (
        ("change", "baerum2016", "ratio"),
        {"series": "staffed_dwellings", "base": "drammen", "year": 2016},
        {"change.series.staffed_dwellings/2016.value", "change.series.staffed_dwellings/drammen/2016.value"},
    ),
    "0.04 % of recipients of 2020 is taken of users of 2016": (
        ("unit-cost", "drammen2020", "count"),
        {"item": "p05_purchase"},
        {"unit_cost.items.p05_purchase.count_of"},
    ),
}


@pytest.mark.parametrize(("what", "keys", "assumed"), ASSUMED.values(), ids=ASSUMED.keys())
def test_what_the_document_does_not_say_is_marked_as_an_assumption(what, keys, assumed):
    assert set(figure(*what, **keys).assumptions) == assumed


PRINTED = {
    "167 of the 179 who buy nothing": (("survey", "survey2023", "share_of_answers"), {"table": "reason_given", "group": "reason"}, 167 / 179),
    "49 % of the 102 with places have both lengths": (("survey", "survey2023", "share_of_answers"), {"table": "both_lengths", "group": "both_lengths"}, 0.49),
    "36 % for raised risk of violence": (("survey", "survey2023", "share_of_answers"), {"table": "whole_offer", "group": "risk_of_violence"}, 0.36),
    "37 % have reinforced units, so that 63 % have none": (("organise", "gardermoen", "without_channel"), {"service": "reinforced_units"}, 0.63),
    "84 % of residents have dementia, at least": (("needs-profile", "gardermoen", "share"), {"profile": "nursing_home", "group": "without_dementia"}, 0.16),
    "183 of 252 and not 73 %: 1.27110501 × 183 / 252": (("coverage", "baerum2016", "base_coverage_in_target"), {"base": "drammen", "service": "developmental_disability"}, 252 / (0.0029 * 68_363) * 183 / 252),
}  # fmt: skip


@pytest.mark.parametrize(("what", "keys", "value"), PRINTED.values(), ids=PRINTED.keys())
def test_what_the_document_prints_is_there(what, keys, value):
    assert figure(*what, **keys).value == pytest.approx(value)


def test_a_document_has_one_title_in_all_scenarios():
    titles = {}
    for name in shipped():
        text = (shipped_folder() / f"{name}.toml").read_text(encoding="utf-8")
        for source, held in tomllib.loads(text)["sources"].items():
            titles.setdefault(source, set()).add(held["title"])
    assert {source: found for source, found in titles.items() if len(found) > 1} == {}


def notices(calculator, scenario):
    """What a run of the calculator tells of the documents, by what is said."""
    result = result_of(read(scenario), Request(), calculator)
    return {one.notice.what: one for one in notices_of(result, result.figures)}


TOLD = {
    "wages that explain 82 million and yet differ little, beside wages": ("wage-gap", "baerum2016", "Annex 2 says"),
    "and beside the bridge": ("bridge", "baerum2016", "Annex 2 says"),
    "Drammen's wages of 2015 are the exception": ("wage-gap", "baerum2016", "is an exception"),
    "the audit's own caution with table 3-2, beside hours": ("hours", "baerum2016", "advises some caution"),
    "beside FTE": ("fte", "baerum2016", "advises some caution"),
    "beside coverage": ("coverage", "baerum2016", "advises some caution"),
    "beside the bridge of them": ("bridge", "baerum2016", "advises some caution"),
    "and beside the budget model": ("budget-model", "baerum2016", "advises some caution"),
    "users with mental illness, beside hours": ("hours", "baerum2016", "include people with a mental illness"),
    "and beside FTE": ("fte", "baerum2016", "include people with a mental illness"),
    "Kristiansand's hours of 2016, beside changes": ("change", "baerum2016", "Footnote 26 excludes Kristiansand"),
    "and beside profiles": ("needs-profile", "baerum2016", "Footnote 26 excludes Kristiansand"),
    "31 or 30 % beside changes": ("change", "baerum2016", "31% of all users in the summary"),
    "to 2015 or 2016 beside changes": ("change", "baerum2016", "to 2015 in the text and to 2016"),
    "14 % in all beside changes": ("change", "baerum2016", "Total growth of 14% is barely possible"),
}


@pytest.mark.parametrize(("calculator", "scenario", "said"), TOLD.values(), ids=TOLD.keys())
def test_what_does_not_fit_is_told_beside_what_it_touches(calculator, scenario, said):
    assert [what for what in notices(calculator, scenario) if said in what]


@pytest.mark.parametrize("scenario", shipped())
def test_each_notice_is_told_by_some_calculator(scenario):
    opened = open_scenario(read(scenario))
    told = {what for calculator in opened.inputs for what in notices(calculator, scenario)}
    assert {one.what for one in opened.head.notices} - told == set()


def test_the_residents_are_fewer_than_the_users():
    # 71 % of 0.24 % of 124 008 are 211.3, 43 % of 0.29 % of 68 363 are 85.2; times 1 156 000 and 1 426 000 NOK
    (one,) = (one for what, one in notices("unit-cost", "baerum2016").items() if what.startswith("In 2015 only 71%"))
    found = {other.figure.figure: other.value for other in one.otherwise}
    assert found["total_cost"] == 211 * 1_156_000
    assert found["base_total_cost"] == 85 * 1_426_000
