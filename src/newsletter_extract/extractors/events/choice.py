"""Which of the lines of dates and places in a document are headings of events: told by what else the document shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.events.headings import Heading, place_lead, read_heading
from newsletter_extract.extractors.events.items import Item, Lost, fact_items
from newsletter_extract.extractors.events.kinds import names_a_kind
from newsletter_extract.extractors.events.patterns import read_patterned
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.schema import DateSpan, Occurrence, Organization, Place

_MASTHEAD_BLOCKS = 5
_SHOWS_STYLE = 2
"""So many headings with a date show how a document writes them; then one without is an event too."""
_FEW_WORDS = 45


@dataclass(frozen=True, slots=True)
class Found:
    """The facts that headings are made of, by block."""

    dates: dict[str, list[DateSpan]]
    places: dict[str, list[Place]]
    lost: dict[str, list[Notice]]
    organizations: dict[str, list[Organization]]

    def items(self, block: str) -> list[Item]:
        lost: list[Item] = [(n.start or 0, n.end or 0, Lost()) for n in self.lost.get(block, ())]
        return sorted([*fact_items(self.dates.get(block, []), self.places.get(block, [])), *lost], key=lambda i: i[:2])


def choose_headings(blocks: Sequence[Block], found: Found, patterns: Sequence[str]) -> dict[str, Heading]:
    """Block → its heading. Sentences that begin with date and place are headings only where no other style is used."""
    headings: dict[str, Heading] = {}
    planned = False
    for k, block in enumerate(blocks):
        own = read_patterned(block, found.items(block.id), patterns) if patterns else None
        heading = own or _heading(block, found, k, blocks)
        if block.kind in {"heading", "title"} and not heading:
            planned = bool(pattern("planned").search(block.text))
        if heading and not planned:
            headings[block.id] = heading
    headings = _without_lone_dates(_under_dates(blocks, found, headings))
    styles = Counter(h.style for h in headings.values())
    if any(style != "sentence" for style in styles):
        kept = _items_beside(blocks, headings) | _sentences_of_sections(blocks, headings)
        headings = {key: h for key, h in headings.items() if h.style != "sentence" or key in kept}
    else:
        headings |= _headlined(blocks, found, headings)
    return headings | _undated(blocks, found, headings)


def _items_beside(blocks: Sequence[Block], headings: dict[str, Heading]) -> frozenset[str]:
    """The items of lists that stand beside an item with a heading: each item of such a list tells an event."""
    told = [(b.id, b.kind == "list_item" and b.id in headings) for b in blocks]
    return frozenset(key for a, b in pairwise(told) if a[1] and b[1] for key in (a[0], b[0]))


def _sentences_of_sections(blocks: Sequence[Block], headings: dict[str, Heading]) -> frozenset[str]:
    """The paragraphs of sections, as "In brief", each of which begins with a sentence that tells day and place."""
    kept: list[str] = []
    run: list[str] = []
    opened = False
    for block in (*blocks, None):
        heading = headings.get(block.id) if block else None
        if block and opened and heading and heading.style == "sentence":
            run.append(block.id)
            continue
        if block and run and heading is None and block.kind == "paragraph":
            continue
        if len(run) >= _SHOWS_STYLE:
            kept += run
        run = []
        opened = block is not None and block.kind == "heading" and heading is None
    return frozenset(kept)


def _without_lone_dates(headings: dict[str, Heading]) -> dict[str, Heading]:
    """A line with nothing but a date is a heading where others are like it; a single one dates the document."""
    bare = [key for key, h in headings.items() if h.style == "own_line" and not h.has_place and not h.named]
    return headings if len(bare) != 1 else {key: h for key, h in headings.items() if key != bare[0]}


def _heading(block: Block, found: Found, k: int, blocks: Sequence[Block]) -> Heading | None:
    if block.kind not in {"paragraph", "list_item", "heading", "title"}:
        return None
    if block.id not in found.dates and block.id not in found.lost:
        return None
    heading = read_heading(block, found.items(block.id))
    if (
        heading is None
        or pattern("planned").match(block.text)
        or (k < _MASTHEAD_BLOCKS and _is_masthead(block, heading))
    ):
        return None
    after = blocks[k + 1] if k + 1 < len(blocks) else None
    names_table = after is not None and after.kind == "table" and heading.style in {"own_line", "within"}
    untitled = block.kind == "title" and heading.style == "within" and not names_a_kind(block.text)
    return None if names_table or untitled else heading


def _is_masthead(block: Block, heading: Heading) -> bool:
    """Whether a line at the head of the document is of the bulletin rather than of an event."""
    if heading.style not in {"own_line", "within"} or len(block.text.split()) > _FEW_WORDS:
        return False
    exact = any(o.dates and o.dates.precision == "day" for o in heading.occurrences)
    named = pattern("masthead").search(block.text, 0, max(heading.end, heading.body_start))
    return not exact or (named is not None and not _CASE_BEFORE.search(block.text, 0, named.start()))


_CASE_BEFORE = re.compile(
    r"\b(?:FIR|case|cases|file|incident|report|item|docket|crime|complaint|seizure|entry|warrant)\s$", re.I
)
"""A word that makes a number behind it that of a case, and not of the bulletin."""


def _undated(blocks: Sequence[Block], found: Found, headings: dict[str, Heading]) -> dict[str, Heading]:
    """Headings that have a place and no date, in a document whose others have both and end the same way."""
    usual = Counter(h.style for h in headings.values() if h.has_place).most_common(1)
    if not usual or usual[0][0] != "marked" or usual[0][1] < _SHOWS_STYLE:
        return {}
    others = [b for b in blocks if b.id not in headings and b.kind in _LEADS and b.id in found.places]
    return {b.id: heading for b in others if (heading := place_lead(b, found.items(b.id)))}


def _under_dates(blocks: Sequence[Block], found: Found, headings: dict[str, Heading]) -> dict[str, Heading]:
    """The headings, with those of paragraphs that begin with their place under (or beside) the date of them all."""
    result = dict(headings)
    date: Heading | None = None
    above = ""
    for block in blocks:
        heading = headings.get(block.id)
        if heading or block.kind in {"heading", "title", "table"}:
            date = heading if heading and heading.style == "own_line" and not heading.has_place else None
            above = block.id
        elif date and block.kind in _LEADS and (lead := place_lead(block, found.items(block.id), ":–—.")):
            told = [occurrence.dates for occurrence in date.occurrences]
            places = lead.occurrences[0].places
            occurrences = tuple(Occurrence(dates=day, places=places) for day in told)
            result[block.id] = replace(lead, occurrences=occurrences, confidence=date.confidence, style="under_date")
            result.pop(above, None)
    return result


_LEADS = frozenset({"paragraph", "list_item"})


def _headlined(blocks: Sequence[Block], found: Found, headings: dict[str, Heading]) -> dict[str, Heading]:
    """Headlines over paragraphs whose first sentence begins with the day and names the place, as in news."""
    told = {headline.id: (block, heading) for headline, block, heading in _under_headlines(blocks, found, headings)}
    named = {b.id for b in blocks if b.id in told and names_a_kind(b.text)}
    kept = told if len(told) >= _SHOWS_STYLE else named
    return {told[key][0].id: told[key][1] for key in kept}


def _under_headlines(
    blocks: Sequence[Block], found: Found, headings: dict[str, Heading]
) -> Iterator[tuple[Block, Block, Heading]]:
    """Headline, paragraph and heading, where a first sentence begins with a day and names a place."""
    for headline, block in pairwise(blocks):
        if headline.kind != "heading" or block.kind != "paragraph" or block.id in headings:
            continue
        items = found.items(block.id)
        first = next((i for i in items if isinstance(i[2], DateSpan)), None)
        lead = _DAY_LEAD.match(block.text)
        stop = _SENTENCE_END.search(block.text)
        end = stop.start() if stop else len(block.text)
        places = leading_places([i[2] for i in items if isinstance(i[2], Place) and i[0] < end])
        if first and lead and first[0] == lead.end() and isinstance(first[2], DateSpan) and places:
            occurrence = Occurrence(dates=first[2], places=places)
            yield headline, block, Heading(0, first[1], 0, (occurrence,), "sentence", 0.72)


_DAY_LEAD = re.compile(r"\s*(?:On|In the [a-z]+ (?:of|on))\s+(?:\w+day,?\s+)?(?:the\s+)?")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]")


def leading_places(places: Sequence[Place]) -> list[Place]:
    """The first place, with the country it stands with."""
    if not places:
        return []
    first, rest = places[0], places[1:2]
    beside = [p for p in rest if p.kind == "country" and p.country == first.country and _touch(first, p)]
    return [first, *beside]


def _touch(first: Place, second: Place) -> bool:
    a, b = first.provenance, second.provenance
    return bool(a and b and a.block == b.block and 0 <= b.start - a.end <= 3)
