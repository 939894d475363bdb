"""Seizures from tables: columns in any order and language, crosstabs, sections, totals, and tables of other things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from newsletter_extract import extractors, validation
from newsletter_extract.document import BBox, Document, Page, Word
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.layout.building import make_block, make_line, make_table
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

Rows = Sequence[Sequence[str]]


def words(text: str, x: int, y: int) -> list[Word]:
    return [Word(w, BBox(x + 5 * k, y, x + 5 * k + 4, y + 1)) for k, w in enumerate(text.split())]


def extraction(title: str, head: Sequence[str], rows: Rows, heads: int = 1, below: str = "") -> Extraction:
    """The facts of a page with one table under its title and a line below it; `heads` are the table's head rows."""
    cells = [[words(cell, 100 * k, 10 + r) for k, cell in enumerate(row)] for r, row in enumerate([head, *rows])]
    table = replace(make_table(1, cells, heads, plain_text=True), id="block-2")
    blocks = [table]
    if title:
        caption = make_block("caption", 1, [make_line(words(title, 0, 0))], plain_text=True)
        blocks = [replace(caption, id="block-1"), replace(table, caption_id="block-1")]
    if below:
        line = make_block("paragraph", 1, [make_line(words(below, 0, 90))], plain_text=True)
        blocks.append(replace(line, id="block-3"))
    document = Document("t", "0" * 64, 0, "text/plain", (Page(1, 100, 100, "plain_text", blocks=tuple(blocks)),))
    settings = Settings().extraction
    return validation.check(document, (), extractors.find(document, load_gazetteer(settings.places), settings))


