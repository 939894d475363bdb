"""Marks put as the document's other headings and list items have them: a semicolon for a colon, a comma for a stop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.repair.edits import Draft, Edit

T = TypeVar("T")
_YEAR = r"(?:19|20)\d\d"
_DATE_FIRST = re.compile(
    rf"""
    (?P<before>[^:;.\t\n]{{0,40}}?\d[^:;.\t\n]{{0,30}}?\b{_YEAR})
    (?P<mark>[,.;:])\ (?P<after>[^:;\t\n]{{2,60}}?)
    (?P<end>[:;])\ (?P<body>[^\W\d_])
    """,
    re.VERBOSE,
)
_DATE_LAST = re.compile(
    rf"(?P<before>[^:;\t\n]{{0,70}}?\b{_YEAR})(?P<mark>)(?P<after>)(?P<end>[:;])\ (?P<body>[^\W\d_])", re.VERBOSE
)
_BARRED = re.compile(r"(?P<place>[^|\t\n]{3,60}?) (?P<bar>[|}{\]\[!Il/\\]) (?=\d{1,2}\b)")
"""A place before a date, as in "Riga, Latvia | 3 May 2021", and what a bar there is read for."""
_SPECK_AT_BAR = re.compile(r"(?<=[^\W_]{2})(?P<speck>[-.,:;_~°]{1,2} ?)\|(?= \d{1,2}\b)")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_PLACE = 64
_KINDS = ("paragraph", "heading")
_LEAST, _SHARE = 2, 0.5
"""A habit is what so many others have, and so large a share of all."""


@dataclass(frozen=True, slots=True)
class Punctuation:
    """A document's habits; empty where it has none."""

    leads: tuple[str, str] = ("", "")
    """The marks behind the year and at the end of "3 May 2021, Riga, Latvia: Officers"."""
    dated: str = ""
    """The mark at the end of "Riga, Latvia, 3 May 2021: Officers"."""
    items: str = ""
    """The mark at the end of list items."""
    has_bars: bool = False
    """Whether places that open a paragraph are parted from the date by a bar."""


def punctuation_of(blocks: Iterable[Block]) -> Punctuation:
    """The habits of a document, from the blocks as they were read."""
    leads: Counter[tuple[str, str]] = Counter()
    dated: Counter[str] = Counter()
    items: Counter[str] = Counter()
    bars = 0
    for block in blocks:
        if block.kind == "list_item":
            items[block.text[-1:]] += 1
        elif block.kind in _KINDS and (barred := _barred(block.text)):
            bars += barred["bar"] == "|"
        elif block.kind in _KINDS and (lead := _lead(block.text)) and lead["body"].isupper():
            if lead["after"]:
                leads[lead["mark"], lead["end"]] += 1
            else:
                dated[lead["end"]] += 1
    return Punctuation(_usual(leads, ("", "")), _usual(dated, ""), _usual(items, ""), bars >= _LEAST)


def _usual(counts: Counter[T], none: T) -> T:
    """What most have, or `none` where they differ or are few."""
    if not counts:
        return none
    best, times = counts.most_common(1)[0]
    return best if times >= _LEAST and times >= _SHARE * counts.total() else none


def _lead(text: str) -> re.Match[str] | None:
    """The date and place that a paragraph opens with, in which words have capitals but for small ones."""
    for pattern in (_DATE_FIRST, _DATE_LAST):
        lead = pattern.match(text)
        if lead and all(_is_part(word) for word in _WORD.findall(lead["before"] + " " + lead["after"])):
            return lead
    return None


def _barred(text: str) -> re.Match[str] | None:
    """The place and the bar before the date that a paragraph opens with, where its words are those of names."""
    found = _BARRED.match(text)
    return found if found and all(_is_part(word) for word in _WORD.findall(found["place"])) else None


def _is_part(word: str) -> bool:
    return not word.islower() or len(word) <= 1 or word in resources.words("lead_words.txt")


def find_punctuation(draft: Draft, habits: Punctuation) -> Iterator[Edit]:
    """Edits of marks that most blocks of their kind have otherwise, and of the small letter behind a heading."""
    text, kind = draft.text, draft.source.kind
    if kind == "list_item" and habits.items == "." and re.search(r"[a-z]{2},$", text):
        yield Edit(len(text) - 1, len(text), ".", "glyph.stop", 0.85)
    barred = _barred(text) if habits.has_bars and kind in _KINDS else None
    if barred and barred["bar"] != "|":
        yield Edit(*barred.span("bar"), "|", "glyph.lead_mark", 0.9)
    speck = _SPECK_AT_BAR.search(text, 0, _LONGEST_PLACE) if habits.has_bars and kind in _KINDS else None
    if speck:
        yield Edit(*speck.span("speck"), " ", "glyph.mark", 0.88)
    lead = _lead(text) if kind in _KINDS else None
    if lead is None:
        return
    mark, end = habits.leads if lead["after"] else ("", habits.dated)
    if not end:
        return
    if lead["mark"] != mark and lead["mark"]:
        yield Edit(lead.start("mark"), lead.end("mark"), mark, "glyph.lead_mark", 0.9)
    if lead["end"] != end:
        yield Edit(lead.start("end"), lead.end("end"), end, "glyph.lead_mark", 0.9)
    if lead["body"].islower():
        yield Edit(lead.start("body"), lead.end("body"), lead["body"].upper(), "glyph.case", 0.85)
