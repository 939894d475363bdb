"""Layout of plain text: paragraphs, kinds, tables with broken cells, columns run together."""

from __future__ import annotations

import json
import random
from pathlib import Path
from textwrap import wrap

import pytest

from newsletter_extract import extract, layout
from newsletter_extract.document import Document
from newsletter_extract.reading.plain_text import read_text

PASSAGES = Path(__file__).parents[1] / "passages"


def arranged(text: str) -> Document:
    return layout.arrange(Document("t", "0" * 64, 0, "text/plain", tuple(read_text(text))))


def blocks(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in arranged(text).blocks()]


def table(text: str) -> list[list[str]]:
    found = next(b for b in arranged(text).blocks() if b.kind == "table")
    return [row.split("\t") for row in found.text.split("\n")]


PROSE = """The harbour unit opened a container that had
come from the south and found nothing but the
machine parts that its papers spoke of.

A second one was opened on the same day in the
presence of the agent. It held the goods that
had been declared, and it was released.
"""


def test_prose_stays_as_it_is() -> None:
    assert [kind for kind, _ in blocks(PROSE)] == ["paragraph", "paragraph"]
    assert " ".join(text for _, text in blocks(PROSE)).split() == PROSE.split()


def test_a_blank_line_inside_a_sentence_does_not_end_it() -> None:
    text = PROSE.replace("had\ncome", "had\n\ncome")
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "paragraph"]


def test_a_dated_heading_begins_a_paragraph_without_a_blank_line() -> None:
    text = PROSE.rstrip() + "\n4-6 May 2019, Turku, Finland: Officers of four\nports met to compare their lists.\n"
    assert blocks(text)[-1][1].startswith("4-6 May 2019, Turku")


@pytest.mark.parametrize("mark", ["•", "¢", "+", "*", "«", "–"])
def test_marks_of_lists(mark: str) -> None:
    text = f"The unit works in:\n\n{mark} the old harbour\n\n{mark} the new harbour\n"
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "list_item", "list_item"]


def test_a_note_between_the_halves_of_a_sentence_is_set_apart() -> None:
    note = "* The names used in this paper follow those of the United Nations and imply no opinion."
    text = f"The officers looked into the hold and\n\n{note}\n\nfound what they had been told of.\n"
    kinds = blocks(text)
    assert ("paragraph", "The officers looked into the hold and found what they had been told of.") in kinds
    assert [kind for kind, _ in kinds].count("footnote") == 1


def test_a_table_whose_rows_are_lines() -> None:
    text = "Goods Cases Amount\n\nCocaine 2 74.2 kg\n\nRaw tobacco 5 1,085 kg\n\nPistols 1 3 pieces\n\nTotal 8\n"
    assert table(text) == [
        ["Goods", "Cases", "Amount"], ["Cocaine", "2", "74.2 kg"], ["Raw tobacco", "5", "1,085 kg"],
        ["Pistols", "1", "3 pieces"], ["Total", "8", ""],
    ]  # fmt: skip


def test_labels_broken_round_their_numbers() -> None:
    text = "Perfume 3 40 pieces\nGoods without papers of any ;\nkind (seized) 2 76 pieces\n"
    text += "Spare ma- 1 2 pieces\nchines\nTotal 6\n"
    assert [row[0] for row in table(text)] == [
        "Perfume",
        "Goods without papers of any kind (seized)",
        "Spare ma- chines",
        "Total",
    ]


def test_a_list_of_amounts_that_begins_above_its_row() -> None:
    text = "Perfume 3 40 pieces\n. . 25 pieces of vaccine; 33 pcs of\nMedicines 2 masks of paper\nTea 1 2 kg\nTotal 6\n"
    assert ["Medicines", "2", "25 pieces of vaccine; 33 pcs of masks of paper"] in table(text)


def columns_run_together() -> str:
    plain = "\n".join(f"this is line number {k:02d} of a long and even text," for k in range(30))
    left = [
        "the crew of the vessel told the officers that",
        "the cargo had been loaded in another harbour",
        "and that they knew nothing of what was in it.",
    ]
    right = [
        "Analysts compare the lists of all agents each",
        "week and report what they find to the regio-",
        "nal office of the service in the capital.",
    ]
    return plain + "\n" + "\n".join(f"{a} {b}" for a, b in zip(left, right, strict=True)) + "\nIt was released.\n"