def split(*lines: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def table(title: str, *lines: str, heads: int = 1) -> Extraction:
    head, *rows = split(*lines)
    return extraction(title, head, rows, heads)


def amounts(found: Extraction) -> list[tuple[str, int | None, list[tuple[float | None, str | None]]]]:
    return [(s.commodity.text, s.cases, [(q.value, q.unit) for q in s.quantities]) for s in found.seizures]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["Drug | No. of cases | Total seized | Unit", "Heroin | 14 | 23.4 | kg", "Ecstasy | 3 | 1,200 | tablets"],
            [("Heroin", 14, [(23.4, "kg")]), ("Ecstasy", 3, [(1200, "tablet")])],
            id="a column of units",
        ),
        pytest.param(
            ["Quantity (kg) | Goods | Date", "1,240 | Cocaine | 12.01.2022",
             "2,650.5 | Waterpipe tobacco | 17.05.2022"],
            [("Cocaine", None, [(1240, "kg")]), ("Waterpipe tobacco", None, [(2650.5, "kg")])],
            id="the unit in the head, columns in another order",
        ),
        pytest.param(
            ["Commodity | Amount", "Cocaine (kg) | 12.5", "Cigarettes (sticks) | 3,000,000", "Pistols | 4"],
            [("Cocaine", None, [(12.5, "kg")]), ("Cigarettes", None, [(3_000_000, "stick")]),
             ("Pistols", None, [(4, "piece")])],
            id="the unit with the name",
        ),
        pytest.param(
            ["Warenart | Anzahl der Fälle | Menge", "Zigaretten | 45 | 12.300 Stück", "Kokain | 3 | 4,5 kg"],
            [("Zigaretten", 45, [(12300, "piece")]), ("Kokain", 3, [(4.5, "kg")])],
            id="German",
        ),
        pytest.param(
            ["Producto | Casos | Cantidad", "Cocaína | 12 | 3,4 kg", "Cigarrillos | 4 | 1200 cajas"],
            [("Cocaína", 12, [(3.4, "kg")]), ("Cigarrillos", 4, [(1200, "box")])],
            id="Spanish",
        ),
        pytest.param(
            ["Place | Commodity | Weight | Number of pieces | Suspects", "Bar | Cannabis | 45.5 kg | | 1",
             "Bar | Pistols | | 3 | 2"],
            [("Cannabis", None, [(45.5, "kg")]), ("Pistols", None, [(3, "piece")])],
            id="two columns of amounts, and one of persons",
        ),
        pytest.param(
            ["Commodity | Seizures | Quantity", "Cocaine ’ | 1 | 1400 kg", "Silver | 1 | kg", "Heroin | | n/a",
             "Khat | 0 | -"],
            [("Cocaine", 1, [(1400, "kg")]), ("Silver", 1, [])],
            id="debris of a scan and lost digits",
        ),
        pytest.param(
            ["Item | Quantity | Cases", "Cannabis | 35.5 kg (1,200 plants) | 3", "Car parts | Large quantities | 2"],
            [("Cannabis", 3, [(35.5, "kg"), (1200, "plant")]), ("Car parts", 2, [(None, None)])],
            id="several amounts in a cell, and words for one",
        ),
        pytest.param(
            ["Category | Item | Amount", "Drugs | Cocaine | 3 kg", "Weapons | Pistols | 4"],
            [("Cocaine", None, [(3, "kg")]), ("Pistols", None, [(4, "piece")])],
            id="a column of categories beside one of goods",
        ),
        pytest.param(
            ["Species | Specimen | Quantity | Origin", "Pangolin | scales | 320 kg | Nigeria",
             "Elephant | tusks | 45 pieces | Kenya"],
            [("Pangolin scales", None, [(320, "kg")]), ("Elephant tusks", None, [(45, "piece")])],
            id="species and specimen",
        ),
        pytest.param(
            [" | Number of seizures | Quantity", "Drugs | | ", "Cocaine | 3 | 12 kg", "Subtotal drugs | 3 | ",
             "Tobacco | | ",
             "Cigarettes | 10 | 1.2 million sticks", "Subtotal | 10 | ", "Total | 13 | "],
            [("Cocaine", 3, [(12, "kg")]), ("Cigarettes", 10, [(1_200_000, "stick")])],
            id="sections and subtotals",
        ),
        pytest.param(
            ["Name of drug | Place | Quantity", "Ganja | Colombo | 45.2 kg", "\" | Galle | 12 kg"],
            [("Ganja", None, [(45.2, "kg")]), ("Ganja", None, [(12, "kg")])],
            id="a ditto mark",
        ),
    ],
)  # fmt: skip
def test_rows(lines: list[str], expected: list[object]) -> None:
    assert amounts(table("Seizures", *lines)) == expected


@pytest.mark.parametrize(
    "title",
    ["Dutiable goods taken in March", "Goods held back at the quays", "Goods secured in the third quarter"],
)
def test_a_title_may_say_in_other_words_that_goods_were_seized(title: str) -> None:
    lines = ["Quay | Goods | Amount | Duty (EUR)", "Cork | Cigars | 412 kg | 38,400", "Hull | Cider | 960 l | 2,100"]
    rows = [("Cigars", None, [(412, "kg")]), ("Cider", None, [(960, "l")])]
    assert amounts(table(title, *lines, "Total | | | 40,500")) == rows


def test_the_heads_of_a_police_return() -> None:
    found = table(
        "Recoveries of the week",
        "Head | FIRs | Recovery | Value (Rs lakh)",
        "Charas | 12 | 41.5 kg | 10.40",
        "Revolvers | 9 | 11 | 2.25",
    )
    assert amounts(found) == [("Charas", 12, [(41.5, "kg")]), ("Revolvers", 9, [(11, "piece")])]
    assert [[(m.amount, m.currency) for m in s.money] for s in found.seizures] == [
        [(1_040_000, "INR")],
        [(225_000, "INR")],
    ]


