"""Places that no list has, where the words around leave no doubt: "the village of X", "near X", "X, Moldova"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from newsletter_extract import resources
from newsletter_extract.document import Notice
from newsletter_extract.extractors.confidence import place_confidence
from newsletter_extract.extractors.events.kinds import names_a_kind
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.extractors.places.choice import adjectives, settle
from newsletter_extract.extractors.places.codes import BRACKETED, country_behind
from newsletter_extract.extractors.places.fact import place_fact
from newsletter_extract.extractors.places.names import (
    PAIR_GAP,
    UNKNOWN_NAME,
    Candidate,
    context,
    find_unknown,
    is_strange,
)
from newsletter_extract.extractors.places.text import PlaceText, countries_around
from newsletter_extract.extractors.spans import Spans
from newsletter_extract.gazetteer import Entry, Gazetteer
from newsletter_extract.lexicon import zipf
from newsletter_extract.schema import Place, PlaceKind

_HEADING_NAME = re.compile(
    r"(?:[•*+]\s*)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})\s*(?:[,|–—(-]|,\s*[A-Z][\w ]+,)\s*$"
)
_NAME_BEFORE = re.compile(
    rf"(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]f|[Tt]o)\s+|^|[\n•|]\s*|\d[,.:|–]?\s+){UNKNOWN_NAME}(?:\s?[,(]|\sin(?:\sthe)?)\s?$"
)
"""A name before a country where a place stands: at the beginning, after a date or a preposition."""
_CODED_NAME = re.compile(rf"{UNKNOWN_NAME}(?={BRACKETED.pattern})")
_WHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom)\s$")
_IN_ROW = re.compile(
    rf"(?:,|\s(?:and|or))\s{UNKNOWN_NAME}"
    r"(?=[.;:)]|,\s[a-z]|\s*$|\s(?:since|in|on|until|between|during|by|last|from|with)\b)"
)
"""A name behind a place in a row, which ends there: "in Riga and Xyz since May", not "in Riga and Xyz was held"."""
_HOLDS = re.compile(rf"{PAIR_GAP.pattern}|\s+in\s+(?:the\s+)?$")
_NAME_REACH = 60


def unknown_places(
    text: PlaceText, found: Sequence[Candidate], gazetteer: Gazetteer, share: Mapping[str, float], *, coded: bool
) -> list[tuple[Place, Notice | None]]:
    """Places that no list has, where the words around leave no doubt: their country is that of the context.

    `coded` says that the document writes the codes of countries behind its places.
    """
    block = text.block
    spans = Spans([*text.taken, *((c.start, c.end) for c in text.candidates)])
    starts = [one.start for one in found]
    places: list[tuple[Place, Notice | None]] = []

    def add(start: int, end: int, head: str, country: str | None = None) -> None:
        spans.add(start, end)
        k = bisect_left(starts, end)
        behind = found[k] if k < len(found) else None
        countries = countries_around(text, start, end, share)
        beside = country
        if beside is None and behind and _HOLDS.fullmatch(block.text[end : behind.start]):
            beside = settle(behind, block.text, (), countries)[0].country
        name = block.text[start:end]
        country = beside or countries.only()
        if country is None and head in context("inside") | {"from", "towards"}:
            return
        entry = Entry(name.title() if name.isupper() else name, _kind_of(head), country)
        sure = place_confidence("named" if beside else "unknown", entry.kind, 0.0, False)
        places.append((place_fact(block, start, end, entry, sure), None))

    for start, end, head in find_unknown(block.text, lambda a, b: not spans.overlaps(a, b)):
        name = block.text[start:end]
        if not spans.overlaps(start, end) and not gazetteer.begins(name) and not adjectives(name):
            add(start, end, head)
    for match in _CODED_NAME.finditer(block.text) if coded else ():
        start, end = match.span("name")
        country = country_behind(block.text, end)
        if country and is_strange(match["name"]) and not spans.overlaps(start, end):
            add(start, end, "", country)
    for one in found:
        row = _row_behind(block.text, one)
        if row and not (spans.overlaps(*row) or gazetteer.begins(block.text[slice(*row)])):
            add(*row, "")
        before = _NAME_BEFORE.search(block.text, max(0, one.start - _NAME_REACH), one.start)
        if before is None or one.entries[0].kind not in {"country", "region"}:
            continue
        strange = is_strange(before["name"]) or _is_town(block.text, *before.span("name"))
        if strange and not spans.overlaps(*before.span("name")):
            add(*before.span("name"), "")
    lead = _HEADING_NAME.match(block.text[: text.date[0]]) if text.date is not None else None
    alone = lead and not found and not places and not Spans(text.taken).overlaps(*lead.span("name"))
    if lead and alone and not _is_subject(lead["name"]):
        add(*lead.span("name"), "")
    return places


def _row_behind(text: str, place: Candidate) -> tuple[int, int] | None:
    """The span of a strange name that ends a row behind a place: "in Riga and Qumbu since May"."""
    leads = _WHERE.search(text, max(0, place.start - 6), place.start)
    row = _IN_ROW.match(text, place.end) if leads else None
    if row is None or not is_strange(row["name"]) or adjectives(row["name"]):
        return None
    return None if row["name"] in resources.words("person_names.txt") else row.span("name")


def _is_subject(name: str) -> bool:
    """Whether capitalised words before a date are what a heading is about: "SEIZURE OF HEROIN, 14 March"."""
    known = all(zipf(word) >= _KNOWN_ZIPF for word in name.split())
    return known or names_a_kind(name) or pattern("online").fullmatch(name) is not None


_KNOWN_ZIPF = 3.5


def _is_town(text: str, start: int, end: int) -> bool:
    """Whether usual words before a region are a town's name: "in Kempton Park, Gauteng", not "of Foreign Affairs"."""
    words = text[start:end].split()
    heads = context("body") | context("document") - {"park"}
    return len(words) > 1 and words[-1].casefold() not in heads and bool(_WHERE.search(text, max(0, start - 6), start))


def _kind_of(head: str) -> PlaceKind:
    """The kind by what stands before or behind a name: a village is a city for the contract."""
    if head in context("crossing"):
        return "border_crossing"
    if head in context("region") and head not in {"township", "municipality", "commune"}:
        return "region"
    return "city" if head in context("settlement") else "other"
