"""Repair as a specification: what is mended, by which rule, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_extract import layout, repair
from newsletter_extract.document import Change, Document
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading.plain_text import read_text
from newsletter_extract.repair.edits import as_read
from newsletter_extract.settings import RepairSettings


def cleaned(
    text: str, level: str = "safe", words: tuple[str, ...] = ()
) -> tuple[Document, Document, tuple[Change, ...]]:
    pages = tuple(read_text(text))
    arranged = layout.arrange(Document("t", "0" * 64, 0, "text/plain", pages))
    settings = RepairSettings(level=level, words=words)
    document, changes = repair.clean(arranged, settings, load_gazetteer())
    return arranged, document, changes


def words(text: str, **settings: object) -> str:
    _, document, _ = cleaned(text, **settings)  # type: ignore[arg-type]
    return "\n".join(block.text for block in document.blocks())


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("the fight against fillicit trade goes on", "illicit", "glyph.added"),
        ("a route through Westem provinces is used", "Western", "glyph.m_rn"),
        ("a rule that was understoodinthe same way", "understood in the", "space.split"),
        ("Asignificant part of it was found", "A significant", "space.split"),
        ("the offi-\ncers met again", "officers", "hyphen.join"),
        ("a cross-\nborder search was made", "cross-border", "hyphen.keep"),
        ("on 811 November 2021 they met", "8-11", "date.range_dash"),
        ("on 7 Septernber 2019 they met", "September", "date.month_name"),
        ("in May 2O19 they met", "2019", "date.year_digits"),
        ("the group se1zed all of it", "seized", "glyph.digit_letter"),
    ],
)
def test_what_is_mended(read: str, printed: str, rule: str) -> None:
    _, document, changes = cleaned(read)
    assert printed in next(document.blocks()).text
    assert rule in {part for change in changes for part in change.rule.split("+")}


@pytest.mark.parametrize(
    "text",
    [
        "Inspector Kipchirchir of Modara met Ms Oduya-Lindqvist and Mr Xhaferri.",
        "The species Testudo hermanni and Python regius are protected; reefer manifests were checked.",
        "UNSCR 1244, CARICOM IMPACS and SELEC wrote to info@example.org about www.example.org/a-b.",
        "It was corrected! What a demonstration! They went on recording!",
        "On 30 May 2021 and 31 July 2021 the colour of the labelled catalogue was analysed.",
        "The organisation's programme in Aluthkade and Constanța used khat, Genotropin and Captagon as examples.",
    ],
)
def test_what_stays(text: str) -> None:
    assert words(text) == text


def test_the_users_own_words_stay() -> None:
    assert "fillicit" in words("the fillicit brand", words=("fillicit",))


def test_off_changes_nothing() -> None:
    arranged, document, changes = cleaned("the fillicit Westem", level="off")
    assert document == arranged
    assert changes == ()


_PIECES = st.sampled_from(
    ["fillicit", "Westem", "offi-", "cers", "understoodinthe", "811 November 2021", "&2", "|", ":", "€er",
     "Riga,", "cross-", "border"]
)  # fmt: skip


@given(st.lists(st.lists(_PIECES, min_size=1, max_size=8), min_size=1, max_size=8))
def test_the_text_as_read_can_be_rebuilt(lines: list[list[str]]) -> None:
    arranged, document, changes = cleaned("\n".join(" ".join(line) for line in lines))
    for before, after in zip(arranged.blocks(), document.blocks(), strict=True):
        own = [change for change in changes if change.block_id == after.id]
        assert as_read(after.text, own) == before.text
        assert all(after.text[c.start : c.end] == c.after for c in own)