def test_a_crosstab_of_stations_and_goods() -> None:
    found = table(
        "Seizures by station",
        "Station | Cocaine (kg) | Cannabis (kg) | Cigarettes (sticks)",
        "Mombasa | 12.5 | 300 | 0",
        "Nairobi | - | 40.2 | 12,000",
        "Total | 12.5 | 340.2 | 12,000",
    )
    assert [(s.commodity.text, s.quantities[0].value, s.places[0].name) for s in found.seizures] == [
        ("Cocaine", 12.5, "Mombasa"),
        ("Cannabis", 300, "Mombasa"),
        ("Cannabis", 40.2, "Nairobi"),
        ("Cigarettes", 12000, "Nairobi"),
    ]


def test_a_crosstab_of_goods_and_months_without_its_sums() -> None:
    found = table(
        "Seizures by month, kg",
        "No. | Commodity | January | February | March | Quarter",
        "1 | Heroin | 12 | 3 | 4 | 19",
        "2 | Cocaine | 4.5 | 1 | - | 5.5",
        " | All drugs | 16.5 | 4 | 4 | 24.5",
    )
    assert [(s.commodity.text, s.quantities[0].value, s.quantities[0].unit) for s in found.seizures] == [
        ("Heroin", 12, "kg"),
        ("Heroin", 3, "kg"),
        ("Heroin", 4, "kg"),
        ("Cocaine", 4.5, "kg"),
        ("Cocaine", 1, "kg"),
    ]
    assert mismatches(found) == []


def test_rows_that_do_not_add_up_to_their_total_are_doubtful() -> None:
    lines = ["Goods | Quantity (kg)", "Heroin | 13", "Cocaine | 6.7"]
    right, wrong = (table("Seizures", *lines, f"Total | {total}") for total in ("19.7", "8"))
    assert all(s.confidence > 0.9 for s in right.seizures)
    assert all(s.confidence <= 0.7 for s in wrong.seizures)


def test_a_crosstab_of_counts() -> None:
    found = table("Number of seizures by airport", "Airport | Cocaine | Heroin", "Lagos | 3 | 1", "Accra | 2 | ")
    assert [(s.commodity.text, s.cases, s.quantities) for s in found.seizures] == [
        ("Cocaine", 3, []),
        ("Heroin", 1, []),
        ("Cocaine", 2, []),
    ]


def test_place_and_date_of_a_row_come_before_those_of_the_title() -> None:
    lines = [
        "Goods | Date | Port | Quantity | Destination",
        "Cocaine | 3 May 2021 | Durrës | 12 kg | Rotterdam",
        "Khat | | | 4 kg | Rome",
    ]
    found = table("Seizures in Albania, May 2021", *lines)
    assert [[p.name for p in s.places] for s in found.seizures] == [["Durrës"], ["Albania"]]
    assert [s.dates.edtf for s in found.seizures if s.dates] == ["2021-05-03", "2021-05"]


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("Goods | Value (USD)", "Gold | 81,000", [(81_000, "USD")]),
        ("Goods | Est. value (KES million)", "Gold | 3.2", [(3_200_000, "KES")]),
        ("Goods | Value (R million)", "Gold | 3.2", [(3_200_000, "ZAR")]),
        ("S/N | Goods | Quantity", "1 | Gold | 3.2 kg", []),
        ("Goods | Value, EUR ’000", "Gold | 45", [(45_000, "EUR")]),
        ("Goods | Quantity | Value EUR", "Gold | 1.4 kg | 81,000", [(81_000, "EUR")]),
        ("Goods | Value EUR", "Gold | 1.4 kg", []),
        ("Goods | Quantity | Value", "Currency | USD 212,500 | ", [(212_500, "USD")]),
        ("Goods | Amount | Currency", "Cash | 45,000 | USD", [(45_000, "USD")]),
    ],
)
def test_money_of_a_row(head: str, cells: str, expected: list[tuple[float, str]]) -> None:
    found = table("Seizures", head, cells)
    assert [(m.amount, m.currency) for s in found.seizures for m in s.money] == expected


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Equipment delivered in 2021", ["Item | Quantity | Recipient", "Vehicles | 12 | Police",
         "Drones | 3 | Customs"]),
        ("Training courses", ["Course | Participants", "Weapons | 24", "Drugs | 18"]),
        ("Exports by product", ["Product | Quantity | Value", "Tobacco | 1,200 t | EUR 3,000,000",
         "Wine | 4 l | EUR 20"]),
        ("Budget 2021", ["Item | Amount", "Fuel | EUR 40,000", "Vehicles | EUR 90,000"]),
        ("", ["Country | Passengers | Patrols | Vehicles", "Kenya | 12,000 | 34 | 1,200", "Uganda | 800 | 12 | 900"]),
        ("Officers on duty", ["Post | Staff | Vehicles", "Busia | 24 | 3", "Malaba | 30 | 5"]),
        ("", ["Make | Model | Serial no. | Calibre", "PISTOL GLOCK | 17 | 17213 | 9", "RIFLE COLT | AR | 38812 | 223"]),
        ("Narcotics destroyed", ["Drug | Quantity", "Heroin | 12 kg", "Cannabis | 300 kg"]),
        ("", ["Commodity | Cases | Quantity", "Coffee | 3 | 12 t", "Tea | 4 | 50 kg"]),
        ("Travellers’ allowances", ["Goods | Quantity", "Cigarettes | 200 pieces", "Spirits | 1 l"]),
    ],
)  # fmt: skip
def test_tables_of_other_things(title: str, lines: list[str]) -> None:
    assert table(title, *lines).seizures == []


