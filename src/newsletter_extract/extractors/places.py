"""Places in text: gazetteer names by longest match, homonyms settled by what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log10

from newsletter_extract import resources
from newsletter_extract.document import Block, Notice
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.gazetteer import Entry, Gazetteer, fold
from newsletter_extract.lexicon import zipf
from newsletter_extract.schema import DateSpan, Place, PlaceIds

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_MAX_WORDS = 7
_AIRPORT = re.compile(r"\s+(?:(?:[Ii]nternational|[Rr]egional)\s+)?[Aa]irports?\b")
_PORT_BEFORE = re.compile(r"\b[Pp]ort of $")
_NEXT_PLACE = re.compile(r"\s*(?:,\s*|\(\s*|–\s*|/\s*)$")
_HEADING_NAME = re.compile(
    r"(?:[•*+]\s*)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})\s*(?:[,|–—(-]|,\s*[A-Z][\w ]+,)\s*$"
)
_CLOSE_CALL = 0.25
"""Lead on the scale of `_settle`, where a tenfold population is 1, under which two countries are a toss-up."""
_SURE_PREPOSITIONS = frozenset({"in", "at", "near", "from"})
_TOWN = 30_000
_SHORT_NAME = 4
_HEADING_REACH = 90
"""Characters from the beginning of a block in which a heading's names stand."""
_COMMON_ZIPF = 4.4
_LARGE_CITY = 150_000
"""Names of larger cities are frequent for themselves."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a block with the places that bear it."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    airport: bool = False
    crossing: bool = False
    proven: bool = False
    """Whether the words around show that it is a place at all."""


def find_places(
    blocks: Sequence[Block], gazetteer: Gazetteer, dates: Sequence[DateSpan]
) -> tuple[tuple[Place, ...], tuple[Notice, ...]]:
    """Every mention of a place in reading order, and notices on those that could be in two countries."""
    starts = _heading_dates(dates)
    dated: dict[str, list[tuple[int, int]]] = {}
    for date in dates:
        if date.provenance:
            dated.setdefault(date.provenance.block, []).append((date.provenance.start, date.provenance.end))
    found = {
        block.id: [
            m
            for m in _mentions(block, gazetteer, starts.get(block.id))
            if not any(m.start < end and start < m.end for start, end in dated.get(block.id, ()))
        ]
        for block in blocks
    }
    named = Counter(
        m.entries[0].country
        for mentions in found.values()
        for m in mentions
        if m.entries and m.entries[0].kind == "country"
    )
    places: list[Place] = []
    notices: list[Notice] = []
    for block in blocks:
        mentions = found[block.id]
        for k, mention in enumerate(mentions):
            entry, margin = _settle(mention, mentions, k, block.text, named)
            if entry is None:
                continue
            if margin < _CLOSE_CALL and entry.country:
                text = block.text[mention.start : mention.end]
                message = f"{text!r} may be in more than one country."
                notices.append(
                    Notice("place_ambiguous", "info", message, block.page, block.id, mention.start, mention.end)
                )
                entry = replace(entry, country=None, lat=None, lon=None, geonames=None)
            places.append(_place(block, mention, entry, margin))
    return tuple(places), tuple(notices)


def _heading_dates(dates: Sequence[DateSpan]) -> dict[str, int]:
    """Block → start of its first date, where a heading would stand beside it."""
    starts: dict[str, int] = {}
    for date in dates:
        if date.provenance and date.precision in {"day", "month"}:
            starts.setdefault(date.provenance.block, date.provenance.start)
    return starts


@cache
def _context(role: str) -> frozenset[str]:
    return frozenset(
        w for row in resources.rows("place_contexts.csv") if row["role"] == role for w in row["words"].split("|")
    )


def _mentions(block: Block, gazetteer: Gazetteer, date_start: int | None) -> list[Mention]:
    text = block.text
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    k = 0
    while k < len(words):
        hit = _match(text, words, k, gazetteer) if words[k][0][0].isupper() else None
        if hit is None:
            k += 1
            continue
        count, entries = hit
        mention = _shaped(text, words, k, count, entries, date_start, gazetteer)
        if mention:
            found.append(mention)
        k += count
    if (
        not found
        and date_start is not None
        and (lead := _HEADING_NAME.match(text[:date_start]))
        and zipf(lead["name"]) < _COMMON_ZIPF
    ):
        unknown = Entry(lead["name"].title() if lead["name"].isupper() else lead["name"], "other", None)
        found.append(Mention(lead.start("name"), lead.end("name"), (unknown,), proven=True))
    return found


def _match(
    text: str, words: Sequence[re.Match[str]], k: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Entry, ...]] | None:
    """How many words from k on are the longest name of the gazetteer, and its places."""
    best: tuple[int, tuple[Entry, ...]] | None = None
    for count in range(1, min(_MAX_WORDS, len(words) - k) + 1):
        last = words[k + count - 1]
        name = text[words[k].start() : last.end()]
        if "\t" in name or "\n" in name or re.search(r"[.,;:()](?=\s)", name):
            break
        entries = gazetteer.lookup(name) if last[0][0].isupper() else ()
        if entries and not (len(name) <= 3 and not _is_code(name, entries)):
            best = count, entries
        if not gazetteer.begins(name):
            break
    return best


def _is_code(name: str, entries: Sequence[Entry]) -> bool:
    """Short names: codes as US and UK in capitals only, real names as Bar or Niš with one capital."""
    if entries[0].kind == "country":
        return name.isupper() or not name.isascii() or name[1:].islower()
    return name[1:].islower() or name.isupper()


def _shaped(
    text: str,
    words: Sequence[re.Match[str]],
    k: int,
    count: int,
    entries: tuple[Entry, ...],
    date_start: int | None,
    gazetteer: Gazetteer,
) -> Mention | None:
    """The mention with "port of" and "International Airport" taken in, or None where the words say it is no place."""
    start, end = words[k].start(), words[k + count - 1].end()
    before = words[k - 1][0].casefold() if k else ""
    after = words[k + count] if k + count < len(words) else None
    adjacent = after is not None and text[end : after.start()].isspace()
    if before in _context("title") and text[words[k - 1].end() : start].strip(". ") == "":
        return None
    if adjacent and after is not None and after[0].casefold() in _context("document") and after[0][0].isupper():
        return None
    airport = _AIRPORT.match(text, end)
    if airport or entries[0].kind == "airport":
        stop = airport.end() if airport else end
        stop = end if airport and airport[0].endswith("s") else stop
        return Mention(start, stop, entries, airport=True, proven=True)
    if _PORT_BEFORE.search(text[max(0, start - 8) : start]):
        return Mention(start - 8, end, tuple(replace(e, kind="seaport") for e in entries), proven=True)
    near = text[max(0, start - 24) : end + 24].casefold()
    crossing = any(word in near for word in _context("crossing"))
    heading = date_start is not None and _beside(text, date_start, start, end)
    followed = _country_follows(text, end, gazetteer)
    proven = followed or heading or before in _context("preposition")
    inside_name = _inside_longer_name(text, words, k, count)
    if entries[0].word and (not proven or inside_name or (before == "of" and not followed)):
        return None
    name = text[start:end]
    if (
        not followed
        and _is_common(name, entries)
        and not (heading and _set_off(text, end))
        and not _is_inside_town(before, entries[0])
    ):
        return None
    if (
        not (followed or heading)
        and name.isupper()
        and entries[0].kind != "country"
        and not text[: start + 60].isupper()
    ):
        return None
    if inside_name and entries[0].kind == "city" and entries[0].population < 200_000 and not heading:
        return None
    return Mention(start, end, entries, crossing=crossing, proven=proven)


def _is_inside_town(before: str, entry: Entry) -> bool:
    """Whether "in", "at", "near" or "from" stands before the name of a town of some size: "a garage in Split"."""
    return before in _SURE_PREPOSITIONS and entry.kind == "city" and entry.population >= _TOWN


def _set_off(text: str, end: int) -> bool:
    """Whether a mark follows, as after the place of a heading; a word in running text has none."""
    return bool(re.match(r"\s*[,|(:–—-]", text[end : end + 3]))


def _beside(text: str, date_start: int, start: int, end: int) -> bool:
    """Whether the name stands in a heading with the date: near the beginning, and no sentence begins in between."""
    if start > _HEADING_REACH:
        return False
    between = text[end:date_start] if start < date_start else text[date_start:start]
    return not re.search(r"[:.!?]\s|\s[–—]\s(?=[A-Z][a-z]+\s[a-z])", between)


def _country_follows(text: str, end: int, gazetteer: Gazetteer) -> bool:
    """Whether a country stands right behind: ", Montenegro", "(Serbia)"."""
    match = re.match(r"\s*[,(]\s*(?P<name>[A-Z][\w’'-]*(?:\s[\w’'-]+){0,4})", text[end : end + 70])
    words = match["name"].split() if match else []
    return any(
        entry.kind in {"country", "region"}
        for count in range(len(words), 0, -1)
        for entry in gazetteer.lookup(" ".join(words[:count]))[:1]
    )


def _is_common(name: str, entries: Sequence[Entry]) -> bool:
    """A single frequent word, or a short one that is only another spelling of some city, is no place without proof."""
    first = entries[0]
    if first.kind in {"country", "region"} or " " in name or first.population >= 10**9:
        return False
    other_spelling = fold(first.name) != fold(name)
    return (other_spelling and len(name) <= _SHORT_NAME) or (
        zipf(name) >= _COMMON_ZIPF and first.population < _LARGE_CITY
    )


def _inside_longer_name(text: str, words: Sequence[re.Match[str]], k: int, count: int) -> bool:
    """Whether capitalised words stand directly on both or one side, as in the names of bodies and people."""
    before = k > 0 and words[k - 1][0][0].isupper() and text[words[k - 1].end() : words[k].start()] == " "
    follower = words[k + count] if k + count < len(words) else None
    end = words[k + count - 1].end()
    after = follower is not None and follower[0][0].isupper() and text[end : follower.start()] == " "
    return before or after


def _settle(
    mention: Mention, mentions: Sequence[Mention], k: int, text: str, named: Counter[str | None]
) -> tuple[Entry | None, float]:
    """The likeliest place, and its lead over the best one in another country."""
    beside = _neighbour_country(mentions, k, text)
    around = {m.entries[0].country for m in mentions if m.entries[0].kind == "country" and m is not mention}

    def score(entry: Entry) -> float:
        value = log10(entry.population + 10)
        value += 2.0 * (entry.kind == "country") + 1.0 * (fold(entry.name) == fold(text[mention.start : mention.end]))
        value += 8.0 * (beside is not None and entry.country == beside)
        value += 1.5 * (entry.country in around) + 1.0 * (named[entry.country] > 0) * (entry.country is not None)
        return (
            value
            + 3.0 * (mention.crossing and entry.kind == "border_crossing")
            + 6.0 * (mention.airport and entry.kind == "airport")
        )

    ranked = sorted(mention.entries, key=score, reverse=True)
    best = ranked[0]
    if best.kind == "city" and best.population < 15_000 and not mention.proven and best.country not in around:
        return None, 0.0
    rival = next((score(e) for e in ranked[1:] if e.country != best.country), None)
    margin = 9.9 if rival is None else score(best) - rival
    if mention.airport and best.kind != "airport":
        best = replace(best, kind="airport", name=text[mention.start : mention.end], geonames=None)
    if mention.crossing and best.kind == "city" and any(e.kind == "border_crossing" for e in ranked):
        best = replace(best, kind="border_crossing")
    return best, margin


def _neighbour_country(mentions: Sequence[Mention], k: int, text: str) -> str | None:
    """The country written right behind ("Bar, Montenegro") or before ("ROMANIA – CONSTANȚA") a name."""
    for other, low, high in (
        (k + 1, mentions[k].end, mentions[k + 1].start if k + 1 < len(mentions) else None),
        (k - 1, mentions[k - 1].end if k else None, mentions[k].start),
    ):
        if low is None or high is None:
            continue
        first = mentions[other].entries[0]
        if first.kind == "country" and _NEXT_PLACE.fullmatch(text[low:high]):
            return first.country
    return None


def _place(block: Block, mention: Mention, entry: Entry, margin: float) -> Place:
    sure = 0.96 if entry.kind == "country" or margin > 1 else 0.88 if margin >= _CLOSE_CALL else 0.7
    sure = sure if mention.proven or entry.kind in {"country", "region", "airport"} else sure - 0.06
    sure = 0.5 if entry.kind == "other" else sure
    read = reading_confidence(block, mention.start, mention.end)
    return Place(
        text=block.text[mention.start : mention.end],
        name=entry.name,
        kind=entry.kind,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        ids=PlaceIds(geonames=entry.geonames, iata=entry.iata, unlocode=entry.unlocode),
        provenance=provenance(block, mention.start, mention.end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * read), 3),
    )
