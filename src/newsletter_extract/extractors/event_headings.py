"""Event headings: dates and places side by side at the beginning of a block, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_extract.document import Block
from newsletter_extract.schema import DateSpan, Located, Occurrence, Place

_ONLINE = re.compile(r"(?:held\s+)?(?:online|on-line|virtual(?:ly)?|hybrid|video\s?conference|webinar)\b", re.I)
_CONNECTOR = re.compile(
    r"(?:[\s,;|/()*–—&·•+-]|\band\b|\bin\b|\bat\b|\bon\b|\bfrom\b|\bthe\b|\bof\b|\bnear\b|\bbetween\b|"
    r"\b(?:[Ss]ea|[Ll]and|[Cc]ustoms|[Oo]ffice|border|boundary|crossing|checkpoint|post|point|port|airport|station|district|province|region)\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bOn\b|\bIn\b|\bAt\b|\bBetween\b|\bFrom\b)*",
)
_SKIP_WORDS = re.compile(r"(?:\s*[A-ZÀ-Ž][\w’'-]*){1,4}(?=\s*(?:[,;|/()–—:-]|$))")
_END = re.compile(r"\s*\)?\s*(?P<mark>:|\.(?=\s|$)|–|—|-(?=\s)|\||,(?=\s))\s*")
_PLACE_ONLY_LEAD = re.compile(r"\s*[*.]*\s*(?:On\s+)?")
_MARK = re.compile(r":|\s[–—-]\s|\.\s")
_MAX_HEADING = 260
_HEADING_WORDS = 30

Item = tuple[int, int, DateSpan | Place | None]
"""Start, end and the fact; None stands for "online"."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading at the beginning of a block: its span, what it says, and how sure we are that it is one."""

    start: int
    end: int
    body_start: int
    occurrences: tuple[Occurrence, ...]
    style: str
    confidence: float


def read_heading(block: Block, dates: Sequence[DateSpan], places: Sequence[Place]) -> Heading | None:
    """The event heading that `block` begins with, or None. `dates` and `places` are those of the block."""
    online = [(m.start(), m.end(), None) for m in _ONLINE.finditer(block.text[:_MAX_HEADING])]
    items: list[Item] = sorted([*_items(dates), *_items(places), *online], key=lambda item: (item[0], -item[1]))
    taken, position = _lead(block.text, items)
    kinds: set[type[object]] = {type(item[2]) for item in taken}
    if DateSpan not in kinds:
        taken, position, kinds = _late_date(block.text, items, taken, position)
    if DateSpan not in kinds:
        return _inner_heading(block, items)
    style = _style(block, position, taken)
    if style is None or (len(kinds) == 1 and (style not in {"marked", "own_line"} or not _is_day(taken))):
        return None
    end = _END.match(block.text, position)
    body = end.end() if end else position
    sure = {"marked": 0.95, "own_line": 0.9, "sentence": 0.8}[style] - 0.2 * (len(kinds) == 1)
    return Heading(taken[0][0], end.end("mark") if end else position, body, _occurrences(taken), style, sure)


def _items(facts: Sequence[DateSpan] | Sequence[Place]) -> list[Item]:
    return [(_start(fact), _end(fact), fact) for fact in facts]


def _start(fact: Located) -> int:
    return fact.provenance.start if fact.provenance else 0


def _end(fact: Located) -> int:
    return fact.provenance.end if fact.provenance else 0


def _lead(text: str, items: Sequence[Item]) -> tuple[list[Item], int]:
    """The items that follow one another from the beginning, with only connecting words between; and where they end."""
    taken: list[Item] = []
    position = 0
    for item in items:
        if item[0] < position:
            continue
        gap = text[position : item[0]]
        named = any(isinstance(i[2], DateSpan) for i in taken)
        plain = _CONNECTOR.fullmatch(gap) or (gap.strip() == ":" and not named)
        if not plain and not (taken and _SKIP_WORDS.fullmatch(gap.rstrip(" ,;|/()–—-"))):
            break
        if _is_complete(taken) and _MARK.search(gap):
            break
        if item[0] > _MAX_HEADING or (taken and "•" in gap):
            break
        taken.append(item)
        position = item[1]
    return taken, position