def mismatches(found: Extraction) -> list[str]:
    return [f.message for f in found.findings if f.code == "table_total_mismatch"]


def test_totals_are_checked_column_by_column() -> None:
    found = table(
        "Seizures",
        "Goods | Cases | Quantity (kg) | Value (EUR)",
        "Cocaine | 3 | 12.5 | 500,000",
        "Heroin | 2 | 4 | 90,000",
        "Total | 6 | 16.5 | 580,000",
    )
    assert [(t.total.stated, t.total.computed) for t in found.tables if t.total] == [(6, 5)]
    first, second = mismatches(found)
    assert "5" in first
    assert "'Cases' says 6" in first
    assert "590000" in second
    assert "'Value (EUR)' says 580000" in second


@pytest.mark.parametrize(
    "lines",
    [
        ["Goods | Quantity", "Cocaine | 12 kg", "Pistols | 4 pieces", "Total | 16"],
        ["Goods | Cases", "Drugs | ", "Cocaine | 3", "Khat | 1", "Subtotal | 4", "Arms | ", "Pistols | 5",
         "Subtotal | 5", "Total | 9"],
        ["Goods | Weight (kg)", "Cocaine | 12.46", "Heroin | 4.27", "Total | 16.7"],
    ],
)  # fmt: skip
def test_totals_that_are_right_or_cannot_be_told(lines: list[str]) -> None:
    assert mismatches(table("Seizures", *lines)) == []


@pytest.mark.parametrize(("amount", "codes"), [("900 t", ["quantity_out_of_scale"]), ("12 kg", [])])
def test_an_amount_beyond_what_a_seizure_holds(amount: str, codes: list[str]) -> None:
    assert [f.code for f in table("Seizures", "Goods | Quantity", f"Heroin | {amount}").findings] == codes


