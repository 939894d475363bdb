"""What real reports showed: few lines in columns, banners, notes and items that go on, pages that lie askew."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from pages import arranged, arranged_scan, column, line, story, text

from newsletter_extract import layout
from newsletter_extract.document import BBox, Block, Document, Page, Rule, Word

OPEN = "The officers went through the papers of the ship and found that the cargo had been loaded in"


def pages_of(*pages: list[Word]) -> list[list[Block]]:
    made = tuple(Page(n, 595, 842, "text_layer", tuple(words)) for n, words in enumerate(pages, 1))
    return [list(page.blocks) for page in layout.arrange(Document("t", "0" * 64, 0, "application/pdf", made)).pages]


def read(blocks: list[Block]) -> list[str]:
    return " ".join(block.text for block in blocks).split()


@pytest.mark.parametrize("lines", [2, 3])
def test_few_lines_are_parted_at_the_gutter_that_other_pages_prove(lines: int) -> None:
    left, right = column("l", lines, 40, 100), column("r", lines, 151.5, 100)
    long = [story("a", 12, 40, 100), story("b", 12, 151.5, 100), story("c", 12, 40, 400), story("d", 12, 151.5, 400)]
    found = pages_of([w for part in long for w in part], right + left)
    assert read(found[1]) == [w.text for w in left + right]


def test_a_wide_text_is_not_parted_at_a_gutter_of_other_pages() -> None:
    long = [story("a", 12, 40, 100), story("b", 12, 151.5, 100), story("c", 12, 40, 400), story("d", 12, 151.5, 400)]
    wide = [
        w
        for k in range(3)
        for w in line(f"w{k} " + "wide text that runs over both of the columns of it " * 2, 40, 100 + 13 * k)
    ]
    found = pages_of([w for part in long for w in part], wide)
    assert read(found[1]) == [w.text for w in wide]


def test_the_first_row_of_columns_does_not_go_to_the_banner_over_them() -> None:
    """The first line of the left column is set so loosely that it shares a gap with the banner."""
    banner = line("Regional", 40, 186) + line("commission of the chiefs of all ports", 88, 186)
    loose = line("office10", 40, 200) + line("officer110", 88, 200)
    left, right = column("l", 10, 40, 213), column("r", 11, 151.5, 200)
    assert text(banner + loose + left + right).split() == [w.text for w in banner + loose + left + right]


def test_a_banner_that_shares_a_chance_gap_with_few_lines_under_it_is_no_part_of_their_columns() -> None:
    banner = line("Regional commission of all the ports", 40, 186)
    few = line("m0a m0b m0c", 151.5, 200) + line("m0d m0e", 221.5, 200) + line("m1a m1b.", 151.5, 213)
    later = story("n", 5, 151.5, 200 + 9 * 13)
    right = column("r", 10, 263, 200) + story("s", 6, 263, 330)
    words = banner + column("l", 10, 40, 200) + story("k", 6, 40, 330) + few + later + right
    assert text(words).split() == [w.text for w in words]


def test_headings_of_larger_type_side_by_side_head_their_own_columns() -> None:
    words = story("A", 8, 40, 200) + story("B", 8, 320, 200)
    words += line("Editing", 40, 312, 14, bold=True) + line("Composition of it", 319.5, 312, 14, bold=True)
    words += story("C", 6, 40, 330) + story("D", 6, 320, 330)
    found = text(words).split()
    order = [found.index(w) for w in ("A7f.", "Editing", "C0a", "B0a", "Composition", "D0a")]
    assert order == sorted(order)


def test_spaces_of_a_typewriter_are_no_gutters() -> None:
    lines = [
        "SEARCH CRITERIA: item = B and date between 01/07/2012",
        "LISTED BY: unit = C and port between 01/07/2013 and",
        "NUMBER OF CASES: 983 of the year and a half of it in",
        "RETURNED BY: the unit and its port on 09/07/2014 at",
        "REVISED BY: the unit and its post on 10/07/2014 too",
    ]
    words = [
        Word(part, BBox(40 + 6 * at, 100 + 12 * k, 40 + 6 * (at + len(part)), 110 + 12 * k), size_pt=10)
        for k, whole in enumerate(lines)
        for at, part in zip(starts(whole), whole.split(), strict=True)
    ]
    assert text(words).split() == " ".join(lines).split()


def starts(text: str) -> list[int]:
    return [k for k, char in enumerate(text) if char != " " and (k == 0 or text[k - 1] == " ")]


@pytest.mark.parametrize("degrees", [-8, -3, 1.5, 5, 10])
def test_pages_askew_are_read_straight_and_keep_their_boxes(degrees: float) -> None:
    straight = column("l", 12, 40, 200) + column("r", 12, 320, 200)
    askew = [replace(word, bbox=turned(word.bbox, degrees)) for word in straight]
    document = arranged(askew)
    assert " ".join(block.text for block in document.blocks()).split() == [word.text for word in straight]
    boxes = {word.text: word.bbox for word in askew}
    for block in document.blocks():
        for token in block.tokens:
            assert token.bbox == pytest.approx(boxes[block.text[token.start : token.end]])


def turned(box: BBox, degrees: float) -> BBox:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    dx, dy = x * cosine - y * sine - x, x * sine + y * cosine - y
    return BBox(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)


def test_a_note_goes_on_in_the_next_column() -> None:
    words = story("A", 30, 40, 100) + story("B", 28, 320, 100)
    words += line("3 The size of the fine depends on such things as the", 40, 510, 7)
    words += line("weight of the goods and on the port in which they", 320, 484, 7)
    words += line("were found.", 320, 493, 7) + line("4 See the order of the year.", 320, 508, 7)
    notes = [block.text for block in arranged(words).blocks() if block.kind == "footnote"]
    whole = (
        "3 The size of the fine depends on such things as the weight of the goods and on the port in which they were"
    )
    assert notes == [f"{whole} found.", "4 See the order of the year."]


def test_a_paragraph_goes_on_in_the_next_column_behind_an_open_bracket_or_a_comma() -> None:
    words = story("A", 8, 40, 100) + line("The order of the port (No 5,", 40, 217)
    words += line("December 2018) is now void.", 320, 100) + story("B", 8, 320, 126)
    assert "The order of the port (No 5, December 2018) is now void." in [b.text for b in arranged(words).blocks()]


def test_a_mark_in_brackets_inside_a_sentence_begins_no_item() -> None:
    lines = [
        "The rules of the port named in the list of paragraph",
        "(i) of this order are those of the state and of it all",
    ]
    blocks = arranged([w for k, words in enumerate(lines) for w in line(words, 40, 100 + 13 * k)]).blocks()
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", " ".join(lines))]


@pytest.mark.parametrize("marks", ["•e•e•", "eeeee", "oeoeo", "ee•ee"])
def test_the_second_line_of_an_item_whose_bullet_was_misread_stays_with_it(marks: str) -> None:
    words: list[Word] = []
    for k, mark in enumerate(marks):
        words += line(f"{mark} Item {k} of the list that runs on to", 40, 100 + 26 * k) + line(
            "its second line.", 49.5, 113 + 26 * k
        )
    blocks = arranged([replace(word, size_pt=None) for word in words]).blocks()
    assert [(block.kind, len(block.tokens)) for block in blocks] == [("list_item", 13)] * 5


def test_the_title_and_headings_of_each_kind_are_told() -> None:
    """Headings stand before their sections, as users of other readers asked for."""
    words = line("Harbour Review", 40, 60, 22, bold=True) + story("A", 8, 40, 100) + story("B", 8, 320, 100)
    words += line("ARRESTS", 40, 230) + story("C", 6, 40, 252)
    words += line("Fines and goods", 320, 230, bold=True) + story("D", 6, 320, 252)
    run_in = line("Riga.", 320, 350, bold=True)
    words += run_in + line("E0b E0c E0d E0e E0f", run_in[-1].bbox.x1 + 2.5, 350)
    words += [w for k in range(1, 6) for w in line(f"E{k}a E{k}b E{k}c E{k}d E{k}e E{k}f.", 320, 350 + 13 * k)]
    found = list(arranged(words).blocks())
    assert found[0].kind == "title"
    assert [block.text for block in found if block.kind == "heading"] == ["ARRESTS", "Fines and goods"]
    order = " ".join(block.text for block in found).split()
    places = [order.index(word) for word in ("A0a", "ARRESTS", "C0a", "B0a", "Fines", "D0a", "Riga.", "E0b", "E5f.")]
    assert places == sorted(places)
    assert any(block.text.startswith("Riga. E0b") for block in found)


def test_a_sentence_goes_on_behind_a_pulled_quotation() -> None:
    above, below = column("a", 6, 40, 100), story("b", 6, 40, 246)
    quote = line("“We were in", 52, 192, 15, bold=True) + line("luck that day”", 52, 212, 15, bold=True)
    found = list(arranged(above + quote + below + story("r", 17, 320, 100)).blocks())
    whole = next(block.text for block in found if block.text.startswith("a0a"))
    assert whole.split() == [w.text for w in above + below]
    assert any("luck that day" in block.text for block in found)


def test_three_columns_are_read_one_after_the_other() -> None:
    words = [w for k, name in enumerate("abc") for w in story(name, 9, 40 + 114 * k, 100)]
    assert text(words).split() == [w.text for w in words]


def test_a_caption_under_its_table_is_its_caption() -> None:
    words = story("A", 6, 40, 100)
    for k, (post, *figures) in enumerate([("Post", "Cases", "Fines"), ("Riga", "31", "4,200"), ("Oslo", "7", "910")]):
        top = 200 + 14 * k
        words += line(post, 40, top) + line(figures[0], 200, top) + line(figures[1], 320, top)
    words += line("Table 2. Cases of the year", 40, 248)
    found = list(arranged(words).blocks())
    table = next(block for block in found if block.kind == "table")
    assert [block.text for block in found if block.id == table.caption_id] == ["Table 2. Cases of the year"]


def test_years_over_a_table_at_the_top_of_a_page_are_no_page_numbers() -> None:
    words = line("2021", 200, 30) + line("2022", 340, 30)
    for k, (name, *figures) in enumerate(
        [
            ("", "Cases", "Kg", "Cases", "Kg"),
            ("Riga", "3", "14", "7", "90"),
            ("Bar", "1", "2", "5", "6"),
            ("Oslo", "9", "8", "4", "3"),
        ]
    ):
        words += line(name, 40, 44 + 14 * k) + [
            w for c, cell in enumerate(figures) for w in line(cell, 180 + 70 * c, 44 + 14 * k)
        ]
    table = next(block for block in arranged(words).blocks() if block.kind == "table")
    assert table.text.split("\n")[0].split("\t") == ["", "2021", "", "2022", ""]


def test_numbers_of_two_pages_on_a_sheet_are_page_numbers() -> None:
    words = story("a", 12, 40, 200) + story("b", 12, 320, 200) + line("14", 150, 815, 8) + line("15", 430, 815, 8)
    assert [block.text for block in arranged(words).blocks() if block.kind == "page_number"] == ["14", "15"]


def test_fields_of_a_form_are_read_line_by_line() -> None:
    fields = [("To: the office", "From: the desk"), ("Fax: 040 555", "Date: 3 May"), ("Pages: 2", "Our number: 17")]
    words = [
        w for k, row in enumerate(fields) for c, cell in enumerate(row) for w in line(cell, 40 + 280 * c, 100 + 20 * k)
    ]
    words += story("a", 6, 40, 190)
    assert text(words).startswith(" ".join(cell for row in fields for cell in row))


def test_cards_side_by_side_with_the_same_labels_are_read_one_after_the_other() -> None:
    cards = [["Tel: 4711", "Fax: 1100", "Head: Ruta", "Room: 12"], ["Tel: 5711", "Fax: 2100", "Head: Adam", "Room: 31"]]
    words = [
        w for c, card in enumerate(cards) for k, cell in enumerate(card) for w in line(cell, 40 + 280 * c, 100 + 13 * k)
    ]
    assert text(words) == " ".join(cell for card in cards for cell in card)


@pytest.mark.parametrize("other", ["Статья", "Άρθρο", "Article"])
def test_articles_in_two_scripts_are_read_language_by_language(other: str) -> None:
    """In one script they are short articles in rows, each row read before the next."""
    words: list[Word] = []
    for k in range(3):
        top = 100 + 80 * k
        for x, head in ((40, "Article"), (320, other)):
            words += line(f"{head} {x}", x, top, bold=True)
            lines = [" ".join(f"{head[:3]}{n}{c}" for c in "abcdefgh") for n in range(4)]
            words += [w for n, made in enumerate(lines) for w in line(f"{made}.", x, top + 15 + 13 * n)]
    found = [word for word in text(words).split() if word in {"40", "320"}]
    assert found == (["40", "320"] * 3 if other == "Article" else ["40"] * 3 + ["320"] * 3)


def test_captions_of_photos_in_a_margin_stand_behind_their_article() -> None:
    words: list[Word] = []
    for k in range(3):
        top = 100 + 150 * k
        words += line(f"Day {k}", 40, top, bold=True) + story(f"t{k}", 8, 40, top + 18)
        words += [
            replace(w, italic=True)
            for w in line(f"Photo{k} of it", 320, top + 60, 8) + line("at night.", 320, top + 70, 8)
        ]
    found = text(words).split()
    order = [found.index(word) for k in range(3) for word in (f"t{k}7f.", f"Photo{k}")]
    assert order == sorted(order)


def test_a_heading_whose_space_lies_over_a_gutter_is_no_head_of_a_table() -> None:
    words = line("Stations of the", 40, 80, 12, bold=True) + line("service", 127, 80, 12, bold=True)
    words += [w for c in (0, 1) for k in range(12) for w in line(f"gate {c * 12 + k}", 40 + 92 * c, 100 + 12 * k)]
    blocks = arranged(words).blocks()
    assert "table" not in {block.kind for block in blocks}


def test_a_line_of_text_over_the_stroke_of_a_table_is_no_row_of_it() -> None:
    words = line("officers of the port", 40, 174) + line("opened the box and", 200, 174) + line("found", 400, 174)
    rows = [("Goods", "Cases", "Kilograms"), ("Resin", "3", "14"), ("Amber", "7", "90"), ("Beer", "1", "2")]
    words += [
        w
        for k, row in enumerate(rows)
        for c, cell in enumerate(row)
        for w in line(cell, (40, 200, 400)[c], 195 + 14 * k)
    ]
    rules = tuple(Rule(BBox(38, y, 460, y + 0.4)) for y in (191, 206, 250))
    table = next(block for block in arranged(words, rules).blocks() if block.kind == "table")
    assert table.text.split("\n")[0].split("\t") == list(rows[0])


def test_a_short_last_line_without_a_stop_does_not_go_on_behind_a_table() -> None:
    words = line("The search was for all cases between the first of May and the last of June", 40, 100)
    words += line("Cases found in all: 983", 40, 113)
    rows = [("Goods", "Cases", "Kilograms"), ("Resin", "3", "14"), ("Amber", "7", "90"), ("Beer", "1", "2")]
    words += [
        w
        for k, row in enumerate(rows)
        for c, cell in enumerate(row)
        for w in line(cell, (40, 200, 300)[c], 160 + 14 * k)
    ]
    words += line("Flags say what became of the goods in the end", 40, 300)
    assert any(block.text.endswith("983") for block in arranged(words).blocks())


ITEM = "replace the old name of the port of Xur and of the"
STOPPED = [f"({k}) The office enters the number of the order." for k in range(1, 5)]


def items(last: list[str], rest: str, others: list[str]) -> list[tuple[str, str]]:
    """Kinds and texts of a list at the foot of a column whose last item may go on at the top of the next."""
    words = story("A", 6, 40, 100)
    words += [w for k, item in enumerate([*others, *last]) for w in line(item, 40, 190 + 13 * k)]
    words += line(rest, 320, 100) + line("of the state and of its ports as it is in force now.", 320, 113)
    return [(b.kind, b.text) for b in arranged(words + story("B", 8, 320, 139)).blocks()]


def test_an_item_that_breaks_off_goes_on_in_the_next_column() -> None:
    found = items(["(5) In the chapter on the search of ships the office,", ITEM], "Register of the law", STOPPED)
    assert next(text for kind, text in found if kind == "list_item" and ITEM in text).endswith("as it is in force now.")


@pytest.mark.parametrize(
    ("last", "others"),
    [
        (["(5) In the chapter on the search of ships the office,", ITEM], [item[:-1] for item in STOPPED]),
        (["(5) In the chapter on the search of ships the office,", "replace it"], STOPPED),
    ],
    ids=["items without stops", "a short last line"],
)
def test_an_item_that_has_ended_does_not_go_on(last: list[str], others: list[str]) -> None:
    assert items(last, "Register of the law", others)[-2][1].startswith("Register")


def test_labels_of_a_chart_beside_its_legend_are_no_table() -> None:
    labels = line("300", 12, 100) + line("200 4", 12, 137)
    legend = ["— Support", "No vote [note", "Oppose", "Net [note 2]", "Percentage [note 3]"]
    words = labels + [w for k, name in enumerate(legend) for w in line(name, 604, 100 + 18.5 * k)]
    grid = tuple(Rule(BBox(40, 80 + 37 * k, 580, 81 + 37 * k)) for k in range(4))
    scanned = [replace(word, size_pt=None) for word in words]
    page = Page(1, 720, 300, "ocr", tuple(scanned), grid)
    blocks = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,))).blocks()
    assert all(block.kind != "table" for block in blocks)


def test_a_head_that_a_scanned_page_has_too_is_a_head_there() -> None:
    """Ink is no measure of type: by the height of its box the head of the scan is larger than a font would say."""
    head = "Bulletin of the harbour police"
    written = line(head, 40, 30) + story("A", 40, 40, 100)
    scanned = [replace(w, size_pt=None) for w in line(head, 40, 30, 13) + story("B", 40, 40, 100)]
    made = tuple(
        Page(n, 595, 842, origin, tuple(words))  # type: ignore[arg-type]
        for n, (origin, words) in enumerate([("text_layer", written), ("text_layer", written), ("ocr", scanned)], 1)
    )
    pages = layout.arrange(Document("t", "0" * 64, 0, "application/pdf", made)).pages
    assert [(b.kind, b.text) for page in pages for b in page.blocks[:1]] == [("header", head)] * 3


def test_a_single_letter_on_a_scan_is_no_heading() -> None:
    words = [replace(w, size_pt=None) for w in line("A", 300, 120, 14) + story("b", 10, 40, 180)]
    assert all(block.kind not in {"title", "heading"} for block in arranged_scan(words).blocks())


@pytest.mark.parametrize(("height", "letter", "small"), [(5.6, 3.6, True), (7.2, 3.6, True), (7.7, 4.7, False)])
def test_the_head_of_a_single_scan_is_told_by_its_widths_where_noise_makes_it_high(
    height: float, letter: float, small: bool
) -> None:
    """Boxes of the body are 7.7 points high, for its type of 10 points; the small head is 3.6 points wide a letter."""
    words, x = [], 45.0
    for part in ["Gazette", "of", "the", "harbour", "police", "3/2020"]:
        words.append(Word(part, BBox(x, 22, x + letter * len(part), 22 + height)))
        x = words[-1].bbox.x1 + 3
    body = [w for k in range(12) for w in line("The goods were brought to the customs house by", 45, 120 + 13 * k, 9.4)]
    body = [Word(w.text, BBox(w.bbox.x0, w.bbox.top, w.bbox.x1, w.bbox.top + 7.7)) for w in body]
    found = next(iter(arranged_scan(words + body).blocks()))
    assert (found.kind == "header") == small


def test_numbers_of_a_list_that_a_gutter_parts_stay_with_their_items() -> None:
    lines = ["Keep the crates of the ship closed", "Call the office of the port", "Note the hour", "Wait on the quay"]
    words = [w for k in range(4) for w in line(f"{k + 1}.", 60, 100 + 26 * k) + line(lines[k], 90, 100 + 26 * k)]
    assert [block.text for block in arranged(words).blocks()] == [f"{k}. {item}" for k, item in enumerate(lines, 1)]
