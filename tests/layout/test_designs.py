"""Whole pages of many designs, drawn by scripts/designs.py, against their words in reading order."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter_extract import layout
from newsletter_extract.document import Document
from newsletter_extract.reading import Source, read
from newsletter_extract.settings import ReadingSettings

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from scoring import reading_order

DESIGNS = sorted((Path(__file__).parent / "designs").glob("*.pdf"))


def arranged(path: Path, seed: int | None = None) -> Document:
    document = read(Source.from_path(path), ReadingSettings(ocr="never"))
    if seed is not None:
        rng = random.Random(seed)
        pages = tuple(replace(p, words=tuple(rng.sample(p.words, len(p.words)))) for p in document.pages)
        document = replace(document, pages=pages)
    return layout.arrange(document)


def words(document: Document) -> list[str]:
    """The words of the body, with those put together that were broken at line ends."""
    text = " ".join(block.text for block in document.body())
    return text.replace("- ", "").replace("\u2010 ", "").replace("• ", "").split()


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_a_design_is_read_in_order(path: Path) -> None:
    truth = path.with_suffix(".truth.txt").read_text(encoding="utf-8").split()
    assert reading_order(truth, words(arranged(path))) >= 0.985


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_the_order_of_the_file_plays_no_part(path: Path) -> None:
    assert [page.blocks for page in arranged(path, seed=7).pages] == [page.blocks for page in arranged(path).pages]


def kinds(name: str) -> list[tuple[str, str]]:
    path = Path(__file__).parent / "designs" / f"{name}.pdf"
    return [(block.kind, block.text) for block in arranged(path).blocks()]


def test_a_table_over_two_pages_is_one_and_its_second_head_is_furniture() -> None:
    tables = [text.split("\n") for kind, text in kinds("long_table") if kind == "table"]
    assert [len(rows) for rows in tables] == [46]
    assert tables[0][-1].split("\t")[0] == "Total"
    assert ("header", "Post Goods Cases Quantity (kg)") in kinds("long_table")


def test_wrapped_cells_are_put_together() -> None:
    table = next(text for kind, text in kinds("ledger") if kind == "table")
    wrapped = "cigarettes of three brands without stamps, in sacks and boxes under the seats of a bus"
    assert table.split("\n")[2].split("\t") == ["Office 3", wrapped, "3", "9,5"]


def test_items_of_nested_lists_have_levels() -> None:
    path = Path(__file__).parent / "designs" / "numbered.pdf"
    levels = [block.level for block in arranged(path).blocks() if block.kind == "list_item"]
    assert levels == [0, 1] * 8


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("letters", "PORT NEWS"),
        ("initials", "SEIZURES"),
        ("numbered", "3. Part number 3 of the report"),
        ("cards", "Short report number 4"),
        ("banners", "Section number 1 across both columns"),
    ],
)
def test_headings_are_told(name: str, heading: str) -> None:
    assert ("heading", heading) in kinds(name)


@pytest.mark.parametrize("name", ["full_width_tables", "landscape_report"])
def test_tables_of_the_designs_have_their_columns(name: str) -> None:
    rows = [[row.split("\t") for row in text.split("\n")] for kind, text in kinds(name) if kind == "table"]
    assert [len(table) for table in rows] == {"full_width_tables": [7, 7, 7], "landscape_report": [8]}[name]
    assert all(all(row) and len(row) == len(table[0]) for table in rows for row in table)
