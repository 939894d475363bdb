"""Seizures from sentences and tables, with their place, date, authority and event; twice-told ones linked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract.document import Block
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.seizures.commodities import Catalogue
from newsletter_extract.extractors.seizures.goods_types import Tools
from newsletter_extract.extractors.seizures.known import Known, within
from newsletter_extract.extractors.seizures.narrative import Told, find_told
from newsletter_extract.extractors.seizures.tables import seizures_in_table
from newsletter_extract.extractors.seizures.triggers import find_triggers
from newsletter_extract.extractors.seizures.twins import link
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.schema import Commodity, DateSpan, Place, Seizure

_AUTHORITIES = frozenset({"customs", "police", "border", "unit", "justice", "government"})
_TEXT = frozenset({"paragraph", "list_item", "heading", "caption", "title"})
_BESIDE = 14
"""Characters between goods and a place of their own in a list: "4 kg of heroin in Dover, 7 kg …"."""
_HEADLINE_SURE = 0.93
"""What a headline loses: it is short of words and may round."""


def find_seizures(blocks: Sequence[Block], known: Known, tools: Tools) -> tuple[Seizure, ...]:
    """Every seizure in reading order; ids are seizure-1, seizure-2 …"""
    found: list[Seizure] = []
    parts: dict[int, int] = {}
    by_id = {block.id: block for block in blocks}
    before: Block | None = None
    led = False
    for block in blocks:
        if block.kind == "table":
            found += seizures_in_table(block, _titles(block, by_id, before), known, tools)
        elif block.kind in _TEXT:
            led = _announces(before) or (led and block.kind == "list_item") if block.kind == "list_item" else False
            spans = [(d.provenance.start, d.provenance.end) for d in known.dates.get(block.id, ()) if d.provenance]
            told = find_told(block, known.money.get(block.id, ()), spans, tools, led=led)
            parts |= {len(found) + k: len(found) + j for k, j in _parts(told).items()}
            found += [_from_sentence(t, known, tools.catalogue) for t in told]
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


def _from_sentence(told: Told, known: Known, catalogue: Catalogue) -> Seizure:
    block, (start, end), goods = told.block, told.sentence, told.goods
    event = known.event(block.id, goods.start)
    occurrence = event.event.occurrences[0] if event and event.event.occurrences else None
    by = [o.text for o in within(known.organizations, block.id, start, end) if o.kind in _AUTHORITIES]
    sure = told.confidence * min(1.0, 0.4 + 0.6 * reading_confidence(block, goods.start, goods.end))
    sure *= _HEADLINE_SURE if block.kind in {"heading", "title", "caption"} else 1.0
    return Seizure(
        id="",
        origin="narrative",
        commodity=Commodity(text=goods.name, category=catalogue.category(goods.name) or "other"),
        quantities=[*([goods.quantity] if goods.quantity else []), *goods.more],
        money=[*([goods.money] if goods.money else []), *told.worth],
        by=list(dict.fromkeys(by)),
        places=_places(told, known) or (list(occurrence.places) if occurrence else []),
        dates=_date(told, known) or (occurrence.dates if occurrence else None),
        event_id=event.event.id if event else None,
        provenance=provenance(block, goods.start, goods.end),
        confidence=round(sure, 3),
    )


def _places(told: Told, known: Known) -> list[Place]:
    """The places of the sentence; where each of several goods has its own, that of the goods."""
    block, goods = told.block.id, told.goods
    whole = _places_here(told, within(known.places, block, *told.sentence))
    if told.room == told.sentence:
        return whole
    after = _places_here(told, within(known.places, block, goods.end, told.room[1]))
    if after and after[0].provenance and after[0].provenance.start - goods.end <= _BESIDE:
        return after
    before = within(known.places, block, told.room[0], goods.start)
    if before and before[-1].provenance and goods.start - before[-1].provenance.end <= _BESIDE:
        return before
    return whole


def _places_here(told: Told, places: Sequence[Place]) -> list[Place]:
    """The places without those that goods or people come from or go to: "a parcel from Spain", "bound for Chennai"."""
    text, kept, end, left_out = told.block.text, [], -1, False
    for place in places:
        if place.provenance is None:
            continue
        start = place.provenance.start
        listed = end >= 0 and _LISTED.fullmatch(text, end, start) is not None
        left_out = left_out if listed else _ELSEWHERE.search(text, max(0, start - 40), start) is not None
        end = place.provenance.end
        kept += [] if left_out else [place]
    return kept


_LISTED = re.compile(r"\s?(?:,\s(?:and\s)?|\sand\s|\sor\s|/|\s?\(|\)\s)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:from|to|via|for|towards?|originating\sin|registered\sin|transit\sthrough|made\sin|citizens?\sof|nationals?\sof|flag\sof)"
    r"\s(?:the\s)?(?:(?:port|airport|city|town|island)\sof\s)?$",
    re.IGNORECASE,
)


def _date(told: Told, known: Known) -> DateSpan | None:
    """The day of the sentence, else any narrower date than a year in it."""
    dates = within(known.dates, told.block.id, *told.sentence)
    return next((d for d in dates if d.precision == "day"), next((d for d in dates if d.precision == "month"), None))
