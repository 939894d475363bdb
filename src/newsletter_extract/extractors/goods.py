"""Goods in a sentence: measured, counted, or told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.commodities import Catalogue
from newsletter_extract.extractors.numbers import NumberHabit, NumberMention, find_numbers
from newsletter_extract.extractors.phrases import calibre_end, name_before, name_span
from newsletter_extract.extractors.quantities import MEASURES, QuantityMention, Unit, Units, find_quantities, make_quantity
from newsletter_extract.extractors.seizure_words import alternatives, context
from newsletter_extract.schema import Category, Money, Quantity

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


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading a sentence needs to know."""

    units: Units
    catalogue: Catalogue
    habit: NumberHabit


_SAME_SI = 0.03
"""Two measures this close, relatively, are one told in two units: "2.8 kg (6.2 lb)"."""


def find_goods(text: str, span: Span, taken: Sequence[Span], tools: Tools) -> list[Goods]:
    """The goods that stand in text[span] with an amount, in order; `taken` are the spans of money and dates in it."""
    used = list(taken)
    goods: list[Goods] = []
    for mention in find_quantities(text, tools.units, tools.habit, *span):
        if _overlaps(mention.start, mention.end, used) or _is_beside_the_point(text, span[0], mention.start, mention.end):
            continue
        if goods and (again := _measured_again(text, goods[-1], mention)):
            goods[-1] = again
        elif item := _measured(text, mention, span, tools):
            goods.append(item)
        used.append((mention.start, max(mention.end, goods[-1].end if goods else 0)))
    for counted in _counted(text, span, used, tools):
        goods.append(counted)
        used.append((counted.start, counted.end))
    for other in (*_uncounted(text, span, tools), *_single(text, span, tools)):
        if not _overlaps(other.start, other.end, used):
            goods.append(other)
            used.append((other.start, other.end))
    goods.sort(key=lambda g: g.start)
    return _with_measures(text, goods, span, tools)


def _overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _is_beside_the_point(text: str, floor: int, start: int, end: int) -> bool:
    """Whether a number measures one piece, the packing, a rate or a limit, and not the goods."""
    before = text[max(floor, start - 32) : start]
    if context("rate").match(text, end + 1) or re.match(r"\s?(?:%|°|/\d|\s?x\s?\d)", text[end : end + 4]):
        return True
    if _CARRIER.search(before) or _ends_with("numbered", before) or _ends_with("each", before):
        return True
    return _ends_with("packing", before) and not _RESULT.search(before)


_RESULT = re.compile(
    r"\b(?:result\w*|culminat\w*|end\w*|succeed\w*)\s+in\s+(?:the\s)?$|\b(?:search|hunt|account\w*)\s+for\s$", re.IGNORECASE
)


_CARRIER = re.compile(r"\b(?:used|rented|hired|meant|modified|adapted)\s(?:to|for)\s\w+\s(?:the\s|these\s)?$", re.IGNORECASE)
"""What stands before the goods that a vehicle carried, where the vehicle is spoken of."""


def _ends_with(role: str, before: str) -> bool:
    """Whether the text before a number ends with a word of a role, approximations apart."""
    bare = _about().sub("", before)
    return any(m.end() == len(bare.rstrip()) for m in context(role).finditer(bare))


@cache
def _about() -> re.Pattern[str]:
    words = alternatives(list(resources.words("approximations.txt")))
    return re.compile(rf"(?:(?<!\w)(?:{words}|a further|another|a total of|the|only)\s+)+$", re.IGNORECASE)


def _measured(text: str, mention: QuantityMention, span: Span, tools: Tools) -> Goods | None:
    start, end, kind, quantity = mention.start, mention.end, mention.unit_kind, mention.quantity
    bracket = re.match(r"\s?\([^()]{1,40}\)", text[end : span[1]])
    after = end + bracket.end() if bracket and re.match(r"\sof\s", text[end + bracket.end() :]) else end
    of = re.match(r"\s(?:of|in)\s(?!which\b|the\s(?:total|said)\b|them\b)", text[after : after + 16])
    hyphened = text[mention.unit_start - 1] == "-"
    name = name_span(text, after, span[1], tools.catalogue) if of or kind in MEASURES or kind == "form" else None
    if name and not of and name[0] - after > 3:
        name = None
    if kind in MEASURES:
        if name is None:
            return None
        words = _without_packing(text, name, tools) if hyphened or not of else name
        return Goods(start, name[1], text[words[0] : words[1]], quantity) if words else None
    if of and name:
        return Goods(start, name[1], text[name[0] : name[1]], quantity, is_vehicle=False)
    if kind == "vehicle":
        return Goods(start, end, text[mention.unit_start : end], quantity, is_vehicle=True)
    if kind == "item" or (kind == "form" and (quantity.unit in {"tablet", "capsule", "plant", "ampoule", "vial"})):
        if name and kind == "form":
            return Goods(start, name[1], text[name[0] : name[1]], quantity)
        return Goods(start, end, text[mention.unit_start : end].rstrip("."), quantity)
    return Goods(start, name[1], text[name[0] : name[1]], quantity) if name and kind == "form" else None


