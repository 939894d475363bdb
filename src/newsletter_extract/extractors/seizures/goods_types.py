"""What goods in a sentence are, and which numbers count none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.seizures.words import alternatives, context
from newsletter_extract.schema import Money, Quantity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods in a sentence: the span of the amount and the name, and the amount itself."""

    start: int
    end: int
    name: str
    quantity: Quantity | None
    money: Money | None = None
    is_vehicle: bool = False
    is_single: bool = False
    """Told by an article alone: "a pistol"."""
    more: tuple[Quantity, ...] = ()
    """Other measures of the same goods: "58 tusks weighing 240 kg"."""


def overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether [start, end) shares a character with one of the spans."""
    return any(a < end and start < b for a, b in spans)


def is_beside_the_point(text: str, floor: int, start: int, end: int, *, ranged: bool = False) -> bool:
    """Whether a number measures one piece, the packing, a rate or a limit, and not the goods.

    `ranged` says that it is a range, which may begin with "from".
    """
    before = text[max(floor, start - 32) : start]
    before = re.sub(r"\bfrom\s$", "", before) if ranged else before
    if context("rate").match(text, end + 1) or _NO_AMOUNT.match(text, end):
        return True
    if _CARRIER.search(before) or _ends_with("numbered", before) or _ends_with("each", before):
        return True
    return _ends_with("packing", before) and not _ends_with("result", before)


_OWN_PLACE = re.compile(r"\s(?:in|at|near|off|on)\s(?:the\s)?[^\W\d_a-z]")


def has_own_place(text: str, end: int) -> bool:
    """Whether a place follows an amount or goods that end at `end`: they are no sum of those elsewhere."""
    return _OWN_PLACE.match(text, end) is not None


_NO_AMOUNT = re.compile(r"\s?(?:%|°|/\d|\s?x\s?\d)")
"""What follows a number that is a share, a degree, a fraction or a size."""
_CARRIER = re.compile(
    r"\b(?:used|rented|hired|meant|modified|adapted)\s(?:to|for)\s\w+\s(?:the\s|these\s)?$", re.IGNORECASE
)
"""What stands before the goods that a vehicle carried, where the vehicle is spoken of."""


def _ends_with(role: str, before: str) -> bool:
    """Whether the text before a number ends with a word of a role, approximations apart."""
    bare = about_before().sub("", before)
    return any(m.end() == len(bare.rstrip()) for m in context(role).finditer(bare))


@cache
def about_before() -> re.Pattern[str]:
    """The words before an amount that make it approximate or say that it is whole, at the end of a text."""
    words = alternatives(list(resources.words("approximations.txt")))
    return re.compile(rf"(?:(?<!\w)(?:{words}|a further|another|a total of|the|only)\s+)+$", re.IGNORECASE)