def test_lines_that_run_over_two_columns_are_parted() -> None:
    text = " ".join(b.text for b in arranged(columns_run_together()).blocks())
    assert "another harbour and that they knew nothing" in text
    assert "each week and report what they find to the regio- nal office" in text


def test_text_of_uneven_lines_is_never_parted() -> None:
    lines = [
        ("word " * n).strip() for n in (3, 30, 8, 40, 12, 25, 6, 33, 9, 28, 5, 31, 7, 36, 4, 22, 11, 27, 10, 35, 13, 24)
    ]
    assert " ".join(text for _, text in blocks("\n".join(lines))).split() == " ".join(lines).split()


def test_paragraphs_of_a_line_each_are_never_parted() -> None:
    text = "\n\n".join(" ".join(f"Number {k} of the Ports met" for k in range(n)) + "." for n in range(6, 40))
    assert " ".join(found for _, found in blocks(text)).split() == text.split()


ALIGNED = """Goods              Cases   Quantity (kg)
Cocaine               12         1,240.5
Heroin and other       3              21
opiates
Total                 15         1,261.5
"""
BARRED = """Goods | Cases | Quantity (kg)
------+-------+------
Cocaine | 12 | 1,240.5
Heroin and other opiates | 3 | 21
Total | 15 | 1,261.5
"""
TABBED = "".join(line + "\n" for line in BARRED.replace(" | ", "\t").split("\n") if "--" not in line)


@pytest.mark.parametrize("text", [ALIGNED, BARRED, TABBED], ids=["white", "bars", "tabs"])
def test_tables_set_apart_by_white_bars_or_tabs(text: str) -> None:
    assert table(text) == [
        ["Goods", "Cases", "Quantity (kg)"], ["Cocaine", "12", "1,240.5"],
        ["Heroin and other opiates", "3", "21"], ["Total", "15", "1,261.5"],
    ]  # fmt: skip


def test_columns_set_apart_by_white_are_read_one_after_the_other() -> None:
    left = [f"left line {k} of an even text that goes on" for k in range(8)]
    right = [f"right line {k} of another text beside it" for k in range(8)]
    text = "\n".join(f"{a:<46}{b}" for a, b in zip(left, right, strict=True))
    assert " ".join(found for _, found in blocks(text)).split() == " ".join(left + right).split()


def test_lines_twice_as_long_as_the_others_are_told() -> None:
    even = "\n".join(f"this is line number {k:02d} of a long and even text of" for k in range(25))
    text = (
        even
        + "\n"
        + "\n".join(
            f"and half of line {k} goes on with what another column says in its line {k}, of the same" for k in range(8)
        )
    )
    assert [notice.code for notice in arranged(text).notices] == ["column_interleaving"]


def test_words_broken_over_columns_tell_that_lines_run_over_them() -> None:
    lines = [
        "the crew of the vessel told the officers of what the offi-",
        "cargo had been loaded in another harbour cers of the port had found in the contai-",
        "and that they knew nothing of it at all ners that had come by way of the har-",
        "when they left the port in the evening bours of the south in the spring of the year",
    ]
    prose = [f"here is line number {k:02d} of a text that is as long as the others are" for k in range(20)]
    assert [n.code for n in arranged("\n".join([*prose, *lines])).notices] == ["column_interleaving"]


def test_running_heads_and_page_numbers_of_plain_text() -> None:
    page = "Harbour News                      No. 4\n\n{}\n\n              - {} -\n"
    text = (
        page.format("The text of the first page stops in the\nmiddle of a", 1)
        + "\f"
        + page.format("sentence that ends here.", 2)
    )
    kinds = [kind for kind, _ in blocks(text)]
    assert kinds.count("header") >= 2
    assert kinds.count("page_number") == 2
    assert ("paragraph", "The text of the first page stops in the middle of a sentence that ends here.") in blocks(text)