def _is_complete(taken: Sequence[Item]) -> bool:
    """Whether the heading has its date and its place, so that a mark ends it."""
    return any(isinstance(i[2], DateSpan) for i in taken) and any(not isinstance(i[2], DateSpan) for i in taken)


def _late_date(
    text: str, items: Sequence[Item], taken: list[Item], position: int
) -> tuple[list[Item], int, set[type[object]]]:
    """Places alone as heading, whose date leads the first sentence: "GJILAN, KOSOVO. On 14 October 2021, the …"."""
    if taken:
        lead = re.compile(r"\s*[*)]*\s*[.:–—]\s*(?:On|on)\s+(?:\w+day,?\s+)?").match(text, position)
        after = next((i for i in items if isinstance(i[2], DateSpan) and lead and i[0] == lead.end()), None)
        if lead and after:
            return [*taken, after], position, {Place, DateSpan}
    return taken, position, {type(item[2]) for item in taken}


def _inner_heading(block: Block, items: Sequence[Item]) -> Heading | None:
    """A heading block, or a last bracket, that holds a date and a place: "Course for analysts (Osh, 3 May 2021)"."""
    dated = [i for i in items if isinstance(i[2], DateSpan)]
    placed = [i for i in items if isinstance(i[2], Place) and i[2].kind != "region"]
    if (
        not (block.kind in {"heading", "title"} or _is_lone_line(block))
        or not dated
        or not placed
        or len(block.text.split()) > _HEADING_WORDS
    ):
        return None
    if not _is_day(dated) or re.match(r"(?i)seizures?|table|figure|results", block.text):
        return None
    occurrences = _occurrences([i for i in items if i[2] is not None])
    return Heading(0, len(block.text), len(block.text), occurrences, "own_line", 0.7)


def _is_lone_line(block: Block) -> bool:
    """Whether a paragraph is a single line that ends without a stop, as headings do where no type tells them."""
    return block.tokens[-1].line == block.tokens[0].line and not block.text.endswith((".", ",", ";", ":", "!", "?"))


def _is_day(items: Sequence[Item]) -> bool:
    return any(isinstance(i[2], DateSpan) and i[2].precision in {"day", "month"} for i in items)


def _style(block: Block, position: int, taken: Sequence[Item]) -> str | None:
    """How the heading ends: at a mark, with its line, or in a sentence."""
    text = block.text
    if not text[position:].strip(" .:|)–—-*"):
        return "own_line"
    end = _END.match(text, position)
    if end and end["mark"] == ",":
        lead = text[: taken[0][0]].strip().casefold()
        return "sentence" if lead in {"on", "in", "at", "from", "between"} else None
    if end:
        return "marked"
    line = next((t.line for t in block.tokens_in(position - 1, position)), 0)
    following = next(
        (t for t in block.tokens if t.start >= position and any(c.isalnum() for c in text[t.start : t.end])), None
    )
    if following and following.line > line and text[following.start].isupper():
        return "own_line"
    return "own_line" if following and following.line > line and text[following.start] == "(" else None


def _occurrences(items: Sequence[Item]) -> tuple[Occurrence, ...]:
    """Dates with the places that belong to them: those after it where dates come first, else those before it."""
    date_first = isinstance(next((i[2] for i in items if i[2] is not None), None), DateSpan)
    groups: list[tuple[list[DateSpan], list[Place], bool]] = [([], [], False)]
    for _, _, fact in items:
        dates, places, _ = groups[-1]
        if fact is None:
            groups[-1] = (dates, places, True)
        elif isinstance(fact, DateSpan):
            if date_first and places:
                groups.append(([fact], [], False))
            else:
                dates.append(fact)
        elif not date_first and dates:
            groups.append(([], [fact], False))
        else:
            places.append(fact)
    result = [
        Occurrence(dates=date, places=places, online=online)
        for dates, places, online in groups
        for date in dates or (None,)
    ]
    if len(result) > 1 and result[-1].dates is None:
        last = result.pop()
        result[-1] = result[-1].model_copy(update={"places": [*result[-1].places, *last.places], "online": last.online})
    return tuple(result)
