"""Goods with a measure: "5 kg of cocaine", "12 boxes of", "cocaine weighing 5 kg", "58 tusks (240 kg)"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.extractors.amounts.quantities import MEASURES, QuantityMention, find_quantities
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, about_before, overlaps
from newsletter_extract.extractors.seizures.phrases import IDENTIFIED, name_before, name_span
from newsletter_extract.extractors.tools import Tools

_IN_ALL = re.compile(r"\s(?:in\s(?:all|total)|altogether|net|gross)\b", re.IGNORECASE)
_MAX_GAP = 60
"""Characters between goods and a measure that comes after them."""
DOSES = frozenset({"tablet", "capsule", "plant", "ampoule", "vial"})
"""Forms that are goods by themselves, whatever is in them."""
_ROUNDED_SI = 0.15
"""A rounded measure may be so far, relatively, from the exact one beside it: "more than half a tonne (523 kg)"."""
_LEAST_DOSE_KG = 20e-6
"""No tablet or capsule weighs less than 20 mg."""
_SAME_SI = 0.03
"""Two measures this close, relatively, are one told in two units: "2.8 kg (6.2 lb)"."""


_OF = re.compile(r"\s(?:of|in)\s(?!which\b|the\s(?:total|said)\b|them\b)", re.IGNORECASE)


_WAS = re.compile(r"\s(?:was|were)\s")
_PARTED = re.compile(r"Of\s(?:this|these|that|those|them|the\s\w+)\b")
"""How a sentence begins that parts a sum: "Of this amount, 2,180 kg were methamphetamine and 1,002 kg heroin"."""


def measured(text: str, mention: QuantityMention, span: Span, tools: Tools) -> Goods | None:
    start, end, kind, quantity = mention.start, mention.end, mention.unit_kind, mention.quantity
    end += text[end : end + 4] in {". of", ". in"}
    bracket = re.match(r"\s?\([^()]{1,40}\)", text[end : span[1]])
    after = end + bracket.end() if bracket and _OF.match(text, end + bracket.end()) else end
    of = _OF.match(text, after) or (_WAS.match(text, after) if _PARTED.match(text, *span) else None)
    hyphened = text[mention.unit_start - 1] == "-"
    if hyphened and is_counted(text, span[0], start):
        return None
    after = of.end() - 1 if of and of[0].strip() in {"was", "were"} else after
    name = name_span(text, after, span[1], tools.catalogue) if of or kind in MEASURES or kind == "form" else None
    if name and not of and name[0] - after > 3:
        name = None
    if kind in MEASURES:
        if _is_in_doses(text[span[0] : start], tools):
            return None
        if name is None or (not of and not hyphened and _is_strength(text[name[0] : name[1]], tools)):
            return None
        words = without_packing(text, name, tools) if hyphened or not of else name
        return (
            _as_identified(text, Goods(start, name[1], text[words[0] : words[1]], quantity), span, tools)
            if words
            else None
        )
    if of and name:
        return Goods(start, name[1], text[name[0] : name[1]], quantity, is_vehicle=False)
    if text[start - 1 : start] == "(":
        return None
    if kind == "vehicle":
        return Goods(start, end, text[mention.unit_start : end], quantity, is_vehicle=True)
    if kind == "item" or (kind == "form" and quantity.unit in DOSES):
        if name and kind == "form":
            return Goods(start, name[1], text[name[0] : name[1]], quantity)
        return Goods(start, end, text[mention.unit_start : end].rstrip("."), quantity)
    return Goods(start, name[1], text[name[0] : name[1]], quantity) if name and kind == "form" else None


def is_counted(text: str, floor: int, start: int) -> bool:
    """Whether a number stands right before text[start]: "280 half-litre bottles" measures one piece."""
    numbers = find_numbers(text, None, floor, start)
    return bool(numbers) and not text[numbers[-1].end : start].strip()


def _is_in_doses(lead: str, tools: Tools) -> bool:
    """Whether a measure behind `lead` is that of one dose: "300 capsules of 100 mg pregabalin"."""
    words = lead.split()
    unit = tools.units.named(words[-2]) if words[-1:] == ["of"] and len(words) > 1 else None
    return unit is not None and unit.name in DOSES


def _is_strength(name: str, tools: Tools) -> bool:
    """Whether a measure right before a name is that of one piece: "225 mg tramadol tablets"."""
    unit = tools.units.named(name.rsplit(maxsplit=1)[-1])
    return unit is not None and unit.kind == "form" and unit.name not in {"brick", "block", "slab", "plant"}


_COLLECTIVE = re.compile(
    r"(?:[\w-]+\s){0,2}?(?:haul|load|stash|quantity|amount|seizure|cargo|volume|collection|stockpile|worth|mass|total)s?\sof\s",
    re.I,
)


def without_packing(text: str, name: Span, tools: Tools) -> Span | None:
    """ "a 12-kilogram package of heroin", "the 61 kg haul of cocaine": the goods are what stands after "of"."""
    words = text[name[0] : name[1]]
    if match := _COLLECTIVE.match(words):
        return name[0] + match.end(), name[1]
    head, of, rest = words.partition(" of ")
    unit = tools.units.named(head.split()[-1])
    if of and unit and unit.kind in {"container", "form"}:
        return name[1] - len(rest), name[1]
    return name if not (unit and unit.kind in {"container", "vehicle"}) else None


def _as_identified(text: str, item: Goods, span: Span, tools: Tools) -> Goods:
    """Goods under the name of the substance that they are said to be."""
    category = tools.catalogue.category(item.name)
    lead = IDENTIFIED.match(text, item.end, span[1])
    name = name_span(text, lead.end(), span[1], tools.catalogue) if lead else None
    if name is None or (category and category not in {"other", "precursors"}):
        return item
    known = tools.catalogue.heads(text[slice(*name)])
    return replace(item, end=name[1], name=text[slice(*name)]) if known else item


_WEIGHING = re.compile(
    r"""
    (?:,?\s(?:(?:collectively|together|altogether|each|in\stotal)\s)?(?:,\s)?
       (?:weighing|weighed|totall?ing|amounting\sto|measuring|which\sweighed|with\san?\s(?:[\w-]+\s){0,2}(?:weight|volume|mass)\sof
         |with\san?\s(?:[\w-]+\s){0,2}(?:weight|volume|mass)\sestimated\sat|in\s(?:the\samount|a\squantity)\sof)
       (?:\s(?:in\sat|a\stotal\sof|a\scombined|between))?
     |,?\sor|\s?\((?:[\w-]+\s){0,2}(?:weight|mass|volume)(?::|\sof)|\s?[(:–—]|\s-)
    \s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between goods and their measure: "cocaine weighing 5 kg", "heroin (2 kg)", "Khat: 3 kg"."""


def measured_again(text: str, first: Goods, mention: QuantityMention) -> Goods | None:
    """The goods with one more measure, where the mention measures them once more: "58 tusks weighing 240 kg"."""
    gap = text[first.end : mention.start]
    if len(gap) > 2 * _MAX_GAP or first.quantity is None or re.match(r"\sof\s", text[mention.end : mention.end + 4]):
        return None
    lead = _WEIGHING.match(about_before().sub("", gap)) or (gap.strip() == "," and _IN_ALL.match(text, mention.end))
    if not (lead or _TOTAL_WEIGHT.search(about_before().sub("", gap))) or "each" in gap:
        return None
    if first.quantity.value is None:
        return replace(first, end=mention.end, quantity=mention.quantity)
    if first.quantity.unit in DOSES and _is_of_one_dose(first.quantity.value, mention):
        return replace(first, end=mention.end)
    ours, theirs = first.quantity.si, mention.quantity.si
    if ours and theirs and ours.unit == theirs.unit:
        apart = abs(ours.value - theirs.value) / max(ours.value, theirs.value)
        if apart <= _SAME_SI:
            return replace(first, end=mention.end)
        rounded = first.quantity.approximate and apart <= _ROUNDED_SI
        return replace(first, end=mention.end, more=(*first.more, mention.quantity)) if rounded else None
    return replace(first, end=mention.end, more=(*first.more, mention.quantity))


def _is_of_one_dose(count: float, mention: QuantityMention) -> bool:
    """Whether a weight is too little for so many tablets, and so what is in each: "1,250 tablets (225 mg)"."""
    weight = mention.quantity.si
    return weight is not None and weight.unit == "kg" and weight.value < count * _LEAST_DOSE_KG


def with_measures(text: str, goods: list[Goods], span: Span, tools: Tools) -> list[Goods]:
    """Goods counted and then measured become one; a measure after its name finds its goods: "cocaine weighing 5 kg"."""
    mentions = find_quantities(text, tools.units, tools.habit, *span)
    free = [m for m in mentions if not overlaps(m.start, m.end, [(g.start, g.end) for g in goods])]
    result: list[Goods] = []
    for item in goods:
        whole = item
        for mention in free:
            if whole.end <= mention.start:
                whole = measured_again(text, whole, mention) or whole
        result.append(whole)
    for mention in free:
        spans = [(g.start, g.end) for g in result]
        named = _named_before(text, mention, span, tools) or _named_by_noun(text, mention, span, tools)
        if named and not overlaps(mention.start, mention.end, spans) and not overlaps(named.start, named.end, spans):
            result.append(named)
    return sorted(result, key=lambda g: g.start)


_SEIZURE_OF = re.compile(
    r"\b(?:seizures?|hauls?|finds?|confiscations?|interceptions?|detections?|discovery)\sof\s", re.IGNORECASE
)
_SO_MUCH = re.compile(r"[^.;:\d]{0,60}[:,–—-]\s(?:[a-z]+\s){0,2}$")


def _named_by_noun(text: str, mention: QuantityMention, span: Span, tools: Tools) -> Goods | None:
    """ "The largest seizure of mercury of the decade: nearly 4 tonnes" are 4 tonnes of mercury."""
    noun = _SEIZURE_OF.search(text, span[0], mention.start)
    name = name_span(text, noun.end(), mention.start, tools.catalogue) if noun else None
    if (
        name is None
        or mention.unit_kind not in MEASURES
        or re.match(r"\s(?:of|in)\s", text[mention.end : mention.end + 4])
    ):
        return None
    known = tools.catalogue.heads(text[slice(*name)]) and _SO_MUCH.fullmatch(text, name[1], mention.start)
    return Goods(name[0], mention.end, text[slice(*name)], mention.quantity) if known else None


_TOTAL_WEIGHT = re.compile(
    r",?\s(?:for|with|at|of|making|giving)\s(?:an?|the)\s(?:total|combined|aggregate|overall|gross|net|joint)\s(?:\w+\s)?(?:weight|mass|volume)\sof\s*$",
    re.IGNORECASE,
)
"""What says, at some distance from the goods, that all of them are measured."""
_QUALIFIED = re.compile(r"\s(?:in|of)\s(?:the\s)?(?:[\w-]+\s){1,2}(?:form|origin|purity|brand|quality)$", re.IGNORECASE)
"""What may stand between a name and its measure: "gold of foreign origin weighing 2 kg"."""


def _name_end(text: str, floor: int, end: int) -> int:
    """Where the name ends that stands before text[end]."""
    match = _QUALIFIED.search(text, max(floor, end - _MAX_GAP), end)
    return match.start() if match else end


def _named_before(text: str, mention: QuantityMention, span: Span, tools: Tools) -> Goods | None:
    if mention.unit_kind == "length":
        return None
    base = max(span[0], mention.start - _MAX_GAP)
    lead = _WEIGHING.search(about_before().sub("", text[base : mention.start]))
    if not lead or "each" in lead[0]:
        return None
    name = name_before(text, span[0], _name_end(text, span[0], base + lead.start()), tools.catalogue)
    return Goods(name[0], mention.end, text[name[0] : name[1]], mention.quantity) if name else None
