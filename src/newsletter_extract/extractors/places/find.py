"""Places in text: names of the gazetteer and names that the words around show to be places, each with what it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.confidence import place_confidence
from newsletter_extract.extractors.facts import by_block, provenance, reading_confidence
from newsletter_extract.extractors.places.choice import adjectives, agrees, is_within, settle, shares
from newsletter_extract.extractors.places.evidence import Evidence, Surroundings, weigh
from newsletter_extract.extractors.places.names import (
    UNKNOWN_NAME,
    Candidate,
    context,
    find_unknown,
    is_strange,
)
from newsletter_extract.extractors.places.text import PlaceText, countries_around, read_text, start_of
from newsletter_extract.extractors.spans import Spans
from newsletter_extract.gazetteer import Entry, Gazetteer, fold
from newsletter_extract.lexicon import zipf
from newsletter_extract.schema import DateSpan, Organization, Place, PlaceIds, PlaceKind

_PAIR_GAP = re.compile(r"\s*(?:,\s*(?:the\s)?|\(\s*|–\s*|—\s*|-\s*|/\s*|\|\s*|:\s*)$")
_ROW_GAP = re.compile(
    r"\s*(?:,|/|–|—|-|&|;|,?\s*and|,?\s*or|to|,?\s*as well as)\s*(?:the\s+|in\s+|at\s+|near\s+|from\s+)?$"
)
_DATE_GAP = re.compile(r"\s*(?:[,|/(–—]|\s-)\s*")
_CLOSE_CALL = 0.35
"""Lead, on the scale of `settle`, under which two countries are a toss-up."""
_HEADING_NAME = re.compile(
    r"(?:[•*+]\s*)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})\s*(?:[,|–—(-]|,\s*[A-Z][\w ]+,)\s*$"
)
_NAME_BEFORE = re.compile(
    rf"(?:^|[\n•|]\s*|\d[,.:|–]?\s+|\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]f|[Tt]o)\s+){UNKNOWN_NAME}\s?[,(]\s?$"
)
"""A name before a country where a place stands: at the beginning, after a date or a preposition."""
_NAME_REACH = 60
_SURE: frozenset[Evidence] = frozenset({"paired", "heading", "headed", "preposition", "listed"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate that is a place, with what speaks for it and the places of the names right beside it."""

    candidate: Candidate
    evidence: Evidence
    beside: tuple[Entry, ...]


def find_places(
    blocks: Sequence[Block],
    gazetteer: Gazetteer,
    dates: Sequence[DateSpan],
    organizations: Sequence[Organization] = (),
) -> tuple[tuple[Place, ...], tuple[Notice, ...]]:
    """Every mention of a place in reading order, and notices on those that could be in two countries.

    A name that is part of a date's or an organization's words is no place; the organization's country counts as named.
    """
    dated, named_bodies = by_block(dates), by_block(organizations)
    texts = [read_text(b, gazetteer, dated.get(b.id, ()), named_bodies.get(b.id, ())) for b in blocks]
    share = shares(_count(texts))
    named = {c for c, part in share.items() if part > 0}
    first = [_weigh_all(text, named, frozenset()) for text in texts]
    sure = frozenset(
        _key(t, f.candidate) for t, found in zip(texts, first, strict=True) for f in found if f.evidence in _SURE
    )
    places: list[Place] = []
    notices: list[Notice] = []
    for text in texts:
        found = _weigh_all(text, named, sure)
        settled = [_settled(text, one, share) for one in found]
        unknown = _unknown(text, found, gazetteer, share)
        for place, notice in sorted([*settled, *unknown], key=lambda pair: start_of(pair[0])):
            places.append(place)
            notices += [notice] if notice else []
    return tuple(places), tuple(notices)


def _key(text: PlaceText, candidate: Candidate) -> str:
    return fold(text.block.text[candidate.name_start : candidate.name_end])


