"""Event headings: dates and places side by side, in any order, at the beginning of a block or of a line of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from newsletter_extract.document import Block
from newsletter_extract.extractors.events.items import Item, Lost, occurrences_of
from newsletter_extract.extractors.events.kinds import names_a_kind
from newsletter_extract.extractors.events.leads import (
    END,
    MAX_HEADING,
    NAME,
    NAMES,
    UNKNOWN_PLACE,
    has,
    lead_of,
    past_additions,
)
from newsletter_extract.extractors.events.styles import CLOSING, SURE, Style, line_ends, style_of
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.schema import DateSpan, Occurrence, Place

_RUNNING = re.compile(r"\s(?:was|were|has|had|have|is|are|will|in|at|from|met)\s")
"""A word of a sentence rather than of a subject."""
_HEADING_WORDS = 30
_SUBJECT_WORDS = 14
_SUBJECT_LINES = 3
_REGION_AFTER = re.compile(rf"(?:,\s*{NAME}(?:\s{NAME})?){{1,2}}(?=\s*(?:[:|–—]|\.\s?[–—]))")
"""The state or country behind a town where no list has it, before the mark that ends a heading: "EL PASO, TX | "."""
_UNKNOWN_AFTER = re.compile(rf"(?:\s+[^\W\d_]{{1,6}}\.?)?\s*[,|(–—]\s*(?:{NAMES})\s*\)?\s*(?=[:.–—|]|$)")
_REGION = re.compile(rf"(?:,\s*{NAME}){{1,2}}(?=\s*[–—])")
"""A state or province behind a town that the gazetteer does not know: "NOGALES, Ariz. —"."""
_FIRST_WORDS = 250
"""Characters of an agency's report in which its day stands."""
_LATE_DATE = re.compile(r"\s*[*)]*\s*[.:–—-]\s*(?:On|on)\s+(?:\w+day,?\s+)?(?:the\s+)?")
_PLACE_MARK = re.compile(r"\s*[*)]*\s*(?:[–—:]|-(?=\s))\s*(?=[A-Z“\"0-9])")
_CODE = re.compile(r"\s?[(\[][A-Z]{2,3}[)\]]")
"""A country's or a state's behind a place."""
_CLOCK = re.compile(r"\d:\d\d:\d\d")
"""The second of a print-out's time stamp."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a block: its span, where the body begins, what it says, and how sure we are that it is one."""

    start: int
    end: int
    body_start: int
    occurrences: tuple[Occurrence, ...]
    style: Style
    confidence: float
    named: bool = False
    """Whether a name stands where the place would, though the gazetteer does not know it."""

    @property
    def has_place(self) -> bool:
        return any(o.places or o.online for o in self.occurrences)


def read_heading(block: Block, items: Sequence[Item]) -> Heading | None:
    """The event heading that `block` begins with, or None. `items` are the dates and places of the block."""
    items = with_online(block.text, items)
    for offset in _starts(block, items):
        heading = _at(block, items, offset)
        if heading:
            return heading
    return _within(block, items)


def with_online(text: str, items: Sequence[Item]) -> list[Item]:
    """The items with "online" among them; a code in brackets behind a place belongs to it: "Sopron (HU)"."""
    items = [_with_code(text, item, items) for item in items]
    online: list[Item] = [(m.start(), m.end(), None) for m in pattern("online").finditer(text[:MAX_HEADING])]
    free = [o for o in online if not any(o[0] < end and start < o[1] for start, end, _ in items)]
    return sorted([*items, *free], key=lambda item: (item[0], -item[1]))


def _with_code(text: str, item: Item, items: Sequence[Item]) -> Item:
    code = _CODE.match(text, item[1]) if isinstance(item[2], Place) else None
    if code is None or any(item[1] <= start < code.end() for start, _, _ in items):
        return item
    return item[0], code.end(), item[2]


def _starts(block: Block, items: Sequence[Item]) -> Iterator[int]:
    """Where a line of dates and places may begin: with the block, behind a subject in bold, on a line, in a bracket."""
    text = block.text
    yield 0
    bold = list(takewhile(lambda t: t.bold, block.tokens))
    if bold and len(bold) < len(block.tokens) and bold[-1].end < MAX_HEADING:
        yield block.tokens[len(bold)].start
    for start in _line_starts(block):
        yield start
    for start, _, _ in items:
        lead = text[:start].rstrip()
        if start > MAX_HEADING or len(lead.split()) > _SUBJECT_WORDS or re.search(r"[.!?]\s", lead):
            break
        of_place = any(isinstance(i[2], Place) and text[i[1] : start] in {" (", " ["} for i in items)
        if lead.endswith(("(", "[", ":", "|", "–", "—")) and len(lead) > 1 and not of_place:
            yield len(lead) - lead.endswith(("(", "["))
        elif lead.endswith(",") and (lead.isupper() or names_a_kind(lead)) and not _RUNNING.search(lead):
            yield len(lead)


