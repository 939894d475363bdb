"""Headings in the patterns of a user's configuration: "Case {text} | {date} | {place} |"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract.document import Block
from newsletter_extract.extractors.events.headings import Heading, with_online
from newsletter_extract.extractors.events.items import Item, occurrences_of
from newsletter_extract.schema import Place

_REACH = 300
"""Characters from the beginning of a block in which a heading ends."""
_DATE, _PLACE, _ONLINE = "\ue100", "\ue101", "\ue102"
_JOINT = r"[\s,;/()&–-]*(?:\band\s+)?"
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΑ-ΩЀ-Я][\w’'.-]*(?:\s[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΑ-ΩЀ-Я][\w’'.-]*){0,4}"
_KNOWN = rf"(?:{_NAME}\s)?[{_PLACE}{_ONLINE}]+"
_FIELDS = {
    "{date}": rf"{_DATE}+(?:{_JOINT}{_DATE}+)*",
    "{place}": rf"(?:{_KNOWN}(?:{_JOINT}{_KNOWN})*(?:\s{_NAME})?|{_NAME})",
    "{text}": r".{1,120}?",
}
_SURE = 0.95


def read_patterned(block: Block, items: Sequence[Item], patterns: Sequence[str]) -> Heading | None:
    """The heading of `block` in one of the user's patterns, or None."""
    items = with_online(block.text, items)
    text = _shadow(block.text[:_REACH], items)
    for pattern in patterns:
        match = compiled(pattern).match(text)
        if match:
            inside = [item for item in items if item[1] <= match.end()]
            occurrences = occurrences_of(inside)
            body = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
            return Heading(match.start("heading"), match.end(), body, occurrences, "user", _SURE, named=True)
    return None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the configuration as a regular expression for shadows."""
    parts = re.split(r"(\{(?:date|place|text)\})", pattern.strip())
    form = "".join(_FIELDS.get(part) or r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in parts)
    return re.compile(rf"\s*(?:[•·*-]\s+)?(?P<heading>{form})")


def _shadow(text: str, items: Sequence[Item]) -> str:
    """`text` with dates, places and "online" as runs of one character each."""
    letters = list(text)
    for start, end, fact in items:
        mark = _PLACE if isinstance(fact, Place) else _ONLINE if fact is None else _DATE
        letters[start:end] = mark * (min(end, len(text)) - start) if start < len(text) else letters[start:end]
    return "".join(letters)
