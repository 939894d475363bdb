"""What repair asks of the gazetteer, and what all rules about names of places share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

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
_CROSSINGS = {"border_crossing", "seaport", "airport"}
BEFORE_COUNTRY = re.compile(
    r"(?<![\w-])(?P<name>[^\W_][^\W_’']{3,18})(?= ?[,/(] ?(?P<country>[A-Z][^\W\d_]+(?: (?:and )?[A-Z][^\W\d_]+)?))"
)


def is_landmark(entry: Entry) -> bool:
    """Whether a bulletin may name the place without its country."""
    return entry.population > _LARGE or entry.kind in _CROSSINGS


def is_settled(name: str, places: Places, knowledge: Knowledge) -> bool:
    if places.knows_word(name) or not any(map(str.isalpha, name)) or name.isupper():
        return True
    # an engine misreads an accent alike wherever the name stands, so that how often it does proves nothing
    return knowledge.is_trusted(name) if name.isascii() else knowledge.is_listed(name)


def country_of_match(text: str, match: re.Match[str], places: Places) -> str | None:
    """The ISO code of the country that a match names; a code itself says so in brackets alone, "Gary, IN" does not."""
    told = match["country"]
    if told in country_codes() and len(told) == len("HU"):
        at, end = match.span("country")
        return told if f"{text[at - 1]}{text[end : end + 1]}" == "()" else None
    return next((entry.country for entry in places.lookup(told) if entry.kind == "country"), None)


def only_name(names: Iterable[str]) -> str | None:
    """The one name among these, of forms that differ by their accents the first with most of them."""
    forms: dict[str, list[str]] = {}
    for name in names:
        forms.setdefault(bare_name(name), []).append(name)
    if len(forms) != 1:
        return None
    return max(next(iter(forms.values())), key=lambda name: sum(not letter.isascii() for letter in name))


def bare_name(name: str) -> str:
    """A name in small letters without accents."""
    plain = name.casefold().translate(_STROKES)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
