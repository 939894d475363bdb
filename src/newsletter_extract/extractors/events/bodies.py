"""From headings to events: which blocks belong to which, and what the text says of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.events.headings import Heading, is_lone_line
from newsletter_extract.extractors.events.kinds import names_a_kind
from newsletter_extract.extractors.events.styles import Style
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.extractors.sentences import sentence_spans

_PASSED_OVER = frozenset({"caption", "footnote"})
_TITLE_WORDS = 16
_CLOSING_REACH = 90
"""Characters in which a paragraph about the bulletin itself says so."""


@dataclass(slots=True)
class Told:
    """An event while its blocks are gathered: heading, lines above it that belong to it, and the parts of its body."""

    block: Block
    heading: Heading
    above: tuple[Block, ...] = ()
    parts: list[tuple[Block, int]] = field(default_factory=list)


Flow = tuple[int, int]


def gather(blocks: Sequence[Block], headings: Mapping[str, Heading]) -> list[Told]:
    """Every event in the order of its heading. A box set into the page has events of its own."""
    told: list[Told] = []
    titled = _titled_styles(blocks, headings)
    open_: dict[Flow, Told | None] = {}
    last: dict[Flow, Block] = {}
    for block in blocks:
        flow = (block.page, block.flow) if block.flow else (-1, 0)
        event = open_.get(flow)
        heading = headings.get(block.id)
        if heading:
            if event and _is_next_line(event, block, heading):
                told.remove(event)
                both = (*event.heading.occurrences, *heading.occurrences)
                new = Told(
                    block, replace(heading, occurrences=both), (*event.above, event.block), _rest(block, heading)
                )
            else:
                title = _title(block, heading, last.get(flow), event) if heading.style in titled else None
                if title and title.kind == "title" and len(headings) > 1 and not names_a_kind(title.text):
                    title = None  # of the bulletin
                new = Told(block, heading, (title,) if title else (), _rest(block, heading))
            open_[flow] = new
            told.append(new)
        elif event and block.kind not in _PASSED_OVER and not _goes_on(event, block):
            open_[flow] = None
        if block.kind not in _PASSED_OVER:
            last[flow] = block
    return [_without_stray_items(t) if len(told) > 1 and t is told[-1] else t for t in told]


def _without_stray_items(told: Told) -> Told:
    """The last event, without items of a list at its end that no colon introduces: notices of the publisher."""
    parts = list(told.parts)
    while parts and parts[-1][0].kind == "list_item" and parts[-1][0].id != told.block.id:
        parts.pop()
    introduced = not parts or parts[-1][0].text.rstrip().endswith((":", ";", ","))
    return told if introduced else replace(told, parts=parts)


def _is_next_line(event: Told, block: Block, heading: Heading) -> bool:
    """Whether a line of date and place stands right under another, so that both head one text."""
    if event.parts or not event.heading.style == heading.style == "own_line":
        return False
    if not (event.heading.has_place and heading.has_place) or event.block.page != block.page:
        return False
    height = event.block.tokens[-1].bbox.height
    return event.block.bbox.bottom <= block.tokens[0].bbox.top + 0.5 * height <= event.block.bbox.bottom + height


def _titled_styles(blocks: Sequence[Block], headings: Mapping[str, Heading]) -> frozenset[Style]:
    """The styles whose headings have a title above them: lines of their own, and others where most have one."""
    above: Counter[Style] = Counter()
    total = Counter(heading.style for heading in headings.values())
    for before, block in pairwise(blocks):
        if block.id in headings and before.id not in headings and before.kind == "heading":
            above[headings[block.id].style] += 1
    usual = {s for s, count in above.items() if count >= _USUALLY and count >= _MOST * total[s]}
    return frozenset[Style]({"own_line", "under_date", *usual})


_USUALLY = 2
_MOST = 0.6


def _rest(block: Block, heading: Heading) -> list[tuple[Block, int]]:
    return [(block, heading.body_start)] if block.text[heading.body_start :].strip() else []


def _title(block: Block, heading: Heading, before: Block | None, event: Told | None) -> Block | None:
    """The line above a line of date and place, if it names the event; it is taken from the event before."""
    if before is None or heading.start > len(block.text) // 2:
        return None
    if _PERIOD_LINE.fullmatch(before.text):
        return None
    alone = before.kind == "heading" or (before.kind in {"paragraph", "title"} and is_lone_line(before))
    if (event is None and pattern("masthead").search(before.text)) or pattern("summary").match(before.text):
        return None
    if not alone or len(before.text.split()) > _TITLE_WORDS or (event and before.id == event.block.id):
        return None
    if event and event.parts and event.parts[-1][0].id == before.id:
        event.parts.pop()
    return before


_PERIOD_LINE = re.compile(r"\W*[^\W\d_]{3,}(?:\s?[–/-]\s?[^\W\d_]{3,})?,?\s+(?:19|20)\d\d\W*")
"""A line that is but month and year is the bulletin's."""


