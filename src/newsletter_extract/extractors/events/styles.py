"""How a heading ends, which is its style: at a mark, with its line or bracket, in a sentence, or by its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from newsletter_extract.document import Block
from newsletter_extract.extractors.events.items import Item, Lost
from newsletter_extract.extractors.events.leads import END, LEAD_MARK
from newsletter_extract.schema import DateSpan

Style = Literal["marked", "own_line", "bracket", "run_in", "sentence", "place_lead", "under_date", "within", "user"]
SURE: dict[Style, float] = {
    "marked": 0.95, "own_line": 0.92, "bracket": 0.9, "user": 0.95, "under_date": 0.85, "run_in": 0.85, "within": 0.82,
    "sentence": 0.8, "place_lead": 0.75,
}  # fmt: skip
"""How often a heading of a style is one, on bulletins of our own."""
CLOSING = re.compile(r"\s*[)\]]\s*[.:–—-]?\s*(?=[A-Z“\"0-9])")
_SENTENCE_LEADS = frozenset(
    {"on", "in", "at", "from", "between", "le", "el", "em", "am", "dana", "u", "de", "del", "du"}
)


def style_of(block: Block, offset: int, position: int, taken: Sequence[Item]) -> Style | None:
    """How the heading ends: at a mark, with its line or bracket, or in a sentence."""
    text = block.text
    if not text[position:].strip(" .:|)]–—-*"):
        return "own_line"
    lead = text[offset : taken[0][0]].strip(" (•*–—-").split(" ")[0].casefold()
    bracket = bool(offset) and text[offset] in "(["
    if bracket or _is_open(text[offset:position]):
        if CLOSING.match(text, position):
            return "bracket"
        if bracket:
            return None
    end = END.match(text, position)
    if line_ends(block, position) and not (end and end["mark"] == ","):
        return "own_line"
    if end and end["mark"] != ",":
        return "marked"
    if _runs_in(block, offset, position, taken):
        return "run_in"
    if lead in _SENTENCE_LEADS and (end or re.match(r"\)?\s+[^\W\d_]", text[position:])):
        return "sentence"
    return None


def _runs_in(block: Block, offset: int, position: int, taken: Sequence[Item]) -> bool:
    """Whether a body begins right behind a heading that no mark ends: "Riga, Latvia | 4 May 2021 Officers met.".

    A year ends such a heading where places lead; a bar between its parts, or bold type, tells it from a sentence too.
    """
    text = block.text
    if offset or not _BODY.match(text, position) or block.kind in {"heading", "title"}:
        return False
    if taken[0][0] and not re.fullmatch(LEAD_MARK, text[: taken[0][0]]):
        return False
    placed = any(not isinstance(i[2], (DateSpan, Lost)) for i in taken)
    barred = "|" in text[taken[0][0] : position]
    bold = [t.bold for t in block.tokens if t.end <= position]
    set_off = all(bold) and any(not t.bold for t in block.tokens[len(bold) :])
    ends_dated = isinstance(taken[-1][2], DateSpan) and bool(re.search(r"(?:19|20)\d\d$", text[:position]))
    leads_placed = not isinstance(taken[0][2], (DateSpan, Lost))
    return placed and (barred or set_off or (ends_dated and leads_placed))


_BODY = re.compile(r",?\s[A-Z“\"0-9]")
"""How a body begins; a comma is a full stop that was misread."""


def _is_open(text: str) -> bool:
    """Whether a bracket in `text` is not closed there."""
    return text.count("(") + text.count("[") > text.count(")") + text.count("]")


def line_ends(block: Block, position: int) -> bool:
    """Whether a line ends at `position` and the next one begins anew."""
    text = block.text
    last = next((t for t in block.tokens if t.start < position <= t.end + 1), None)
    after = next((t for t in block.tokens if t.start >= position and re.search(r"\w", text[t.start : t.end])), None)
    if last is None or after is None or after.line <= last.line:
        return False
    return text[after.start].isupper() or text[after.start] in '(“"' or text[after.start].isdigit()
