"""What insourcing says to people: its answer, tables and labels, and what must be said with its figures."""

from omsorg_cli.calculators.insourcing_and_plans import insource_growth
from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import CATEGORY, PHASE, PROGRAMME
from omsorg_cli.core.calculator import Remark
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Years

HALF_A_USER = 0.5
"""Users without a place that are only what whole places leave of a share of users, and not told of."""

SUBJECT = "{municipality} {years}: bringing purchased care in-house"
OTHER_SUBJECTS = (
    Remark(
        "outsourced_share", lambda value: value == 1, "{municipality} {years}: buying care that is provided in-house"
    ),
    Remark(
        "outsourced_share",
        lambda value: 0 < value < 1,
        "{municipality} {years}: bringing care in-house, and buying care that is provided in-house",
    ),
)

ANSWER = (
    Lines(
        templates=(
            (
                BySign(
                    "total_net_saving",
                    "{outsourced_share:if_all}On the scenario's assumptions, buying care instead of providing it saves "
                    "{total_net_saving:prose} over {years:spelled}.",
                    "{outsourced_share:if_all}On the scenario's assumptions, buying care instead of providing it costs "
                    "{total_net_saving:prose} more over {years:spelled}.",
                    "{outsourced_share:if_all}On the scenario's assumptions, buying care instead of providing it "
                    "neither saves nor costs anything over {years:spelled}.",
                ),
                BySign(
                    "total_net_saving",
                    "{outsourced_share:if_any}On the scenario's assumptions, bringing some care in-house and buying "
                    "other care saves "
                    "{total_net_saving:prose} over {years:spelled}.",
                    "{outsourced_share:if_any}On the scenario's assumptions, bringing some care in-house and buying "
                    "other care costs "
                    "{total_net_saving:prose} more over {years:spelled}.",
                    "{outsourced_share:if_any}On the scenario's assumptions, bringing some care in-house and buying "
                    "other care neither saves nor "
                    "costs anything over {years:spelled}.",
                ),
                BySign(
                    "total_net_saving",
                    "On the scenario's assumptions, bringing care in-house saves {total_net_saving:prose} over "
                    "{years:spelled}.",
                    "On the scenario's assumptions, bringing care in-house costs {total_net_saving:prose} more over "
                    "{years:spelled}.",
                    (
                        "{purchase_avoided:if_none}Nothing is brought in-house within the period.",
                        (
                            "On the scenario's assumptions, bringing care in-house neither saves nor costs anything "
                            "over {years:spelled}."
                        ),
                    ),
                ),
            ),
            BySign(
                "current_net_saving",
                "In current prices, it would save {current_net_saving:prose} over {years:spelled}.",
                "In current prices, it would cost {current_net_saving:prose} more over {years:spelled}.",
                "In current prices, it would neither save nor cost anything over {years:spelled}.",
            ),
            BySign(
                "saving_at_full_effect",
                "With every phase in place, it saves {saving_at_full_effect:prose}.",
                "With every phase in place, it costs {saving_at_full_effect:sum} more a year.",
            ),
            (
                "Purchases cost {total_purchased:some}, of which {repatriable_volume:some} can be brought in-house.",
                "Purchases cost {total_purchased:some}.",
            ),
            "Buying what can be bought of the care provided in-house today would cost {outsourceable_volume:some}.",
            "It pays for itself from {payback_year}, counting {investment_paid:any} of investment when it is paid.",
            (
                "It does not pay for itself within the period; with every phase in place it would from "
                "{payback_year_at_full_effect}, {payback_years_beyond_horizon:spelled_any} after the period."
            ),
        ),
    ),
    Lines(
        per=PROGRAMME,
        otherwise=True,
        templates=(
            BySign(
                "net_saving",
                "{programme}: the change saves {net_saving:prose} over {years:spelled}.",
                "{programme}: the change costs {net_saving:prose} more over {years:spelled}.",
                (
                    "{purchase_avoided:if_none}{programme}: nothing is brought in-house within the period.",
                    "{programme}: the change neither saves nor costs anything over {years:spelled}.",
                ),
            ),
        ),
    ),
)