def test_items_under_items_have_levels() -> None:
    text = "- Drugs in Koper\n  - 12 kg in a car\n  - 4 kg in a bag\n- Gold in Riga\n"
    found = [(b.kind, b.level) for b in arranged(text).blocks()]
    assert found == [("list_item", 0), ("list_item", 1), ("list_item", 1), ("list_item", 0)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Post Seizures Arrests Vehicles\nGdynia 30 12 4\nPuerto Limón 7 0 1\nWalvis Bay 14 6 2\nTotal 51 18 7\n",
            [["Post", "Seizures", "Arrests", "Vehicles"], ["Gdynia", "30", "12", "4"], ["Puerto Limón", "7", "0", "1"],
             ["Walvis Bay", "14", "6", "2"], ["Total", "51", "18", "7"]],
        ),
        (
            "Item Unit Cases Amount Value (USD)\nDiesel fuel litres 9 12,000 14,400\nCocaine kg 3 41.5 1,900,000\n"
            "Gold g 2 310 18,600\n",
            [["Item", "Unit", "Cases", "Amount", "Value (USD)"], ["Diesel fuel", "litres", "9", "12,000", "14,400"],
             ["Cocaine", "kg", "3", "41.5", "1,900,000"], ["Gold", "g", "2", "310", "18,600"]],
        ),
        (
            "Goods Cases Weight Value (EUR)\nCocaine 12 1,240 kg €48,000\nOther\nherbal cannabis 4 310 kg €620\n"
            "Khat 7 9.5 kg €21\nTotal 23\n",
            [["Goods", "Cases", "Weight", "Value (EUR)"], ["Cocaine", "12", "1,240 kg", "€48,000"],
             ["Other herbal cannabis", "4", "310 kg", "€620"], ["Khat", "7", "9.5 kg", "€21"], ["Total", "23", "", ""]],
        ),
        (
            "Goods Cases Held Value\nCocaine 12 3 48 000\nKhat 4 31 620\nResin 7 9 1 021\nBeer 1 2 3 004\n",
            [["Goods", "Cases", "Held", "Value"], ["Cocaine", "12", "3", "48 000"], ["Khat", "4", "31", "620"],
             ["Resin", "7", "9", "1 021"], ["Beer", "1", "2", "3 004"]],
        ),
    ],
    ids=["figures", "units", "amounts", "thousands"],
)  # fmt: skip
def test_tables_whose_cells_stand_one_space_apart(text: str, rows: list[list[str]]) -> None:
    assert table(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Office Cases Goods Quantity\n\nCook Bay 3 Cigarettes 412 cartons\n\nFort Hill 21 Loose tobacco 9.5 kg\n\n"
            "Lae 8 Beer 1.2 million litres\n\nTotal 32\n",
            [["Office", "Cases", "Goods", "Quantity"], ["Cook Bay", "3", "Cigarettes", "412 cartons"],
             ["Fort Hill", "21", "Loose tobacco", "9.5 kg"], ["Lae", "8", "Beer", "1.2 million litres"],
             ["Total", "32", "", ""]],
        ),
        (
            "Port Item Incidents Weight (lbs) Est. value\nOslo Resin 22 3,916.4 $78,000\nOslo Khat 9 488 $4,880\n"
            "Turku Resin 17 301.25 $9,640\nTotal 48 4,705.65 $92,520\n",
            [["Port", "Item", "Incidents", "Weight (lbs)", "Est. value"], ["Oslo", "Resin", "22", "3,916.4", "$78,000"],
             ["Oslo", "Khat", "9", "488", "$4,880"], ["Turku", "Resin", "17", "301.25", "$9,640"],
             ["Total", "", "48", "4,705.65", "$92,520"]],
        ),
        (
            "S/N Goods No. of Cases Value in USD\n1 Resin 96 4,310\n2 Green tea 11 27\n3 Amber 74 518\n"
            "Total 181 4,855\n",
            [["S/N", "Goods", "No. of Cases", "Value in USD"], ["1", "Resin", "96", "4,310"],
             ["2", "Green tea", "11", "27"], ["3", "Amber", "74", "518"], ["Total", "", "181", "4,855"]],
        ),
        (
            "Date Place Goods\n4 May 2023 Riga 12 kg\n11 June 2023 Walvis Bay 3 kg\n2 July 2023 Turku 7.5 kg\n",
            [["Date", "Place", "Goods"], ["4 May 2023", "Riga", "12 kg"], ["11 June 2023", "Walvis Bay", "3 kg"],
             ["2 July 2023", "Turku", "7.5 kg"]],
        ),
        (
            "Item Quantity Unit Cases\n\nResin 41.5 kg 18\n\nRoot beer 7,850 litres 3\n\nAmber 96 pieces 4\n\n"
            "Total   25\n",
            [["Item", "Quantity", "Unit", "Cases"], ["Resin", "41.5", "kg", "18"],
             ["Root beer", "7,850", "litres", "3"], ["Amber", "96", "pieces", "4"], ["Total", "", "", "25"]],
        ),
    ],
    ids=["words between figures", "two columns of words", "numbered", "dates", "units apart"],
)  # fmt: skip
def test_heads_and_the_shape_of_the_rows_settle_the_columns(text: str, rows: list[list[str]]) -> None:
    assert table(text) == rows


