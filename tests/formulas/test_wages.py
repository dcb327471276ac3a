from omsorg_cli.formulas.wages import cost_of_an_hour


def test_an_hour_costs_what_an_fte_does_by_its_hours():
    # 850 000 / 1 700
    assert cost_of_an_hour(850_000, 1_700) == 500
