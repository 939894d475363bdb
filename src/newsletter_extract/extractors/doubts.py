"""Facts that stand on doubtful numbers: those that repair told of, and those that keep the total of a table from being
right. None is surer than they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from newsletter_extract.document import Block, Document
from newsletter_extract.extractors.amounts.numbers import NumberHabit
from newsletter_extract.extractors.facts import Facts
from newsletter_extract.extractors.tables.grid import read_grid
from newsletter_extract.extractors.tables.sums import column_totals
from newsletter_extract.schema import Money, Quantity, Seizure

_DOUBTED = 0.6
"""The most that a fact is sure of which a doubtful number stands in."""
_Counted = TypeVar("_Counted", Money, Seizure)
_Spans = Mapping[str, Sequence[tuple[int, int]]]
"""Block id → start and end of the doubtful numbers in it."""


@dataclass(slots=True)
class Doubts:
    """Where doubtful numbers stand, and what those are written as that may be another number altogether."""

    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)


def with_doubts(facts: Facts, document: Document, habit: NumberHabit) -> Facts:
    """The facts, those on doubtful numbers less sure, and without an amount that is a number told to be doubtful."""
    doubts = _doubts(facts, document, habit)
    if not doubts.spans:
        return facts
    seizures = tuple(_without_bare(_doubted(seizure, doubts.spans), doubts) for seizure in facts.seizures)
    return replace(facts, seizures=seizures, money=tuple(_doubted(money, doubts.spans) for money in facts.money))


def _doubts(facts: Facts, document: Document, habit: NumberHabit) -> Doubts:
    blocks = {block.id: block for block in document.blocks()}
    found = Doubts()
    for notice in document.notices:
        block = blocks.get(notice.block_id or "")
        if notice.code == "number_doubtful" and block and notice.start is not None and notice.end is not None:
            found.spans.setdefault(block.id, []).append((notice.start, notice.end))
            found.texts.setdefault(block.id, set()).add(block.text[notice.start : notice.end].strip())
    wrong = {notice.block_id for notice in facts.notices if notice.code == "table_total_mismatch"}
    for key in sorted(key for key in wrong if key):
        found.spans.setdefault(key, []).extend(_suspects(blocks[key], habit))
    return found


def _suspects(block: Block, habit: NumberHabit) -> Iterator[tuple[int, int]]:
    """The number of a scanned table that with one digit changed makes a total right, or else all that it is made of."""
    if all(token.confidence is None for token in block.tokens):
        return
    grid = read_grid(block)
    for total in column_totals(grid, habit):
        if not total.agrees:
            column = (cell for row in grid.rows for cell in row if cell.column == total.column)
            for cell in [total.suspect] if total.suspect else column:
                yield cell.start, cell.end


def _is_within(fact: Money | Seizure, spans: _Spans) -> bool:
    """Whether a doubtful number is among the words of a fact."""
    where = fact.provenance
    return where is not None and any(a < where.end and where.start < b for a, b in spans.get(where.block, ()))


def _doubted(fact: _Counted, spans: _Spans) -> _Counted:
    if fact.confidence <= _DOUBTED or not _is_within(fact, spans):
        return fact
    return fact.model_copy(update={"confidence": _DOUBTED})


def _without_bare(seizure: Seizure, doubts: Doubts) -> Seizure:
    """The seizure, its doubtful amounts that are bare numbers as words alone: "8801" may be 880 l, "3il" 31 or 311."""
    told = doubts.texts.get(seizure.provenance.block, set()) if seizure.provenance else set()
    quantities = [_as_words(q) if q.text.strip() in told else q for q in seizure.quantities]
    return seizure if quantities == seizure.quantities else seizure.model_copy(update={"quantities": quantities})


def _as_words(quantity: Quantity) -> Quantity:
    return Quantity(text=quantity.text, value=None, unit=None)