VIEWS = (
    Years(
        heading="By year, in {unit}",
        rows=(
            ("purchases avoided", "purchase_avoided"),
            ("in-house provision", "own_cost"),
            ("start-up", "startup_cost"),
            ("exit from contracts", "exit_cost"),
            ("capital cost", "capital_cost"),
            ("paid twice", "paid_twice"),
            ("additional refunds", "refund_change"),
            ("contract follow-up saved", "followup_saved"),
            ("in-house cost that stays", "own_cost_kept"),
            ("overhead", "overhead_added"),
            ("additional user payments", "user_payment_change"),
            ("VAT compensation lost", "vat_lost"),
            ("transport saved", "transport_change"),
            ("net saving", "net_saving"),
            ("purchases avoided in current prices", "current_purchase_avoided"),
            ("in-house provision in current prices", "current_own_cost"),
            ("start-up in current prices", "current_startup_cost"),
            ("exit from contracts, current prices", "current_exit_cost"),
            ("capital cost in current prices", "current_capital_cost"),
            ("paid twice in current prices", "current_paid_twice"),
            ("additional refunds in current prices", "current_refund_change"),
            ("contract follow-up saved, current prices", "current_followup_saved"),
            ("in-house that stays, current prices", "current_own_cost_kept"),
            ("overhead in current prices", "current_overhead_added"),
            ("additional user payments, current prices", "current_user_payment_change"),
            ("VAT compensation lost, current prices", "current_vat_lost"),
            ("transport saved in current prices", "current_transport_change"),
            ("net saving in current prices", "current_net_saving"),
            ("present value of net saving", "present_net_saving"),
            ("FTE needed", "fte_needed"),
            ("FTE no longer needed", "fte_released"),
            ("FTE that can be recruited", "fte_recruited"),
        ),
        drawn=("net_saving", "cumulative_saving"),
        turned=(
            ("purchase_avoided", "additional purchases, net"),
            ("own_cost", "in-house provision saved, net"),
            ("overhead_added", "overhead saved"),
            ("vat_lost", "VAT compensation gained"),
            ("current_purchase_avoided", "additional purchases, net, current prices"),
            ("current_own_cost", "in-house provision saved, net, current prices"),
        ),
    ),
)

DETAILS = (
    Grid(
        heading="By purchase",
        rows=PROGRAMME,
        columns=(
            Column("{unit}", "{programme}"),
            Column("can be in-house, a year", "{repatriable_volume:scaled}", right=True),
            Column("can be bought, a year", "{outsourceable_volume:scaled}", right=True),
            Column("saving a year, all phases", "{saving_at_full_effect:scaled}", right=True),
            Column("net saving, all years", "{net_saving:scaled}", right=True),
            Column("present value", "{present_value:scaled}", right=True),
            Column(
                "saving not counted, a year",
                "{saving_not_counted:scaled}",
                right=True,
                unless_zero="saving_not_counted",
            ),
            Column("breaks even at", "{break_even_own_cost_ratio:break_even}", right=True),
        ),
        below=("{programme}: {cost_per_user:prose}.",),
    ),
    Lines(
        templates=(
            "Present value at {discount_rate}: {present_value:level}.",
            "Present value of current prices at {nominal_discount_rate}: {present_value:level}.",
            (
                "It breaks even when an in-house place, occupied or vacant, costs "
                "{break_even_own_cost_ratio:positive} of a bought place."
            ),
            "In all, it has saved more than it has cost from {payback_year} on.",
            "Refunds today: {refund_today:prose}.",
            "Debt after {years:spelled}: {remaining_debt:any}.",
        ),
    ),
    Years(
        heading="Net saving to date, in {unit}",
        rows=(("net saving", "net_saving"), ("net saving to date", "cumulative_saving")),
    ),
    Years(
        heading="Cash flow with investments when they are paid, in {unit}",
        rows=(
            ("investment", "investment_paid"),
            ("cash flow", "cash_flow"),
            ("cash flow to date", "cumulative_cash"),
        ),
        unless_zero="investment_paid",
    ),
    Years(heading="Users in-house", rows=(("users", "users_in_house"),), unless_zero="users_in_house"),
)

