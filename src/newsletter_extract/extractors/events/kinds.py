"""What the text of an event says of it: its kind, and how many took part."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.schema import EventKind, Participants

_KIND_REACH = 400
"""Characters of the body that tell its kind; later ones tell of other things."""


@cache
def _kind_patterns() -> tuple[tuple[EventKind, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], re.compile(rf"\b(?:{'|'.join(map(re.escape, row['words'].split('|')))})\b", re.I))  # type: ignore[misc]
        for row in resources.rows("event_kinds.csv")
    )


def kind_of(heading: str, body: str) -> EventKind:
    """The kind whose word comes first in the heading, else in the first words of the body."""
    for text in (heading, body[:_KIND_REACH]):
        hits = [(m.start(), kind) for kind, words in _kind_patterns() if (m := words.search(text))]
        if hits:
            return min(hits, key=lambda hit: hit[0])[1]
    return "other"


def names_a_kind(text: str) -> bool:
    """Whether a title is that of an event rather than of the bulletin: "Workshop on precursors, …"."""
    return any(words.search(text) for _, words in _kind_patterns())


@cache
def _person() -> re.Pattern[str]:
    taking_part = resources.words("persons.txt") - resources.words("persons_acted_upon.txt")
    names = "|".join(re.escape(p) for p in sorted(taking_part, key=len, reverse=True))
    return re.compile(rf"\s+(?:[\w’-]+\s+){{0,3}}?(?:{names})\b", re.I)


_TOOK_PART = re.compile(r"\s+(?:took part|attended|participated|joined)\b", re.I)
_PARTICIPANT_REACH = 1500


def participants_of(body: str) -> Participants | None:
    """How many took part, by the first number of people who did."""
    for number in find_numbers(body[:_PARTICIPANT_REACH]):
        match = _person().match(body, number.end) or _TOOK_PART.match(body, number.end)
        if match and isinstance(number.value, int) and number.value > 1 and not re.search(r"[.;:]", match[0]):
            stop = number.end if match.re is _TOOK_PART else match.end()
            return Participants(value=number.value, text=body[number.start : stop], approximate=number.approximate)
    return None