def _count(texts: Sequence[PlaceText]) -> Counter[str]:
    """How often each country is named or meant in the document."""
    return sum((text.counts for text in texts), Counter[str]())


def _weigh_all(text: PlaceText, named: set[str], sure: frozenset[str]) -> list[_Found]:
    """The candidates of a block that are places, in order."""
    found: list[_Found] = []
    block_text = text.block.text
    for k, candidate in enumerate(text.candidates):
        beside = _beside(text, k)
        last = found[-1] if found else None
        around = Surroundings(
            text=block_text,
            date_start=text.date_start,
            dated=_is_dated(text, candidate),
            paired=any(agrees(entry, beside) for entry in _open_to(candidate, beside)),
            listed=_is_after(text, last, candidate) or _is_before_head(text, k),
            known=_key(text, candidate) in sure,
            expected=any(entry.country in named for entry in candidate.entries),
        )
        evidence = weigh(candidate, around)
        if evidence:
            found.append(_Found(candidate, evidence, beside))
    return found


def _is_after(text: PlaceText, last: _Found | None, candidate: Candidate) -> bool:
    """Whether it follows a sure place in a row: "in Paris, Lyon and Nice"."""
    sure = last is not None and (last.evidence in _SURE or last.candidate.entries[0].kind == "country")
    return sure and last is not None and _is_row(text, last.candidate, candidate)


def _is_before_head(text: PlaceText, k: int) -> bool:
    """Whether a name with a head follows in a row: "Luang Namtha and Bokeo provinces"."""
    after = text.candidates[k + 1] if k + 1 < len(text.candidates) else None
    return after is not None and after.head is not None and _is_row(text, text.candidates[k], after)


def _is_row(text: PlaceText, first: Candidate, second: Candidate) -> bool:
    return bool(_ROW_GAP.fullmatch(text.block.text[first.end : second.start]))


def _is_dated(text: PlaceText, candidate: Candidate) -> bool:
    """Whether a date and the name are parted by no more than a mark."""
    before, after = text.dates.before(candidate.start), text.dates.after(candidate.end)
    gaps = [
        text.block.text[before : candidate.start] if before is not None else None,
        text.block.text[candidate.end : after] if after is not None else None,
    ]
    return any(gap is not None and len(gap) < _LONGEST_GAP and _DATE_GAP.fullmatch(gap) for gap in gaps)


_LONGEST_GAP = 6


def _beside(text: PlaceText, k: int) -> tuple[Entry, ...]:
    """The places of the names right before and right behind candidate k: "Bar, Montenegro", "ROMANIA – CONSTANȚA"."""
    own = text.candidates[k]
    found: list[Entry] = []
    for other in (k + 1, k - 1):
        if 0 <= other < len(text.candidates):
            neighbour = text.candidates[other]
            low, high = sorted((own, neighbour), key=lambda c: c.start)
            gap = text.block.text[max(low.end, low.reach) : high.start]
            lost_mark = gap == " " and neighbour.entries[0].kind == "country" and not own.entries[0].word
            if lost_mark or _PAIR_GAP.fullmatch(gap):
                found += _holders(own, neighbour)
    return tuple(found)


def _holders(own: Candidate, neighbour: Candidate) -> list[Entry]:
    """The neighbour's places that may hold or be held: a region with its town's name only where that is known."""
    towns = {e.country for e in neighbour.entries if e.kind == "city"} if neighbour.head != "region" else set()
    return [
        e
        for e in neighbour.entries
        if e.kind != "region" or e.country not in towns or any(is_within(o, e) for o in own.entries)
    ]


def _open_to(candidate: Candidate, beside: Sequence[Entry]) -> list[Entry]:
    """The places that a pair may prove: a country's name is no town's because another country follows in a row."""
    if candidate.entries[0].kind != "country" or any(e.kind == "region" for e in beside):
        return list(candidate.entries)
    return [e for e in candidate.entries if e.kind in {"country", "region"}]


