"""Reading order and kinds on pages built word by word."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import PITCH, SIZE, arranged, arranged_scan, column, line, story, text

from newsletter_extract import layout
from newsletter_extract.document import BBox, Document, Page, Rule, Word


def test_two_columns_with_a_narrow_gutter_are_read_one_after_the_other() -> None:
    left = column("l", 12, 40, 200)
    right = column("r", 12, max(w.bbox.x1 for w in left) + 9, 200)
    found = text(right + left).split()
    assert found == [w.text for w in left] + [w.text for w in right]


def scanned(lines: list[str], x: float, y: float, width: float) -> list[Word]:
    """Justified lines as an OCR gives them: boxes round the ink and no fonts."""
    words = []
    for k, parts in enumerate(words_of_line.split() for words_of_line in lines):
        space = (width - sum(map(len, parts)) * 0.48 * SIZE) / (len(parts) - 1)
        left, top = x, y + k * PITCH
        for part in parts:
            right = left + len(part) * 0.48 * SIZE
            words.append(Word(part, BBox(left + 0.3, top, right - 0.3, top + 0.72 * SIZE), 0.95))
            left = right + space
    return words


def test_loose_spaces_of_a_scanned_column_that_happen_to_meet_are_no_gutter() -> None:
    """In four lines on end the space before the last word stands at one place, and is as wide as the others."""
    before, after = (
        "officers of the harbour searched all of the vessels",
        "which had come in that week from abroad on the tide",
    )
    loose = ["the police of the border towns and all the ports"] * 2 + [
        "their patrol boats left the old ones at first once"
    ] * 2
    lines = [before, *loose, after]
    document = arranged_scan(scanned(lines, 40, 200, 247) + scanned(lines, 310, 200, 247))
    assert " ".join(block.text for block in document.blocks()) == " ".join(lines * 2)


@pytest.mark.parametrize(("larger", "kind"), [(1.0, "paragraph"), (1.35, "heading")])
def test_two_larger_lines_of_a_scan_are_a_heading(larger: float, kind: str) -> None:
    story = [
        "officers of the harbour searched all of the vessels",
        "which had come in that week from abroad on the tide",
    ]
    words = scanned([*story * 3, "and then they left."], 40, 200, 247)
    for k, words_of_line in enumerate(["Nine days at the quay and", "what they brought"]):
        left = 40.0
        for part in words_of_line.split():
            right = left + len(part) * 0.48 * SIZE * larger
            top = 300 + k * PITCH * larger
            words.append(Word(part, BBox(left, top, right, top + 0.72 * SIZE * larger), 0.95))
            left = right + 0.25 * SIZE * larger
    words += scanned(["Seven " + story[0][9:], *story[1:], *story * 2], 40, 340, 247)
    blocks = {block.text: block.kind for block in arranged_scan(words).blocks()}
    assert blocks["Nine days at the quay and what they brought"] == kind


def test_a_banner_parts_what_is_above_from_what_is_below() -> None:
    top = column("a", 6, 40, 150) + column("b", 6, 320, 150)
    banner = line("one banner that runs over both of the columns of this page without a gap", 40, 250, 16)
    below = column("c", 6, 40, 290) + column("d", 6, 320, 290)
    found = text(below + top + banner).split()
    assert [found.index(w) for w in ("a0a", "b0a", "banner", "c0a", "d0a")] == sorted(
        found.index(w) for w in ("a0a", "b0a", "banner", "c0a", "d0a")
    )


@given(st.integers(0, 10_000))
@settings(deadline=None)
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
        [Word("far", BBox(-500, -500, -400, -480)), Word("off", BBox(9000, 9000, 9100, 9010))],
        [Word("vast", BBox(0, 0, 1e12, 1e12)), Word("endless", BBox(0, 0, float("inf"), 3))],
        [Word("turned", BBox(50, 9, 40, 3)), Word("", BBox(1, 1, 5, 5)), Word("a", BBox(10, 10, 16, 20))],
    ],
)
def test_odd_pages_do_not_fail(words: list[Word]) -> None:
    sane = [w.text for w in words if w.text and 0 < w.bbox.width < float("inf") and w.bbox.height > 0]
    assert sorted(text(words).split()) == sorted(sane)


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


def test_a_table_in_one_column_keeps_its_place_in_it() -> None:
    cells = [["Goods", "Cases"], ["Cocaine", "3"], ["Wine", "14"], ["Total", "17"]]
    words = story("A", 6, 40, 200) + story("C", 6, 40, 420) + story("B", 22, 320, 200)
    words += [
        w for r, row in enumerate(cells) for k, cell in enumerate(row) for w in line(cell, 44 + 100 * k, 300 + 22 * r)
    ]
    rules = tuple(Rule(BBox(40, 296 + 22 * k, 240, 296.5 + 22 * k)) for k in range(5))
    rules += tuple(Rule(BBox(40 + 100 * k, 296, 40.5 + 100 * k, 384)) for k in range(3))
    found = text(words, rules).split()
    order = [found.index(w) for w in ("A5f.", "Goods", "17", "C0a", "C5f.", "B0a", "B21f.")]
    assert order == sorted(order)


def test_cells_without_a_border_between_them_are_one() -> None:
    rows = [
        ["Drugs seized at sea", "", ""],
        ["Cocaine", "Dover", "5 kg"],
        ["", "Hull", "3 kg"],
        ["Heroin", "Hull", "2 kg"],
    ]
    words = [
        w for r, row in enumerate(rows) for k, cell in enumerate(row) for w in line(cell, 44 + 100 * k, 204 + 22 * r)
    ]
    shifted = [w for w in words if w.text not in {"Cocaine"}] + line("Cocaine", 44, 239)
    rules = [Rule(BBox(40, 200 + 22 * k, 340, 200.5 + 22 * k)) for k in (0, 1, 3, 4)]
    rules.append(Rule(BBox(140, 244, 340, 244.5)))
    rules += [Rule(BBox(40 + 300 * k, 200, 40.5 + 300 * k, 288)) for k in (0, 1)]
    rules += [Rule(BBox(140 + 100 * k, 222, 140.5 + 100 * k, 288)) for k in (0, 1)]
    table = next(b for b in arranged(shifted, tuple(rules)).blocks() if b.kind == "table")
    assert [row.split("\t") for row in table.text.split("\n")] == [
        ["Drugs seized at sea", "", ""], ["Cocaine", "Dover", "5 kg"], ["", "Hull", "3 kg"], ["Heroin", "Hull", "2 kg"],
    ]  # fmt: skip


def ruled(rows: list[list[str]], top: float, number: int) -> Page:
    words = [
        w
        for r, row in enumerate(rows)
        for k, cell in enumerate(row)
        for w in line(cell, 44 + 100 * k, top + 4 + 22 * r)
    ]
    rules = [Rule(BBox(40, top + 22 * k, 240, top + 22 * k + 0.5)) for k in range(len(rows) + 1)]
    rules += [Rule(BBox(40 + 100 * k, top, 40.5 + 100 * k, top + 22 * len(rows))) for k in range(3)]
    foot = line(f"Page {number} of 2", 280, 815, 8)
    return Page(number, 595, 842, "text_layer", (*words, *foot), tuple(rules))


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page(repeated: bool) -> None:
    head, first, second = ["Goods", "Cases"], [["Cocaine", "3"], ["Wine", "14"]], [["Beer", "2"], ["Total", "19"]]
    pages = (ruled([head, *first], 700, 1), ruled([*([head] if repeated else []), *second], 20, 2))
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", pages))
    tables = [b for b in document.blocks() if b.kind == "table"]
    assert [row.split("\t") for row in tables[0].text.split("\n")] == [head, *first, *second]
    assert len(tables) == 1
    assert {token.page for token in tables[0].tokens} == {1, 2}
    assert [cell.header for cell in tables[0].cells[:4]] == [True, True, False, False]
    assert [b.text for b in document.pages[1].blocks if b.kind == "header"] == (["Goods Cases"] if repeated else [])


def test_rules_round_a_column_make_no_table() -> None:
    words = column("a", 30, 44, 200) + column("b", 30, 304, 200) + line("The list of the court", 44, 182)
    rules = [Rule(BBox(40, y, 560, y + 0.5)) for y in (178, 197, 600)]
    rules += [Rule(BBox(x, 178, x + 0.5, 600)) for x in (40, 300, 560)]
    found = text(words, tuple(rules)).split()
    assert found.index("a29f") < found.index("b0a")


def test_a_box_set_into_a_column_does_not_break_its_sentence() -> None:
    long = "The officers went through the papers of the ship and found that the cargo had been loaded in"
    words = line(long, 40, 200) + line("another port than the one that its master had named to them.", 40, 400)
    inside = [w for k in range(4) for w in line(f"Note {k} on the unit and its work.", 60, 240 + 13 * k)]
    box = Rule(BBox(50, 230, 300, 300), filled=True)
    blocks = [b.text for b in arranged(words + inside, (box,)).blocks()]
    assert f"{long} another port than the one that its master had named to them." in blocks


def test_stripes_of_a_table_are_no_boxes() -> None:
    rows = [(f"Goods{k}", str(k + 2), f"{k + 3} kg") for k in range(8)]
    words = [
        w for k, row in enumerate(rows) for c, cell in enumerate(row) for w in line(cell, 40 + 150 * c, 300 + 16 * k)
    ]
    stripes = tuple(Rule(BBox(36, 298 + 32 * k, 480, 314 + 32 * k), filled=True) for k in range(4))
    table = next(b for b in arranged(words, stripes).blocks() if b.kind == "table")
    assert len(table.text.split("\n")) == 8


class TestWhatOthersGetWrong:
    """Cases that users of other readers report: issues of docling and pdf_oxide, each with its number there."""

    @pytest.mark.parametrize("count", [2, 3])
    def test_columns_are_not_read_across(self, count: int) -> None:
        """docling 2204, 2067, 3198."""
        columns = [column(f"k{n}", 14, 30 + 185 * n, 200) for n in range(count)]
        words = sorted((w for c in columns for w in c), key=lambda w: (w.bbox.top, w.bbox.x0))
        assert text(words).split() == [w.text for c in columns for w in c]

    def test_a_heading_comes_before_its_section(self) -> None:
        """docling 3422: here it stands between the columns above and the wide text that it heads."""
        words = story("A", 8, 40, 200) + story("B", 8, 320, 200)
        words += line("What follows", 40, 322, bold=True)
        words += [w for k in range(5) for w in line(f"W{k} " + "wide line of text over both " * 3, 40, 337 + 13 * k)]
        found = text(words).split()
        assert found.index("B7f.") < found.index("What") < found.index("W0")

    def test_margin_headings_stand_with_their_paragraphs(self) -> None:
        """docling 3643 and 3648."""
        words: list[Word] = []
        for k in range(4):
            words += line(f"Unit{k}", 40, 150 + 90 * k, bold=True) + story(f"T{k}", 5, 150, 150 + 90 * k)
        found = text(words).split()
        order = [found.index(w) for k in range(4) for w in (f"Unit{k}", f"T{k}0a", f"T{k}4f.")]
        assert order == sorted(order)

    @pytest.mark.parametrize("gutter", [9, 11, 14])
    def test_columns_with_narrow_gutters_are_not_fused(self, gutter: int) -> None:
        """pdf_oxide 534 and 1410: lines of uneven length, the longest nearly touching the next column."""
        left = [
            w for k in range(16) for w in line(" ".join(f"l{k}{c}" for c in "abcdef"[: 3 + k % 4]), 40, 200 + 13 * k)
        ]
        right = [
            w
            for k in range(16)
            for w in line(" ".join(f"r{k}{c}" for c in "abcdef"), max(v.bbox.x1 for v in left) + gutter, 200 + 13 * k)
        ]
        assert text(left + right).split() == [w.text for w in left] + [w.text for w in right]


def test_close_set_notes_under_a_text_do_not_break_its_lines() -> None:
    """The pitch of the notes, of which there are more lines, is not that of the text."""
    words = [w for k in range(6) for w in line(f"Lines of a text that begin with capitals {k}", 40, 100 + 13 * k)]
    words[-1] = replace(words[-1], text="five.")
    notes = [w for k in range(16) for w in line(f"{k} Note of the office on what it found", 40, 300 + 8.5 * k, size=7)]
    beside = column("r", 26, 320, 100)
    kinds = [(block.kind, len(block.tokens)) for block in arranged(words + notes + beside).blocks()]
    assert kinds[0] == ("paragraph", 54)


def test_a_box_is_no_caption_of_the_table_under_it() -> None:
    inside = [w for k in range(3) for w in line(f"Words {k} of a box that stands over all", 60, 200 + 13 * k)]
    rows = [("Goods", "Cases", "Amount"), ("Resin", "2", "74 kg"), ("Khat", "5", "212 kg"), ("Beer", "7", "90 kg")]
    cells = [
        w for k, row in enumerate(rows) for c, cell in enumerate(row) for w in line(cell, 60 + 120 * c, 256 + 16 * k)
    ]
    box = Rule(BBox(50, 190, 420, 246), filled=True)
    assert "\ufffc" not in " ".join(block.text for block in arranged(inside + cells, (box,)).blocks())


@pytest.mark.parametrize("numbers", [("iii", "iv", "v", "vi"), ("Page 3 of 12", "Page 4 of 12", "Page 5 of 12")])
def test_page_numbers_and_heads_that_change_from_left_to_right_pages(numbers: tuple[str, ...]) -> None:
    pages = tuple(
        Page(
            k,
            595,
            842,
            "text_layer",
            tuple(
                line("Harbour News" if k % 2 else "Spring issue", 40, 20, 8)
                + story(f"p{k}", 9, 40, 200)
                + line(number, 300, 810, 8)
            ),
        )
        for k, number in enumerate(numbers, 1)
    )
    document = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", pages))
    assert [[b.kind for b in page.blocks] for page in document.pages] == [["header", "paragraph", "page_number"]] * len(
        numbers
    )


@pytest.mark.parametrize("degrees", [-2, -1, 0.5, 2])
def test_columns_of_a_page_that_lies_askew(degrees: float) -> None:
    slope = math.tan(math.radians(degrees))
    words = column("l", 12, 40, 200) + column("r", 12, 320, 200)
    askew = [
        replace(w, bbox=BBox(w.bbox.x0, w.bbox.top + slope * w.bbox.x0, w.bbox.x1, w.bbox.bottom + slope * w.bbox.x0))
        for w in words
    ]
    assert text(askew).split() == [w.text for w in words]


def test_layers_that_overlap_lose_no_words() -> None:
    words = story("a", 8, 40, 200)
    again = [replace(w, bbox=BBox(*(edge + 3 for edge in w.bbox))) for w in words]
    assert sorted(text(words + again).split()) == sorted(w.text for w in words + again)


@pytest.mark.parametrize("heading", ["HARBOUR OPENED AT DAWN", "Riga, 4 May 2021"])
def test_headings_of_scans_are_told_by_white_and_room_where_no_font_tells_them(heading: str) -> None:
    words: list[Word] = []
    for k in range(3):
        top = 100 + k * 5 * PITCH
        words += line(heading, 40, top) + column(f"P{k}", 3, 40, top + 1.2 * PITCH)
    blocks = arranged([replace(word, size_pt=None) for word in words]).blocks()
    assert [block.text for block in blocks].count(heading) == 3


@pytest.mark.parametrize("walled", [False, True])
def test_a_stroke_between_them_makes_a_sidebar_of_notes_that_stand_nearly_level(walled: bool) -> None:
    main: list[Word] = []
    notes: list[Word] = []
    for k in range(4):
        top = 100 + 70 * k
        main += story(f"m{k}", 4, 40, top)
        notes += line(f"note{k}", 420, top if k else top + 20) + line(f"about{k}.", 420, top + PITCH + (0 if k else 20))
    rules = (Rule(BBox(400, 95, 400.5, 380)),) if walled else ()
    found = text(main + notes, rules).split()
    noted = [found.index(f"note{k}") for k in range(4)]
    last = found.index(main[-1].text)
    assert all(at > last for at in noted) == walled


@pytest.mark.parametrize(
    ("begins", "parted"), [("MAKAMBO, 4 May 2021 they", True), ("Makambo that had been seen", False)]
)
def test_a_title_stands_apart_from_the_dateline_under_it_on_a_scan(begins: str, parted: bool) -> None:
    story = [
        "officers of the harbour searched all of the vessels",
        "which had come in that week from abroad on the tide",
    ]
    words = scanned([*story * 3, "and then they left."], 40, 200, 247)
    left = 40.0
    for part in ["Sugar", "that", "travelled", "by", "night", "for", "over", "thirty"]:
        words.append(Word(part, BBox(left, 310, left + len(part) * 0.48 * SIZE, 310 + 0.72 * SIZE), 0.95))
        left += (len(part) + 0.6) * 0.48 * SIZE
    words += scanned([f"{begins} on the road by day", *story * 3], 40, 310 + PITCH, 247)
    texts = [block.text for block in arranged_scan(words).blocks()]
    assert ("Sugar that travelled by night for over thirty" in texts) == parted
