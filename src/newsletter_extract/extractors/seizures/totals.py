"""Sums of goods and their parts, told side by side: which of them to count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract.extractors.amounts.quantities import QuantityMention, find_quantities
from newsletter_extract.extractors.commodities import Catalogue, commodity_words
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, has_own_place
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Quantity

_SAME = 0.005
"""Parts whose sum comes this close to a total, relatively, are its parts: bulletins round."""
_TELLING_DIGITS = 3
"""A sum with so many digits meets that of its neighbours by chance too seldom to matter."""
_MOST_PARTS = 12
_CUE_REACH = 48
"""Characters before an amount in which a word says that it is a sum."""
_PARTS_REACH = 600
"""Characters after a total in which its parts are told."""
_PIECES = frozenset({None, "piece", "stick", "pair"})


def parts_of(text: str, span: Span, goods: Sequence[Goods], tools: Tools) -> list[Goods]:
    """The goods of text[span], with a measured total replaced by the bare measures after it that add up to it.

    "462 kg of heroin in two operations: 221 kg in a bus and 241 kg in a lorry" are 221 and 241 kg of heroin.
    """
    result = list(goods)
    for total in goods:
        if total.quantity is None or total.quantity.si is None or total not in result:
            continue
        later = [m for m in find_quantities(text, tools.units, tools.habit, total.end, span[1]) if m.quantity.si]
        later = [m for m in later if not _names_goods(m, goods, tools)]
        if (
            len(later) > 1
            and not has_own_place(text, total.end)
            and _adds_up(total.quantity, [m.quantity for m in later])
        ):
            parts = [Goods(m.start, m.end, total.name, m.quantity) for m in later]
            kept = [g for g in result if g is not total and all(g.end <= m.start or m.end <= g.start for m in later)]
            result = sorted([*kept, *parts], key=lambda g: g.start)
    return result


def parts_after(text: str, total: Goods, limit: int, tools: Tools) -> list[Goods]:
    """The parts of a measured total that are told in the sentences after its own, without a name, up to `limit`.

    "They seized 462 kg of heroin in two raids. In the first, 221 kg lay in a bus, in the second 241 kg in a lorry."
    """
    if total.quantity is None or total.quantity.si is None or total.more or has_own_place(text, total.end):
        return []
    end = min(limit, total.end + _PARTS_REACH)
    later = [m for m in find_quantities(text, tools.units, tools.habit, total.end, end) if m.quantity.si]
    for n in range(2, min(len(later), _MOST_PARTS) + 1):
        if _adds_up(total.quantity, [m.quantity for m in later[:n]]):
            return [Goods(m.start, m.end, total.name, m.quantity) for m in later[:n]]
    return []


def _names_goods(mention: QuantityMention, goods: Sequence[Goods], tools: Tools) -> bool:
    """Whether a measure is that of known goods of its own."""
    return any(g.start <= mention.start < g.end and tools.catalogue.category(g.name) for g in goods)


def without_totals(text: str, goods: Sequence[Goods], tools: Tools) -> list[int]:
    """The indices of the goods that are no sum of others right before or after them: the parts count."""
    return [k for k in range(len(goods)) if not _is_total(text, k, goods, tools.catalogue)]


def _is_total(text: str, k: int, goods: Sequence[Goods], catalogue: Catalogue) -> bool:
    total = goods[k]
    if total.quantity is None or not (_is_cued(text, total) or _digits(total.quantity) >= _TELLING_DIGITS):
        return False
    after = list(goods[k + 1 : k + 1 + _MOST_PARTS])
    before = list(reversed(goods[max(0, k - _MOST_PARTS) : k]))
    return any(
        _adds_up(total.quantity, [g.quantity for g in near[:n] if g.quantity])
        for near in (after, before)
        for n in range(2, len(near) + 1)
        if all(_is_kind_of(g, total, catalogue) for g in near[:n])
    )


def _is_cued(text: str, total: Goods) -> bool:
    """Whether words say that an amount is a sum: "a total of", "thus", "in all", a colon or "namely" after it."""
    around = text[max(0, total.start - _CUE_REACH) : total.start]
    return (
        bool(context("sum").search(around))
        or re.match(
            r"\s?(?::|,?\s(?:namely|comprising|made\sup\sof|consisting\sof)\b)", text[total.end : total.end + 20]
        )
        is not None
    )


def _digits(quantity: Quantity) -> int:
    return len(re.sub(r"\D|0+$", "", f"{quantity.value or 0:g}"))


def _is_kind_of(part: Goods, total: Goods, catalogue: Catalogue) -> bool:
    """Whether goods can be a part of a sum: of its category, or of its name."""
    if part.quantity is None or part.quantity.value is None:
        return False
    same = catalogue.category(part.name) == catalogue.category(total.name)
    return same or bool(commodity_words(part.name) & commodity_words(total.name))


def _adds_up(total: Quantity, parts: Sequence[Quantity]) -> bool:
    whole, *amounts = (_amount(q) for q in (total, *parts))
    if whole is None or not amounts or any(a is None or a[1] != whole[1] or a[0] >= whole[0] for a in amounts):
        return False
    return abs(sum(a[0] for a in amounts if a) - whole[0]) <= _SAME * whole[0]


def _amount(quantity: Quantity) -> tuple[float, str] | None:
    """The amount in SI units, or the count of pieces."""
    if quantity.si:
        return float(quantity.si.value), quantity.si.unit
    if quantity.value is None:
        return None
    return float(quantity.value), "" if quantity.unit in _PIECES else str(quantity.unit)


_PARTLY = re.compile(
    r"""
    (?:,\s|\s|\s?\()(?:including|among\s(?:them|these|which)|of\swhich|such\sas|notably|(?:which|that|they)\sinclude[ds]?)[:\s]*$
      | \s?:\s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between a sum and the first of those of its parts that are named."""


def partly_told(text: str, goods: Sequence[Goods], tools: Tools) -> dict[int, int]:
    """Index of a part → index of the sum that holds it, where only some parts are told: "5 t of drugs, including …"."""
    whole: dict[int, int] = {}
    for k, total in enumerate(goods[:-1]):
        gap = text[total.end : goods[k + 1].start]
        if total.quantity is None or k in whole or not (_PARTLY.search(gap) or context("among").search(gap)):
            continue
        for j in range(k + 1, len(goods)):
            apart = j > k + 1 and re.search(r"[.;]\s", text[goods[j - 1].end : goods[j].start])
            first = j == k + 1
            if apart or (first and not _is_kind_of(goods[j], total, tools.catalogue)) or not _is_less(goods[j], total):
                break
            whole[j] = k
    return whole


def _is_less(part: Goods, total: Goods) -> bool:
    ours = _amount(part.quantity) if part.quantity else None
    theirs = _amount(total.quantity) if total.quantity else None
    return ours is not None and theirs is not None and (ours[1] != theirs[1] or ours[0] < theirs[0])
