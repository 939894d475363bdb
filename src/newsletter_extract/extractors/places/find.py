"""Places in text: names of the gazetteer and names that the words around show to be places, each with what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.confidence import place_confidence
from newsletter_extract.extractors.facts import by_block
from newsletter_extract.extractors.places.choice import (
    NO_COUNTRIES,
    Countries,
    agrees,
    is_within,
    settle,
    shares,
)
from newsletter_extract.extractors.places.codes import country_behind, holders_behind
from newsletter_extract.extractors.places.evidence import Evidence, Surroundings, weigh
from newsletter_extract.extractors.places.fact import place_fact
from newsletter_extract.extractors.places.names import (
    PAIR_GAP,
    Candidate,
)
from newsletter_extract.extractors.places.text import PlaceText, countries_around, read_text, start_of
from newsletter_extract.extractors.places.unknown import unknown_places
from newsletter_extract.gazetteer import Entry, Gazetteer, fold
from newsletter_extract.schema import DateSpan, Organization, Place

_ROW_GAP = re.compile(
    r"\s*(?:,|/|–|—|-|&|;|,?\s*and|,?\s*or|to|,?\s*as well as)\s*(?:the\s+|in\s+|at\s+|near\s+|from\s+)?$"
)
_SET_OFF = re.compile(r"[.:,]\s|\s[–—-]\s")
_DATE_GAP = re.compile(r"\s*(?:[,|/(–—]|\s-)\s*")
_CLOSE_CALL = 0.35
"""Lead, on the scale of `settle`, under which two countries are a toss-up."""
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
    named = set(_count(texts))
    first = [_weigh_all(text, named, frozenset()) for text in texts]
    texts = [_with_pairs(text, found) for text, found in zip(texts, first, strict=True)]
    share = shares(_count(texts))
    named = set(share)
    sure = frozenset(
        _key(t, f.candidate) for t, found in zip(texts, first, strict=True) for f in found if f.evidence in _SURE
    )
    coded = _uses_codes(texts)
    places: list[Place] = []
    notices: list[Notice] = []
    for text in texts:
        found = _weigh_all(text, named, sure)
        settled = [_settled(text, one, share, coded=coded) for one in found]
        unknown = unknown_places(text, [one.candidate for one in found], gazetteer, share, coded=coded)
        for place, notice in sorted([*settled, *unknown], key=lambda pair: start_of(pair[0])):
            places.append(place)
            notices += [notice] if notice else []
    return tuple(places), tuple(notices)


def _uses_codes(texts: Sequence[PlaceText]) -> bool:
    """Whether the document writes countries as codes behind its places: two that the gazetteer confirms show it."""
    shown = 0
    for text in texts:
        for candidate in text.candidates if "(" in text.block.text else ():
            country = country_behind(text.block.text, max(candidate.end, candidate.reach))
            shown += country is not None and any(entry.country == country for entry in candidate.entries)
    return shown >= _SHOWS_CODES


_SHOWS_CODES = 2


def _with_pairs(text: PlaceText, found: Sequence[_Found]) -> PlaceText:
    """The text, with the countries of its pairs ("Lincoln, Nebraska") among those that it names."""
    known = {start for start, _ in text.countries}
    more = []
    for one in found:
        if one.evidence == "paired" and one.candidate.start not in known:
            entry, lead = settle(one.candidate, text.block.text, one.beside, NO_COUNTRIES)
            more += [(one.candidate.start, entry.country)] if entry.country and lead > _CLEAR else []
    return replace(text, countries=sorted([*text.countries, *more])) if more else text


_CLEAR = 1.2
"""Lead of a place that leaves no doubt."""


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
            date=text.date,
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
    if any(gap is not None and len(gap) < _LONGEST_GAP and _DATE_GAP.fullmatch(gap) for gap in gaps):
        return True
    return gaps[0] == ". " and _SET_OFF.match(text.block.text, candidate.end) is not None


_LONGEST_GAP = 6


def _beside(text: PlaceText, k: int) -> tuple[Entry, ...]:
    """The places of the names right before and right behind candidate k: "Bar, Montenegro", "ROMANIA – CONSTANȚA".

    So are those that a code behind it stands for: "Bar (ME)".
    """
    own = text.candidates[k]
    found = list(holders_behind(text.block.text, max(own.end, own.reach)))
    for other in (k + 1, k - 1):
        if 0 <= other < len(text.candidates):
            neighbour = text.candidates[other]
            low, high = sorted((own, neighbour), key=lambda c: c.start)
            gap = text.block.text[max(low.end, low.reach) : high.start]
            lost_mark = gap == " " and neighbour.entries[0].kind == "country" and not own.entries[0].word
            if lost_mark or PAIR_GAP.fullmatch(gap):
                found += _holders(own, neighbour)
    return tuple(found)


def _holders(own: Candidate, neighbour: Candidate) -> list[Entry]:
    """The neighbour's places that may hold or be held: a region with its town's name only where that is known."""
    if neighbour.entries[0].kind == "country":  # no town that has a country's name
        return [e for e in neighbour.entries if e.kind != "city" or any(is_within(e, o) for o in own.entries)]
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


def _settled(text: PlaceText, found: _Found, share: Mapping[str, float], *, coded: bool) -> tuple[Place, Notice | None]:
    """The place, and a notice where it could be in more than one country."""
    candidate, block = found.candidate, text.block
    start, end = candidate.start, candidate.end
    told = country_behind(block.text, max(end, candidate.reach)) if coded else None
    if told and all(entry.country != told for entry in candidate.entries):
        elsewhere = Entry(block.text[candidate.name_start : candidate.name_end], "other", told)
        return place_fact(block, start, end, elsewhere, place_confidence("named", "other", 0.0, False)), None
    countries = countries_around(text, start, end, share)
    town = _town_behind(text, found, share) if found.evidence == "heading" else None
    if town:
        inside = Entry(block.text[candidate.name_start : candidate.name_end], "other", town.country)
        return place_fact(block, start, end, inside, place_confidence("named", "other", 0.0, False)), None
    open_to = _open_to(candidate, found.beside)
    choosable = candidate if len(open_to) == len(candidate.entries) else replace(candidate, entries=tuple(open_to))
    entry, lead = settle(choosable, block.text, found.beside, countries)
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
        return place_fact(
            block, start, end, entry, place_confidence("ambiguous", entry.kind, lead, candidate.misread)
        ), notice
    sure = place_confidence(found.evidence, entry.kind, lead, candidate.misread)
    if found.evidence != "paired" and _has_namesake(open_to, entry, countries):
        sure = min(sure, _ELSEWHERE)
    return place_fact(block, start, end, entry, sure), None


def _town_behind(text: PlaceText, found: _Found, share: Mapping[str, float]) -> Entry | None:
    """The town of which the name is a part that no list has: "Hili, Al Ain, 3 May", where the Hili of the lists is
    small and in another country, of which the document speaks less."""
    own = found.candidate
    if text.block.text[own.end : own.end + 2] != ", ":
        return None
    k = text.candidates.index(own) + 1
    if k == len(text.candidates) or text.block.text[own.end : text.candidates[k].start] != ", ":
        return None
    behind = text.candidates[k]
    if not _is_dated(text, behind) or any(e.population >= _TOWN or e.kind in _WIDE for e in own.entries):
        return None
    town, lead = settle(behind, text.block.text, (), countries_around(text, own.start, own.end, share))
    known = share.get(town.country or "", 0.0)
    if town.kind != "city" or town.population < _TOWN or lead < _CLOSE_CALL:
        return None
    return None if any(share.get(e.country or "", 0.0) >= known for e in own.entries) else town


_WIDE = frozenset({"country", "region"})
_ELSEWHERE = 0.8
_NEARLY, _TOWN = 3, 50_000
"""A namesake of so many times the people of a town stands for little doubt."""


def _has_namesake(entries: Sequence[Entry], chosen: Entry, countries: Countries) -> bool:
    """Whether another place of the name may be meant: in a country that the text names, as the chosen one's is not, or
    a town elsewhere that is not much smaller."""
    name = fold(chosen.name)
    others = [e for e in entries if e.country != chosen.country and fold(e.name) == name]
    if not countries.name(chosen.country) and any(countries.name(e.country) for e in others):
        return True
    small = chosen.kind == "city" and chosen.population < _TOWN and chosen.country not in countries.sentence
    return small and any(e.kind == "city" and e.population * _NEARLY > chosen.population for e in others)