def _line_starts(block: Block) -> Iterator[int]:
    """The first characters of the lines under a subject of one to three lines."""
    count = 0
    for before, token in zip(block.tokens, block.tokens[1:], strict=False):
        if token.line > before.line:
            count += 1
            line = block.text[: before.end]
            if (
                count > _SUBJECT_LINES
                or len(line.split()) > 2 * _SUBJECT_WORDS
                or line.endswith((".", ",", ";", "!", "?"))
            ):
                return
            yield token.start


def _at(block: Block, items: Sequence[Item], offset: int) -> Heading | None:
    """The heading whose dates and places begin at `offset`."""
    text = block.text
    taken, position = lead_of(text, items, offset)
    if taken and isinstance(taken[-1][2], DateSpan):
        position = past_additions(text, position)
    whole = _until_line_end(block, taken)
    if whole and style_of(block, offset, position, taken) is None:
        taken, position = whole, whole[-1][1]
    dated, placed = has(taken, DateSpan, Lost), has(taken, Place) or any(i[2] is None for i in taken)
    if not dated and placed:
        return _dated_later(text, items, taken, position) if offset == 0 else None
    if not dated or taken[-1][0] > MAX_HEADING:
        return None
    last_is_place = isinstance(taken[-1][2], Place)
    after = _UNKNOWN_AFTER.match(text, position) if not placed else None
    after = _REGION_AFTER.match(text, position) if last_is_place else after
    position = after.end() if after else position
    style = style_of(block, offset, position, taken)
    towns = list(takewhile(lambda i: not isinstance(i[2], (DateSpan, Lost)), taken))
    if style is None and offset == 0 and towns:
        return _dated_later(text, items, towns, towns[-1][1])
    named = placed or after is not None or bool(UNKNOWN_PLACE.match(text[offset : taken[0][0]]))
    if style is None or (not named and (style == "sentence" or not _is_day(taken) or (offset and style != "own_line"))):
        return None
    if style == "sentence" and (
        not placed or not _is_exact(taken) or not _is_told_where(text, taken) or _of_another_time(text, position)
    ):
        return None
    if not placed and (not _is_day(taken) or (offset and style != "bracket")):
        return None
    sure = SURE[style] - (0 if placed else 0.07 if named else 0.15) - (0.05 if offset else 0)
    end = CLOSING.match(text, position) if style == "bracket" else END.match(text, position)
    start = 0 if offset or not placed else taken[0][0]
    start -= text[start - 1 : start] in {"[", "("} and start > 0
    stop = position if end is None else end.start() + 1 if style == "bracket" else end.end("mark")
    body = end.end() if end else position
    if style == "own_line":
        body += len(text[body:]) - len(text[body:].lstrip(" .:|)]–—-*"))
    return Heading(start, stop, body, occurrences_of(taken), style, sure, named=named)


def _until_line_end(block: Block, taken: Sequence[Item]) -> list[Item]:
    """The dates and places up to the first of them that ends a line, where a date and a place are among them.

    So are dates alone whose line ends: a chronicle has what happened under its days.
    """
    days = list(takewhile(lambda i: isinstance(i[2], (DateSpan, Lost)), taken))
    if days and line_ends(block, days[-1][1]):
        return days
    for k, item in enumerate(taken, 1):
        if (
            line_ends(block, item[1])
            and has(taken[:k], DateSpan, Lost)
            and not all(isinstance(i[2], (DateSpan, Lost)) for i in taken[:k])
        ):
            return list(taken[:k])
    return []


def _dated_later(text: str, items: Sequence[Item], taken: list[Item], position: int) -> Heading | None:
    """Places alone as heading, whose date leads the first sentence, or stands in it behind a dash.

    "GJILAN, KOSOVO. On 14 October 2021, the …"; "LAREDO, Texas — Officers found … on 6 March 2021."
    """
    region = _REGION.match(text, position)
    position = region.end() if region else position
    lead = _LATE_DATE.match(text, position)
    after = next((i for i in items if isinstance(i[2], DateSpan) and lead and i[0] == lead.end()), None)
    style: Style = "marked"
    mark = _PLACE_MARK.match(text, position)
    dateline = text[taken[0][0] : taken[0][1]].isupper() or len(taken) > 1
    if after is None and mark and dateline:
        style = "place_lead"
        limit = mark.end() + _FIRST_WORDS
        after = next(
            (i for i in items if isinstance(i[2], DateSpan) and i[2].precision == "day" and mark.end() < i[0] < limit),
            None,
        )
    if after is None:
        return None
    end = END.match(text, position)
    stop_at = end.end("mark") if end else position
    occurrences = occurrences_of([*taken, after])
    return Heading(taken[0][0], stop_at, end.end() if end else position, occurrences, style, SURE[style] - 0.1)


