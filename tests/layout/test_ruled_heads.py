"""Heads that are ruled off by themselves over rows without rules, and those of records of two lines."""

from __future__ import annotations

import pytest
from table_pages import blocks, prose, tables, text, typeset, width

from newsletter_extract.document import BBox, Rule, Word

HEAD = ["Document", "Posted", "Payee", "What it was for", "Amount ($)"]
XS = [36.0, 120.0, 200.0, 300.0, 480.0, 560.0]
LEFT = [40, 126, 206, 306, 490]
ROWS = [
    ["", "", "Brown, J", "district director", "37,499.96"],
    ["", "", "Adams, A", "clerk from May 22", "21,000.00"],
    ["DH01", "05/03", "City bank", "transport/air fare from Riga to Oslo", "920.68"],
    ["DH02", "05/24", "City bank", "transport/air fare from Bar to Koper", "907.96"],
    ["DH03", "06/03", "State rail", "transport", "411.49"],
]
WHOLE = [[cell.replace("/", " ") if c == 3 else cell for c, cell in enumerate(row)] for row in ROWS]


def body(top: float) -> list[Word]:
    cells = [[cell if c == 3 else cell.replace("/", "\u2215") for c, cell in enumerate(row)] for row in ROWS]
    words = typeset([[""] * 5, *cells], LEFT, top - 16, pitch=12)
    return [Word(w.text.replace("\u2215", "/"), w.bbox, size_pt=w.size_pt) for w in words]


def box(x0: float, top: float, x1: float, bottom: float) -> list[Rule]:
    return [Rule(BBox(x0, y, x1, y + 0.5)) for y in (top, bottom)] + [
        Rule(BBox(x, top, x + 0.5, bottom)) for x in (x0, x1)
    ]


def boxed(top: float, bottom: float) -> list[Rule]:
    """The borders of the cells of heads."""
    return [*box(XS[0], top, XS[-1], bottom), *(Rule(BBox(x, top, x + 0.5, bottom)) for x in XS[1:-1])]


def test_boxed_heads_over_a_box_of_rows_without_rules() -> None:
    words = [w for c, cell in enumerate(HEAD) for w in text(cell, LEFT[c], 202, bold=True)] + body(224)
    assert tables(words, [*boxed(198, 216), *box(XS[0], 217, XS[-1], 310)]) == [[HEAD, *WHOLE]]


def test_boxed_heads_of_two_levels_over_rows_that_a_stroke_parts() -> None:
    upper = ["", "Papers", "", "", ""]
    lower = ["Post", "Name", "Date", "What it was for", "Amount ($)"]
    words = text("Papers", 190, 201, bold=True)
    for c, cell in enumerate(lower):
        words += text(cell, LEFT[c], 216 if c in {1, 2} else 208, bold=True)
    rules = [*boxed(198, 230), *box(XS[0], 231, XS[-1], 330), Rule(BBox(XS[1], 213, XS[3], 213.5))]
    rules = [r for r in rules if not (r.bbox.x0 == XS[2] and r.bbox.top == 198)]
    rules += [Rule(BBox(XS[2], 213, XS[2] + 0.5, 230)), Rule(BBox(XS[0], 262, XS[-1], 262.5))]
    assert tables(words + body(238), rules) == [[upper, lower, *WHOLE]]


def test_a_cell_that_reaches_over_the_border_of_its_head_stays_whole() -> None:
    words = [w for c, cell in enumerate(HEAD) for w in text(cell, LEFT[c], 202, bold=True)] + body(224)
    long = "transport of all goods from Riga to the port"
    words += text("DH04", 40, 306) + text(long, 306, 306) + text("1.00", 535, 306)
    assert 306 + width(long) > XS[4] + 2.5
    words = [
        w if w.bbox.x0 != 490 else Word(w.text, BBox(515, w.bbox.top, 558, w.bbox.bottom), size_pt=10) for w in words
    ]
    words = [w if w.text != "Amount" else Word("Sum", BBox(510, 202, 530, 212), size_pt=10, bold=True) for w in words]
    found = tables(words, [*boxed(198, 216), *box(XS[0], 217, XS[-1], 326)])
    assert [row[3] for row in found[0]] == [HEAD[3], *(row[3] for row in WHOLE), long]


@pytest.mark.parametrize("white", [10, 20])
def test_boxed_heads_alone_over_rows(white: float) -> None:
    """The rows stand under the boxes, with no stroke about them."""
    words = [w for c, cell in enumerate(HEAD) for w in text(cell, LEFT[c], 202, bold=True)] + body(214 + white)
    assert tables(prose(60, 4) + words + prose(340), boxed(198, 215)) == [[HEAD, *WHOLE]]


def test_heads_between_strokes_with_white_under_them() -> None:
    rows = [["Resin", "12", "1,204"], ["Amber", "3", "90"], ["Vodka", "41", "7"]]
    head = ["Goods", "Cases", "Kilograms"]
    words = typeset([head], [40, 190, 300], 200, right=True) + typeset(
        [[""] * 3, *rows], [40, 190, 300], 216, right=True
    )
    rules = [Rule(BBox(x0, y, x1, y + 0.5)) for y in (197, 213) for x0, x1 in ((38, 150), (150, 302))]
    assert tables(prose(100) + words + prose(300), rules) == [[head, *rows]]


def test_boxed_titles_over_columns_of_text_are_no_heads_of_a_table() -> None:
    words = [w for c in (0, 1) for w in text("Report of the port", 40 + 270 * c, 82, bold=True)] + prose(104, 30)
    rules = [*box(36, 78, 560, 98), *box(36, 99, 560, 480), Rule(BBox(300, 78, 300.5, 98))]
    assert [block.kind for block in blocks(words, rules)].count("table") == 0


def records(top: float) -> list[Word]:
    words: list[Word] = []
    for k in range(4):
        y = top + 36 * k
        words += text(f"PISTOL{k}", 40, y) + text("MAKE", 140, y) + text("FOUND", 420, y)
        words += text(f"17{k}", 40, y + 11) + text("Tag", 200, y + 11) + text("Police store", 290, y + 11)
    return words


@pytest.mark.parametrize("strokes", [True, False])
def test_heads_of_records_of_two_lines(strokes: bool) -> None:
    words = text("KIND", 40, 152) + text("MAKE", 140, 152) + text("STATUS", 420, 152)
    words += text("SERIAL NUMBER", 40, 174) + text("TAG NO", 200, 174) + text("PLACE", 290, 174)
    rules = [Rule(BBox(x, y, x + 60, y + 0.4)) for y in (164, 186) for x in (40, 140, 290)] if strokes else []
    head = ["KIND", "MAKE", "STATUS", "SERIAL NUMBER", "TAG NO", "PLACE"]
    rows = [[f"PISTOL{k}", "MAKE", "FOUND", f"17{k}", "Tag", "Police store"] for k in range(4)]
    assert tables(words + records(198), rules) == [[head, *rows]]


def test_the_head_of_a_frame_is_not_parted_at_the_strokes_between_its_columns() -> None:
    head = text("Bulletin of the office of the clerk of all the county", 190, 86) + text("Group 13", 190, 99)
    rules = [*box(36, 78, 560, 110), *box(36, 110, 560, 480), Rule(BBox(299.5, 110, 300, 480))]
    found = " ".join(block.text for block in blocks(head + prose(120, 29), rules))
    assert found.startswith("Bulletin of the office of the clerk of all the county Group 13 officers")
