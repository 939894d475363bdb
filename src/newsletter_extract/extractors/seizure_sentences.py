"""Seizures told in sentences: goods tied to a word that says they were taken out of traffic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.commodities import Catalogue, commodity_words, name_span
from newsletter_extract.extractors.numbers import NumberHabit, find_numbers
from newsletter_extract.extractors.quantities import Units, find_quantities, make_quantity
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.schema import Money, Quantity

_CLAUSE = re.compile(
    r"[;:]\s|,?\s(?:which|who|that|when|while|where|after|before|although|because)\s|,\s(?:he|she|they|it)\s"
)
_LIST_GAP = 110
"""Characters between two goods of one list; further apart they belong to different statements."""
_MAX_REACH = 220
_CONTRABAND = frozenset({"drugs", "weapons", "wildlife", "counterfeit", "precursors"})
"""Categories of goods that are found by nobody but those who look for them."""


@dataclass(frozen=True, slots=True)
class Trigger:
    start: int
    end: int
    strong: bool
    side: str


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
class Told:
    """A seizure told in a sentence of a block."""

    block: Block
    sentence: tuple[int, int]
    goods: Goods
    worth: tuple[Money, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading a sentence needs to know."""

    units: Units
    catalogue: Catalogue
    habit: NumberHabit


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, tuple[bool, str]]]:
    table = {
        word: (row["strength"] == "strong", row["side"])
        for row in resources.rows("seizure_triggers.csv")
        for word in row["words"].split("|")
    }
    return re.compile(rf"(?<![\w-])(?:{_alternatives(list(table))})(?![\w-])", re.I), table


@cache
def _context(role: str) -> re.Pattern[str]:
    words = [
        w for row in resources.rows("seizure_contexts.csv") if row["role"] == role for w in row["words"].split("|")
    ]
    return re.compile(rf"(?<![\w-])(?:{_alternatives(words)})(?![\w-])", re.I)


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def find_told(block: Block, money: Sequence[Money], tools: Tools) -> list[Told]:
    """The seizures that the sentences of a block tell of; `money` is the money of the block."""
    enforced = len(_context("enforcement").findall(block.text)) >= 1
    found: list[Told] = []
    for start, end in sentence_spans(block.text):
        sums = [m for m in money if m.provenance and start <= m.provenance.start < end]
        told = list(_in_sentence(block, (start, end), sums, tools, enforced))
        if told:
            found += told
        elif (
            found and sums and _context("value").search(block.text, start, end) and _refers_back(block.text[start:end])
        ):
            found[-1] = replace(found[-1], worth=(*found[-1].worth, *sums))
    return found


def _refers_back(sentence: str) -> bool:
    """Whether a sentence with a sum speaks of the worth of the goods before it."""
    return bool(_context("back").search(sentence))


def _in_sentence(
    block: Block, span: tuple[int, int], sums: Sequence[Money], tools: Tools, enforced: bool
) -> Iterator[Told]:
    text = block.text
    triggers = [t for t in _find_triggers(text, *span) if not _cancelled(text, span, t)]
    if not triggers:
        return
    goods = _find_goods(text, span, sums, tools)
    tied: list[tuple[Goods, Trigger]] = []
    for item in goods:
        trigger = _tie(text, item, triggers, tied)
        if trigger is None or (item.is_vehicle and not _direct(text, item, trigger, tied)):
            continue
        category = tools.catalogue.category(item.name)
        if not trigger.strong and (category is None or not (enforced or category in _CONTRABAND)):
            continue
        if tied and item.quantity and _measures_again(text, tied[-1][0], item):
            last = tied[-1][0]
            tied[-1] = (replace(last, end=item.end, more=(*last.more, item.quantity)), trigger)
            continue
        tied.append((item, trigger))
    starts = [item.start for item, _ in tied]
    for k, (item, trigger) in enumerate(tied):
        stop = starts[k + 1] if k + 1 < len(tied) else span[1]
        worth = [m for m in sums if m is not item.money and m.provenance and item.end <= m.provenance.start < stop]
        worth = [m for m in worth if m.provenance and _is_worth(text, item.end, m.provenance.start)]
        yield Told(block, span, item, tuple(worth), trigger.strong)


def _measures_again(text: str, first: Goods, second: Goods) -> bool:
    """Whether the second amount measures the goods of the first once more."""
    between = text[first.end : second.start]
    return bool(
        re.fullmatch(
            r"\s*(?:,?\s*(?:weighing|totalling|amounting to|with a (?:total )?weight of)|\()\s*(?:about|some|approximately|around|over)?\s*",
            between,
        )
    )


def _is_worth(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return bool(_context("value").search(between)) or bool(
        re.search(r"\(\s*(?:about|some|approximately|around|or)?\s*$", between)
    )


def _find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    pattern, table = _triggers()
    found = []
    for match in pattern.finditer(text, start, end):
        strong, side = table[match[0].casefold()]
        found.append(Trigger(match.start(), match.end(), strong, _side(text, match, side)))
    return found


_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is|be)\s+(?:also\s+|then\s+|all\s+|subsequently\s+)?$", re.I)


