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

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_USER_RANK = 100
"""Words from the user's configuration win over all of ours."""
_MAX_PHRASE_WORDS = 4


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

    def only_name(self, text: str) -> str:
        """The words of a text that name goods, where they name one kind only; "" where none or several do."""
        words = list(_WORD.finditer(text))
        folded = [_singular(w[0].casefold()) for w in words]
        found: dict[str, str] = {}
        k = 0
        while k < len(words):
            length = next(
                (n for n in range(_MAX_PHRASE_WORDS, 0, -1) if " ".join(folded[k : k + n]) in self.phrases), 0
            )
            if length:
                last = words[min(k + length, len(words)) - 1]
                found.setdefault(" ".join(folded[k : k + length]), text[words[k].start() : last.end()])
            k += max(length, 1)
        return next(iter(found.values())) if len(found) == 1 else ""

    def heads(self, text: str) -> Category | None:
        """The category of the phrase that a name ends with, its head: "tablet press" is no tablet."""
        words = [_singular(w.casefold()) for w in _WORD.findall(text.split(" of ", maxsplit=1)[0])]
        for length in range(min(_MAX_PHRASE_WORDS, len(words)), 0, -1):
            if hit := self.phrases.get(" ".join(words[-length:])):
                return hit[1]
        return None


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
