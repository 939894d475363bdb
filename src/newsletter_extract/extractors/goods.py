"""Goods in a sentence: measured, counted, told in words, or money itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.commodities import Catalogue, commodity_words, name_span
from newsletter_extract.extractors.numbers import NumberHabit, find_numbers
from newsletter_extract.extractors.quantities import Units, find_quantities, make_quantity
from newsletter_extract.extractors.seizure_words import alternatives, context
from newsletter_extract.schema import Money, Quantity


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods in a sentence: the span of the amount, of the name, and the amount itself."""

    start: int
    end: int
    name: str
    quantity: Quantity | None
    money: Money | None = None
    is_vehicle: bool = False
    more: tuple[Quantity, ...] = ()
    """Other measures of the same goods: "58 tusks weighing 240 kg"."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading a sentence needs to know."""

    units: Units
    catalogue: Catalogue
    habit: NumberHabit


def find_goods(text: str, span: tuple[int, int], sums: Sequence[Money], tools: Tools) -> list[Goods]:
    """The goods that stand in text[span] with an amount, in order; `sums` is the money of the sentence."""
    sentence = text[span[0] : span[1]]
    money_spans = [(m.provenance.start, m.provenance.end) for m in sums if m.provenance]
    taken: list[tuple[int, int]] = list(money_spans)
    goods: list[Goods] = []
    for mention in find_quantities(sentence, tools.units, tools.habit):
        start, end = span[0] + mention.start, span[0] + mention.end
        if _overlaps(start, end, taken) or _is_beside_the_point(text, span[0], start):
            continue
        item = _measured(text, start, end, mention.unit_kind, mention.quantity, span, tools)
        if item:
            goods.append(item)
            taken.append((start, item.end))
    goods += _counted(text, span, taken, tools)
    goods += _uncounted(text, span, taken, tools)
    goods += [
        g
        for g in _cash(text, sums, span, tools)
        if not any(_overlaps(g.start, g.end, [(o.start, o.end)]) for o in goods)
    ]
    return sorted(goods, key=lambda g: g.start)


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _is_beside_the_point(text: str, floor: int, start: int) -> bool:
    """Whether a number measures one piece ("each of 50 kg") or the packing ("in 380 parcels"), not the goods."""
    if re.search(r"\b(?:in|into|inside|within|by)\s+(?:about\s+|some\s+)?$", text[max(floor, start - 20) : start]):
        return True
    return bool(context("each").search(text, max(floor, start - 22), start))


def _measured(
    text: str, start: int, end: int, kind: str, quantity: Quantity, span: tuple[int, int], tools: Tools
) -> Goods | None:
    name = name_span(text, end, span[1])
    of = re.match(r"\s+(?:\([^)]*\)\s*)?of\s", text[end : end + 40])
    if not of and kind in {"vehicle", "container", "count"}:
        unit_start = end - len(quantity.text.split()[-1])
        if name and name[0] - end < 3 and kind == "count":
            return Goods(start, name[1], text[name[0] : name[1]], quantity)
        return Goods(start, end, text[unit_start:end], quantity, is_vehicle=kind == "vehicle")
    if name is None:
        before = _name_before(text, start, span[0], tools)
        return Goods(start, end, before, quantity) if before else None
    return Goods(start, name[1], text[name[0] : name[1]], quantity)


def _name_before(text: str, start: int, floor: int, tools: Tools) -> str | None:
    """Goods named before their amount: "cocaine weighing 5 kg", "heroin (2 kg)"."""
    words = re.findall(r"[\w’'-]+", text[max(floor, start - 60) : start])
    tail = [
        w
        for w in words
        if w.casefold() not in {"weighing", "totalling", "amounting", "to", "of", "about", "some", "approximately"}
    ]
    for count in (3, 2, 1):
        name = " ".join(tail[-count:])
        if (
            name
            and tools.catalogue.category(tail[-1])
            and tail[-1].casefold() not in resources.words("phrase_ends.txt")
        ):
            return next(
                (
                    " ".join(tail[-n:])
                    for n in (2, 1)
                    if not {t.casefold() for t in tail[-n:]} & resources.words("phrase_ends.txt")
                ),
                name,
            )
    return None


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w’-]+\s+){{0,3}}?(?:{alternatives(list(resources.words('persons.txt')))})\b", re.I)


