"""Goods counted without a measure: "two pistols", "450 ecstasy tablets", "large quantities of rice", "a revolver"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.numbers import NumberMention, find_numbers
from newsletter_extract.extractors.amounts.quantities import MEASURES, Unit, Units, make_quantity, whole_count
from newsletter_extract.extractors.commodities import Catalogue
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, is_beside_the_point, overlaps
from newsletter_extract.extractors.seizures.measured_goods import DOSES, without_packing
from newsletter_extract.extractors.seizures.phrases import calibre_end, is_size, name_span, name_words
from newsletter_extract.extractors.seizures.words import alternatives
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Category, Quantity


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(resources.words('persons.txt')))})$", re.I)


def counted(text: str, span: Span, taken: Sequence[Span], tools: Tools) -> Iterator[Goods]:
    """Things counted without a unit: "two pistols", "8 420 counterfeit toys", "450 ecstasy tablets"."""
    for written in find_numbers(text, tools.habit, *span):
        number = replace(written, value=whole_count(text, written))
        if overlaps(number.start, number.end, taken) or number.value != int(number.value) or number.value < 1:
            continue
        if calibre_end(text, number.start) or is_beside_the_point(text, span[0], number.start, number.end):
            continue
        item = _things(text, number, span, tools)
        if item:
            yield item


def _things(text: str, number: NumberMention, span: Span, tools: Tools) -> Goods | None:
    name = name_span(text, number.end, span[1], tools.catalogue)
    if name is None or not _is_lead(text[number.end : name[0]]):
        return None
    words = text[name[0] : name[1]]
    head = words.split(" of ")[0]
    last = head.split()[-1]
    if _people().search(head) or not _is_thing(words, head, last, number, tools.catalogue):
        return None
    unit = _unit_of(head, tools.units)
    if unit and unit.kind == "container" and tools.catalogue.heads(head):
        unit = None  # "phone cases" are goods by themselves
    if unit and unit.kind in MEASURES:
        return None
    category = tools.catalogue.heads(words)
    bare = _name_without_unit(words, head, unit, tools)
    if bare is None:
        return None
    piece = tools.units.named("piece")
    quantity = make_quantity(
        text[number.start : number.end], number.value, unit or piece, approximate=number.approximate
    )
    vehicle = (category == "vehicles" and not is_part(head)) or bool(unit and unit.kind == "vehicle")
    return Goods(number.start, name[1], bare, quantity, is_vehicle=vehicle)


def _is_lead(between: str) -> bool:
    """Whether nothing but a mark, or a word like "suspected", stands between a number and a name."""
    words = between.strip(" “\"‘'")
    return not words or words.casefold() in name_words("lead") or is_size(words)


def is_part(name: str) -> bool:
    """Whether a name is that of a part of a vehicle, or of one that carries no goods."""
    return name.rsplit(maxsplit=1)[-1].casefold() in name_words("part")


def _is_thing(words: str, head: str, last: str, number: NumberMention, catalogue: Catalogue) -> bool:
    """Whether a counted noun can be a good: a known one, or an unknown plural that is no place, time or paper."""
    if catalogue.heads(head):
        return number.value == 1 or not number.is_word or last.casefold() != "one"
    if last.casefold() in resources.words("not_goods.txt") or last.casefold() in resources.words("persons.txt"):
        return False
    if catalogue.category(words) or words.split(maxsplit=1)[0].casefold() in name_words("taken"):
        return True
    return last.endswith("s") and last.islower() and number.value > 1


def _unit_of(head: str, units: Units) -> Unit | None:
    """The unit that the last word, or the last two, of a counted name stand for."""
    parts = head.split()
    return units.named(" ".join(parts[-2:])) or units.named(parts[-1])


def _name_without_unit(words: str, head: str, unit: Unit | None, tools: Tools) -> str | None:
    """ "ecstasy tablets" are tablets of "ecstasy", "wrapped parcels of heroin" are "heroin", "boxes" nothing known."""
    if unit is None or unit.kind in {"item", "vehicle", *MEASURES}:
        return words
    if " of " in words:
        return words.split(" of ", 1)[1]
    rest = head.rsplit(" ", 2 if tools.units.named(" ".join(head.split()[-2:])) else 1)[0] if " " in head else ""
    if rest and tools.catalogue.category(rest):
        return rest
    return words if tools.catalogue.heads(words) or (rest and unit.name in DOSES) else None


@cache
def _qualitative() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(list(resources.words('qualitative.txt')))})\s+of\s+", re.I)


def uncounted(text: str, span: Span, tools: Tools) -> Iterator[Goods]:
    """ "Large quantities of second-hand clothing"."""
    for match in _qualitative().finditer(text, *span):
        name = name_span(text, match.end(), span[1], tools.catalogue)
        if name and not _people().search(text[name[0] : name[1]]):
            words = match[0].rsplit(" of", 1)[0].strip()
            whole = without_packing(text, name, tools) or name
            quantity = Quantity(text=words, value=None, unit=None, qualitative=words)
            yield Goods(match.start(), name[1], text[whole[0] : whole[1]], quantity)


_ARTICLE = re.compile(r"(?<![\w-])(?P<article>an?)\s(?=[\w.“\"])", re.I)
_SINGLE_CATEGORIES: frozenset[Category] = frozenset(
    {"weapons", "wildlife", "vehicles", "electronics", "cultural", "precursors"}
)
"""Categories of goods that one speaks of in ones."""


def single(text: str, span: Span, tools: Tools) -> Iterator[Goods]:
    """One thing told by its article: "a revolver", "an ivory carving"."""
    for match in _ARTICLE.finditer(text, *span):
        name = name_span(text, match.end(), span[1], tools.catalogue)
        if name is None or name[0] - match.end() > 2:
            continue
        words = text[name[0] : name[1]]
        category = tools.catalogue.heads(words)
        packed = (unit := tools.units.named(words.split()[-1])) and unit.kind == "container"
        plural = words.endswith("s") and not words.endswith("ss")
        if (
            category in _SINGLE_CATEGORIES
            and " of " not in words
            and not packed
            and not plural
            and " and " not in words
        ):
            if is_beside_the_point(text, span[0], match.start(), name[1]):
                continue
            quantity = make_quantity(match["article"], 1, tools.units.named("piece"))
            yield Goods(match.start(), name[1], words, quantity, is_vehicle=category == "vehicles", is_single=True)
