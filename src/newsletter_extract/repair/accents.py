"""Accents of names of places: those that a scan shows and an engine passed over, and those read for others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from newsletter_extract.lexicon import zipf
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import Knowledge
from newsletter_extract.repair.place_names import (
    BEFORE_COUNTRY,
    Entry,
    Places,
    bare_name,
    country_of_match,
    is_landmark,
    is_settled,
    only_name,
)

_REACH = 30
_ACCENTED = re.compile(r"(?<![\w-])[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*(?![\w-])")


def find_accents(draft: Draft, places: Places) -> Iterator[Edit]:
    """Edits of accents that the ink shows, and of those that the gazetteer has otherwise on the same letters."""
    text = draft.text
    yield from _unread_accents(draft, places)
    for match in _accented(text):
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip().rsplit(" ", 1)[-1]
        name = _with_its_accents(match[0], places)
        if name and not (before and places.lookup(f"{before} {match[0]}")):
            yield Edit(match.start(), match.end(), name, "place.accent", 0.9)


def _unread_accents(draft: Draft, places: Places) -> Iterator[Edit]:
    """Accents that the ink of a scan shows and the engine did not read, where a name of the gazetteer has them."""
    for k in [k for k, token in enumerate(draft.source.tokens) if token.accents]:
        token, start, end = draft.source.tokens[k], draft.starts[k], draft.ends[k]
        if end - start != token.end - token.start:
            continue
        word = draft.text[start:end].rstrip(".,;:)")
        first = len(word) - len(word.lstrip("(“"))
        marked = [at - first for at in token.accents]
        if all(word[at] in "ij" for at in token.accents if at < len(word)) and _is_plain_place(word[first:], places):
            # the dots of bold print are as large as accents
            continue
        name = only_name(form for form in _forms(draft.text, start, word, places) if _bears(form, marked))
        if name:
            yield Edit(start + first, start + len(word), name, "place.accent", 0.92)


def _is_plain_place(word: str, places: Places) -> bool:
    """Whether a town or country is written just so, without accents."""
    return any(entry.name == word and entry.kind in {"city", "country"} for entry in places.lookup(word))


def _forms(text: str, start: int, word: str, places: Places) -> Iterator[str]:
    """How the gazetteer writes a word of as many letters, as a name or as the first or last word of two."""
    bare = word.lstrip("(“")
    before = text[max(0, start - _REACH) : start].rsplit(None, 1)[-1:]
    after = text[start + len(word) : start + len(word) + _REACH].split(None, 1)[:1]
    names = [bare, *(f"{one} {bare}" for one in before), *(f"{bare} {one.strip('.,;:)')}" for one in after)]
    parts = [part for name in names for entry in places.lookup(name) for part in entry.name.split()]
    yield from (part for part in parts if len(part) == len(bare) and bare_name(part) == bare_name(bare))


def _bears(name: str, marked: Sequence[int]) -> bool:
    """Whether the letters of a name that bear accents are those that the ink shows, or next to them."""
    over = [k for k, letter in enumerate(name) if _has_mark(letter)]
    return len(over) == len(marked) > 0 and all(abs(a - b) <= 1 for a, b in zip(over, marked, strict=True))


def _has_mark(letter: str) -> bool:
    """Whether a letter has an accent that can be told from the dot of an i."""
    return letter not in "ïÏ" and any(map(unicodedata.combining, unicodedata.normalize("NFD", letter)))


def _with_its_accents(word: str, places: Places) -> str | None:
    """The name with the accents of the gazetteer, where the word has others on the same letters.

    Letters that were read without one stay: many write so. A place that the gazetteer writes without accents may well
    bear these in its own language, unless it writes it both ways, and so may small towns.
    """
    entries = places.lookup(word)
    names = {entry.name.upper() if word.isupper() else entry.name for entry in entries}
    if word in names or not any(map(is_landmark, entries)):
        return None
    if any(name.isascii() for name in names):
        names = {name for name in names if _bears_accents_where(name, word)} if not zipf(word) else set()
    name = only_name(name for name in names if len(name) == len(word))
    return name and "".join(read if read.isascii() else right for read, right in zip(word, name, strict=True))


def _bears_accents_where(name: str, word: str) -> bool:
    """Whether two forms of one name have accents on the same letters, so that only which ones is in doubt."""
    return len(name) == len(word) and all(a.isascii() == b.isascii() for a, b in zip(name, word, strict=True))


def find_other_accents(text: str, places: Places, knowledge: Knowledge) -> Iterator[Edit]:
    """Names whose accent was read for that of another letter: Gyér for Győr."""
    found = [(match, _other_forms(match[0], places, knowledge)) for match in _accented(text)]
    if any(entries for _, entries in found):
        named = {country_of_match(text, match, places) for match in BEFORE_COUNTRY.finditer(text)} - {None}
        for match, entries in found:
            if name := only_name(entry.name for entry in entries if entry.country in named):
                yield Edit(match.start(), match.end(), name, "place.accent", 0.85)


def _accented(text: str) -> Iterator[re.Match[str]]:
    """The words with letters that English lacks."""
    yield from () if text.isascii() else _ACCENTED.finditer(text)


def _other_forms(read: str, places: Places, knowledge: Knowledge) -> list[Entry]:
    """The towns as whose name a word that is none was read, a letter with another accent apart."""
    if not read[0].isupper() or read.isupper() or is_settled(read, places, knowledge) or zipf(read):
        return []
    low = read.casefold()
    near = [form for form in sorted(knowledge.channel.confusions(low, whole=False)) if len(form) == len(low)]
    forms = [f for f in near if not f.isascii() and all(a == b for a, b in zip(low, f, strict=True) if a.isascii())]
    return [place for form in forms for place in places.lookup(form) if is_landmark(place)]
