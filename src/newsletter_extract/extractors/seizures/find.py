"""Seizures from sentences and tables, with their place, date, authority and event; twice-told ones linked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract.document import Block
from newsletter_extract.extractors.amounts.quantities import is_broken_count
from newsletter_extract.extractors.commodities import Catalogue
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.seizures.known import Known
from newsletter_extract.extractors.seizures.narrative import Told, find_told
from newsletter_extract.extractors.seizures.tables import seizures_in_table
from newsletter_extract.extractors.seizures.triggers import find_triggers
from newsletter_extract.extractors.seizures.twins import link
from newsletter_extract.extractors.seizures.whereabouts import authorities_of, dates_of, places_of
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Commodity, Seizure

_TEXT = frozenset({"paragraph", "list_item", "heading", "caption", "title"})
_BROKEN = 0.6
"""What goods lose that are counted in fractions: a mark in their number was misread."""
_HEADLINE_SURE = 0.93
"""What a headline loses: it is short of words and may round."""


_HEADS = frozenset({"heading", "title", "caption"})
_HEADS_SEIZURES = re.compile(
    r"(?:[^\W\d]+\s){0,2}?(?:seizures|hauls|confiscations|detections|interceptions)"
    r"(?:\s(?:of|in|by|at|during|from|made|this|last)\b.*|\s?[(:,–—-].*|\s*)$",
    re.IGNORECASE | re.DOTALL,
)
"""A heading over a list of seizures: "Seizures of the week", "Drug seizures in brief"."""
_ITEM = re.compile(
    r"[^.:;\d]{2,48}:\s(?:[^\s.:;]+\s){0,2}?(?:\d|an?\s|two|three|four|five|six|seven|eight|nine|ten)", re.IGNORECASE
)
"""An item of such a list: "Bar: 12 kg of heroin in a car"."""


def find_seizures(blocks: Sequence[Block], known: Known, tools: Tools) -> tuple[Seizure, ...]:
    """Every seizure in reading order; ids are seizure-1, seizure-2 …"""
    found: list[Seizure] = []
    parts: dict[int, int] = {}
    by_id = {block.id: block for block in blocks}
    before: Block | None = None
    lead: Block | None = None
    head: Block | None = None
    for block in blocks:
        if block.kind in _HEADS:
            head = block if _HEADS_SEIZURES.match(block.text) else None
        if block.kind == "table":
            found += seizures_in_table(block, _titles(block, by_id, before), known, tools)
        elif block.kind in _TEXT:
            if block.kind == "list_item":
                lead = before if _announces(before) else lead or head
            else:
                lead = head if block.kind == "paragraph" and _ITEM.match(block.text) else None
            spans = [(d.provenance.start, d.provenance.end) for d in known.dates.get(block.id, ()) if d.provenance]
            told = find_told(block, known.money.get(block.id, ()), spans, tools, led=lead is not None)
            parts |= {len(found) + k: len(found) + j for k, j in _parts(told).items()}
            found += [_from_sentence(t, known, tools.catalogue, lead) for t in told]
        before = block
    numbered = [
        s.model_copy(update={"id": f"seizure-{k + 1}", "same_as": f"seizure-{parts[k] + 1}" if k in parts else None})
        for k, s in enumerate(found)
    ]
    return link(numbered, by_id, tools.catalogue)


def _parts(told: Sequence[Told]) -> dict[int, int]:
    """Index of a part → index of the sum that holds it."""
    places = {id(t.goods): k for k, t in enumerate(told)}
    return {k: places[id(t.part_of)] for k, t in enumerate(told) if t.part_of}


def _titles(table: Block, by_id: dict[str, Block], before: Block | None) -> list[Block]:
    """The blocks that name a table: its caption, else the heading or the announcing sentence right before it."""
    if table.caption_id in by_id:
        return [by_id[table.caption_id]]
    named = before is not None and (before.kind in {"heading", "caption", "title"} or before.text.endswith(":"))
    return [before] if before is not None and named else []


def _announces(block: Block | None) -> bool:
    """Whether a block leads in a list of seized goods: "The following were seized:"."""
    if block is None or not block.text.rstrip().endswith(":") or block.kind not in {"paragraph", "heading"}:
        return False
    last = max(block.text.rfind(". "), 0)
    if context("cancel").search(block.text, last) or context("past").search(block.text, last):
        return False
    if any(t.strength != "weak" for t in find_triggers(block.text, last, len(block.text))):
        return True
    return bool(re.search(r"\b(?:seizures?|seized|confiscated|haul|results)\b", block.text[last:], re.IGNORECASE))


def _from_sentence(told: Told, known: Known, catalogue: Catalogue, lead: Block | None) -> Seizure:
    """The record of goods told in a sentence; `lead` is the block that announced the list they are an item of."""
    block, goods = told.block, told.goods
    event = known.event(block.id, goods.start)
    occurrence = event.event.occurrences[0] if event and event.event.occurrences else None
    sure = told.confidence * min(1.0, 0.4 + 0.6 * reading_confidence(block, goods.start, goods.end))
    sure *= _BROKEN if goods.quantity and is_broken_count(goods.quantity) else 1.0
    sure *= _HEADLINE_SURE if block.kind in {"heading", "title", "caption"} else 1.0
    return Seizure(
        id="",
        origin="narrative",
        commodity=Commodity(text=goods.name, category=catalogue.category(goods.name) or "other"),
        quantities=[*([goods.quantity] if goods.quantity else []), *goods.more],
        money=[*([goods.money] if goods.money else []), *told.worth],
        by=authorities_of(told, known, lead),
        places=places_of(told, known, occurrence, lead),
        dates=dates_of(told, known, occurrence, lead),
        event_id=event.event.id if event else None,
        provenance=provenance(block, goods.start, goods.end),
        confidence=round(sure, 3),
    )
