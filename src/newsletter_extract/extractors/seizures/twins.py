"""One seizure told twice: which later record names which earlier one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.commodities import Catalogue, commodity_words
from newsletter_extract.extractors.seizures.phrases import name_words
from newsletter_extract.schema import DateSpan, Place, Seizure

_HEADLINES = frozenset({"title", "heading", "caption"})
_DEFINITE = re.compile(r"\b(?:the|these|those|this|all)\s+(?:total\s+of\s+)?$", re.IGNORECASE)
_MANY_ALIKE = 20
"""An amount that so many records have tells nothing of which are one."""
_UNDER_HEADLINE = 2
"""Blocks from a headline to the text that tells its news in full; a line of date and place may stand between."""
_TELLING_DIGITS = 3
"""Amounts with so many digits are alike by chance too seldom to matter."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The blocks of a document with their places in its order, and the goods known."""

    blocks: Mapping[str, Block]
    order: Mapping[str, int]
    catalogue: Catalogue


def link(seizures: Sequence[Seizure], blocks: Mapping[str, Block], catalogue: Catalogue) -> tuple[Seizure, ...]:
    """The records with `same_as` where one tells of an earlier seizure again.

    A record is linked where just one earlier one has the same amount and like goods, nothing about their dates and
    places is at odds, and the way they are told allows it: in a sentence and a table row, in a headline and its text,
    or with "the". Each record is named by at most one other of its kind.
    """
    by_measure: dict[tuple[float, str], list[Seizure]] = {}
    linked: set[tuple[str, str]] = set()
    texts = _Texts(blocks, {block: k for k, block in enumerate(blocks)}, catalogue)
    result: list[Seizure] = []
    for record in seizures:
        if record.same_as:
            result.append(record)
            continue
        measures = _measures(record)
        alike = [by_measure.get(m, []) for m in sorted(measures)]
        earlier = {s.id: s for found in alike if len(found) <= _MANY_ALIKE for s in found}
        twins = [s for s in earlier.values() if (s.id, record.origin) not in linked and _same(s, record, texts)]
        if len(twins) == 1:
            linked.add((twins[0].id, record.origin))
            result.append(record.model_copy(update={"same_as": twins[0].id}))
            continue
        for measure in measures:
            by_measure.setdefault(measure, []).append(record)
        result.append(record)
    return tuple(result)


def _same(first: Seizure, second: Seizure, texts: _Texts) -> bool:
    if max(first.cases or 1, second.cases or 1) > 1:
        return False
    if first.origin == second.origin and not _told_again(first, second, texts):
        return False
    return (
        _like_goods(first, second, texts.catalogue)
        and _fits(first.dates, second.dates)
        and _near(first.places, second.places)
    )


def _told_again(first: Seizure, second: Seizure, texts: _Texts) -> bool:
    """Whether a sentence repeats another: the text right under a headline, or "the 40 kg" of the same event."""
    if first.origin == "table" or not (first.provenance and second.provenance):
        return False
    above, block = texts.blocks[first.provenance.block], texts.blocks[second.provenance.block]
    if above.kind in _HEADLINES and block.kind not in _HEADLINES:
        return 0 < texts.order[block.id] - texts.order[above.id] <= _UNDER_HEADLINE
    before = block.text[max(0, second.provenance.start - 24) : second.provenance.start]
    same_story = first.event_id == second.event_id and (first.event_id is not None or above.id == block.id)
    return same_story and bool(_DEFINITE.search(before))


def _like_goods(first: Seizure, second: Seizure, catalogue: Catalogue) -> bool:
    heads = catalogue.heads(first.commodity.text), catalogue.heads(second.commodity.text)
    if None not in heads and heads[0] != heads[1]:
        return False
    if _kernel(first, catalogue) & _kernel(second, catalogue):
        return True
    if first.commodity.category != second.commodity.category or first.commodity.category == "other":
        return False
    if not (_is_wide(first) or _is_wide(second)):
        return False
    digits = max(len(re.sub(r"\D|0+$", "", f"{m[0]:g}")) for m in _measures(first) & _measures(second))
    shared = {p.name for p in first.places} & {p.name for p in second.places}
    return bool(shared) or digits >= _TELLING_DIGITS


def _is_wide(seizure: Seizure) -> bool:
    """Whether a name, as "illicit drugs", may stand for any goods of its kind: of two drugs by name, neither does."""
    return commodity_words(seizure.commodity.text) <= resources.words("wide_goods.txt")


def _kernel(seizure: Seizure, catalogue: Catalogue) -> frozenset[str]:
    """The words of a name that say what the goods are, and not how they came: "counterfeit", "undeclared"."""
    words = commodity_words(seizure.commodity.text)
    return frozenset(w for w in words if w not in name_words("manner")) or words


def _fits(first: DateSpan | None, second: DateSpan | None) -> bool:
    """Whether two dates can be of one day."""
    if first is None or second is None or None in (first.start, first.end, second.start, second.end):
        return True
    return first.start <= second.end and second.start <= first.end  # type: ignore[operator]


def _near(first: Sequence[Place], second: Sequence[Place]) -> bool:
    """Whether two lists of places can be of one seizure: one in both, or one country where a list names no more."""
    if not first or not second or {p.name for p in first} & {p.name for p in second}:
        return True
    countries = {p.country for p in first} & {p.country for p in second} - {None}
    broad = all(p.kind in {"country", "region"} for p in first) or all(p.kind in {"country", "region"} for p in second)
    return bool(countries) and broad


def _measures(seizure: Seizure) -> set[tuple[float, str]]:
    amounts = {
        (round(float(q.si.value), 6), q.si.unit) if q.si else (float(q.value), _count_unit(q.unit))
        for q in seizure.quantities
        if q.value is not None
    }
    return amounts or {(float(m.amount), m.currency) for m in seizure.money if m.amount is not None}


def _count_unit(unit: str | None) -> str:
    """One name for all ways to count pieces: "two pistols", "2 pieces", "15 cars"."""
    return "" if unit in {None, "piece", "car", "vehicle", "boat", "truck", "motorcycle", "pair"} else str(unit)
