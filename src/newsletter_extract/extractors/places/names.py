"""Candidates for places: the longest names of the gazetteer in a text, with the words that say what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.places.airport_towns import town_of_airport
from newsletter_extract.gazetteer import SHORTEST_MISREAD, Entry, Gazetteer
from newsletter_extract.lexicon import zipf

_LETTERS = r"[^\W_][\w\u0300-\u036f]*"
WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:[’'ʻ](?!s\b){_LETTERS})*")
"""A word without the ’s of the genitive; marks that stand for themselves belong to the letter before them."""
_BREAK = re.compile(r"[\t\n]|[.,;:()“”\"|•](?=\s)|\s[–—(“\"]|\s-\s")
PAIR_GAP = re.compile(
    r"\s*(?:,\s*(?:(?:in\s)?(?:(?:far\s)?(?:north|south|east|west|centr)[a-z-]*\s)?(?:the\s)?)?|\(\s*|–\s*|—\s*|-\s*|/\s*|\|\s*|:\s*)$"
)
"""Between a name and the country or region that it stands with."""
_MAX_WORDS = 7
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'ʻ-]+"
_HEADS = ("airport", "crossing", "port", "region", "water")
_SHORT = 3
_LARGE = 100_000
"""People of a city whose name of two letters may be meant: Bo, Ho."""
_NEVER_MISREAD_ZIPF = 1.5
"""A word that is at least so frequent is a word of its own and not a misread name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in a text with the places that bear it."""

    start: int
    end: int
    """The span of the name with its head: "Port of Bar", "Ohrid Airport"."""
    name_start: int
    name_end: int
    entries: tuple[Entry, ...]
    head: str | None = None
    """What the words of the name itself say that it is: airport, port, region, water."""
    misread: bool = False
    reach: int = 0
    """Where the words end that say what it is but are no part of its name: "Chirundu One Stop Border Post"."""


@cache
def context(role: str) -> frozenset[str]:
    """The words of a role in place_contexts.csv."""
    rows = resources.rows("place_contexts.csv")
    return frozenset(word for row in rows if row["role"] == role for word in row["words"].split("|"))


def _any_of(role: str) -> str:
    return "|".join(re.escape(word) for word in sorted(context(role), key=len, reverse=True))


@cache
def _head_after(role: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?P<head>(?:{_any_of(role)})\b(?:\s+(?:{_any_of(role)})\b)?)", re.I)


@cache
def _head_before(role: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(role)})\s+of\s+(?:the\s+)?$", re.I)


@cache
def _official() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any_of('official')})\b")


@cache
def _crossings_before() -> re.Pattern[str]:
    """ "land border crossings A and B": the word, and only names between it and the candidate."""
    names = rf"(?:(?:{_CAPITAL}|and|of|at|[,/–-])[\s]*)*"
    return re.compile(rf"\b(?:{_any_of('crossing')})[\s:]+{names}$", re.I)


_OF_BEFORE = re.compile(r"\sof\s+(?:the\s+)?$", re.I)
_CROSSING_REACH = 60
_CROSSING_WORD = re.compile(r"(?i)crossing|post|point|bcp|osbp|frontier|frontera|fronterizo")
_COUNTY_BEFORE = re.compile(r"\b(?:County|Co\.)\s$")
_LAKE_BEFORE = re.compile(r"\b(?:Lake|Lago|River|Río|Rio|Mount|Gulf of|Bay of|Strait of|Sea of)\s+$")


def find_candidates(
    text: str,
    gazetteer: Gazetteer,
    is_taken: Callable[[int, int], bool],
    may_be_misread: Callable[[str, int, int], bool],
) -> list[Candidate]:
    """Every name in reading order. `is_taken` tells the spans that something else has; `may_be_misread` where the words
    around (text, start, end) are such that a name unknown to the gazetteer is worth to be taken for a misread one."""
    words = list(WORD.finditer(text))
    found: list[Candidate] = []
    k = 0
    while k < len(words):
        start = words[k].start()
        if words[k][0].islower() or is_taken(start, words[k].end()):
            k += 1
            continue
        hit = _match(text, words, k, gazetteer) or _match_misread(text, words, k, gazetteer, may_be_misread)
        if hit is None or is_taken(start, words[k + hit[0] - 1].end()):
            k += 1
            continue
        count, entries, misread = hit
        end = words[k + count - 1].end()
        end += "(" in text[start:end]
        candidate = _with_head(text, start, end, entries, misread)
        found.append(candidate)
        k += count
        while k < len(words) and words[k].start() < max(candidate.end, candidate.reach):
            k += 1
    return found


Hit = tuple[int, tuple[Entry, ...], bool]
"""How many words, the places of the name, and whether it was misread."""


def _match(text: str, words: Sequence[re.Match[str]], k: int, gazetteer: Gazetteer) -> Hit | None:
    """The longest name of the gazetteer from word k on."""
    if not words[k][0][0].isupper():
        return None
    town = town_of_airport(words[k][0], gazetteer)
    best: Hit | None = (1, (town,), False) if town else None
    for count in range(1, min(_MAX_WORDS, len(words) - k) + 1):
        last = words[k + count - 1]
        name = text[words[k].start() : last.end()]
        if count > 1 and _BREAK.search(text[words[k + count - 2].end() : last.start()]):
            if not _IN_BRACKETS.search(name) or text[last.end() : last.end() + 1] != ")":
                break
            entries = gazetteer.lookup(name)  # "Frankfurt (Oder)"
            best = (count, entries, False) if entries else best
            break
        if _may_end(text, last):
            entries = gazetteer.lookup(name)
            if entries and (len(name) > _SHORT or _is_short_name(name, entries)):
                best = count, entries, False
        if not gazetteer.begins(name):
            break
    return best


_IN_BRACKETS = re.compile(r"\s\(\w+$")


def _may_end(text: str, word: re.Match[str]) -> bool:
    """Whether a name may end with the word: it has a capital ("d’Ivoire" too), hangs on by a hyphen, or is a head."""
    capital = word[0][0].isupper() or any(c.isupper() for c in word[0][1:] if not word[0].isupper())
    return capital or text[word.start() - 1 : word.start()] == "-" or word[0] in _lower_heads()


@cache
def _lower_heads() -> frozenset[str]:
    return context("airport") | context("port") | context("water")


def _is_short_name(name: str, entries: Sequence[Entry]) -> bool:
    """Short names: codes as US and UK in capitals only, real names as Bar or Niš with one capital."""
    if entries[0].kind == "country":
        return name.isupper() or not name.isascii() or name[1:].islower()
    long = len(name) > 2 or entries[0].population >= _LARGE
    return long and (name[1:].islower() or (name.isupper() and not entries[0].word))


def _match_misread(
    text: str, words: Sequence[re.Match[str]], k: int, gazetteer: Gazetteer, may_be: Callable[[str, int, int], bool]
) -> Hit | None:
    """A name that an OCR engine misread by one letter, of one word or two."""
    first = words[k]
    if not (first[0][0].isupper() or (first[0][0].isdigit() and first[0][1:].isalpha())):
        return None
    for count in (2, 1):
        if k + count > len(words):
            continue
        end = words[k + count - 1].end()
        name = text[first.start() : end]
        strange = all(zipf(w[0]) < _NEVER_MISREAD_ZIPF for w in words[k : k + count][-1:])
        joined = count == 1 or (text[first.end() : words[k + 1].start()] == " " and gazetteer.begins(first[0]))
        if len(name) < SHORTEST_MISREAD - 1 or not strange or not joined or not may_be(text, first.start(), end):
            continue
        entries = gazetteer.misread(name)
        if entries and (entries[0].kind != "region" or not _AIRPORT_AHEAD.match(text, end)):
            return count, entries, True
    return None


_AIRPORT_AHEAD = re.compile(r"\s(?:[A-Z]\w+\s)?Airport\b")


def _with_head(text: str, start: int, end: int, entries: tuple[Entry, ...], misread: bool) -> Candidate:
    """The candidate with "Port of" before it, or "International Airport", "Province" … after it, taken in."""
    if entries[0].kind in {"airport", "seaport"} and not _is_plain(text[start:end], entries):
        return Candidate(
            start, end, start, end, entries, "airport" if entries[0].kind == "airport" else "port", misread
        )
    spaced, behind_of = text[end : end + 1].isspace(), _OF_BEFORE.search(text, max(0, start - 40), start)
    for role in _HEADS if spaced or behind_of else ():
        after = _head_after(role).match(text, end) if spaced else None
        if after and (
            role != "airport" or "airport" in after["head"].casefold() or "terminal" in after["head"].casefold()
        ):
            if role in {"region", "port"} and all(e.kind == "country" for e in entries):
                continue
            if "bridge" in after["head"].casefold() and all(e.kind != "border_crossing" for e in entries):
                continue
            if role == "region" and after["head"].islower() and _official().match(text, after.end()):
                continue
            if role == "crossing" or after["head"].casefold() in {"areas", "coast", "terminal"}:
                return Candidate(start, end, start, end, entries, role, misread, after.end())
            stop = end if after["head"].casefold().endswith("ports") else after.end()
            return Candidate(start, stop, start, end, entries, role, misread)
        named_before = behind_of and role in {"port", "region", "airport"}
        before = _head_before(role).search(text, max(0, start - 40), start) if named_before else None
        if before:
            begin = before.start() if role == "port" else start
            return Candidate(begin, end, start, end, entries, role, misread)
    reach = max(0, start - _CROSSING_REACH)
    if _CROSSING_WORD.search(text, reach, start) and _crossings_before().search(text, reach, start):
        return Candidate(start, end, start, end, entries, "crossing", misread)
    county = _COUNTY_BEFORE.search(text, max(0, start - 8), start)
    if county and any(e.kind == "region" for e in entries):
        return Candidate(county.start(), end, start, end, entries, "region", misread)
    lake = _LAKE_BEFORE.search(text, max(0, start - 12), start)
    if lake:
        return Candidate(lake.start(), end, start, end, entries, "water", misread)
    return Candidate(start, end, start, end, entries, None, misread)


def _is_plain(name: str, entries: Sequence[Entry]) -> bool:
    """Whether the name is only that of a town, which may have its head yet to come."""
    return any(entry.kind in {"city", "region"} for entry in entries) or (
        entries[0].kind == "seaport" and " " not in name
    )


UNKNOWN_NAME = (
    rf"(?<![\w’'ʻ-])(?P<name>{_CAPITAL}(?:\s(?:(?:al|el|de|del|da|do|di|la|le|am|an)[\s-])?{_CAPITAL}){{0,2}})"
)


@cache
def _settlement() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<head>{_any_of('settlement')}|{_any_of('crossing')}|{_any_of('before')})\.?\s+"
        rf"(?:of|at|near|called)?\s*{UNKNOWN_NAME}"
    )


@cache
def _settled() -> re.Pattern[str]:
    return re.compile(rf"{UNKNOWN_NAME}\s+(?P<head>{_any_of('settlement')}|{_any_of('crossing')})\b")


@cache
def _waters() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, sorted(_water_heads(), key=len, reverse=True)))
    return re.compile(rf"{UNKNOWN_NAME}\s+(?P<head>{heads})\b")


@cache
def _water_heads() -> tuple[str, ...]:
    return (*(word.title() for word in context("water")), "Island", "Islands")


_UNKNOWN_ZIPF = 2.5
"""Frequency under which a capitalised word is a name rather than a word."""
_NEAR = re.compile(
    rf"\b(?P<head>[Aa]t|[Nn]ear|[Ii]n|[Ff]rom|[Oo]utside|[Tt]owards|(?:north|south|east|west) of)\s+{UNKNOWN_NAME}"
)


def is_strange(name: str) -> bool:
    """Whether no word of the name is a usual one."""
    return all(zipf(word) < _UNKNOWN_ZIPF for word in re.split(r"[\s-]", name))


def find_unknown(text: str, is_free: Callable[[int, int], bool]) -> Iterator[tuple[int, int, str]]:
    """Names that no list has where the words say that they are places: "the village of X", "X checkpoint", "near X".

    Yields start, end and the word that tells. `is_free` tells spans that nothing else has.
    """
    for match in _waters().finditer(text) if any(map(text.__contains__, _water_heads())) else ():
        if is_strange(match["name"]) and is_free(*match.span()):
            yield *match.span(), match["head"].casefold()
    settled = any(map(text.__contains__, context("settlement") | context("crossing") | context("before")))
    for pattern in (_settlement(), _settled(), _NEAR) if settled else (_NEAR,):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            name = match["name"]
            if is_strange(name) and not name.isupper() and is_free(start, end):
                yield start, end, match["head"].casefold()
