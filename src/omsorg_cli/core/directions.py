"""Which figures that are no money saved or spent go either way, and how people are told which way."""

HOW_MANY = (
    "beyond_constant_coverage",
    "backtest_gap",
    "fte_gap",
    "fte_gap_share",
    "gap_at_base_coverage",
    "gap_at_base_hours_per_user",
    "gap_at_both",
    "gap_hours_per_user",
    "gap_in_days",
    "hours_above_threshold",
    "hours_gap",
    "users_effect",
)
"""Figures that say how many more there are, or how many fewer."""
LEVELS = (
    "above_implied",
    "absence_gap",
    "backtest_gap_share",
    "base_gap_share",
    "cost_gap_net_of_need",
    "coverage_above_base",
    "coverage_gap",
    "deviation",
    "difference",
    "difference_share",
    "gap_share",
    "gap_share_excluding_own",
    "gap_share_of_own",
    "mean_above_country",
    "mean_difference",
    "method_difference",
    "need_above_country",
    "need_above_mean",
    "need_above_own",
    "own_above_country",
    "own_above_mean",
    "total_gap",
    "unit_cost_deviation",
    "unit_cost_gap_share",
)
"""Figures that say how far a level lies above another, or below it."""
CHANGES = (
    "added",
    "added_cost",
    "base_change",
    "base_growth",
    "base_growth_per_year",
    "budget_change",
    "change",
    "change_since",
    "cost_change",
    "coverage_change",
    "growth",
    "growth_contribution",
    "growth_per_year",
    "growth_share",
    "hours_inside",
    "hours_registered",
    "mean_change_since",
    "part_of_coverage",
    "profile_growth",
    "rise",
    "rise_share",
    "yearly_growth",
    "yearly_rate",
)
"""Figures that say how much something grew or shrank."""
FREED = ("fte_equivalent", "fte_equivalent_actual")
"""Figures that say how many a saving would free, or how many more would be needed."""
COSTS = ("current_measure_cost", "current_net_cost", "measure_cost", "net_cost")
"""Figures that say what something costs, or saves."""
EITHER_WAY = {
    **dict.fromkeys(HOW_MANY, "count"),
    **dict.fromkeys(LEVELS, "gap"),
    **dict.fromkeys(CHANGES, "change"),
    **dict.fromkeys(FREED, "freed"),
    **dict.fromkeys(COSTS, "cost"),
}
"""How people are told which way each of them goes."""
