"""What insourcing says to people: its answer, tables and labels, and what must be said with its figures."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import PROGRAMME, YEAR
from omsorg_cli.core.calculator import Remark
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Years

SUBJECT = "{municipality} {years}: bringing purchased care in-house"

ANSWER = (
    Lines(
        templates=(
            BySign(
                "total_net_saving",
                "Bringing care in-house as planned would save {total_net_saving:prose} over {years}.",
                "Bringing care in-house as planned would cost {total_net_saving:prose} more over {years}.",
                "Bringing care in-house as planned would neither save nor cost anything over {years}.",
            ),
            BySign(
                "saving_at_full_effect",
                "With every phase in place, it would save {saving_at_full_effect:prose}.",
                "With every phase in place, it would cost {saving_at_full_effect:sum} more a year.",
            ),
            BySign(
                "total_purchased",
                "Purchases cost {total_purchased:prose}, of which {repatriable_volume:prose} can be brought in-house.",
                "",
            ),
            "It pays for itself from {payback_year}, counting {investment_paid:any} of investment when it is paid.",
            (
                "It does not pay for itself by then; with every phase in place it would from "
                "{payback_year_at_full_effect}, {payback_years_beyond_horizon:any} later."
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
            ("net saving in current prices", "current_net_saving"),
            ("FTE needed", "fte_needed"),
            ("FTE that can be recruited", "fte_recruited"),
        ),
        drawn=("net_saving", "cumulative_saving"),
    ),
)

DETAILS = (
    Lines(
        heading="What the sources state",
        sourced=True,
        templates=("Purchases from private providers: {total_purchased}.",),
    ),
    Lines(
        heading="What the sources state",
        per=PROGRAMME,
        sourced=True,
        templates=("{programme}: {repatriable_volume} can be brought in-house {repatriable_share:why}.",),
    ),
    Grid(
        heading="By purchase",
        rows=PROGRAMME,
        columns=(
            Column("{unit}", "{programme}"),
            Column("can be in-house", "{repatriable_volume:scaled}", right=True),
            Column("a year, all phases", "{saving_at_full_effect:scaled}", right=True),
            Column("net saving", "{net_saving:scaled}", right=True),
            Column("present value", "{present_value:scaled}", right=True),
            Column("not counted, a year", "{saving_not_counted:scaled}", right=True),
            Column("breaks even at", "{break_even_own_cost_ratio:break_even}", right=True),
        ),
        below=("{programme}: {cost_per_user:prose}.",),
    ),
    Lines(
        templates=(
            "Present value at {discount_rate}: {present_value:saves}.",
            (
                "It breaks even when an in-house place, in use or empty, costs "
                "{break_even_own_cost_ratio:positive} of a bought place."
            ),
            "Payback year: {payback_year}.",
            "Refunds today: {refund_today:prose}.",
            "Debt after {years}: {remaining_debt:any}.",
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

CAVEATS = ("Refunds, notice, overhead, user payments, VAT and transport count only where they are stated.",)

REMARKS = (
    Remark(
        "purchases_without_refunds",
        lambda value: value > 0,
        "Refunds are not counted for {purchases_without_refunds} of {all_purchases} purchases: no users are stated.",
    ),
    Remark(
        "left_out_for_quality",
        lambda value: value > 0,
        "{programme} is not counted: quality for users is worse or not assessed (--include-quality counts it).",
        level=PROGRAMME,
    ),
    Remark(
        "counted_in_spite_of_quality",
        lambda value: value > 0,
        "{programme} is counted although quality for users is worse or not assessed.",
        level=PROGRAMME,
    ),
    Remark(
        "unstaffed",
        lambda value: value > 0,
        "In {year}, more FTE are needed than can have been recruited by then.",
        level=YEAR,
    ),
    Remark(
        "slowed",
        lambda value: value > 0,
        "In {year}, less is in-house than planned: not enough FTE can have been recruited by then.",
        level=YEAR,
    ),
    Remark(
        "everything_avoidable",
        lambda value: value > 0,
        "All in-house cost of {programme} is assumed to be saved at once: no part of it is said to stay.",
        level=PROGRAMME,
    ),
    Remark(
        "outside_categories",
        lambda value: value > 1,
        "The categories of {programme} do not add up to all purchases; the rest is assumed to stay bought.",
        level=PROGRAMME,
    ),
    Remark(
        "break_even_own_cost_ratio",
        lambda value: value <= 0,
        "It does not break even, even if in-house provision cost nothing.",
    ),
    Remark(
        "years_after_lifetime",
        lambda value: value > 0,
        "The investment in {programme} reaches the end of its lifetime before the period ends; renewal is not counted.",
        level=PROGRAMME,
    ),
    Remark(
        "break_even_own_cost_ratio",
        lambda value: value == 1,
        "Only running costs are counted, so in-house care breaks even at 100% of the price of bought care.",
    ),
)

LABELS = {
    "amount": "amount invested",
    "annual_cost": "yearly cost of purchases",
    "as_good": "as good",
    "avoidable_share": "in-house cost saved at once",
    "avoided_from": "saved from",
    "break_even_own_cost_ratio": "break-even cost ratio",
    "capital_cost": "capital cost",
    "cash_flow": "cash flow",
    "contract_followup": "contract follow-up today",
    "contract_until": "contract ends",
    "cost_at_par": "cost at the same price",
    "cost_per_user": "price per user",
    "cumulative_cash": "cash flow to date",
    "cumulative_saving": "net saving to date",
    "deductions": "deductions per user",
    "effects_beside_own_cost": "effects besides in-house cost",
    "exit_cost": "exit from contracts",
    "exit_once": "cost of leaving the contract",
    "first_year": "first year",
    "followup_saved": "contract follow-up saved",
    "fte_available": "FTE recruited per year",
    "fte_needed": "FTE needed",
    "fte_recruited": "FTE that can be recruited",
    "fte_short": "FTE short",
    "group_users": "users with refunds",
    "guaranteed_volume": "guaranteed purchases",
    "home": "share in-house",
    "home_of_phase": "share in-house, by phase",
    "in": "brought in-house",
    "include_quality": "whatever the quality",
    "interest_rate": "real interest rate",
    "investment_paid": "investment paid",
    "later_share": "in-house cost saved later",
    "limit_to_staff": "limited to recruitment",
    "net_wage_cost": "net wage cost, bought",
    "net_wage_cost_in_house": "net wage cost, in-house",
    "not_assessed": "not assessed",
    "notice_months": "notice period",
    "out": "bought instead",
    "over_months": "months of phasing in",
    "overhead": "overhead in kroner",
    "overhead_added": "additional overhead",
    "overhead_share": "overhead share of in-house cost",
    "overlap_months": "months of double running",
    "own_cost": "in-house provision",
    "own_cost_at_par": "in-house cost at the same price",
    "own_cost_kept": "in-house cost that stays",
    "own_cost_of_all": "in-house cost of all",
    "own_cost_per_place": "unit cost per in-house place",
    "own_cost_ratio": "in-house cost to price",
    "own_price_factor": "in-house price factor",
    "own_price_growth": "growth of in-house cost",
    "paid_from": "paid in",
    "paid_twice": "paid twice",
    "payback_year": "payback year",
    "payback_year_at_full_effect": "payback year, all phases",
    "payback_years_beyond_horizon": "years until payback",
    "phase_places": "places in the phase",
    "phase_share": "share in the phase",
    "phase_users": "users in the phase",
    "present_fixed_cost": "present value of other costs",
    "present_own_cost_at_par": "present value at the same price",
    "present_purchase_avoided": "present value of purchases avoided",
    "purchase_avoided": "purchases avoided",
    "purchased": "purchases",
    "purchased_price_growth": "growth of purchase prices",
    "refund_change": "additional refunds",
    "refund_rate": "refund rate",
    "refund_threshold": "refund threshold",
    "refund_today": "refunds today",
    "remaining_debt": "remaining debt",
    "repatriable_share": "share that can be in-house",
    "repatriable_volume": "purchases that can be in-house",
    "saving_at_full_effect": "yearly saving, all phases",
    "saving_not_counted": "saving not counted",
    "share_of_cost": "share of purchases",
    "start": "start of the phase",
    "startup_cost": "start-up",
    "startup_once": "start-up cost",
    "threshold_growth": "growth of the threshold",
    "total_net_saving": "net saving in total",
    "total_purchased": "purchases in total",
    "transport": "transport today",
    "transport_change": "transport saved",
    "transport_in_house": "transport, in-house",
    "user_payment_change": "additional user payments",
    "user_payments": "user payments today",
    "user_payments_in_house": "user payments, in-house",
    "users_in_house": "users in-house",
    "vat_compensated": "VAT compensated",
    "vat_lost": "VAT compensation lost",
    "vat_share": "VAT in the price",
    "wage_share": "wage share of in-house cost",
    "worse": "worse",
}