def test_a_row_and_a_sentence_of_one_seizure_are_linked() -> None:
    rows = split("Cocaine | 1 | 1400 kg", "Counterfeit watches | 1 | 8420 pieces", "Khat | 3 | 40 kg")
    title = "Seizures: 1.4 t of cocaine, 8,420 counterfeit toys and 40 kg of khat were seized."
    found = extraction(title, ["Goods", "Cases", "Quantity"], rows)
    assert [(s.commodity.text, s.same_as) for s in found.seizures if s.origin == "table"] == [
        ("Cocaine", "seizure-1"),
        ("Counterfeit watches", None),
        ("Khat", None),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Month | 2020 | 2021", "January | 12 | 3", "February | 4.5 | 7"],
        ["Year | Jan. | Feb.", "2020 | 12 | 4.5", "2021 | 3 | 7"],
    ],
)
def test_each_cell_of_months_by_years_has_its_month(lines: list[str]) -> None:
    found = {(s.quantities[0].value, s.dates.edtf) for s in table("Heroin seized, kg", *lines).seizures if s.dates}
    assert found == {(12, "2020-01"), (3, "2021-01"), (4.5, "2020-02"), (7, "2021-02")}


@pytest.mark.parametrize(
    ("amounts_", "total", "told"),
    [
        (["13", "6", "45"], "244", "With 193 for '13' in it, it would be right."),
        (["130", "61", "45"], "1,406", "With 1300 for '130' in it, it would be right."),
        (["13", "6", "45"], "65", "says 65."),
    ],
)
def test_the_cell_that_would_mend_a_total_is_named_and_left(amounts_: list[str], total: str, told: str) -> None:
    rows = [f"{name} | {amount}" for name, amount in zip(["Heroin", "Cocaine", "Khat"], amounts_, strict=True)]
    found = table("Seizures", "Goods | Cases", *rows, f"Total | {total}")
    assert [f.message.endswith(told) for f in found.findings if f.code == "table_total_mismatch"] == [True]
    assert [s.cases for s in found.seizures] == [int(a) for a in amounts_]


def test_a_letter_among_the_digits_of_a_cell_leaves_no_amount() -> None:
    found = table("Seizures in May 2021", "Goods | Cases | Amount", "Resin | 2 | 297t kg", "Khat | 3 | 12 kg")
    values = {s.commodity.text: [q.value for q in s.quantities] for s in found.seizures}
    assert values["Khat"] == [12]
    assert not [value for value in values.get("Resin", []) if value is not None]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["Region | Heroin | | Cannabis | ", " | Cases | Kg | Cases | Kg", "North | 3 | 12.5 | 4 | 100",
             "South | 1 | 2 | 0 | 0"],
            [("Heroin", 3, [(12.5, "kg")], None), ("Cannabis", 4, [(100, "kg")], None),
             ("Heroin", 1, [(2, "kg")], None)],
            id="goods over measures",
        ),
        pytest.param(
            ["Drug | 2021 | | 2022 | ", " | No. | Quantity (kg) | No. | Quantity (kg)", "Heroin | 3 | 12.5 | 4 | 100"],
            [("Heroin", 3, [(12.5, "kg")], "2021"), ("Heroin", 4, [(100, "kg")], "2022")],
            id="years over measures",
        ),
        pytest.param(
            ["Commodity | 2021 | | 2022 | ", " | Nov | Dec | Jan | Feb", "Heroin (kg) | 3 | 12.5 | 4 | 7"],
            [("Heroin", None, [(3, "kg")], "2021-11"), ("Heroin", None, [(12.5, "kg")], "2021-12"),
             ("Heroin", None, [(4, "kg")], "2022-01"), ("Heroin", None, [(7, "kg")], "2022-02")],
            id="years over months",
        ),
        pytest.param(
            ["Drug | Cases | | Weight (kg) | ", " | Airport | Seaport | Airport | Seaport", "Heroin | 3 | 5 | 4 | 100"],
            [("Heroin", 3, [(4, "kg")], None), ("Heroin", 5, [(100, "kg")], None)],
            id="measures over ways",
        ),
        pytest.param(
            ["Drug | Cases | | | Quantity (kg) | | ", " | 2021 | 2022 | Total | 2021 | 2022 | Total",
             "Heroin | 3 | 5 | 8 | 4 | 100 | 104"],
            [("Heroin", 3, [(4, "kg")], "2021"), ("Heroin", 5, [(100, "kg")], "2022")],
            id="measures over years",
        ),
    ],
)  # fmt: skip
def test_heads_over_heads(lines: list[str], expected: list[object]) -> None:
    found = table("Seizures", *lines, heads=2).seizures
    shown = [
        (s.commodity.text, s.cases, [(q.value, q.unit) for q in s.quantities], s.dates and s.dates.edtf) for s in found
    ]
    assert shown == expected


