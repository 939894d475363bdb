"""Organizations: by the list, by an acronym that the text introduces, and public bodies by their last words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.schema import Organization, OrganizationKind
from newsletter_extract.settings import OrganizationEntry

_PAIR = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+|of|the|for|and|on|in)(?:\s(?:[A-Z][\w’'-]+|of|the|for|and|on|in))*)\s\((?P<acronym>[A-Z][A-Za-z]{1,9})s?\)"
)
_MAX_LEAD = 4
_KINDS: tuple[tuple[str, OrganizationKind], ...] = (
    ("customs", "customs"),
    ("revenue", "customs"),
    ("border", "border"),
    ("coast guard", "border"),
    ("police", "police"),
    ("gendarmerie", "police"),
    ("prosecutor", "justice"),
    ("ministry", "government"),
    ("unit", "unit"),
    ("task force", "unit"),
)

Known = dict[str, OrganizationEntry]


@cache
def _listed() -> tuple[OrganizationEntry, ...]:
    return tuple(
        OrganizationEntry(name=r["name"], acronym=r["acronym"] or None, kind=r["kind"], country=r["country"] or None)  # type: ignore[arg-type]
        for r in resources.rows("organizations.csv")
    )


@cache
def _heads() -> re.Pattern[str]:
    heads = "|".join(re.escape(h) for h in sorted(resources.lines("organization_heads.txt"), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:[A-Z][\w’'-]+\s){{0,{_MAX_LEAD}}}(?:{heads})(?!\w)(?:\sof\s(?:the\s)?[A-Z][\w-]+(?:\s(?:and\s)?[A-Z][\w-]+)*)?"
    )


def find_organizations(blocks: Sequence[Block], extra: Sequence[OrganizationEntry] = ()) -> tuple[Organization, ...]:
    """Every mention in reading order; `extra` are the user's own."""
    known: Known = {}
    for entry in (*extra, *_listed(), *_introduced(blocks)):
        for spelling in (entry.name, entry.acronym):
            if spelling:
                known.setdefault(spelling, entry)
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(n) for n in sorted(known, key=len, reverse=True))})(?![\w])")
    found: list[Organization] = []
    for block in blocks:
        taken: list[tuple[int, int]] = []
        mentions: list[tuple[int, int, OrganizationEntry, float]] = []
        for match in names.finditer(block.text):
            taken.append(match.span())
            mentions += [(*match.span(), known[match[0]], 0.95)]
        for match in _heads().finditer(block.text):
            if not any(a < match.end() and match.start() < b for a, b in taken) and " " in match[0]:
                mentions.append((*match.span(), OrganizationEntry(name=match[0], kind=_kind(match[0])), 0.85))
        found += [_organization(block, *mention) for mention in sorted(mentions, key=lambda m: m[:2])]
    return tuple(found)


def _organization(block: Block, start: int, end: int, entry: OrganizationEntry, sure: float) -> Organization:
    return Organization(
        text=block.text[start:end],
        name=entry.name,
        acronym=entry.acronym,
        kind=entry.kind,
        country=entry.country,
        provenance=provenance(block, start, end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, start, end)), 3),
    )


def _introduced(blocks: Sequence[Block]) -> list[OrganizationEntry]:
    """Names that the text gives with their acronym: "Air Cargo Control Unit (ACCU)"."""
    found = []
    for block in blocks:
        for match in _PAIR.finditer(block.text):
            name = _expansion(match["name"], match["acronym"])
            if name:
                found.append(OrganizationEntry(name=name, acronym=match["acronym"].rstrip("s"), kind=_kind(name)))
    return found


def _expansion(words: str, acronym: str) -> str | None:
    """The tail of `words` whose initials make the acronym."""
    letters = [c for c in acronym.upper() if c.isalpha()]
    parts = words.split()
    for k in range(len(parts) - 1, -1, -1):
        initials = [p[0] for p in parts[k:] if p[0].isupper()]
        if initials == letters and parts[k][0].isupper():
            return " ".join(parts[k:])
        if len(initials) > len(letters):
            return None
    return None


def _kind(name: str) -> OrganizationKind:
    low = name.casefold()
    return next((kind for word, kind in _KINDS if word in low), "other")
