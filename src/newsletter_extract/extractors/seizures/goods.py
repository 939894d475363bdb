"""Goods in a sentence: measured, counted, or told in words."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.extractors.amounts.quantities import QuantityMention, find_quantities
from newsletter_extract.extractors.seizures.counted_goods import counted, single, uncounted
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, Tools, is_beside_the_point, overlaps
from newsletter_extract.extractors.seizures.inventory import inventory
from newsletter_extract.extractors.seizures.measured_goods import measured, measured_again, with_measures


def find_goods(text: str, span: Span, taken: Sequence[Span], tools: Tools) -> list[Goods]:
    """The goods that stand in text[span] with an amount, in order; `taken` are the spans of money and dates in it."""
    if listed := inventory(text, span, tools):
        return listed
    used = list(taken)
    goods: list[Goods] = []
    waiting: QuantityMention | None = None
    for mention in find_quantities(text, tools.units, tools.habit, *span):
        if overlaps(mention.start, mention.end, used) or is_beside_the_point(text, span[0], mention.start, mention.end):
            continue
        if goods and (again := measured_again(text, goods[-1], mention)):
            goods[-1] = again
        elif item := measured(text, mention, span, tools):
            shared = waiting and text[waiting.end : item.start].strip() in {"and", ","}
            goods += [Goods(waiting.start, waiting.end, item.name, waiting.quantity)] if shared and waiting else []
            goods.append(item)
            waiting = None
        else:
            waiting = mention
        used.append((mention.start, max(mention.end, goods[-1].end if goods else 0)))
    for thing in counted(text, span, used, tools):
        goods.append(thing)
        used.append((thing.start, thing.end))
    for other in (*uncounted(text, span, tools), *single(text, span, tools)):
        if not overlaps(other.start, other.end, used):
            goods.append(other)
            used.append((other.start, other.end))
    goods.sort(key=lambda g: g.start)
    return with_measures(text, goods, span, tools)