def _goes_on(event: Told, block: Block) -> bool:
    """Take `block` into the event's body, or say that the event ends before it."""
    if block.kind in {"heading", "title"}:
        if event.parts or event.above or event.heading.style not in {"own_line", "within"}:
            return False
        if pattern("summary").match(block.text):
            return False
        event.above = (block,)
        return True
    if block.kind == "list_item" and event.block.kind == "list_item" and block.level <= event.block.level:
        return False
    if block.kind not in {"paragraph", "list_item"}:
        return False
    told_in_item = event.block.kind == "list_item" and event.block.text[event.heading.body_start :].strip()
    if told_in_item and block.kind == "paragraph":
        return False
    if event.parts and (_is_of_other_matter(block) or _is_note(event, block)):
        return False
    event.parts.append((block, 0))
    return True


def _is_note(event: Told, block: Block) -> bool:
    """Whether a lone item is the note to a starred word, as the one that stands under "Kosovo*"."""
    starred = _STARRED.search(event.block.text) or any(_STARRED.search(part.text) for part, _ in event.parts)
    alone = event.parts[-1][0].kind != "list_item"
    return bool(starred) and alone and _NOTE_LEAD.match(block.text) is not None


_STARRED = re.compile(r"\w\*(?!\w)")
_NOTE_LEAD = re.compile(
    r"[*•]\s*(?:This|The|All|Under|Without)\s(?:designation|references?|name|UN|prejudice|Security)", re.I
)


def _is_of_other_matter(block: Block) -> bool:
    """Whether a paragraph under a body is about the bulletin or how its publisher is run, or only parts two stories."""
    text = block.text
    if not _LETTER.search(text) or pattern("closing").search(text[:_CLOSING_REACH]):
        return True
    first = next(iter(sentence_spans(text)), (0, 0))
    publisher = _ABOUT_ITSELF.match(text)
    of_body = publisher and (publisher["own"] or publisher["head"] in _heads())
    return bool(of_body) and pattern("running").search(text, *first) is not None


@cache
def _heads() -> frozenset[str]:
    """The last words of bodies' names: Bureau, Agency, Service."""
    return frozenset(line.removesuffix(" …").split()[-1] for line in resources.words("organization_heads.txt"))


_LETTER = re.compile(r"[^\W\d_]")
_ABOUT_ITSELF = re.compile(r"(?:(?P<own>We|Our)\b|The\s(?:[A-Z][\w-]+\s){0,3}?(?P<head>[A-Z]\w+)(?:’s|'s)?\s(?![A-Z]))")
"""How a paragraph begins in which a body speaks of itself: "The Bureau’s budget", "Our website"."""


def first_sentence(told: Told) -> tuple[Block, int, int] | None:
    """The block and span of the first sentence of the body."""
    for block, start in told.parts:
        for begin, end in sentence_spans(block.text, start):
            return block, begin, end
    return None


def body_of(told: Told) -> str:
    """The text of an event, paragraphs apart by an empty line."""
    return "\n\n".join(block.text[start:].strip() for block, start in told.parts)


def heading_text(told: Told) -> str:
    """The heading as written, under the lines that name the event where there are any."""
    line = told.block.text[told.heading.start : told.heading.end].strip()
    return "\n".join([*(re.sub(r"\s+", " ", block.text) for block in told.above), line])
