"""Reading order and kinds on pages built word by word."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_extract import layout
from newsletter_extract.document import BBox, Document, Page, Rule, Word

SIZE, PITCH = 10.0, 13.0


def line(text: str, x: float, y: float, size: float = SIZE, bold: bool = False) -> list[Word]:
    words, left = [], x
    for part in text.split():
        width = len(part) * size * 0.5
        words.append(Word(part, BBox(left, y, left + width, y + size), size_pt=size, bold=bold))
        left += width + size * 0.25
    return words


def column(prefix: str, count: int, x: float, y: float) -> list[Word]:
    """Lines of the same length: prefix0a prefix0b … so that order can be read off the words."""
    return [w for k in range(count) for w in line(" ".join(f"{prefix}{k}{c}" for c in "abcdef"), x, y + k * PITCH)]


def arranged(words: list[Word], rules: tuple[Rule, ...] = ()) -> Document:
    page = Page(1, 595, 842, "text_layer", tuple(words), rules)
    return layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,)))


def text(words: list[Word], rules: tuple[Rule, ...] = ()) -> str:
    return " ".join(block.text for block in arranged(words, rules).blocks())


def test_two_columns_with_a_narrow_gutter_are_read_one_after_the_other() -> None:
    left = column("l", 12, 40, 200)
    right = column("r", 12, max(w.bbox.x1 for w in left) + 9, 200)
    found = text(right + left).split()
    assert found == [w.text for w in left] + [w.text for w in right]


def test_a_banner_parts_what_is_above_from_what_is_below() -> None:
    top = column("a", 6, 40, 150) + column("b", 6, 320, 150)
    banner = line("one banner that runs over both of the columns of this page without a gap", 40, 250, 16)
    below = column("c", 6, 40, 290) + column("d", 6, 320, 290)
    found = text(below + top + banner).split()
    assert [found.index(w) for w in ("a0a", "b0a", "banner", "c0a", "d0a")] == sorted(
        found.index(w) for w in ("a0a", "b0a", "banner", "c0a", "d0a")
    )


@given(st.integers(0, 10_000))
def test_the_order_of_words_in_the_file_plays_no_part(seed: int) -> None:
    words = column("l", 8, 40, 200) + column("r", 8, 320, 200) + line("Title of it", 40, 120, 20, bold=True)
    shuffled = list(words)
    random.Random(seed).shuffle(shuffled)
    assert arranged(shuffled).pages[0].blocks == arranged(words).pages[0].blocks


def test_a_ruled_table_has_rows_and_wrapped_cells() -> None:
    cells = [["Goods", "Cases"], ["Cocaine", "3"], ["Wine and", "14"], ["Total", "17"]]
    words = [
        w for r, row in enumerate(cells) for k, cell in enumerate(row) for w in line(cell, 44 + 120 * k, 204 + 40 * r)
    ]
    words += line("spirits", 44, 204 + 80 + 13)
    rules = tuple(Rule(BBox(40, 200 + 40 * k, 280, 200.5 + 40 * k)) for k in range(5))
    rules += tuple(Rule(BBox(40 + 120 * k, 200, 40.5 + 120 * k, 360)) for k in range(3))
    table = next(b for b in arranged(words, rules).blocks() if b.kind == "table")
    assert [row.split("\t") for row in table.text.split("\n")] == [
        ["Goods", "Cases"], ["Cocaine", "3"], ["Wine and spirits", "14"], ["Total", "17"],
    ]  # fmt: skip
    assert [cell.header for cell in table.cells] == [True, True] + [False] * 6


def test_a_table_without_rules_is_told_by_its_numbers() -> None:
    rows = [
        ("Goods", "Cases", "Amount"),
        ("Cocaine", "2", "74 kg"),
        ("Cannabis", "5", "212 kg"),
        ("Tobacco", "7", "90 kg"),
    ]
    words = [
        w for k, row in enumerate(rows) for c, cell in enumerate(row) for w in line(cell, 40 + 150 * c, 300 + 16 * k)
    ]
    table = next(b for b in arranged(words).blocks() if b.kind == "table")
    assert table.text.split("\n")[1].split("\t") == ["Cocaine", "2", "74 kg"]


def test_running_heads_and_page_numbers_are_furniture() -> None:
    pages = tuple(
        Page(
            n,
            595,
            842,
            "text_layer",
            tuple(
                line("Harbour News", 40, 20, 8)
                + column(f"p{n}", 9, 40, 200)
                + line("The end.", 40, 317)
                + line(str(n), 300, 810, 8)
            ),
        )
        for n in (1, 2, 3)
    )
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", pages))
    assert [b.kind for page in document.pages for b in page.blocks] == ["header", "paragraph", "page_number"] * 3


@pytest.mark.parametrize(
    "words",
    [
        [],
        [Word("alone", BBox(10, 10, 40, 20))],
        [Word("nan", BBox(float("nan"), 0, 1, 1))],
        [Word("flat", BBox(5, 5, 5, 5))],
    ],
)
def test_odd_pages_do_not_fail(words: list[Word]) -> None:
    assert len(list(arranged(words).blocks())) == len([w for w in words if w.bbox.width > 0 and w.bbox.height > 0])


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = Page(1, 595, 842, "text_layer", tuple(line("The officers opened the box and looked for", 40, 700)))
    second = Page(2, 595, 842, "text_layer", tuple(line("the goods that were missing.", 40, 100)))
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (first, second)))
    assert [b.text for b in document.blocks()] == [
        "The officers opened the box and looked for the goods that were missing."
    ]


def test_a_margin_with_dates_is_read_beside_its_articles() -> None:
    words: list[Word] = []
    for k in range(3):
        y = 150 + 100 * k
        words += line(f"{k + 1} May", 40, y, bold=True) + line("Riga", 40, y + PITCH, bold=True)
        words += column(f"t{k}", 5, 150, y) + line("The end.", 150, y + 5 * PITCH)
    found = text(words).split()
    assert [found.index(w) for w in ("1", "t00a", "2", "t10a", "3", "t20a")] == sorted(
        found.index(w) for w in ("1", "t00a", "2", "t10a", "3", "t20a")
    )


def test_a_first_line_set_in_begins_a_paragraph() -> None:
    words = column("a", 4, 40, 200) + [
        w for k in (0, 1) for w in line("Set in from the edge of it all", 52, 252 + 65 * k)
    ]
    words += column("b", 4, 40, 265) + column("c", 4, 40, 330)
    assert len([b for b in arranged(words).blocks() if b.kind == "paragraph"]) == 3


def test_four_columns() -> None:
    columns = [column(f"k{n}", 10, 40 + 145 * n, 200) for n in range(4)]
    narrow = [
        [Word(w.text, BBox(w.bbox.x0 * 0.9, w.bbox.top, w.bbox.x1 * 0.9, w.bbox.bottom), size_pt=9) for w in c]
        for c in columns
    ]
    assert text([w for c in reversed(narrow) for w in c]).split() == [w.text for c in narrow for w in c]