def _side(text: str, match: re.Match[str], side: str) -> str:
    """Whether goods are looked for before the word (passive) or after it (active)."""
    if side == "both":
        return "subject" if _PASSIVE.search(text, max(0, match.start() - 40), match.start()) else "object"
    return side


def _cancelled(text: str, span: tuple[int, int], trigger: Trigger) -> bool:
    """Whether a denial, a plan or a condition in the trigger's clause takes its force."""
    clause = span[0]
    for mark in _CLAUSE.finditer(text, span[0], trigger.start):
        clause = mark.end()
    if re.match(r"(?:If|Had|Should|Were)\b", text[span[0] : span[0] + 8]):
        return True
    before = text[clause : trigger.start]
    if _context("cancel").search(before) or re.search(r"\bto\s+$", before):
        return True
    return bool(re.match(r"\s+(?:no|nothing|neither)\b", text[trigger.end :]))


def _tie(text: str, item: Goods, triggers: Sequence[Trigger], tied: Sequence[tuple[Goods, Trigger]]) -> Trigger | None:
    """The trigger that governs the goods, directly or as one more item of a list."""
    if tied and 0 <= item.start - tied[-1][0].end <= _LIST_GAP and _is_list(text[tied[-1][0].end : item.start]):
        return tied[-1][1]
    for trigger in sorted(triggers, key=lambda t: min(abs(t.start - item.start), abs(t.start - item.end))):
        if trigger.side == "object" and trigger.end <= item.start:
            between = text[trigger.end : item.start]
        elif trigger.side == "subject" and item.end <= trigger.start:
            between = text[item.end : trigger.start]
        elif trigger.side == "subject" and trigger.end <= item.start:
            between = text[trigger.end : item.start]
            if not re.search(r"\b(?:with|carrying|containing|after|in possession of)\s*(?:\w+\s*){0,3}$", between):
                continue
        else:
            continue
        if len(between) <= _MAX_REACH and not re.search(r"[;:]\s", between) and not _context("cancel").search(between):
            return trigger
    return None


def _is_list(between: str) -> bool:
    return bool(
        re.search(r"(?:,|\band\b|\bas well as\b|\bplus\b|\bwith\b|\balong with\b)[^;:]*$", between)
    ) and not re.search(r"\b(?:was|were|is|are|had|has)\b|;|:", between)


def _direct(text: str, item: Goods, trigger: Trigger, tied: Sequence[tuple[Goods, Trigger]]) -> bool:
    """Vehicles are seized only where they are the very object of a strong word; else they carry the goods."""
    if not trigger.strong:
        return False
    between = text[trigger.end : item.start] if trigger.end <= item.start else text[item.end : trigger.start]
    return len(between) < 25 and not re.search(r"\b(?:in|from|with|inside|on)\b", between)


def _find_goods(text: str, span: tuple[int, int], sums: Sequence[Money], tools: Tools) -> list[Goods]:
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
    return bool(_context("each").search(text, max(floor, start - 22), start))


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


_BEFORE = re.compile(
    r"(?P<name>[^\W\d_][\w’' -]{2,60}?)\s*[,:(–—-]*\s*(?:weighing|totalling|amounting to|of)?\s*(?:about|approximately|some|around)?\s*$"
)


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
    return re.compile(rf"(?:[\w’-]+\s+){{0,3}}?(?:{_alternatives(list(resources.words('persons.txt')))})\b", re.I)


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
    return re.compile(rf"(?<!\w)(?:{_alternatives(list(resources.words('qualitative.txt')))})\s+of\s+", re.I)


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
    r"(?P<name>(?:[\w-]+\s)?(?:cash|currency|banknotes|money))\s+(?:of|totalling|amounting to|worth|in the amount of)\s+(?:about\s+|some\s+)?$",
    re.I,
)
_BARE_SUBJECT = re.compile(
    r"\s+(?:was|were)\s+(?:also\s+)?(?:found|seized|discovered|detected|confiscated|detained|uncovered)\b", re.I
)
_BARE_OBJECT = re.compile(
    r"\b(?:held|contained|seized|found|carried|carrying|discovered|confiscated|detained|of|with)\s+(?:about\s+|some\s+|over\s+)?$",
    re.I,
)
_GOODS_WORTH = re.compile(
    r"(?:\band\s+|,\s+|\b(?:seized|confiscated|detained|of)\s+)(?P<name>(?:[a-z-]+\s){0,3}[a-z-]+)\s+(?:with (?:a|the) (?:total |estimated )?value of|worth|valued at|of the value of)\s+(?:about\s+|approximately\s+|some\s+)?$"
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
        elif _BARE_SUBJECT.match(text, end) and not _context("value").search(before[-26:]):
            yield Goods(start, end, "cash", None, money)
        elif _BARE_OBJECT.search(before) and not _context("value").search(before[-26:]) and "fine" not in before:
            yield Goods(start, end, "cash", None, money)