def test_a_table_on_its_side_has_a_seizure_a_column() -> None:
    lines = [" | Cocaine | Khat", "Seizures | 3 | 2", "Weight (kg) | 12 | 4.5", "Value (EUR) | 500,000 | 90,000"]
    found = table("", *lines)
    assert amounts(found) == [("Cocaine", 3, [(12, "kg")]), ("Khat", 2, [(4.5, "kg")])]
    assert [(m.amount, m.currency) for s in found.seizures for m in s.money] == [(500_000, "EUR"), (90_000, "EUR")]


def test_a_cell_may_tell_of_several_goods_in_words() -> None:
    found = table(
        "Notable seizures",
        "Date | Place | Seizure | Agency",
        "3 May 2021 | Rijeka | 12 kg of heroin, 3 pistols and EUR 4,500 | Customs",
        "5 May 2021 | Split | 4,000 cigarettes in a car | Police",
    )
    assert [
        (s.commodity.text, s.quantities[0].value if s.quantities else s.money[0].amount, s.places[0].name, s.by)
        for s in found.seizures
    ] == [
        ("heroin", 12, "Rijeka", ["Customs"]),
        ("pistols", 3, "Rijeka", ["Customs"]),
        ("cash", 4500, "Rijeka", ["Customs"]),
        ("cigarettes", 4000, "Split", ["Police"]),
    ]


def test_a_wrong_total_of_a_row_is_told_and_is_no_seizure() -> None:
    lines = ["Goods | Bar | Koper | Rijeka | Total", "Heroin | 1 | 2 | 4 | 7", "Cocaine | 10 | 20 | 40 | 71"]
    found = table("Seizures by port (kg)", *lines)
    assert [s.quantities[0].value for s in found.seizures] == [1, 2, 4, 10, 20, 40]
    (told,) = mismatches(found)
    assert told == "Row 'Cocaine' of 'Seizures by port (kg)' adds up to 70, and its total says 71."


def test_a_scale_in_the_head_of_goods() -> None:
    found = table("Tobacco seized", "Country | Cigarettes (million) | Tobacco (t)", "Italy | 12.5 | 4")
    assert [(s.commodity.text, s.quantities[0].value) for s in found.seizures] == [
        ("Cigarettes", 12_500_000),
        ("Tobacco", 4),
    ]


@pytest.mark.parametrize("label", ["Total", "Total-", "Tota1", "Iolai", "Gesamt:"])
def test_a_total_is_told_by_its_sums_where_its_label_was_misread(label: str) -> None:
    lines = ["Country | Cocaine (kg) | Khat (kg)", "Panama | 12.5 | 4", "Peru | 3 | 8", "Chile | 10 | 1"]
    found = table("Seizures of drugs", *lines, f"{label} | 25.5 | 13")
    assert [s.quantities[0].value for s in found.seizures] == [12.5, 4, 3, 8, 10, 1]


def test_goods_in_the_head_of_one_column() -> None:
    lines = ["Date | Port | Vessel | Diesel (litres)", "3 May 2021 | Vukovar | Danubia 4 | 12,500"]
    (seizure,) = table("Fuel seized on the river", *lines).seizures
    assert (seizure.commodity.text, [(q.value, q.unit) for q in seizure.quantities]) == ("Diesel", [(12500, "l")])


