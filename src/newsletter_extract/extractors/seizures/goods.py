"""Goods in a sentence: measured, counted, or told in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract.extractors.amounts.quantities import QuantityMention, find_quantities
from newsletter_extract.extractors.seizures.counted_goods import counted, single, uncounted
from newsletter_extract.extractors.seizures.goods_types import (
    Goods,
    Span,
    has_own_place,
    is_beside_the_point,
    overlaps,
)
from newsletter_extract.extractors.seizures.inventory import inventory
from newsletter_extract.extractors.seizures.measured_goods import measured, measured_again, with_measures
from newsletter_extract.extractors.seizures.phrases import name_span
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.tools import Tools

_HOLDS = re.compile(
    r"""
    (?:[^.;,]{0,20}\s|,\s(?P<each>each\s)|(?:[^.;,]|[.,](?=\d)){0,100}[;,]\s(?:they|these|which|all\sof\s(?:which|them)|the\scontents\sof\swhich)\s(?:all\s)?)
    (?:contain(?:ed|ing)|held|holding|filled\swith|(?:tested|testing)\spositive\sfor|(?:proved|turned\sout|(?:was|were)\sfound)\sto\s(?:be|contain))\s
    (?=(?P<amount>\D{0,16}\d)?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What leads from packages to what is in them: "18 bundles turned up; they contained heroin"."""


def contents(text: str, mention: QuantityMention, span: Span, tools: Tools) -> Goods | None:
    """Packages under the name of what a later word says is in them; with its measure where that follows at once.

    "20 packages containing 51.85 pounds of methamphetamine" are 20 packages and 51.85 pounds.
    """
    if mention.unit_kind not in {"container", "form"}:
        return None
    lead = _HOLDS.match(text, mention.end, span[1])
    if lead is None:
        return None
    if lead["amount"] is None:
        name = name_span(text, lead.end(), span[1], tools.catalogue)
        known = name and tools.catalogue.heads(text[slice(*name)])
        return Goods(mention.start, mention.end, text[slice(*name)], mention.quantity) if name and known else None
    inside = find_quantities(text, tools.units, tools.habit, lead.end(), span[1])
    item = measured(text, inside[0], span, tools) if inside and inside[0].start - lead.end() < _ABOUT else None
    if item is None or tools.catalogue.category(item.name) is None:
        return None
    if lead["each"] or re.match(r"\s(?:each|apiece)\b", text[item.end : item.end + 8]):
        return replace(item, start=mention.start, quantity=mention.quantity)
    measure = inside[0].quantity
    return replace(item, start=mention.start, quantity=mention.quantity, more=(measure,)) if measure.si else None


_ABOUT = 24
"""Characters of words like "approximately" before a measure."""


_NEXT_AMOUNT = re.compile(
    r",?\s?(?:(?:in|at|near|off|on)\s(?:the\s)?(?:[^\W\d_a-z][\w’'-]*\s?){1,3})?,?\s?(?:and\s)?(?:(?:in|at|near|off|on)\s(?:the\s)?(?:[^\W\d_a-z][\w’'-]*\s?){1,3})?",
)
"""What stands between two amounts of one list: a comma or "and", and where each was: "In Bar 12 kg, in Split 7 kg"."""


def _sharing(text: str, waiting: Sequence[QuantityMention], item: Goods) -> list[QuantityMention]:
    """The amounts right before goods that share their name: "12 kg and 40 kg of heroin"."""
    found: list[QuantityMention] = []
    start = item.start
    for mention in reversed(waiting):
        gap = text[mention.end : start]
        if not gap.strip() or _NEXT_AMOUNT.fullmatch(gap) is None:
            break
        found.insert(0, mention)
        start = mention.start
    return found


_AND_THEN = re.compile(
    r"\s(?:in|at|near|off|on)\s[^,;.\d]{2,48}?(?:,\s(?:and\s)?|\sand\s|;\s)(?:another\s|a\sfurther\s)?"
)


def _is_more_elsewhere(text: str, goods: Goods, mention: QuantityMention) -> bool:
    """Whether an amount without a name is more of the goods before it: "50 kg of cocaine in Bar, 30 kg in Split"."""
    both = has_own_place(text, goods.end) and has_own_place(text, mention.end)
    return both and _AND_THEN.fullmatch(text, goods.end, mention.start) is not None


def find_goods(text: str, span: Span, taken: Sequence[Span], tools: Tools) -> list[Goods]:
    """The goods that stand in text[span] with an amount, in order; `taken` are the spans of money and dates in it."""
    if listed := inventory(text, span, tools):
        return listed
    used = list(taken)
    goods: list[Goods] = []
    waiting: list[QuantityMention] = []
    for mention in find_quantities(text, tools.units, tools.habit, *span):
        ranged = mention.quantity.upper is not None
        beside = is_beside_the_point(text, span[0], mention.start, mention.end, ranged=ranged)
        if beside or overlaps(mention.start, mention.end, used):
            continue
        if goods and (again := measured_again(text, goods[-1], mention)):
            goods[-1] = again
        elif goods and _is_more_elsewhere(text, goods[-1], mention):
            goods.append(Goods(mention.start, mention.end, goods[-1].name, mention.quantity))
        elif item := measured(text, mention, span, tools):
            goods += [Goods(m.start, m.end, item.name, m.quantity) for m in _sharing(text, waiting, item)]
            goods.append(item)
            waiting = []
        elif packed := contents(text, mention, span, tools):
            goods.append(packed)
        else:
            waiting.append(mention)
        used.append((mention.start, max(mention.end, goods[-1].end if goods else 0)))
    for thing in counted(text, span, used, tools):
        goods.append(thing)
        used.append((thing.start, thing.end))
    for other in (*uncounted(text, span, tools), *single(text, span, tools)):
        if not overlaps(other.start, other.end, used):
            goods.append(other)
            used.append((other.start, other.end))
    goods = [g for g in goods if not context("rate").match(text, g.end + 1)]
    goods.sort(key=lambda g: g.start)
    return with_measures(text, goods, span, tools)
