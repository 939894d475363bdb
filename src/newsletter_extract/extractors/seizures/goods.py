"""Goods in a sentence: measured, counted, or told in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract.extractors.amounts.quantities import QuantityMention, find_quantities
from newsletter_extract.extractors.seizures.counted_goods import counted, single, uncounted
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, Tools, is_beside_the_point, overlaps
from newsletter_extract.extractors.seizures.inventory import inventory
from newsletter_extract.extractors.seizures.measured_goods import measured, measured_again, with_measures
from newsletter_extract.extractors.seizures.phrases import name_span

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
        elif packed := contents(text, mention, span, tools):
            goods.append(packed)
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