def test_years_without_a_head_count_nothing() -> None:
    rows = split("3 May | 2021 | cocaine | 45 kg", "5 May | 2021 | heroin | 4 kg")
    assert amounts(extraction("Seizures", ["Date", "", "Goods", "Amount"], rows)) == [
        ("cocaine", None, [(45, "kg")]),
        ("heroin", None, [(4, "kg")]),
    ]


def test_goods_that_a_town_is_called_like_are_no_place() -> None:
    (seizure,) = table("Seizures", "Goods | Quantity", "Champagne | 12 bottles").seizures
    assert (seizure.commodity.text, seizure.places) == ("Champagne", [])


def test_a_lone_fraction_among_large_whole_numbers_is_doubtful() -> None:
    lines = ["Goods | Quantity (litres)", "Diesel | 12,500", "Petrol | 3,400", "Kerosene | 6.35"]
    found = {s.commodity.text: s.confidence for s in table("Fuel seized", *lines).seizures}
    assert found["Kerosene"] <= 0.7 < 0.9 < found["Diesel"]


@pytest.mark.parametrize(
    ("below", "stated"),
    [
        ("Total 106", 106),
        ("TOTAL: 106", 106),
        ("Total seizures 106", 106),
        ("Total 107", None),
        ("Total 106 of 120", None),
        ("In 2021 there were 106", None),
        ("Total 106 were made at the port of entry by customs", None),
    ],
)
def test_a_total_below_its_table_counts_where_the_rows_add_up_to_it(below: str, stated: int | None) -> None:
    rows = split("Cocaine | 14 | 120 kg", "Cigarettes | 50 | 3,000 pieces", "Cash | 42 | EUR 7,000")
    total = extraction("Seizures", ["Commodity", "Seizures", "Quantity"], rows, below=below).tables[0].total
    assert (total.stated if total else None) == stated


@pytest.mark.parametrize("cell", ["1,214 4 lb", "31.5 7 kg"])
def test_two_numbers_before_one_unit_leave_no_amount(cell: str) -> None:
    found = table("Seizures", "Goods | Cases | Amount", f"Cocaine | 88 | {cell}", "Hashish | 41 | 377.5 lb")
    assert [a for _, _, a in amounts(found)] == [[], [(377.5, "lb")]]


@pytest.mark.parametrize(("cell", "amount"), [("1 214 kg", (1214, "kg")), ("2 lb 4 oz", (2.25, "lb"))])
def test_groups_of_thousands_and_smaller_units_are_one_amount(cell: str, amount: tuple[float, str]) -> None:
    found = table("Seizures", "Goods | Cases | Amount", f"Cocaine | 88 | {cell}", "Hashish | 41 | 377 lb")
    assert amounts(found)[0] == ("Cocaine", 88, [amount])


@pytest.mark.parametrize("title", ["Detentions at sea", "Liquor raids", "Catches of the mobile units"])
def test_other_nouns_of_a_title_say_that_it_lists_seizures(title: str) -> None:
    found = table(title, "Item | Quay | Net weight", "Rum | Cork | 960 l", "Hashish | Hull | 2.1 t")
    assert amounts(found) == [("Rum", None, [(960, "l")]), ("Hashish", None, [(2.1, "t")])]


def test_units_of_other_languages() -> None:
    found = table(
        "Incautaciones",
        "Mercancía | Casos | Cantidad",
        "Cigarrillos | 12 | 48.300 cajetillas",
        "Vino | 3 | 60 botellas",
    )
    assert amounts(found) == [("Cigarrillos", 12, [(48_300, "pack")]), ("Vino", 3, [(60, "bottle")])]


def test_a_title_that_says_goods_names_none() -> None:
    lines = ["Nationality | February | March", "Syria | 1012 | 874", "Iraq | 38 | 141"]
    assert amounts(table("Goods secured in March 2024", *lines)) == []
    assert amounts(table("Goods secured in March 2024", "", *lines)) == []
    assert amounts(table("Cigarettes secured in March 2024", *lines)) != []
