"""What each preset fetches: tables, and the codes in them, by the role or the code of each dimension.

Codes change from year to year, so what is asked for is held against the table's own list before it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

CARE = ("234", "253", "254", "261")
"""The functions of care: activities, institutions, home services, buildings of institutions."""
PRIVATE = ("270", "370", "380")
"""The arts of purchases from private providers."""
RECIPIENTS = {"home_80_plus": "KOShjtj80aarover0001", "nursing_home_80_plus": "KOSsykhjand80aar0000"}
"""The shares of the old who receive services, in per cent, by the key of the age group in a scenario."""
STAFFED = ("234", "253", "254")
"""The functions of care that have staff of their own; the buildings (261) do not count among the FTE."""
WAGES = "AG16"
"""The art of wage expenditure, less the refunds of sick pay."""
FTE, ALL_OCCUPATIONS = "14533", "TOT"
"""The table of FTE in care, and the code of every occupation in it."""
ALL = ("*",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table, the codes of it that are wanted, and how many years after the one that is asked for."""

    table: str
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years_after: tuple[int, ...] = (0,)
    every_year: bool = False
    """All years that there are, whatever year is asked for: a projection."""


INHABITANTS = Wanted("07459", {"contents": ("Personer1",), "age": ALL}, years_after=(0, 1))
SPENDING = (
    Wanted(
        "12367",
        {"scope": ("A",), "function": (*CARE, "FGK9"), "art": ("AGD2",), "contents": ("KOSbelop0000",)},
    ),
    Wanted(
        "12362",
        {"scope": ("A",), "function": ("FGK9",), "art": ("AGD2",), "contents": ("KOSbelopinnbygge0000",)},
    ),
)
PRESETS: Mapping[str, tuple[Wanted, ...]] = {
    "savings": (*SPENDING, INHABITANTS),
    "need": (*SPENDING, INHABITANTS),
    "coverage": (
        Wanted("12209", {"contents": tuple(RECIPIENTS.values())}),
        Wanted("11875", {"contents": ("KOSinstdispplass0000",)}),
        Wanted("12292", {"contents": ("KOSkjernetotalt0000", "KOSlangtid0000", "KOSaarsverkbruke0000")}),
        INHABITANTS,
    ),
    "growth": (
        INHABITANTS,
        Wanted("14746", {"contents": ("Personer",), "age": ALL}, every_year=True),
        Wanted("12209", {"contents": tuple(RECIPIENTS.values())}),
    ),
    "wages": (
        Wanted("12367", {"scope": ("A",), "function": STAFFED, "art": (WAGES,), "contents": ("KOSbelop0000",)}),
        Wanted(FTE, {"KOKyrker0000": (ALL_OCCUPATIONS,), "contents": ("KOSARBAARSVERKST0000",)}),
        Wanted("11418", {"MaaleMetode": ("02",), "contents": ("Manedslonn",)}),
    ),
    "purchases": (
        Wanted(
            "12367",
            {"scope": ("A",), "function": CARE, "art": PRIVATE, "contents": ("KOSbelop0000",)},
        ),
    ),
}
"""What each preset brings, beside the lists of municipalities."""
COUNTRY = {"07459": "0"}
"""The code of the country where it is another than `EAK`."""