Settled = tuple[Place, Notice | None]


def _settled(text: PlaceText, found: _Found, share: Mapping[str, float]) -> Settled:
    """The place, and a notice where it could be in more than one country."""
    candidate, block = found.candidate, text.block
    start, end = candidate.start, candidate.end
    countries = countries_around(text, start, end, share)
    open_to = _open_to(candidate, found.beside)
    entry, lead = settle(replace(candidate, entries=tuple(open_to)), block.text, found.beside, countries)
    written = block.text[start:end]
    if lead < _CLOSE_CALL and entry.country:
        entry = replace(entry, country=None, region=None, lat=None, lon=None, geonames=None, unlocode=None)
        notice = Notice(
            "place_ambiguous",
            "info",
            f"{written!r} may be in more than one country.",
            block.page,
            block.id,
            start,
            end,
        )
        return _place(
            block, start, end, entry, place_confidence("ambiguous", entry.kind, lead, candidate.misread)
        ), notice
    sure = place_confidence(found.evidence, entry.kind, lead, candidate.misread)
    return _place(block, start, end, entry, sure), None


def _unknown(
    text: PlaceText, found: Sequence[_Found], gazetteer: Gazetteer, share: Mapping[str, float]
) -> list[Settled]:
    """Places that no list has, where the words around leave no doubt: their country is that of the context."""
    block = text.block
    spans = Spans([*text.taken, *((c.start, c.end) for c in text.candidates)])
    starts = [one.candidate.start for one in found]
    places: list[Settled] = []

    def add(start: int, end: int, head: str) -> None:
        spans.add(start, end)
        k = bisect_left(starts, end)
        behind = found[k].candidate if k < len(found) else None
        countries = countries_around(text, start, end, share)
        beside = None
        if behind and _PAIR_GAP.fullmatch(block.text[end : behind.start]):
            beside = settle(behind, block.text, (), countries)[0].country
        name = block.text[start:end]
        country = beside or countries.only()
        if country is None and head in context("inside") | {"from", "towards"}:
            return
        entry = Entry(name.title() if name.isupper() else name, _kind_of(head), country)
        sure = place_confidence("named" if beside else "unknown", entry.kind, 0.0, False)
        places.append((_place(block, start, end, entry, sure), None))

    for start, end, head in find_unknown(block.text, lambda a, b: not spans.overlaps(a, b)):
        name = block.text[start:end]
        if not spans.overlaps(start, end) and not gazetteer.begins(name) and not adjectives(name):
            add(start, end, head)
    for one in found:
        before = _NAME_BEFORE.search(block.text, max(0, one.candidate.start - _NAME_REACH), one.candidate.start)
        if before is None or one.candidate.entries[0].kind not in {"country", "region"}:
            continue
        strange = is_strange(before["name"])
        if strange and not spans.overlaps(*before.span("name")):
            add(*before.span("name"), "")
    lead = _HEADING_NAME.match(block.text[: text.date_start]) if text.date_start is not None else None
    alone = lead and not found and not places and not Spans(text.taken).overlaps(*lead.span("name"))
    if lead and alone and zipf(lead["name"]) < _COMMON_ZIPF:
        add(*lead.span("name"), "")
    return places


_COMMON_ZIPF = 4.4


def _kind_of(head: str) -> PlaceKind:
    """The kind by what stands before or behind a name: a village is a city for the contract."""
    if head in context("crossing"):
        return "border_crossing"
    if head in context("region") and head not in {"township", "municipality", "commune"}:
        return "region"
    return "city" if head in context("settlement") else "other"


def _place(block: Block, start: int, end: int, entry: Entry, sure: float) -> Place:
    return Place(
        text=block.text[start:end],
        name=entry.name,
        kind=entry.kind,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        ids=PlaceIds(geonames=entry.geonames, iata=entry.iata, unlocode=entry.unlocode),
        provenance=provenance(block, start, end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, start, end)), 3),
    )