@pytest.mark.parametrize(
    "rows",
    [
        "Oslo 12 boxes 4,300\nNorth Bergen 9 jars 2,100\nTurku 7 bags 1,250\n",
        "Goods Held\nOslo 12 kg 4,300 EUR\nTurku 9 kg 2,100 EUR\nRiga 7 kg 1,250 EUR\n",
    ],
)
def test_rows_whose_columns_cannot_be_told_stay_text_and_are_told(rows: str) -> None:
    document = arranged(f"{PROSE}\n{rows}")
    assert [block.kind for block in document.blocks() if block.kind == "table"] == []
    assert [notice.code for notice in document.notices] == ["table_columns_unclear"]


def test_a_caption_is_not_taken_for_the_heads_of_a_table() -> None:
    rows = "Resin 12 kg 4,300\nGreen tea 9 kg 2,100\nAmber 7 kg 1,250\n"
    found = arranged(f"{PROSE}\nGoods seized in October 2019\n{rows}").blocks()
    assert [block.kind for block in found if block.kind == "table"] == []


def test_one_space_parts_no_column_where_others_are_wider_apart() -> None:
    text = "Date          Goods      Amount\n3 May 2021    cocaine    45 kg\n4 May 2021    heroin     12 kg\n"
    assert table(text) == [
        ["Date", "Goods", "Amount"],
        ["3 May 2021", "cocaine", "45 kg"],
        ["4 May 2021", "heroin", "12 kg"],
    ]


def test_sentences_and_contents_are_not_told_as_unclear_tables() -> None:
    contents = "\n".join(f"Chapter {name} {page}" for name, page in [("One", 3), ("Two", 12), ("Three", 25)])
    assert (
        arranged(f"{contents}\n\n{PROSE}\nIn 2001 there were 12\nboxes, and in 2002 there\nwere 15 of them.\n").notices
        == ()
    )


@pytest.mark.parametrize("width", [24, 34, 46, 60])
def test_no_passage_is_told_as_an_unclear_table_however_its_lines_break(width: int) -> None:
    passages = [p["text"] for path in sorted(PASSAGES.glob("*.json")) for p in json.loads(path.read_text("utf-8"))]
    told = [
        text
        for text in passages
        if any(n.code == "table_columns_unclear" for n in arranged("\n".join(wrap(text, width))).notices)
    ]
    assert passages
    assert told == []


def test_sentences_with_many_figures_are_no_table() -> None:
    text = "\n".join(f"and in the year that followed the ports of the north had {k} {k + 1} {k + 2}" for k in range(6))
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]


@pytest.mark.parametrize("mark", ["\t", " | ", "   "])
def test_short_lines_around_a_table_are_no_rows_of_it(mark: str) -> None:
    rng = random.Random(7)
    rows = [["Place", "Goods", "Amount"]]
    for _ in range(60):
        goods = rng.choice(["cocaine", "heroin", "cigarettes", "khat"])
        rows.append([rng.choice(["Riga", "Lima", "Accra", "Antwerp"]), goods, f"{rng.randint(2, 900)} kg"])
    wide = [[cell.ljust(10) for cell in row] if mark == "   " else row for row in rows]
    table = "\n".join(mark.join(row) for row in wide)
    extraction = extract(f"Border Desk Bulletin\n\nSeizures of March 2021\n\n{table}\n\nMore next month.\n".encode())
    assert [table.columns for table in extraction.tables] == [rows[0]]
    assert [row for table in extraction.tables for row in table.rows] == rows[1:]
    assert extraction.bulletin.title == "Border Desk Bulletin"
