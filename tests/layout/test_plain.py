"""Layout of plain text: paragraphs, kinds, tables with broken cells, columns run together."""

from __future__ import annotations

import pytest

from newsletter_extract import layout
from newsletter_extract.document import Document
from newsletter_extract.reading.plain_text import read_text


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
