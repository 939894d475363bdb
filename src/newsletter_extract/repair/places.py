"""Names of places put right by the gazetteer, where what stands around proves them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from newsletter_extract.lexicon import zipf
from newsletter_extract.repair.channel import Channel
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import Knowledge
from newsletter_extract.schema import country_codes


class Entry(Protocol):
    """What repair asks of a place."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def population(self) -> int: ...


class Places(Protocol):
    """The gazetteer, as repair sees it."""

    def lookup(self, name: str) -> Sequence[Entry]: ...
    def knows_word(self, word: str) -> bool: ...
    def begins(self, words: str) -> bool: ...
    def misread(self, word: str) -> Sequence[Entry]: ...


_STROKES = str.maketrans("øłđħı", "oldhi")
_LARGE = 20_000
"""Inhabitants of a town that a bulletin may name without its country."""
_REACH = 30
_LEAST_LETTERS, _LEAST_AROUND = 4, 3
"""Letters that a name with a digit at an end, and one with a digit among them, has at least."""
_LEAST_CAPITALS = 5
"""Letters of a name in capitals; most acronyms have fewer."""
_CROSSINGS = {"border_crossing", "seaport", "airport"}
_ACCENTED = re.compile(r"(?<![\w-])[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*(?![\w-])")
_BEFORE_COUNTRY = re.compile(
    r"(?<![\w-])(?P<name>[^\W_][^\W_’']{3,18})(?= ?[,/(] ?(?P<country>[A-Z][^\W\d_]+(?: (?:and )?[A-Z][^\W\d_]+)?))"
)
_FIRST_OF_TWO = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][^\W\d_]{3,18})(?= (?P<second>[A-Z][^\W\d_]{2,})"
    r" ?[,/(] ?(?P<country>[A-Z][^\W\d_]+(?: (?:and )?[A-Z][^\W\d_]+)?))"
)
"""The first of two words of a name before its country: Puerto Cortés, Honduras."""
_AFTER_PLACE = re.compile(
    r"(?P<place>(?:[A-Z][^\W\d_]+ )?[A-Z][^\W\d_]{2,})(?:,| ?\() ?(?P<country>[A-Zil][^\W\d_]{3,18})(?=[:;,.)]|$)"
)
"""A country in a small letter is one whose I was read as one."""
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][^\W\d_]{3,18}(?![\w-])")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+ ){2,5}$")
"""What a name of three to six words may begin with."""
_WITH_DIGIT = re.compile(
    r"(?<![\w/.-])(?=[^\W_]*\d)(?P<name>[01568|!]?[^\W\d_]+(?:[01568]?[^\W\d_]+|[01]))(?![\w/-]|\.\w)"
)
_WITH_BAR = re.compile(r"(?<![\w!])(?P<start>[A-Z][a-z]{0,8})(?P<bar>[!|][}\]]?)(?P<rest>[a-z]* [A-Z][^\W\d_]+)")
"""The first of two words of a name with an l read for a bar: E! Salvador."""


