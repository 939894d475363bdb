"""Pages that are hardly pages: what was odd is told, nothing fails, and the work grows with the words only."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from pages import calls, column, line, story

from newsletter_extract import layout
from newsletter_extract.document import BBox, Document, Page, Rule, Word

NAN, FAR = float("nan"), float("inf")


def document(*pages: Page) -> Document:
    return Document("t", "0" * 64, 0, "application/pdf", pages)


def page(words: list[Word], number: int = 1, **drawn: tuple[object, ...]) -> Page:
    return replace(Page(number, 595, 842, "text_layer", tuple(words)), **drawn)


def texts(found: Document) -> list[list[str]]:
    return [[block.text for block in page.blocks] for page in found.pages]


def test_a_page_of_a_single_word() -> None:
    found = layout.arrange(document(page([Word("SEIZURES", BBox(60, 80, 130, 92), size_pt=12)])))
    assert texts(found) == [["SEIZURES"]]


@pytest.mark.parametrize(
    ("box", "is_kept"),
    [
        (BBox(-90, -60, -40, -50), True),
        (BBox(700, 900, 760, 912), True),
        (BBox(60, 80, 60, 92), False),
        (BBox(60, 80, 90, 80), False),
        (BBox(90, 92, 60, 80), False),
        (BBox(NAN, 80, 90, 92), False),
        (BBox(60, 80, 90, NAN), False),
        (BBox(60, -FAR, FAR, 92), False),
    ],
)
def test_a_word_with_an_odd_box_is_kept_where_it_has_a_place_and_else_told(box: BBox, is_kept: bool) -> None:
    text = story("a", 6, 40, 200)
    found = layout.arrange(document(page([*text, Word("odd", box, size_pt=10)])))
    words = " ".join(block.text for block in found.blocks()).split()
    assert sorted(words) == sorted([*(w.text for w in text), *(["odd"] if is_kept else [])])
    told = [notice for notice in found.notices if notice.code == "words_without_box"]
    assert [(notice.page, notice.message) for notice in told] == (
        [] if is_kept else [(1, "1 words have no place on the page.")]
    )


@pytest.mark.parametrize(
    "box",
    [
        BBox(60, 80, 60, 80),
        BBox(NAN, 80, 90, 80),
        BBox(-FAR, 80, FAR, 80),
        BBox(90, 92, 60, 80),
        BBox(-900, 5, -800, 9),
    ],
)
@pytest.mark.parametrize("kind", ["rules", "filled", "pictures"])
def test_drawings_with_odd_boxes_do_not_change_the_text(box: BBox, kind: str) -> None:
    words = story("a", 8, 40, 200) + story("b", 8, 320, 200)
    drawn = {"pictures": (box,)} if kind == "pictures" else {"rules": (Rule(box, filled=kind == "filled"),)}
    assert texts(layout.arrange(document(page(words, **drawn)))) == texts(layout.arrange(document(page(words))))


def test_a_layer_printed_over_another_keeps_the_order_of_each() -> None:
    """As where an OCR layer lies on a text layer, a little off."""
    words = story("a", 8, 40, 200)
    again = [replace(w, text=w.text.upper(), bbox=BBox(*(edge + 2 for edge in w.bbox))) for w in words]
    found = " ".join(block.text for block in layout.arrange(document(page(words + again))).blocks()).split()
    assert sorted(found) == sorted(w.text for w in words + again)
    tops = {w.text: (w.bbox.top - 200) // 13 for w in words + again}
    assert [tops[word] for word in found] == sorted(tops[word] for word in found)


def crowded(words: int) -> Page:
    """A page of so many words in two columns of tiny type."""
    lines = words // 12
    high = 800 / lines
    made = [
        Word(
            f"w{k}{side}{c}",
            BBox(x + 40 * c, 20 + high * k, x + 36 + 40 * c, 20 + high * (k + 0.8)),
            size_pt=high * 0.9,
        )
        for side, x in enumerate((30, 310))
        for k in range(lines)
        for c in range(6)
    ]
    return page(random.Random(1).sample(made, len(made)))


def test_work_grows_with_the_words_of_a_page_of_twenty_thousand() -> None:
    half, whole = (calls(lambda count=count: layout.arrange(document(crowded(count)))) for count in (10_000, 20_000))
    assert whole < 2.4 * half


def test_work_grows_with_empty_pages() -> None:
    def pages(count: int) -> Document:
        return document(*(page([], number) for number in range(1, count + 1)))

    few, many = pages(1000), pages(4000)
    assert calls(lambda: layout.arrange(many)) < 4.4 * calls(lambda: layout.arrange(few))


def test_work_grows_with_pages_that_share_a_head() -> None:
    def pages(count: int) -> Document:
        return document(
            *(page(line("Harbour News", 40, 20, 8) + column(f"p{n}", 4, 40, 200), n) for n in range(1, count + 1))
        )

    few, many = pages(60), pages(240)
    assert calls(lambda: layout.arrange(many)) < 4.8 * calls(lambda: layout.arrange(few))