def place_lead(block: Block, items: Sequence[Item], marks: str = ":–—") -> Heading | None:
    """A heading that names places and no date and ends at one of `marks`: "Riga, Latvia: …". Other evidence has to say
    that it is one, as headings with dates in the same document, or a line with a date above it.
    """
    taken, position = lead_of(block.text, with_online(block.text, items), 0)
    end = END.match(block.text, position)
    if not taken or not has(taken, Place) or has(taken, DateSpan, Lost) or end is None or end["mark"] not in marks:
        return None
    if not re.match(r"[A-Z“\"0-9]", block.text[end.end() : end.end() + 1]):
        return None
    return Heading(taken[0][0], end.end("mark"), end.end(), occurrences_of(taken), "marked", 0.6)


def _within(block: Block, items: Sequence[Item]) -> Heading | None:
    """A heading block, or a line of its own, that holds a date and a place: "Course for analysts, Osh, 3 May 2021"."""
    dated = [i for i in items if isinstance(i[2], (DateSpan, Lost))]
    placed = [i for i in items if i[2] is None or (isinstance(i[2], Place) and i[2].kind != "region")]
    alone = block.kind in {"heading", "title"} or is_lone_line(block)
    if not alone or not dated or len(block.text.split()) > _HEADING_WORDS or not _is_day(dated):
        return None
    if _CLOCK.search(block.text):
        return None
    if pattern("summary").match(block.text) or (
        not placed and not (block.kind == "heading" and _ends_dated(block, dated))
    ):
        return None
    return Heading(
        0, len(block.text), len(block.text), occurrences_of(items), "within", SURE["within"] - 0.1 * (not placed)
    )


def _ends_dated(block: Block, dated: Sequence[Item]) -> bool:
    """Whether a heading without a place ends with its day: "SEIZURE OF HEROIN, 14 March 2022"."""
    last = dated[-1]
    day = isinstance(last[2], DateSpan) and last[2].precision == "day"
    labelled = block.text[: last[0]].rstrip().endswith(":")
    return day and not labelled and not block.text[last[1] :].strip(" .):]")


def is_lone_line(block: Block) -> bool:
    """Whether a block is a single line that ends without a stop, as headings do where no type tells them."""
    return block.tokens[-1].line == block.tokens[0].line and not block.text.endswith((".", ",", ";", ":", "!", "?"))


def _is_day(items: Sequence[Item]) -> bool:
    """Whether an item is as exact as the date of an event has to be; a month does where a place stands with it."""
    placed = any(not isinstance(i[2], (DateSpan, Lost)) for i in items)
    exact = {"day", "month"} if placed else {"day"}
    return any(isinstance(i[2], Lost) or (isinstance(i[2], DateSpan) and i[2].precision in exact) for i in items)


def _is_told_where(text: str, items: Sequence[Item]) -> bool:
    """Whether a sentence says with a preposition where it was: "On 4 May in Turku", not "On 4 May Turku police"."""
    for before, item in pairwise(items):
        gap = text[before[1] : item[0]].split()
        if isinstance(before[2], DateSpan) and isinstance(item[2], Place):
            return any(word.casefold() in _WHERE for word in gap) and all(
                w[0].islower() or not w[0].isalpha() for w in gap
            )
    return True


_WHERE = frozenset({"in", "at", "near", "à", "en", "em", "u", "a", "(", "im", "i"})


def _is_exact(items: Sequence[Item]) -> bool:
    return any(isinstance(i[2], DateSpan) and i[2].precision == "day" for i in items)


def _of_another_time(text: str, position: int) -> bool:
    """Whether a sentence tells of what had been before or is to come; a clause ("that had been hidden") does not."""
    stop = re.compile(r"[.!?]\s").search(text, position)
    told = pattern("other_time").finditer(text, position, stop.start() if stop else len(text))
    return any(not _CLAUSE.search(text, max(0, match.start() - 12), match.start()) for match in told)


_CLAUSE = re.compile(r"\b(?:that|which|who|whom|where|what)\s(?:\w{2,5}\s)?$")