def find_place_errors(draft: Draft, places: Places, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits of accents, of names before the name of their country, and of names with a digit in them."""
    text = draft.text
    yield from _unread_accents(draft, places)
    for match in _accented(text):
        before = text[max(0, match.start() - 30) : match.start()].rstrip().rsplit(" ", 1)[-1]
        name = _with_its_accents(match[0], places)
        if name and not (before and places.lookup(f"{before} {match[0]}")):
            yield Edit(match.start(), match.end(), name, "place.accent", 0.9)
    yield from _before_countries(text, places, knowledge)
    yield from _other_accents(text, places, knowledge)
    for match in _AFTER_PLACE.finditer(text):
        if match["country"][0].islower() or not _is_settled(match["country"], places, knowledge):
            name = _country_of(match["place"], match["country"], places, knowledge.channel)
            if name and name != match["country"]:
                yield Edit(match.start("country"), match.end("country"), name, "place.name", 0.88)
    yield from _ends_of_names(text, places, knowledge)
    yield from _bars(text, places)
    for match in _WITH_DIGIT.finditer(text):
        name = _with_digit(match["name"], places, knowledge.channel)
        bare = match["name"].rstrip("01")
        if name and not (knowledge.may_be(match["name"].casefold()) or knowledge.is_trusted(bare)):
            yield Edit(match.start("name"), match.end("name"), name, "place.name", 0.85)


def _before_countries(text: str, places: Places, knowledge: Knowledge) -> Iterator[Edit]:
    """Names before the name or the bracketed code of their country, and the first of two words of such a name."""
    for match in _BEFORE_COUNTRY.finditer(text):
        in_capitals = match["name"].isupper() and len(match["name"]) >= _LEAST_CAPITALS
        read = match["name"].capitalize() if in_capitals else match["name"]
        if not _is_settled(read, places, knowledge):
            name = _in_country(read, _country(text, match, places), places, knowledge.channel)
            if name:
                name = name.upper() if in_capitals else name
                yield Edit(match.start("name"), match.end("name"), name, "place.name", 0.88)
    for match in _FIRST_OF_TWO.finditer(text):
        pair = f"{match['name']} {match['second']}"
        if not (_is_settled(match["name"], places, knowledge) or places.lookup(pair)):
            country = _country(text, match, places)
            name = country and _first_of_two(match["name"], match["second"], country, places, knowledge.channel)
            if name:
                yield Edit(match.start("name"), match.end("name"), name, "place.name", 0.88)


def _country(text: str, match: re.Match[str], places: Places) -> str | None:
    """The ISO code of the country that a match names; a code itself says so in brackets alone, "Gary, IN" does not."""
    told = match["country"]
    if told in country_codes() and len(told) == len("HU"):
        at, end = match.span("country")
        return told if f"{text[at - 1]}{text[end : end + 1]}" == "()" else None
    return next((entry.country for entry in places.lookup(told) if entry.kind == "country"), None)


def _first_of_two(read: str, second: str, country: str, places: Places, channel: Channel) -> str | None:
    """The first word of the one name in a country that goes on with `second`, where one confusion was made in it."""
    near = [place for form in _forms_near(read, channel) for place in places.lookup(f"{form} {second}")]
    here = [place.name.split() for place in near if place.country == country]
    return _only(words[0] for words in here if len(words) == len((read, second)))


def _other_accents(text: str, places: Places, knowledge: Knowledge) -> Iterator[Edit]:
    """Names whose accent was read for that of another letter: Gyér for Győr."""
    found = [(match, _other_forms(match[0], places, knowledge)) for match in _accented(text)]
    if any(entries for _, entries in found):
        named = {_country(text, match, places) for match in _BEFORE_COUNTRY.finditer(text)} - {None}
        for match, entries in found:
            if name := _only(entry.name for entry in entries if entry.country in named):
                yield Edit(match.start(), match.end(), name, "place.accent", 0.85)


def _accented(text: str) -> Iterator[re.Match[str]]:
    """The words with letters that English lacks."""
    yield from () if text.isascii() else _ACCENTED.finditer(text)


def _other_forms(read: str, places: Places, knowledge: Knowledge) -> list[Entry]:
    """The towns as whose name a word that is none was read, a letter with another accent apart."""
    if not read[0].isupper() or read.isupper() or _is_settled(read, places, knowledge) or zipf(read):
        return []
    low = read.casefold()
    near = [form for form in sorted(knowledge.channel.confusions(low, whole=False)) if len(form) == len(low)]
    forms = [f for f in near if not f.isascii() and all(a == b for a, b in zip(low, f, strict=True) if a.isascii())]
    return [place for form in forms for place in places.lookup(form) if _is_landmark(place)]


def _bars(text: str, places: Places) -> Iterator[Edit]:
    for match in _WITH_BAR.finditer(text):
        if places.lookup(f"{match['start']}l{match['rest']}"):
            yield Edit(*match.span("bar"), "l", "place.name", 0.9)


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
        name = _only(form for form in _forms(draft.text, start, word, places) if _bears(form, marked))
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
    yield from (part for part in parts if len(part) == len(bare) and _bare(part) == _bare(bare))


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
    names = {entry.name for entry in entries}
    if word in names or not any(map(_is_landmark, entries)):
        return None
    if any(name.isascii() for name in names):
        names = {name for name in names if _bears_accents_where(name, word)} if not zipf(word) else set()
    name = _only(name for name in names if len(name) == len(word))
    return name and "".join(read if read.isascii() else right for read, right in zip(word, name, strict=True))


def _bears_accents_where(name: str, word: str) -> bool:
    """Whether two forms of one name have accents on the same letters, so that only which ones is in doubt."""
    return len(name) == len(word) and all(a.isascii() == b.isascii() for a, b in zip(name, word, strict=True))


def _is_landmark(entry: Entry) -> bool:
    """Whether a bulletin may name the place without its country."""
    return entry.population > _LARGE or entry.kind in _CROSSINGS


def _is_settled(name: str, places: Places, knowledge: Knowledge) -> bool:
    if places.knows_word(name) or not any(map(str.isalpha, name)) or name.isupper():
        return True
    # an engine misreads an accent alike wherever the name stands, so that how often it does proves nothing
    return knowledge.is_trusted(name) if name.isascii() else knowledge.is_listed(name)


def _in_country(name: str, country: str | None, places: Places, channel: Channel) -> str | None:
    """The one place of the country as whose name the word may have been read."""
    if country is None or not (name[0].isupper() or name[0].isdigit()):
        return None
    near = _near(name, places, channel)
    return _only(place.name for place in near if place.country == country and place.kind != "country")


def _country_of(place: str, read: str, places: Places, channel: Channel) -> str | None:
    """The one country of places of this name as whose name the word may have been read."""
    known = places.lookup(place) or places.lookup(place.rsplit(" ", 1)[-1])
    codes = {entry.country for entry in known}
    if read[0].islower():
        entries = places.lookup(f"I{read[1:]}")
        return _only(e.name for e in entries if e.kind == "country" and e.country in codes)
    return _only(e.name for e in _near(read, places, channel) if e.kind == "country" and e.country in codes)


def _ends_of_names(text: str, places: Places, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits of the last words of names of several words."""
    for match in _CAPITALISED.finditer(text):
        if knowledge.is_trusted(match[0]):
            continue
        start = _WORDS_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        name = start and not places.knows_word(match[0]) and _end_of(start[0], match[0], places, knowledge.channel)
        if name:
            yield Edit(match.start(), match.end(), name, "place.name", 0.9)


def _end_of(start: str, read: str, places: Places, channel: Channel) -> str | None:
    """The one word with which a place's name ends that begins with two words or more before the one read."""
    words = start.split()
    for before in (" ".join(words[k:]) for k in range(len(words) - 1)):
        if places.begins(before):
            forms = sorted(form for form in channel.confusions(_bare(read)) if form.isalpha())
            found = [place.name for form in forms for place in places.lookup(f"{before} {form}")]
            return _only(name.rsplit(" ", 1)[-1] for name in found if name.count(" ") == before.count(" ") + 1)
    return None


def _with_digit(word: str, places: Places, channel: Channel) -> str | None:
    """The place whose name was read with a digit in it; the digit says that it was misread."""
    letters = sum(map(str.isalpha, word))
    least = _LEAST_LETTERS if word[0].isdigit() or word[-1].isdigit() else _LEAST_AROUND
    if letters < least or word[0].islower() or (word[0].isdigit() and word[1:].isupper()):
        return None
    forms = {form for form in channel.confusions(word.casefold(), whole=False) if form.isalpha()}
    if word[-1].isdigit():
        return None if places.knows_word(word[:-1]) else _only(e.name for form in forms for e in places.lookup(form))
    near = [place for form in sorted(forms) for place in places.misread(form)]
    return _only(place.name for place in (*_near(word, places, channel), *near) if _is_landmark(place))


def _near(word: str, places: Places, channel: Channel) -> list[Entry]:
    """Places as whose name the word may have been read: a letter lost or added, or one confusion of glyphs."""
    forms = _forms_near(word, channel)
    return [*places.misread(word), *(place for form in forms for place in places.lookup(form))]


def _forms_near(word: str, channel: Channel) -> list[str]:
    """What a word may be a misreading of, by one confusion of glyphs, with its accents and without."""
    near = {form for read in {_bare(word), word.casefold()} for form in channel.confusions(read, whole=False)}
    return sorted(form for form in near if form.isalpha())


def _only(names: Iterable[str]) -> str | None:
    """The one name among these, of forms that differ by their accents the first with most of them."""
    forms: dict[str, list[str]] = {}
    for name in names:
        forms.setdefault(_bare(name), []).append(name)
    if len(forms) != 1:
        return None
    return max(next(iter(forms.values())), key=lambda name: sum(not letter.isascii() for letter in name))


def _bare(name: str) -> str:
    """A name in small letters without accents."""
    plain = name.casefold().translate(_STROKES)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