_COLLECTIVE = re.compile(
    r"(?:[\w-]+\s){0,2}?(?:haul|load|stash|quantity|amount|seizure|cargo|volume|collection|stockpile|worth|mass|total)s?\sof\s", re.I
)


def _without_packing(text: str, name: Span, tools: Tools) -> Span | None:
    """ "a 12-kilogram package of heroin", "the 61 kg haul of cocaine": the goods are what stands after "of"."""
    words = text[name[0] : name[1]]
    if match := _COLLECTIVE.match(words):
        return name[0] + match.end(), name[1]
    head, of, rest = words.partition(" of ")
    unit = tools.units.named(head.split()[-1])
    if of and unit and unit.kind in {"container", "form"}:
        return name[1] - len(rest), name[1]
    return name if not (unit and unit.kind in {"container", "vehicle"}) else None


_WEIGHING = re.compile(
    r"""
    (?:,?\s(?:(?:collectively|together|altogether|each|in\stotal)\s)?(?:,\s)?
       (?:weighing|weighed|totall?ing|amounting\sto|measuring|which\sweighed|with\san?\s(?:[\w-]+\s){0,2}(?:weight|volume|mass)\sof
         |with\san?\s(?:[\w-]+\s){0,2}(?:weight|volume|mass)\sestimated\sat|in\s(?:the\samount|a\squantity)\sof)
       (?:\s(?:in\sat|a\stotal\sof|a\scombined|between))?
     |\s?[(:–—]|\s-)
    \s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between goods and their measure: "cocaine weighing 5 kg", "heroin (2 kg)", "Khat: 3 kg"."""


def _measured_again(text: str, first: Goods, mention: QuantityMention) -> Goods | None:
    """The goods with one more measure, where the mention measures them once more: "58 tusks weighing 240 kg"."""
    gap = text[first.end : mention.start]
    if len(gap) > 60 or first.quantity is None or not _WEIGHING.search(_about().sub("", gap + " ")[:-1] or gap):
        return None
    if re.match(r"\s(?:of\s)?[a-z]", text[mention.end : mention.end + 5]) and re.match(r"\sof\s", text[mention.end :]):
        return None
    lead = _WEIGHING.search(_about().sub("", gap))
    if lead is None or lead.start() > 0 or "each" in gap:
        return None
    same = first.quantity.si and mention.quantity.si and first.quantity.si.unit == mention.quantity.si.unit
    if same and first.quantity.si and mention.quantity.si:
        close = abs(first.quantity.si.value - mention.quantity.si.value) <= _SAME_SI * first.quantity.si.value
        return replace(first, end=mention.end) if close else None
    return replace(first, end=mention.end, more=(*first.more, mention.quantity))


def _with_measures(text: str, goods: list[Goods], span: Span, tools: Tools) -> list[Goods]:
    """Goods counted and then measured are one; and a measure after its name finds its goods: "cocaine weighing 5 kg"."""
    result: list[Goods] = []
    mentions = find_quantities(text, tools.units, tools.habit, *span)
    for item in goods:
        for mention in mentions:
            if item.end <= mention.start and not _overlaps(mention.start, mention.end, [(g.start, g.end) for g in goods]):
                item = _measured_again(text, item, mention) or item
        result.append(item)
    for mention in mentions:
        if mention.unit_kind == "length" or _overlaps(mention.start, mention.end, [(g.start, g.end) for g in result]):
            continue
        before = _about().sub("", text[max(span[0], mention.start - 60) : mention.start])
        lead = _WEIGHING.search(before)
        if not lead or "each" in lead[0]:
            continue
        stop = max(span[0], mention.start - 60) + lead.start()
        name = name_before(text, span[0], stop, tools.catalogue)
        if name and not _overlaps(*name, [(g.start, g.end) for g in result]):
            result.append(Goods(name[0], mention.end, text[name[0] : name[1]], mention.quantity))
    return sorted(result, key=lambda g: g.start)


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(resources.words('persons.txt')))})$", re.I)