CAVEATS = ("Notice, overhead, user payments, VAT and transport count only if the scenario states them.",)

REMARKS = (
    Remark(
        "share_without_refunds",
        lambda value: value == 1,
        "Refunds are not counted for any purchase, because no users who qualify for refunds are stated.",
    ),
    Remark(
        "share_without_refunds",
        lambda value: 0 < value < 1,
        "Refunds are not counted for {purchases_without_refunds} of {all_purchases} purchases, because no users who "
        "qualify for refunds are stated.",
    ),
    Remark(
        "left_out_for_quality",
        lambda value: value > 0,
        "{row} is not counted: quality for users is worse or not assessed (--include-quality counts it).",
        level=CATEGORY,
    ),
    Remark(
        "counted_in_spite_of_quality",
        lambda value: value > 0,
        "{row} is counted although quality for users is worse or not assessed.",
        level=CATEGORY,
    ),
    Remark(
        "unstaffed_from_phase",
        lambda value: value > 0,
        "In {year}, more FTE are needed than can have been recruited by then: {row}, from {month_of_need}, is the "
        "first phase without enough.",
        level=(*PHASE, "year"),
    ),
    Remark(
        "slowed_from_phase",
        lambda value: value > 0,
        "In {year}, less is in-house than planned, since not enough FTE can have been recruited by then: {row}, from "
        "{month_of_need}, is the first phase without enough.",
        level=(*PHASE, "year"),
    ),
    Remark(
        "everything_avoidable",
        lambda value: value > 0,
        "All in-house cost of {programme} is assumed to be saved at once: no part of it is said to stay.",
        level=PROGRAMME,
    ),
    Remark(
        "users_without_place",
        lambda value: value >= HALF_A_USER,
        "{row} has {places_used_at_full_effect} places for {users_at_full_effect} users once all phases are in place: "
        "unless users share places, in-house provision is too cheap.",
        level=CATEGORY,
    ),
    Remark(
        "outside_categories",
        lambda value: value > 1,
        "The categories of {programme} do not add up to all purchases; the rest is assumed to stay bought.",
        level=PROGRAMME,
    ),
    Remark(
        "ratio_below_zero",
        lambda value: value > 0,
        "It does not break even, even if in-house provision cost nothing.",
    ),
    Remark("ratio_below_zero", lambda value: value < 0, "It saves even if in-house provision cost nothing."),
    Remark(
        "years_after_lifetime",
        lambda value: value > 0,
        "The investment in {programme} reaches the end of its lifetime before the period ends; renewal is not counted.",
        level=PROGRAMME,
    ),
    Remark(
        "break_even_own_cost_ratio",
        lambda value: value == 1,
        "Counting running costs alone, in-house care breaks even at the price of bought care.",
    ),
)

