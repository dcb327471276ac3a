"""Two examples of every command, which its help begins with; a test runs each."""

from omsorg_cli.core.language import phrase

EXAMPLES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "savings": (
        ("omsorg savings --base asss", phrase("What Bærum could save by spending as the ten largest cities do.")),
        ("omsorg savings --set savings.population=130_000", phrase("The same with another number of inhabitants.")),
    ),
    "wage-gap": (
        ("omsorg wage-gap --base asss", phrase("How much of the saving is the effect of wages alone.")),
        ("omsorg wage-gap --format csv", phrase("Every comparison as a table for a spreadsheet.")),
    ),
    "bridge": (
        ("omsorg bridge", phrase("From the comparator's spending to the municipality's, step by step.")),
        ("omsorg bridge --base drammen --full", phrase("One comparator, with everything that belongs to it.")),
    ),
    "need": (
        ("omsorg need", phrase("How need per inhabitant compares with the country and with others.")),
        ("omsorg need --format markdown", phrase("The same for a memo.")),
    ),
    "needs-profile": (
        ("omsorg needs-profile", phrase("Users by need of assistance, and their cost for the same need.")),
        ("omsorg needs-profile --output profile.xlsx", phrase("The same as a workbook with live formulas.")),
    ),
    "index": (
        ("omsorg index", phrase("What each index would mean in kroner.")),
        ("omsorg index --format json", phrase("The same as data.")),
    ),
    "change": (
        ("omsorg change", phrase("What has changed over the years, and by how much.")),
        ("omsorg change --full", phrase("The same with assumptions and sources.")),
    ),
    "sick-leave": (
        ("omsorg sick-leave", phrase("What sick leave above the comparator's costs.")),
        ("omsorg sick-leave --full", phrase("The same with assumptions and sources.")),
    ),
    "hours": (
        ("omsorg hours", phrase("Hours granted by service, compared with Drammen.")),
        ("omsorg hours --format csv", phrase("The same as a table for a spreadsheet.")),
    ),
    "coverage": (
        ("omsorg coverage", phrase("What is left of a gap per user after coverage and refunds.")),
        ("omsorg coverage --full", phrase("The same with assumptions and sources.")),
    ),
    "fte": (
        ("omsorg fte", phrase("Hours granted, in FTEs and kroner.")),
        ("omsorg fte --hours 1000", phrase("Any number of hours a year, converted.")),
    ),
    "unit-cost": (
        ("omsorg unit-cost", phrase("What a place or an hour costs, compared with others.")),
        ("omsorg unit-cost --full", phrase("The same with assumptions and sources.")),
    ),
    "budget-model": (
        ("omsorg budget-model", phrase("Who gains and who loses by a budget model.")),
        ("omsorg budget-model --format json", phrase("The same as data.")),
    ),
    "restructure": (
        ("omsorg restructure", phrase("What closing small facilities saves, and what 200 more dwellings would cost.")),
        ("omsorg restructure --full", phrase("The same with assumptions and sources.")),
    ),
    "insource": (
        ("omsorg insource drammen2020", phrase("What bringing purchased care in-house would save over three years.")),
        ("omsorg insource drammen2020 --with own_respite", phrase("A variant of the scenario.")),
    ),
    "refund": (
        ("omsorg refund", phrase("What the state refunds for costly users, and who pays the rest.")),
        ("omsorg refund --set refund.threshold_change=100_000", phrase("What a higher threshold would cost.")),
    ),
    "prices": (
        ("omsorg prices", phrase("A deflator from wages and other prices.")),
        ("omsorg prices --full", phrase("The same with assumptions and sources.")),
    ),
    "growth": (
        ("omsorg growth", phrase("What demand will cost as the population grows.")),
        ("omsorg growth --full", phrase("The same with assumptions and sources.")),
    ),
    "invest": (
        ("omsorg invest", phrase("What an investment costs per place and per year.")),
        ("omsorg invest --output invest.xlsx", phrase("The same as a workbook with live formulas.")),
    ),
    "joint-service": (
        ("omsorg joint-service", phrase("What a joint service would save municipalities.")),
        ("omsorg joint-service --format csv", phrase("The same as a table for a spreadsheet.")),
    ),
    "organise": (
        ("omsorg organise", phrase("Which models meet which requirements.")),
        ("omsorg organise --full", phrase("The same with assumptions and sources.")),
    ),
    "plan": (
        ("omsorg plan", phrase("Measures of a plan over the years.")),
        ("omsorg plan --format csv", phrase("The same as a table for a spreadsheet.")),
    ),
    "survey": (
        ("omsorg survey", phrase("Answers to a survey, counted.")),
        ("omsorg survey --format json", phrase("The same as data.")),
    ),
    "market": (
        ("omsorg market", phrase("How concentrated a market of providers is.")),
        ("omsorg market --full", phrase("The same with assumptions and sources.")),
    ),
    "explain": (
        ("omsorg explain savings --base asss", phrase("Where the headline figures come from.")),
        ("omsorg explain insource --figure present_value --quote", phrase("One figure, with the words of the source.")),
    ),
    "simulate": (
        ("omsorg simulate insource", phrase("How uncertain the headline figures are.")),
        ("omsorg simulate insource --draws 10_000 --format json", phrase("Fewer draws, as data.")),
    ),
    "sensitivity": (
        ("omsorg sensitivity insource", phrase("Which assumptions matter most.")),
        ("omsorg sensitivity insource --figure present_value", phrase("For one figure.")),
    ),
    "solve": (
        (
            "omsorg solve insource --figure total_net_saving --input insource.purchases.P06.own_cost_ratio",
            phrase("At which in-house cost ratio the saving is zero."),
        ),
        (
            (
                "omsorg solve savings --base asss --service total --figure savings_potential --target 100_000_000 "
                "--input savings.population"
            ),
            phrase("At how many inhabitants the saving would be 100 million."),
        ),
    ),
    "compare": (
        ("omsorg compare insource drammen2020 drammen2020+own_respite", phrase("A scenario and a variant.")),
        ("omsorg compare savings --base asss --base drammen", phrase("Two comparators side by side.")),
    ),
    "sweep": (
        ("omsorg sweep savings --grid savings.population=100_000:140_000:5", phrase("Five numbers of inhabitants.")),
        (
            "omsorg sweep insource --grid insource.discount_rate=0.02,0.04 --output rates.csv",
            phrase("Two discount rates, to a file."),
        ),
    ),
    "verify": (
        ("omsorg verify baerum2016", phrase("Published results compared with recalculated ones.")),
        ("omsorg verify --all", phrase("All shipped scenarios, counted.")),
    ),
    "check": (
        ("omsorg check drammen2020", phrase("Whether a scenario is valid, with every fault at once.")),
        ("omsorg check drammen2020 --strict", phrase("Whether every value has a source or an assumption.")),
    ),
    "list": (
        ("omsorg list", phrase("The shipped scenarios and their variants.")),
        ("omsorg list --format json", phrase("The same as data.")),
    ),
    "figures": (
        ("omsorg figures savings", phrase("What a calculator takes and gives.")),
        ("omsorg figures insource --format csv", phrase("The same as a table for a spreadsheet.")),
    ),
    "new": (
        ("omsorg new savings", phrase("A scenario with comments, to fill in.")),
        ("omsorg new insource --output mine.toml", phrase("The same in a file of its own.")),
    ),
    "convert": (
        ("omsorg convert drammen2020 drammen.xlsx", phrase("A workbook with a sheet for each table, to fill in.")),
        ("omsorg convert survey2023 survey.json", phrase("A scenario as JSON.")),
    ),
    "schema": (
        ("omsorg schema", phrase("The JSON Schema, for an editor.")),
        ("omsorg schema --output scenario.schema.json", phrase("The same in a file.")),
    ),
    "help": (
        ("omsorg help", phrase("All commands, one line each.")),
        ("omsorg help savings", phrase("One command.")),
    ),
    "data": (
        ("omsorg data list", phrase("Which public statistics are in the store.")),
        ("omsorg data fetch savings --municipality Lørenskog --year 2025", phrase("What a savings scenario needs.")),
    ),
    "data fetch": (
        ("omsorg data fetch savings --municipality Lørenskog --year 2025", phrase("What a savings scenario needs.")),
        ("omsorg data fetch 07459 --municipality all --year 2025", phrase("One table, for all municipalities.")),
    ),
    "data import": (
        ("omsorg data import need.ods --year 2025", phrase("The ministry's need index, downloaded by hand.")),
        ("omsorg data import answer.json", phrase("A table from Statistics Norway that was saved.")),
    ),
    "data list": (
        ("omsorg data list", phrase("Which public statistics are in the store.")),
        ("omsorg data list --format json", phrase("The same as data.")),
    ),
    "data show": (
        ("omsorg data show 07459", phrase("Source, notes and licence of a downloaded table.")),
        ("omsorg data show 07459 --format json", phrase("The same as data.")),
    ),
    "data verify": (
        ("omsorg data verify", phrase("Whether the downloaded tables are unchanged.")),
        ("omsorg data verify --store folder", phrase("The same for a store elsewhere.")),
    ),
}
