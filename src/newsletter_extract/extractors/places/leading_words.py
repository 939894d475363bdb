"""Words right before or behind a name that make it a place's: "PS Kotri", "bound for Setúbal", "a Lyon man"."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract.extractors.amounts.number_words import values
from newsletter_extract.extractors.places.names import context

_REACH = 24
_ARTICLES = frozenset({"a", "an", "the", "another"})


def is_named_before(text: str, start: int) -> bool:
    """Whether words that stand before places' names alone end at text[start], as "District"."""
    return _named_before().search(text, max(0, start - _REACH), start) is not None


def goes_to(text: str, start: int) -> bool:
    """Whether words as "bound for" end at text[start]."""
    return _goes_to().search(text, max(0, start - _REACH), start) is not None


def is_of_town(before: str, after: str) -> bool:
    """Whether the words on both sides of a town say that someone or something is from there: "the … ferry"."""
    told = before.casefold() in _ARTICLES or before.casefold() in number_names()
    return told and after in context("resident")


@cache
def number_names() -> frozenset[str]:
    """The words of small numbers, which begin headlines too: "NINE TONNES SEIZED"."""
    return frozenset(values("unit", "ten", "group"))


@cache
def _named_before() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(context("before"), key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{words})\.?\s$")


@cache
def _goes_to() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(context('for')))})\sfor\s$", re.I)
