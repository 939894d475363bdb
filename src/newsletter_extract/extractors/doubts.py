"""Facts that stand on numbers which repair told to be doubtful: none is surer than these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from newsletter_extract.document import Document
from newsletter_extract.extractors.facts import Facts
from newsletter_extract.schema import Money, Quantity, Seizure

_DOUBTED = 0.6
"""The most that a fact is sure of which a doubtful number stands in."""
_Counted = TypeVar("_Counted", Money, Seizure)
Doubts = Mapping[str, Sequence[tuple[int, int, str]]]
"""Block id → start, end and text of the doubtful numbers in it."""


def with_doubts(facts: Facts, document: Document) -> Facts:
    """The facts, those on doubtful numbers less sure, and without an amount that is a doubtful number alone."""
    blocks = {block.id: block for block in document.blocks()}
    doubts: dict[str, list[tuple[int, int, str]]] = {}
    for notice in document.notices:
        block = blocks.get(notice.block_id or "")
        if notice.code == "number_doubtful" and block and notice.start is not None and notice.end is not None:
            text = block.text[notice.start : notice.end]
            doubts.setdefault(block.id, []).append((notice.start, notice.end, text))
    if not doubts:
        return facts
    seizures = tuple(_without_bare(_doubted(seizure, doubts), doubts) for seizure in facts.seizures)
    return replace(facts, seizures=seizures, money=tuple(_doubted(money, doubts) for money in facts.money))


def _within(fact: Money | Seizure, doubts: Doubts) -> list[str]:
    """The doubtful numbers in the words of a fact."""
    where = fact.provenance
    return (
        [t for start, end, t in doubts.get(where.block, ()) if start < where.end and where.start < end] if where else []
    )


def _doubted(fact: _Counted, doubts: Doubts) -> _Counted:
    if fact.confidence <= _DOUBTED or not _within(fact, doubts):
        return fact
    return fact.model_copy(update={"confidence": _DOUBTED})


def _without_bare(seizure: Seizure, doubts: Doubts) -> Seizure:
    """The seizure, its doubtful amounts that are bare numbers as words alone: "8801" may be 880 l, "3il" 31 or 311."""
    told = {text.strip() for text in _within(seizure, doubts)}
    quantities = [_as_words(q) if q.text.strip() in told else q for q in seizure.quantities]
    return seizure if quantities == seizure.quantities else seizure.model_copy(update={"quantities": quantities})


def _as_words(quantity: Quantity) -> Quantity:
    return Quantity(text=quantity.text, value=None, unit=None)
