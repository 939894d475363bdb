"""Names of places put right by the gazetteer, where what stands around proves them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter_extract.repair.accents import find_accents, find_other_accents
from newsletter_extract.repair.channel import Channel
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
_LEAST_LETTERS, _LEAST_AROUND = 4, 3
"""Letters that a name with a digit at an end, and one with a digit among them, has at least."""
_LEAST_CAPITALS = 5
"""Letters of a name in capitals; most acronyms have fewer."""
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
    yield from find_accents(draft, places)
    yield from _before_countries(text, places, knowledge)
    yield from find_other_accents(text, places, knowledge)
    for match in _AFTER_PLACE.finditer(text):
        if match["country"][0].islower() or not is_settled(match["country"], places, knowledge):
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
    for match in BEFORE_COUNTRY.finditer(text):
        in_capitals = match["name"].isupper() and len(match["name"]) >= _LEAST_CAPITALS
        read = match["name"].capitalize() if in_capitals else match["name"]
        if not is_settled(read, places, knowledge):
            name = _in_country(read, country_of_match(text, match, places), places, knowledge.channel)
            if name:
                name = name.upper() if in_capitals else name
                yield Edit(match.start("name"), match.end("name"), name, "place.name", 0.88)
    for match in _FIRST_OF_TWO.finditer(text):
        pair = f"{match['name']} {match['second']}"
        if not (is_settled(match["name"], places, knowledge) or places.lookup(pair)):
            country = country_of_match(text, match, places)
            name = country and _first_of_two(match["name"], match["second"], country, places, knowledge.channel)
            if name:
                yield Edit(match.start("name"), match.end("name"), name, "place.name", 0.88)


def _first_of_two(read: str, second: str, country: str, places: Places, channel: Channel) -> str | None:
    """The first word of the one name in a country that goes on with `second`, where one confusion was made in it."""
    near = [place for form in _forms_near(read, channel) for place in places.lookup(f"{form} {second}")]
    here = [place.name.split() for place in near if place.country == country]
    return only_name(words[0] for words in here if len(words) == len((read, second)))


def _bars(text: str, places: Places) -> Iterator[Edit]:
    for match in _WITH_BAR.finditer(text):
        if places.lookup(f"{match['start']}l{match['rest']}"):
            yield Edit(*match.span("bar"), "l", "place.name", 0.9)


def _in_country(name: str, country: str | None, places: Places, channel: Channel) -> str | None:
    """The one place of the country as whose name the word may have been read."""
    if country is None or not (name[0].isupper() or name[0].isdigit()):
        return None
    near = _near(name, places, channel)
    return only_name(place.name for place in near if place.country == country and place.kind != "country")


def _country_of(place: str, read: str, places: Places, channel: Channel) -> str | None:
    """The one country of places of this name as whose name the word may have been read."""
    known = places.lookup(place) or places.lookup(place.rsplit(" ", 1)[-1])
    codes = {entry.country for entry in known}
    if read[0].islower():
        entries = places.lookup(f"I{read[1:]}")
        return only_name(e.name for e in entries if e.kind == "country" and e.country in codes)
    return only_name(e.name for e in _near(read, places, channel) if e.kind == "country" and e.country in codes)


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
            forms = sorted(form for form in channel.confusions(bare_name(read)) if form.isalpha())
            found = [place.name for form in forms for place in places.lookup(f"{before} {form}")]
            return only_name(name.rsplit(" ", 1)[-1] for name in found if name.count(" ") == before.count(" ") + 1)
    return None


def _with_digit(word: str, places: Places, channel: Channel) -> str | None:
    """The place whose name was read with a digit in it; the digit says that it was misread."""
    letters = sum(map(str.isalpha, word))
    least = _LEAST_LETTERS if word[0].isdigit() or word[-1].isdigit() else _LEAST_AROUND
    if letters < least or word[0].islower() or (word[0].isdigit() and word[1:].isupper()):
        return None
    forms = {form for form in channel.confusions(word.casefold(), whole=False) if form.isalpha()}
    if word[-1].isdigit():
        return (
            None if places.knows_word(word[:-1]) else only_name(e.name for form in forms for e in places.lookup(form))
        )
    near = [place for form in sorted(forms) for place in places.misread(form)]
    return only_name(place.name for place in (*_near(word, places, channel), *near) if is_landmark(place))


def _near(word: str, places: Places, channel: Channel) -> list[Entry]:
    """Places as whose name the word may have been read: a letter lost or added, or one confusion of glyphs."""
    forms = _forms_near(word, channel)
    return [*places.misread(word), *(place for form in forms for place in places.lookup(form))]


def _forms_near(word: str, channel: Channel) -> list[str]:
    """What a word may be a misreading of, by one confusion of glyphs, with its accents and without."""
    near = {form for read in {bare_name(word), word.casefold()} for form in channel.confusions(read, whole=False)}
    return sorted(form for form in near if form.isalpha())