def _counted(text: str, span: Span, taken: Sequence[Span], tools: Tools) -> Iterator[Goods]:
    """Things counted without a unit: "two pistols", "8 420 counterfeit toys", "450 ecstasy tablets"."""
    for number in find_numbers(text, tools.habit, *span):
        if _overlaps(number.start, number.end, taken) or number.value != int(number.value) or number.value < 1:
            continue
        if calibre_end(text, number.start) or _is_beside_the_point(text, span[0], number.start, number.end):
            continue
        item = _things(text, number, span, tools)
        if item:
            yield item


def _things(text: str, number: NumberMention, span: Span, tools: Tools) -> Goods | None:
    name = name_span(text, number.end, span[1], tools.catalogue)
    if name is None or name[0] - number.end > 12 or text[number.end : name[0]].strip(" “\"‘'"):
        return None
    words = text[name[0] : name[1]]
    head = words.split(" of ")[0]
    last = head.split()[-1]
    if _people().search(head) or not _is_thing(words, head, last, number, tools.catalogue):
        return None
    unit = _unit_of(head, tools.units)
    category = tools.catalogue.heads(words)
    words = _name_without_unit(words, head, unit, tools)
    if words is None:
        return None
    piece = tools.units.named("piece")
    quantity = make_quantity(
        text[number.start : number.end], number.value, unit or piece, approximate=number.approximate
    )
    vehicle = category == "vehicles" or bool(unit and unit.kind == "vehicle")
    return Goods(number.start, name[1], words, quantity, is_vehicle=vehicle)


def _is_thing(words: str, head: str, last: str, number: NumberMention, catalogue: Catalogue) -> bool:
    """Whether a counted noun can be a good: a known one, or an unknown plural that is no place, time or paper."""
    if catalogue.heads(head):
        return number.value == 1 or not number.is_word or last.casefold() != "one"
    if last.casefold() in resources.words("not_goods.txt") or last.casefold() in resources.words("persons.txt"):
        return False
    if catalogue.category(words):
        return True
    return last.endswith("s") and last.islower() and number.value > 1


def _unit_of(head: str, units: Units) -> Unit | None:
    """The unit that the last word, or the last two, of a counted name stand for."""
    parts = head.split()
    return units.named(" ".join(parts[-2:])) or units.named(parts[-1])


def _name_without_unit(words: str, head: str, unit: Unit | None, tools: Tools) -> str | None:
    """ "ecstasy tablets" are tablets of "ecstasy", "wrapped parcels of heroin" parcels of "heroin", "boxes" nothing known."""
    if unit is None or unit.kind in {"item", "vehicle", *MEASURES}:
        return words
    if " of " in words:
        return words.split(" of ", 1)[1]
    rest = head.rsplit(" ", 2 if tools.units.named(" ".join(head.split()[-2:])) else 1)[0] if " " in head else ""
    if rest and tools.catalogue.category(rest):
        return rest
    return words if tools.catalogue.heads(words) else None


@cache
def _qualitative() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(list(resources.words('qualitative.txt')))})\s+of\s+", re.I)


def _uncounted(text: str, span: Span, tools: Tools) -> Iterator[Goods]:
    """ "Large quantities of second-hand clothing"."""
    for match in _qualitative().finditer(text, *span):
        name = name_span(text, match.end(), span[1], tools.catalogue)
        if name and not _people().search(text[name[0] : name[1]]):
            words = match[0].rsplit(" of", 1)[0].strip()
            whole = _without_packing(text, name, tools) or name
            quantity = Quantity(text=words, value=None, unit=None, qualitative=words)
            yield Goods(match.start(), name[1], text[whole[0] : whole[1]], quantity)


_ARTICLE = re.compile(r"(?<![\w-])(?P<article>an?)\s(?=[\w.“\"])", re.I)
_SINGLE_CATEGORIES: frozenset[Category] = frozenset({"weapons", "wildlife", "vehicles", "electronics", "cultural", "precursors"})
"""Categories of goods that one speaks of in ones."""


def _single(text: str, span: Span, tools: Tools) -> Iterator[Goods]:
    """One thing told by its article: "a revolver", "an ivory carving"."""
    for match in _ARTICLE.finditer(text, *span):
        name = name_span(text, match.end(), span[1], tools.catalogue)
        if name is None or name[0] - match.end() > 2:
            continue
        words = text[name[0] : name[1]]
        category = tools.catalogue.heads(words)
        packed = (unit := tools.units.named(words.split()[-1])) and unit.kind == "container"
        plural = words.endswith("s") and not words.endswith("ss")
        if category in _SINGLE_CATEGORIES and " of " not in words and not packed and not plural and " and " not in words:
            if _is_beside_the_point(text, span[0], match.start(), name[1]):
                continue
            quantity = make_quantity(match["article"], 1, tools.units.named("piece"))
            yield Goods(match.start(), name[1], words, quantity, is_vehicle=category == "vehicles", is_single=True)