def _counted(text: str, span: tuple[int, int], taken: Sequence[tuple[int, int]], tools: Tools) -> Iterator[Goods]:
    """Things counted without a unit: "two pistols", "8 420 counterfeit toys"."""
    for number in find_numbers(text, tools.habit, *span):
        if _overlaps(number.start, number.end, taken) or number.value != int(number.value) or number.value < 1:
            continue
        name = name_span(text, number.end, span[1])
        if (
            name is None
            or name[0] - number.end > 3
            or _person().match(text, name[0])
            or _is_beside_the_point(text, span[0], number.start)
        ):
            continue
        words = text[name[0] : name[1]]
        category = tools.catalogue.category(words)
        last = words.split()[-1]
        if category is None and not (last.endswith("s") and last.islower()):
            continue
        if category is None and re.match(
            r"(?:years?|days?|months?|hours?|minutes?|times|weeks?|countries|locations|places|sites|cases|seizures|stations|units|inspections|operations|homes|houses|addresses|premises|warehouses|villages|cities|ports|flights|passengers|searches|checks|shipments|consignments)$",
            last,
        ):
            continue
        unit = tools.units.named(last) or tools.units.named("piece")
        quantity = make_quantity(text[number.start : number.end], number.value, unit, approximate=number.approximate)
        yield Goods(number.start, name[1], words, quantity, is_vehicle=category == "vehicles" or _carries(words))


def _carries(words: str) -> bool:
    return bool(
        {"container", "parcel", "suitcase", "truck", "lorry", "consignment", "shipment", "warehouse"}
        & commodity_words(words)
    )


@cache
def _qualitative() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(list(resources.words('qualitative.txt')))})\s+of\s+", re.I)


def _uncounted(text: str, span: tuple[int, int], taken: Sequence[tuple[int, int]], tools: Tools) -> Iterator[Goods]:
    """ "Large quantities of second-hand clothing"."""
    for match in _qualitative().finditer(text, *span):
        name = name_span(text, match.end(), span[1])
        if name and not _overlaps(match.start(), name[1], taken):
            words = match[0].rsplit(" of", 1)[0].strip()
            quantity = Quantity(text=words, value=None, unit=None, qualitative=words)
            yield Goods(match.start(), name[1], text[name[0] : name[1]], quantity)


_CASH_AFTER = re.compile(
    r"\s+(?:in|of)\s+(?:undeclared\s+|unreported\s+)?(?:cash|banknotes|currency|notes|bills)\b", re.I
)
_CASH_BEFORE = re.compile(
    r"""
    (?P<name>(?:[\w-]+\s)?(?:cash|currency|banknotes|money))
    \s+(?:of|totalling|amounting\s+to|worth|in\s+the\s+amount\s+of)\s+(?:about\s+|some\s+)?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE_SUBJECT = re.compile(
    r"\s+(?:was|were)\s+(?:also\s+)?(?:found|seized|discovered|detected|confiscated|detained|uncovered)\b", re.I
)
_BARE_OBJECT = re.compile(
    r"\b(?:held|contained|seized|found|carried|carrying|discovered|confiscated|detained|of|with)\s+(?:about\s+|some\s+|over\s+)?$",
    re.I,
)
_GOODS_WORTH = re.compile(
    r"""
    (?:\band\s+|,\s+|\b(?:seized|confiscated|detained|of)\s+)
    (?P<name>(?:[a-z-]+\s){0,3}[a-z-]+)
    \s+(?:with\s(?:a|the)\s(?:total\s|estimated\s)?value\sof|worth|valued\sat|of\sthe\svalue\sof)
    \s+(?:about\s+|approximately\s+|some\s+)?$
    """,
    re.VERBOSE,
)


def _cash(text: str, sums: Sequence[Money], span: tuple[int, int], tools: Tools) -> Iterator[Goods]:
    """Money that was itself seized, and goods of which only the worth is told."""
    for money in sums:
        if money.provenance is None:
            continue
        start, end = money.provenance.start, money.provenance.end
        before = text[max(span[0], start - 70) : start]
        named = _CASH_BEFORE.search(before)
        worth = _GOODS_WORTH.search(before)
        if named:
            yield Goods(start - len(before) + named.start(), end, named["name"], None, money)
        elif after := _CASH_AFTER.match(text, end):
            yield Goods(start, after.end(), "cash", None, money)
        elif worth and tools.catalogue.category(worth["name"]) and not find_numbers(before[worth.start() :]):
            yield Goods(start - len(before) + worth.start("name"), end, worth["name"], None, money)
        elif _is_bare(text, end, before):
            yield Goods(start, end, "cash", None, money)


def _is_bare(text: str, end: int, before: str) -> bool:
    """Whether a sum is itself the object or the subject of a verb, and not the worth of something or a fine."""
    if context("value").search(before[-26:]) or "fine" in before:
        return False
    return bool(_BARE_SUBJECT.match(text, end) or _BARE_OBJECT.search(before))