LABELS = {
    **{f"first_price_of_{amount}": "prices in the first year" for amount in insource_growth.AMOUNTS},
    "against_quality": "quality may be worse",
    "amount": "amount invested",
    "annual_cost": "yearly cost of purchases",
    "as_good": "as good",
    "avoidable_share": "in-house cost saved at once",
    "avoided_from": "saved from",
    "break_even_own_cost_ratio": "break-even cost ratio",
    "capital_cost": "capital cost",
    "cash_flow": "cash flow",
    "closed": "in-house cost that is saved",
    "closed_later": "in-house cost saved later on",
    "contract_end": "first month without the contract",
    "contract_followup": "contract follow-up today",
    "contract_until": "contract ends",
    "cost_at_par": "cost at the same price",
    "cost_per_user": "price per user",
    "counted": "counted for its quality",
    "cumulative_cash": "cash flow to date",
    "cumulative_saving": "net saving to date",
    "current_account": "account and refunds, current prices",
    "current_capital_cost": "capital cost, current prices",
    "current_cost_at_par": "current cost, same price",
    "current_deductions": "deductions, current prices",
    "current_exit_cost": "exit from contracts, current prices",
    "current_fixed_cost": "other costs, current prices",
    "current_followup_saved": "contract follow-up saved, current prices",
    "current_following_own_cost": "in-house with overhead, current prices",
    "current_later_capital": "later investment, current prices",
    "current_net_saving": "net saving in current prices",
    "current_own_cost": "in-house provision in current prices",
    "current_own_cost_at_par": "in-house, same price, current",
    "current_own_cost_kept": "in-house that stays, current prices",
    "current_overhead_added": "overhead in current prices",
    "current_overhead_in_kroner": "overhead stated in kroner, current",
    "current_own_cost_kept_at_par": "stays, same price, current prices",
    "current_paid_once": "paid once, current prices",
    "current_paid_twice": "paid twice in current prices",
    "current_purchase_avoided": "purchases avoided in current prices",
    "current_purchased": "purchases in current prices",
    "current_refund_bought": "refund as bought, current prices",
    "current_refund_change": "additional refunds, current prices",
    "current_refund_gain": "additional refund, current prices",
    "current_refund_in_house": "refund in-house, current prices",
    "current_refund_threshold": "refund threshold, current prices",
    "current_startup_cost": "start-up in current prices",
    "current_transport_change": "transport saved, current prices",
    "current_user_payment_change": "more user payments, current prices",
    "current_vat_lost": "VAT compensation lost, current prices",
    "deductions": "deductions per user",
    "effects_beside_own_cost": "effects besides in-house cost",
    "exit_cost": "cost of leaving the contract",
    "exit_once": "cost of leaving the contract",
    "first_month": "first month in-house",
    "first_year": "first year",
    "followup_saved": "contract follow-up saved",
    "fte_at_most": "FTE at most",
    "fte_available": "FTE recruited per year",
    "fte_needed": "FTE needed",
    "fte_of_all": "FTE for all of it",
    "fte_of_phase": "FTE of the phase",
    "fte_planned": "FTE planned",
    "fte_planned_of_all": "FTE planned in total",
    "fte_recruited": "FTE that can be recruited",
    "fte_released": "FTE no longer needed",
    "fte_short": "FTE short",
    "full_share": "share with all phases",
    "gross_pay": "gross pay per FTE",
    "group_users": "users with refunds",
    "growth_of_amount": "price growth, later investment",
    "growth_of_contract_followup": "price growth, contract follow-up",
    "growth_of_deductions": "price growth, deductions",
    "growth_of_exit_once": "price growth, leaving contracts",
    "growth_of_investment": "price growth, investment",
    "growth_of_net_wage_cost": "price growth, net wage cost",
    "growth_of_net_wage_cost_in_house": "price growth, in-house wage cost",
    "growth_of_overhead": "price growth, overhead",
    "growth_of_refund_threshold": "price growth, refund threshold",
    "growth_of_startup_once": "price growth, start-up",
    "growth_of_transport": "price growth, transport",
    "growth_of_transport_in_house": "price growth, in-house transport",
    "growth_of_user_payments": "price growth, user payments",
    "growth_of_user_payments_in_house": "growth of in-house user payments",
    "guaranteed_volume": "guaranteed purchases",
    "home": "share in-house",
    "home_of_phase": "share in-house, by phase",
    "in": "brought in-house",
    "include_quality": "purchases with worse quality counted",
    "interest_rate": "real interest rate",
    "investment_paid": "investment paid",
    "inward": "sign of the direction",
    "kept": "in-house cost that stays, share",
    "later_at_most": "part of it that counts",
    "later_price_if_paid": "building prices, if paid then",
    "later_price_when_paid": "building prices when paid",
    "later_share": "in-house cost saved later",
    "left_of_phase": "share that has left, by phase",
    "limit_to_staff": "pace limited by recruitment",
    "month_of_need": "month of the phase",
    "month_without_staff": "first month without enough staff",
    "moved_share": "share moved in-house",
    "net_wage_cost": "net wage cost, bought",
    "net_wage_cost_in_house": "net wage cost, in-house",
    "nominal_discount_factor": "nominal discount factor",
    "nominal_discount_rate": "nominal discount rate",
    "not_assessed": "not assessed",
    "notice_months": "notice period",
    "other_effects": "other effects",
    "out": "bought instead",
    "over_months": "months of phasing in",
    "overhead": "overhead in kroner",
    "overhead_added": "additional overhead",
    "overhead_in_kroner": "overhead of the moved share",
    "overhead_share": "overhead share of in-house cost",
    "overlap": "share in double running",
    "overlap_months": "months of double running",
    "own_cost": "in-house provision",
    "own_cost_at_par": "in-house cost at the same price",
    "own_cost_kept": "in-house cost that stays",
    "own_cost_of_all": "in-house cost of all",
    "own_cost_per_place": "unit cost per in-house place",
    "own_cost_ratio": "in-house cost relative to price",
    "own_follows": "index that in-house provision follows",
    "own_inflation": "price growth, in-house provision",
    "own_price_at_start": "in-house prices in the first year",
    "own_price_factor": "in-house price factor",
    "own_price_growth": "growth of in-house cost",
    "pace": "pace of recruitment",
    "paid_from": "paid in",
    "paid_once": "paid once",
    "paid_twice": "paid twice",
    "payback_year": "payback year",
    "payback_year_at_full_effect": "payback year, all phases",
    "payback_years_beyond_horizon": "years until payback",
    "pension": "pension contribution",
    "phase_places": "places in the phase",
    "phase_share": "share in the phase",
    "phase_users": "users in the phase",
    "places_used_at_full_effect": "places with all phases",
    "present_fixed_cost": "present value of other costs",
    "present_net_saving": "present value of net saving",
    "present_own_cost_at_par": "present value at the same price",
    "present_purchase_avoided": "present value of purchases avoided",
    "price_if_paid": "building prices, if paid then",
    "price_when_paid": "building prices when paid",
    "purchase_avoided": "purchases avoided",
    "purchase_inflation": "price growth, purchases",
    "purchase_price_at_start": "purchase prices in the first year",
    "purchased": "purchases",
    "purchased_price_factor": "purchase price factor",
    "purchased_price_growth": "growth of purchase prices",
    "ratio_below_zero": "break-even ratio below zero",
    "refund_change": "additional refunds",
    "refund_rate": "refund rate",
    "refund_threshold": "refund threshold",
    "refund_today": "refunds today",
    "remaining_debt": "remaining debt",
    "repatriable_share": "share that can be in-house",
    "repatriable_volume": "purchases that can be in-house",
    "replaced_share": "sick leave that is covered",
    "saving_at_full_effect": "yearly saving, all phases",
    "saving_not_counted": "saving not counted",
    "share_of_cost": "share of purchases",
    "short_by_then": "FTE short from that month on",
    "short_from_phase": "FTE short from the phase on",
    "slowed_from_phase": "FTE that wait from the phase on",
    "start": "start of the phase",
    "startup_cost": "start-up cost",
    "startup_once": "start-up cost",
    "supplement": "overtime and shift supplements",
    "threshold_growth": "growth of the threshold",
    "total_net_saving": "total net saving",
    "total_purchased": "purchases in total",
    "transport": "transport today",
    "transport_change": "transport saved",
    "transport_in_house": "transport, in-house",
    "unstaffed_from_phase": "FTE not recruited from the phase on",
    "user_payment_change": "additional user payments",
    "user_payments": "user payments today",
    "user_payments_in_house": "user payments, in-house",
    "users_at_full_effect": "users with all phases",
    "users_in_house": "users in-house",
    "users_without_place": "users without a place",
    "vat_compensated": "VAT compensated",
    "vat_lost": "VAT compensation lost",
    "vat_share": "VAT in the price",
    "wage_of_fte": "wage cost per FTE",
    "wage_share": "wage share of in-house cost",
    "worse": "worse",
}
