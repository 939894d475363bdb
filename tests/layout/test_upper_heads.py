"""Heads of two levels: the upper head belongs to all columns that it stands over, with rules and without."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from table_pages import blocks, prose, tables, text, typeset, whole, width

from newsletter_extract import layout
from newsletter_extract.document import BBox, Document, Page, Rule, Word

LOWER = ["Post", "Cases", "Kilograms", "Cases", "Kilograms"]
ROWS = [["Riga", "12", "1,204", "7", "318"], ["Koper", "3", "90", "14", "1,077"], ["Bar", "41", "7", "5", "62"]]
EDGES, LEFT = [40, 190, 270, 350, 430], [40, 150, 210, 290, 350]


def centred(words: str, low: float, high: float, top: float, bold: bool = True) -> list[Word]:
    return text(words, (low + high - width(words)) / 2, top, bold)


def two_levels(uppers: list[tuple[str, float, float]], right: bool, top: float = 200) -> list[Word]:
    words = [w for upper in uppers for w in centred(*upper, top)]
    return words + typeset([LOWER, *ROWS], EDGES if right else LEFT, top + 14, right)


YEARS = [["", "2021", "", "2022", ""], LOWER, *ROWS]
UPPERS = {True: [("2021", 110, 270), ("2022", 270, 430)], False: [("2021", 150, 270), ("2022", 290, 410)]}


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("around", [False, True])
def test_years_over_the_middle_of_their_columns(right: bool, around: bool) -> None:
    words = two_levels(UPPERS[right], right)
    assert tables(prose(100) + words + prose(300) if around else words) == [YEARS]


def test_years_flush_with_the_first_of_their_columns() -> None:
    words = text("2021", 150, 200, True) + text("2022", 290, 200, True) + typeset([LOWER, *ROWS], LEFT, 214)
    assert tables(words) == [YEARS]


def test_both_levels_are_heads_and_say_how_far_they_reach() -> None:
    table = next(block for block in blocks(two_levels(UPPERS[True], True)) if block.kind == "table")
    assert [cell.header for cell in table.cells] == [True] * 10 + [False] * 15
    assert [cell.span for cell in table.cells[:5]] == [None, 2, None, 2, None]
    assert [cell.span for cell in table.cells[5:10]] == [1] * 5


@pytest.mark.parametrize("ruled", [False, True])
def test_upper_heads_over_different_lower_heads(ruled: bool) -> None:
    lower = ["Post", "Men", "Women", "Cars", "Lorries"]
    words = centred("Persons", 110, 270, 200) + centred("Vehicles held", 270, 430, 200)
    rules = [Rule(BBox(x, 212, x + 150, 212.4)) for x in (115, 275)] if ruled else []
    upper = ["", "Persons", "", "Vehicles held", ""]
    assert tables(words + typeset([lower, *ROWS], EDGES, 214, right=True), rules) == [[upper, lower, *ROWS]]


def test_a_stroke_under_an_upper_head_tells_its_columns() -> None:
    """Without it the head might be that of the middle column alone."""
    lower = ["Post", "Young", "Men", "Women", "Total"]
    words = centred("Persons", 150, 330, 200) + typeset([lower, *ROWS], [40, 150, 220, 290, 360], 216)
    rules = [Rule(BBox(148, 213, 330, 213.4))]
    assert tables(words, rules) == [[["", "Persons", "", "", ""], lower, *ROWS]]


def test_an_upper_head_over_all_columns_but_the_labels() -> None:
    lower = ["Post", "2021", "2022", "2023", "2024"]
    words = centred("Number of cases", 130, 430, 200) + typeset([lower, *ROWS], EDGES, 214, right=True)
    assert tables(words)[0][:2] == [["", "Number of cases", "", "", ""], lower]


def test_upper_heads_of_two_lines_and_heads_beside_them() -> None:
    words = centred("Seized in the", 150, 270, 200) + centred("year 2021", 150, 270, 211)
    words += centred("Lost", 290, 410, 211) + text("Post", 40, 211, True)
    words += typeset([["", *LOWER[1:]], *ROWS], LEFT, 225)
    assert tables(words) == [[["", "Seized in the year 2021", "", "Lost", ""], LOWER, *ROWS]]


def test_a_caption_over_the_middle_of_a_table_is_no_upper_head() -> None:
    words = centred("Cases of the year", 40, 430, 198) + typeset([LOWER, *ROWS], EDGES, 214, right=True)
    assert tables(words) == [[LOWER, *ROWS]]
    assert [block.text for block in blocks(words) if block.kind == "caption"] == ["Cases of the year"]


def test_heads_of_two_lines_each_are_no_two_levels() -> None:
    head = ["Goods", "Number/of cases", "Weight/(kg)", "Value/(EUR)", "Held/persons"]
    words = typeset([head, *ROWS], EDGES, 200, right=True)
    assert tables(words) == [whole([head, *ROWS])]


@pytest.mark.parametrize("middle", [207, 203, 211])
def test_a_head_beside_both_levels_is_that_of_its_column(middle: float) -> None:
    words = two_levels(UPPERS[True], True)
    words = [w if w.text != "Post" else replace(w, bbox=w.bbox._replace(top=middle, bottom=middle + 10)) for w in words]
    assert tables(words) == [YEARS]


def test_tinted_heads_of_several_lines_are_no_box_of_text() -> None:
    words = two_levels(UPPERS[True], True)
    words = [w if w.text != "Post" else replace(w, bbox=w.bbox._replace(top=207, bottom=217)) for w in words]
    assert tables(words, [Rule(BBox(36, 197, 440, 226), filled=True)]) == [YEARS]


def grid(
    xs: list[float], ys: list[float], without: set[tuple[float, float]], flat: set[tuple[float, float]]
) -> list[Rule]:
    """The borders of cells, without the upright ones at (x, top) and the level ones at (left, y)."""
    upright = [
        Rule(BBox(x, top, x + 0.5, bottom)) for x in xs for top, bottom in pairwise(ys) if (x, top) not in without
    ]
    level = [Rule(BBox(left, y, right, y + 0.5)) for y in ys for left, right in pairwise(xs) if (left, y) not in flat]
    return upright + level


XS = [36.0, 140.0, 210.0, 280.0, 350.0, 420.0]


@pytest.mark.parametrize("drawn", [True, False])
def test_ruled_heads_of_two_levels(drawn: bool) -> None:
    """A cell over several columns has no border between them; the stroke under it may be missing too."""
    words = centred("2021", 140, 280, 200) + centred("2022", 280, 420, 200) + text("Post", 40, 207)
    words += typeset([["", *LOWER[1:]], *ROWS], [40, 150, 215, 290, 355], 214, pitch=15)
    ys = [198.0, 212.0, *(227.0 + 15 * k for k in range(4))]
    under = set() if drawn else {(x, 212.0) for x in XS}
    assert tables(words, grid(XS, ys, {(210.0, 198.0), (350.0, 198.0)}, {(36.0, 212.0), *under})) == [YEARS]


def test_a_title_in_a_cell_over_all_columns_is_no_upper_head() -> None:
    words = centred("Cases of the year", 36, 420, 200)
    words += typeset([LOWER, *ROWS], [40, 150, 215, 290, 355], 214, pitch=15)
    ys = [198.0, 212.0, *(227.0 + 15 * k for k in range(4))]
    found = tables(words, grid(XS, ys, {(x, 198.0) for x in XS[1:-1]}, set()))
    assert found == [[["Cases of the year", "", "", "", ""], LOWER, *ROWS]]


def test_a_stroke_under_the_upper_heads_that_is_missing_is_told_by_the_borders_of_the_lower_ones() -> None:
    """As a spreadsheet prints them: a large title in the grid, tints for the upper heads, borders below."""
    words = [replace(w, size_pt=20, bbox=w.bbox._replace(top=168)) for w in centred("Checks of May", 36, 420, 178)]
    words += centred("2021", 140, 280, 200) + centred("2022", 280, 420, 200) + text("Post", 40, 207)
    words += typeset([["", *LOWER[1:]], *ROWS], [40, 150, 215, 290, 355], 214, pitch=15)
    ys = [166.0, 198.0, 212.0, *(227.0 + 15 * k for k in range(4))]
    inner = {(x, y) for x in XS[1:-1] for y in ys[:2]} - {(140.0, 198.0), (280.0, 198.0)}
    rules = grid(XS, ys, inner, {(x, 212.0) for x in XS})
    assert tables(words, rules) == [YEARS]


def test_a_table_of_two_levels_goes_on_over_the_page() -> None:
    """Both levels are printed again there."""
    ys = [98.0, 112.0, *(127.0 + 15 * k for k in range(4))]
    rules = tuple(grid(XS, ys, {(210.0, 98.0), (350.0, 98.0)}, {(36.0, 112.0)}))
    heads = centred("2021", 140, 280, 100) + centred("2022", 280, 420, 100) + text("Post", 40, 107)
    more = [["Oslo", "1", "2", "3", "4"], ["Turku", "9", "8", "7", "6"], ["Total", "66", "1,311", "36", "1,467"]]
    made = []
    for number, rows in enumerate((ROWS, more), 1):
        words = heads + typeset([["", *LOWER[1:]], *rows], [40, 150, 215, 290, 355], 114, pitch=15)
        made.append(Page(number, 600, 842, "text_layer", tuple(words), rules))
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", tuple(made)))
    found = [block for block in document.blocks() if block.kind == "table"]
    assert [[row.split("\t") for row in block.text.split("\n")] for block in found] == [[*YEARS, *more]]
    assert [(block.page, block.kind, block.text.split()) for block in document.blocks() if block.kind == "header"] == [
        (2, "header", ["2021", "2022", *LOWER])
    ]
