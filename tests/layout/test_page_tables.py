"""Tables without a full grid, cell by cell: columns, heads and rows, and what stands round them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pages import calls
from table_pages import SIZE, blocks, prose, tables, text, typeset, whole

from newsletter_extract.document import BBox, Rule, Word

HEAD = ["Commodity", "Number of cases", "Quantity (kg)", "Value in USD"]
BODY = [
    ["Cocaine hydrochloride", "11", "1,204.5", "48,000,000"],
    ["Marijuana", "24", "310", "620,000"],
    ["Amber", "5", "41.2", "1,100,000"],
    ["Total", "40", "1,555.7", "49,720,000"],
]


@pytest.mark.parametrize("right", [False, True])
def test_a_table_between_columns_of_text(right: bool) -> None:
    edges = [40, 240, 350, 480] if right else [40, 200, 310, 420]
    words = prose(100) + typeset([HEAD, *BODY], edges, 190, right) + prose(290)
    assert tables(words) == [[HEAD, *BODY]]


def test_heads_a_space_apart_go_to_the_columns_under_them() -> None:
    head = ["Office", "Cases", "Arrests", "Kilograms", "Seizures"]
    rows = [["North", "3", "1", "12", "9"], ["South", "14", "6", "1,250", "18"], ["Airports", "7", "5", "90", "7"]]
    words = typeset([head, *rows], [40, 170, 208, 256, 301], 200, right=True)
    assert tables(words) == [[head, *rows]]


@pytest.mark.parametrize(
    ("head", "edges"),
    [
        (["Goods", "Number of cases", "Seized"], [40, 160, 260]),
        (["Vessel", "Hours at sea", "Vessels boarded", "Value"], [40, 160, 240, 330]),
        (["Kind", "Kilograms", "Seizures", "Persons held"], [40, 130, 176, 240]),
        (["Post", "Cases", "Arrests"], [40, 88, 125]),
    ],
)
def test_wide_heads_over_figures_at_the_right(head: list[str], edges: list[float]) -> None:
    rows = [[name, *(f"{7 * k + n}" for n in range(len(head) - 1))] for k, name in enumerate(("Bar", "Riga", "Kop"), 1)]
    assert tables(prose(100) + typeset([head, *rows], edges, 190, right=True) + prose(290)) == [[head, *rows]]


def test_heads_at_the_left_of_figures_at_the_right() -> None:
    head = ["Vessel", "Hours at sea", "Boarded", "Held"]
    rows = [["Gannet", "120", "14", "3"], ["Tern", "1,044", "9", "0"], ["Heron", "77", "212", "41"]]
    words = [w for c, cell in enumerate(head) for w in text(cell, (40, 150, 290, 430)[c], 200, bold=True)]
    assert tables(words + typeset([[""] * 4, *rows], [40, 280, 420, 550], 200, right=True)) == [[head, *rows]]


def test_heads_of_several_lines() -> None:
    head = ["Goods", "Number/of cases", "Weight/(kg)", "Value/(EUR)"]
    rows = [["Cocaine", "11", "204", "8,000"], ["Amber", "5", "41", "1,000"], ["Tobacco", "7", "90", "2,000"]]
    words = typeset([head, *rows], [40, 200, 280, 360], 200, right=True)
    assert tables(words) == [whole([head, *rows])]


@pytest.mark.parametrize("tinted", [False, True])
def test_rules_and_tints_between_rows_part_them(tinted: bool) -> None:
    """Here the white between rows is that between the lines of a cell."""
    rows = [
        ["Goods", "Where it was", "Cases"],
        ["Cocaine", "in boxes of/bananas", "3"],
        ["Resin of the/same kind", "in a car", "12"],
        ["Tobacco", "in parcels", "2"],
    ]
    words = typeset(rows, [40, 200, 400], 200, pitch=11)
    heights = [210.5, 232.5, 254.5, 265.5]
    if tinted:
        rules = [Rule(BBox(38, 210.5, 430, 232.5), filled=True), Rule(BBox(38, 254.5, 430, 265.5), filled=True)]
    else:
        rules = [Rule(BBox(38, y, 430, y + 0.5)) for y in heights]
    assert tables(words, rules) == [whole(rows)]


def test_heads_without_a_stroke_under_them_over_ruled_rows() -> None:
    head = ["Substance", "Cases", "Arrests", "Amount"]
    rows = [
        ["Methamphetamine tablets", "212", "86", "1,204,000"],
        ["Khat", "14", "9", "310"],
        ["Cannabis, herbal", "1,077", "640", "41"],
        ["Total", "1,303", "735", ""],
    ]
    words = typeset([head, *rows], [40, 300, 380, 500], 200, right=True)
    rules = [Rule(BBox(38, 214 + 16 * k, 502, 214.5 + 16 * k)) for k in range(1, 5)]
    assert tables(words, rules) == [[head, *rows]]
    left = [w for c, cell in enumerate(head) for w in text(cell, (40, 250, 330, 410)[c], 200, bold=True)]
    assert tables(left + typeset([[""] * 4, *rows], [40, 300, 380, 500], 200, right=True), rules) == [[head, *rows]]


def test_figures_of_a_table_at_the_top_of_a_page_are_no_page_numbers() -> None:
    rows = [["Post", "Cases", "Arrests"], ["Riga", "86", "14"], ["Koper", "9", "3"], ["Bar", "12", "5"]]
    assert tables(typeset(rows, [40, 200, 300], 20)) == [rows]


@pytest.mark.parametrize("pitch", [16, 11])
def test_wrapped_cells(pitch: float) -> None:
    rows = [
        ["Date", "Place", "What was found", "Cases"],
        ["3 May", "Koper", "drugs between/boxes of fruit/in a container", "2"],
        ["4 May", "Riga", "tobacco", "12"],
        ["9 May", "Bar", "coins in a/suitcase", "4"],
    ]
    assert tables(typeset(rows, [40, 110, 200, 400], 200, pitch=pitch)) == [whole(rows)]


def test_labels_over_groups_of_rows_and_subtotals_are_rows() -> None:
    rows = [
        ["Post", "Cases", "Quantity (kg)"],
        ["Northern region", "", ""],
        ["Riga", "3", "12"],
        ["Koper", "1", "5"],
        ["Subtotal", "4", "17"],
        ["Southern region", "", ""],
        ["Bar", "2", "4"],
        ["Grand total", "6", "21"],
    ]
    assert tables(typeset(rows, [40, 200, 300], 200)) == [rows]


def test_two_tables_under_each_other_stay_two() -> None:
    first, second = [HEAD, *BODY], [["Vehicle", "Cases", "Quantity (kg)", "Value in USD"], *BODY[:3]]
    edges = [40, 200, 310, 420]
    words = text("Table 1. Goods", 40, 180) + typeset(first, edges, 200)
    words += text("Table 2. Vehicles", 40, 296) + typeset(second, edges, 312)
    found = blocks(words)
    assert tables(words) == [first, second]
    assert [b.text for b in found if b.kind == "caption"] == ["Table 1. Goods", "Table 2. Vehicles"]


def test_two_tables_beside_each_other_are_read_one_after_the_other() -> None:
    rows = [["Goods", "Cases"], ["Cocaine", "3"], ["Amber", "14"], ["Tobacco", "7"]]
    other = [rows[0], ["Vodka", "1"], ["Beer", "2"], ["Wine", "9"]]
    words = typeset(rows, [40, 150], 200) + typeset(other, [320, 430], 200)
    assert tables(words) == [rows, other]


def test_upright_strokes_alone_part_columns() -> None:
    rows = [["Goods", "Cases", "Kg"], ["Resin", "12", "4"], ["Amber", "3", "90"], ["Vodka", "41", "7"]]
    words = typeset(rows, [40, 70, 100], 200)
    rules = [Rule(BBox(x, 198, x + 0.5, 260)) for x in (67.5, 97.5)]
    assert tables(prose(100) + words, rules) == [rows]


def test_a_grid_without_a_frame_and_without_rules_between_its_rows() -> None:
    rows = [["Goods", "Cases", "Quantity"], ["Resin", "12", "4 kg"], ["Amber", "3", "90 kg"], ["Vodka", "41", "7 l"]]
    rules = [Rule(BBox(40, y, 400, y + 0.5)) for y in (196, 213, 262)]
    rules += [Rule(BBox(x, 196, x + 0.5, 262)) for x in (140, 240)]
    assert tables(typeset(rows, [44, 150, 250], 200), rules) == [rows]


def test_rows_ruled_off_in_groups_are_rows_of_their_own() -> None:
    rows = [["Office", "Cases", "Kg"], *([f"Post {k}", str(k), str(3 * k)] for k in range(1, 7))]
    rules = [Rule(BBox(40, y, 340, y + 0.5)) for y in (196, 213, 261, 309)]
    rules += [Rule(BBox(x, 196, x + 0.5, 309)) for x in (40, 140, 240, 340)]
    assert tables(typeset(rows, [44, 150, 250], 200), rules) == [rows]


def test_records_of_two_lines_are_one_row_each() -> None:
    words: list[Word] = []
    for k in range(4):
        y = 200 + 40 * k
        words += text(f"PISTOL{k}", 40, y) + text("MAKE", 140, y) + text("FOUND", 420, y)
        words += text(f"17{k}", 40, y + 11) + text("Tag", 200, y + 11) + text("Police store", 290, y + 11)
    assert tables(words) == [[[f"PISTOL{k}", "MAKE", "FOUND", f"17{k}", "Tag", "Police store"] for k in range(4)]]


def test_a_heading_apart_from_its_table_stands_before_it_and_after_the_columns() -> None:
    caption = text("SEIZURES OF ALL PORTS", 240, 196)
    words = prose(100) + caption + typeset([HEAD, *BODY], [40, 200, 310, 420], 220)
    found = [block.kind for block in blocks(words)]
    assert found[-2:] == ["caption", "table"]


def test_a_text_beside_a_table_is_no_column_of_it() -> None:
    rows = [
        ["Goods", "Cases", "Kg"],
        ["Resin", "12", "4"],
        ["Amber", "3", "90"],
        ["Vodka", "41", "7"],
        ["Beer", "5", "2"],
    ]
    right = [w for k in range(8) for w in text("and the officers of the port opened a box again", 310, 172 + 12 * k)]
    assert tables(prose(100) + right + typeset(rows, [40, 140, 200], 185) + prose(290)) == [rows]


def test_numbered_items_in_columns_are_no_table() -> None:
    words = [w for k in range(4) for c in (0, 1) for w in text(f"{4 * c + k + 1}. Port", 40 + 200 * c, 200 + 16 * k)]
    assert tables(words) == []


def column_of(top: float, lines: int, x: float) -> list[Word]:
    """Lines of a text in the left column or the right one, at 40 or 310."""
    return [w for k in range(lines) for w in text("officers of the port opened a box and found it em", x, top + 12 * k)]


LEFT = [["Goods", "Cases"], ["Resin", "12"], ["Amber", "3"], ["Vodka", "41"], ["Beer", "5"], ["Total", "61"]]


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_tables_in_both_columns_of_a_text_stay_two(offset: int) -> None:
    """Their rows stand on the same lines, and one has more of them."""
    right = [["Post", "Arrests"], ["Riga", "7"], ["Koper", "14"], ["Bar", "2"]]
    words = prose(100) + typeset(LEFT, [40, 190], 190) + typeset(right, [310, 470], 190 + 16 * offset)
    words += prose(300)
    assert tables(words) == [LEFT, right]


@pytest.mark.parametrize("side", [40, 310])
def test_a_table_in_one_column_and_a_text_in_the_other(side: float) -> None:
    other = 350 - side
    words = column_of(100, 24, other) + column_of(100, 6, side) + column_of(290, 8, side)
    words += typeset(LEFT, [side, side + 150], 185)
    assert tables(words) == [LEFT]


def test_a_table_at_the_head_of_a_column_beside_a_text() -> None:
    rows = [["Goods", "Cases", "Kg"], *([f"Kind {'ABCDEFGH'[k]}", str(k + 2), str(7 * k + 1)] for k in range(8))]
    words = column_of(100, 26, 40) + typeset(rows, [310, 420, 500], 100) + column_of(262, 12, 310)
    assert tables(words) == [rows]
    found = [block.text for block in blocks(words)]
    assert [text.split()[0] for text in found[:2]] == ["officers", "Goods"]


def test_heads_that_a_layer_ran_together_are_parted_over_their_columns() -> None:
    rows = [["Cocaine", "11", "48,000"], ["Amber", "5", "1,100"], ["Tobacco", "740", "620"], ["Total", "756", "49,720"]]
    glued = "Number of casesValue"
    words = text("Goods", 40, 184) + text(glued, 150, 184) + typeset([[""] * 3, *rows], [40, 212, 250], 184, right=True)
    assert tables(words) == [[["Goods", "Number of cases", "Value"], *rows]]


@pytest.mark.parametrize("white", [8, 18, 21])
def test_heads_stand_as_far_above_a_table_as_its_rows_are_apart(white: float) -> None:
    """Boxes of a text layer under a scan are lower than its type, so that all white is wider."""
    head = ["Goods", "Unit", "Amount", "Cases"]
    rows = [["Resin", "kg", "4,318.5", "74"], ["Amber", "pieces", "388", "31"], ["Spirits", "litres", "702", "18"]]
    words = text("Table 1. Goods of the month", 40, 176 - white)
    words += typeset([head], [40, 190, 250, 340], 200 - white - SIZE)
    words += typeset(rows, [40, 230, 330, 440], 200, right=True, pitch=SIZE + white)
    assert tables([replace(word, size_pt=None) for word in words]) == [[head, *rows]]


def test_rows_of_wrapped_cells_between_two_rules_are_parted() -> None:
    rows = [["Action", "Labour", "Parts", "Cost"], ["Wiring", "79 hours of work/at 85 an hour", "None", "6,715"]]
    rows += [["Sensor", "40 hours of work/at 85 an hour", "None", "3,400"]]
    words = typeset(rows, [44, 150, 330, 430], 200, pitch=22, leading=11)
    words = [w if w.bbox.top < 240 else replace(w, bbox=moved(w.bbox, -11)) for w in words]
    rules = [Rule(BBox(40, y, 500, y + 0.5)) for y in (196, 216, 262)]
    rules += [Rule(BBox(x, 196, x + 0.5, 262)) for x in (146, 326, 426)]
    assert tables(words, rules) == [whole(rows)]


def moved(box: BBox, down: float) -> BBox:
    return box._replace(top=box.top + down, bottom=box.bottom + down)


def test_labels_of_two_lines_that_stand_apart_belong_to_the_rows_below() -> None:
    words = typeset([["Adams", "REP", "247"], ["Brown", "DEM", "69"]], [40, 240, 340], 200, pitch=11)
    for k, (name, votes) in enumerate([("Clark", "64"), ("Davis", "81"), ("Evans", "12")]):
        top = 232 + 55 * k
        words += text(f"OFFICE {'ABC'[k]}", 40, top) + text("Voters chose", 40, top + 11)
        words += typeset([[name, "DEM", votes], ["Moore", "REP", "9"]], [40, 240, 340], top + 22, pitch=11)
    found = tables([replace(word, bold=False) for word in words])
    assert found[0][2:5] == [["OFFICE A Voters chose", "", ""], ["Clark", "DEM", "64"], ["Moore", "REP", "9"]]


def test_a_title_inside_the_grid_and_dots_between_cells_are_no_cells() -> None:
    rows = [["Post", "Cases"], ["Riga", "3"], ["Turku", "14"], ["Total", "17"]]
    title = [replace(w, size_pt=20, bbox=w.bbox._replace(top=180)) for w in text("Checks of May", 60, 192)]
    words = title + typeset(rows, [44, 170], 208) + text("..........", 100, 224)
    rules = [Rule(BBox(40, y, 240, y + 0.5)) for y in (176, 221, 237, 253, 270)]
    rules += [Rule(BBox(40 + 200 * k, 176, 40.5 + 200 * k, 270)) for k in (0, 1)] + [Rule(BBox(160, 196, 160.5, 270))]
    assert tables(words, rules) == [rows]
    assert [block.text for block in blocks(words, rules) if block.kind != "table"] == ["Checks of May"]


def like_a_table(lines: int) -> list[Word]:
    cells = ("officer port", "vessel found nothing", "in the box")
    return [
        w
        for k in range(lines)
        for x, cell in zip((40, 200, 420), cells, strict=True)
        for w in text(cell, x, 40 + 13 * k)
    ]


def labelled(lines: int) -> list[Word]:
    """Rows with a second line in their first cell."""
    return [
        w
        for k in range(lines)
        for x, y, cell in ((40, 0, "goods"), (200, 0, f"{k}"), (300, 0, f"{k} kg"), (40, 13, "and other things"))
        for w in text(cell, x, 40 + 26 * k + y)
    ]


@pytest.mark.parametrize("page", [like_a_table, labelled])
def test_work_grows_with_the_lines_of_a_page(page: Callable[[int], list[Word]]) -> None:
    assert calls(lambda: blocks(page(120))) < 2.5 * calls(lambda: blocks(page(60)))


def test_work_grows_with_the_strokes_of_a_grid() -> None:
    def grid(lines: int) -> tuple[list[Word], list[Rule]]:
        rules = [Rule(BBox(38, 40 + 13 * k, 500, 40.5 + 13 * k)) for k in range(lines + 1)]
        rules += [Rule(BBox(x, 40 + 13 * k, x + 0.5, 53 + 13 * k)) for k in range(lines) for x in (38, 190, 290, 500)]
        return labelled(lines // 2), rules

    assert calls(lambda: blocks(*grid(400))) < 2.5 * calls(lambda: blocks(*grid(200)))
