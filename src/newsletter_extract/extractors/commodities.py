"""Commodities: which category a good belongs to, and where its name ends in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from newsletter_extract import resources
from newsletter_extract.errors import ConfigError
from newsletter_extract.schema import Category
from newsletter_extract.settings import CommodityEntry

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_USER_RANK = 100
"""Words from the user's configuration win over all of ours."""
_MAX_PHRASE_WORDS = 4
_MAX_NAME_WORDS = 12


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Folded phrase → (rank, category)."""

    phrases: dict[str, tuple[int, Category]]

    def category(self, text: str) -> Category | None:
        """The category of a commodity's name, or None where none of its words is known."""
        words = [_singular(w.casefold()) for w in _WORD.findall(text)]
        best: tuple[int, int, int] | None = None
        found: Category | None = None
        for length in range(min(_MAX_PHRASE_WORDS, len(words)), 0, -1):
            for i in range(len(words) - length + 1):
                hit = self.phrases.get(" ".join(words[i : i + length]))
                if hit and (best is None or (hit[0], length, i) > best):
                    best, found = (hit[0], length, i), hit[1]
        return found


@cache
def _built_in() -> dict[str, tuple[int, Category]]:
    phrases: dict[str, tuple[int, Category]] = {}
    for row in resources.rows("commodities.csv"):
        for phrase in row["words"].split("|"):
            phrases.setdefault(_fold(phrase), (int(row["rank"]), row["category"]))  # type: ignore[arg-type]
    return phrases


def load_catalogue(extra: Sequence[CommodityEntry] = ()) -> Catalogue:
    """The commodities of `resources/commodities.csv` and the user's own. Raises ConfigError for an unknown category."""
    phrases = dict(_built_in())
    for entry in extra:
        if entry.category not in get_args(Category):
            raise ConfigError(
                f"extraction.commodities: {entry.category!r} is no category; "
                f"choose one of {', '.join(get_args(Category))}"
            )
        for phrase in entry.words:
            phrases[_fold(phrase)] = (_USER_RANK, entry.category)  # type: ignore[assignment]
    return Catalogue(phrases)


def _fold(phrase: str) -> str:
    return " ".join(_singular(word) for word in phrase.casefold().split())


def _singular(word: str) -> str:
    """English plural endings off; enough to compare two forms of one word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def commodity_words(text: str) -> frozenset[str]:
    """The words of a commodity's name in the singular, for comparing two names."""
    return frozenset(_singular(w.casefold()) for w in _WORD.findall(text)) - _EMPTY_WORDS


_EMPTY_WORDS = frozenset({"of", "the", "and", "a", "an", "for", "in", "other"})


@cache
def _number_words() -> frozenset[str]:
    return frozenset(row["word"].split()[0] for row in resources.rows("number_words.csv"))


_NAME_TOKEN = re.compile(r"(?P<space>\s*)(?P<token>[^\s,;:()“”]+|[,;:()“”])")
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "two", "three", "another", "some", "more", "also"}
)


def name_span(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """The span of the commodity's name that begins at text[start] or after a first "of", at most up to `limit`.

    The name ends at a preposition, a verb, a mark or the next number (`resources/phrase_ends.txt`); "and" continues it
    only where a plain noun follows. Returns None where no word stands there.
    """
    ends = resources.words("phrase_ends.txt")
    first = last = -1
    pending_and = -1
    for count, match in enumerate(_NAME_TOKEN.finditer(text, start, limit)):
        token, low = match["token"], match["token"].casefold()
        if count == 0 and low == "of":
            continue
        if first < 0 and low in _LEAD_WORDS:
            continue
        if low in {"and", "or", "&"} and first >= 0 and pending_and < 0:
            pending_and = match.start("token")
            continue
        stops = not token[0].isalpha() or low in ends or (low == "of" and last < 0) or count > _MAX_NAME_WORDS
        if pending_and >= 0:
            stops = (
                stops
                or low in _DETERMINERS
                or low in _number_words()
                or low.endswith(("ed", "ing"))
                or token[0].isupper()
            )
        if stops:
            if low == "of" and first >= 0 and pending_and < 0 and last >= 0:
                continue
            break
        if first < 0:
            first = match.start("token")
        last = match.start("token") + len(token.rstrip(".!?’'"))
        pending_and = -1
        if token.endswith((".", "!", "?")):
            break
    return (first, last) if 0 <= first < last else None


_LEAD_WORDS = frozenset({"the", "a", "an", "some", "various", "different", "several"})
