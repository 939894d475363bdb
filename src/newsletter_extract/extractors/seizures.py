"""Seizures from sentences and tables, with their place, date, authority and event; twice-told ones linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter_extract.document import Block
from newsletter_extract.extractors.commodities import Catalogue, commodity_words
from newsletter_extract.extractors.events import EventText
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.goods import Tools
from newsletter_extract.extractors.numbers import find_numbers
from newsletter_extract.extractors.quantities import Units, find_quantities, make_quantity
from newsletter_extract.extractors.seizure_sentences import Told, find_told
from newsletter_extract.extractors.tables import Grid, read_grid
from newsletter_extract.schema import Commodity, DateSpan, Money, Organization, Place, Quantity, Seizure, Table

_SEIZURE_WORDS = re.compile(
    r"seiz|confiscat|intercept|detain|detect|haul|caught|contraband|smuggl|results|forfeit", re.I
)
_NO_SEIZURE = re.compile(
    r"budget|export|import|production|training|participants|staff|equipment|donat|trade\b|price", re.I
)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts already found, which seizures refer to."""

    dates: Sequence[DateSpan]
    places: Sequence[Place]
    organizations: Sequence[Organization]
    money: Sequence[Money]
    events: Sequence[EventText]
    tables: Sequence[Table]


def find_seizures(blocks: Sequence[Block], known: Known, tools: Tools) -> tuple[Seizure, ...]:
    """Every seizure in reading order; ids are seizure-1, seizure-2 …"""
    found: list[Seizure] = []
    titles = {block.id: block.text for block in blocks}
    tables = {t.provenance.block: t for t in known.tables if t.provenance}
    for block in blocks:
        if block.kind == "table":
            grid = read_grid(block)
            if _tells_of_seizures(grid, titles.get(block.caption_id or "", ""), tools.catalogue):
                found += list(_from_table(grid, tables[block.id], known, tools))
        elif block.kind in {"paragraph", "list_item", "heading", "caption"}:
            money = [m for m in known.money if m.provenance and m.provenance.block == block.id]
            dates = [(d.provenance.start, d.provenance.end) for d in known.dates if d.provenance and d.provenance.block == block.id]
            found += [_from_sentence(told, known, tools.catalogue) for told in find_told(block, money, dates, tools)]
    return _linked([s.model_copy(update={"id": f"seizure-{k}"}) for k, s in enumerate(found, 1)])


def _from_sentence(told: Told, known: Known, catalogue: Catalogue) -> Seizure:
    block, (start, end), goods = told.block, told.sentence, told.goods
    event = next((e for e in known.events if e.holds(block.id, goods.start)), None)
    places = [p for p in known.places if _inside(p, block.id, start, end)]
    dates = [d for d in known.dates if _inside(d, block.id, start, end)]
    by = [o.text for o in known.organizations if _inside(o, block.id, start, end) and o.kind in _AUTHORITIES]
    occurrence = event.event.occurrences[0] if event and event.event.occurrences else None
    sure = told.confidence * min(1.0, 0.4 + 0.6 * reading_confidence(block, goods.start, goods.end))
    category = catalogue.category(goods.name)
    return Seizure(
        id="",
        origin="narrative",
        commodity=Commodity(text=goods.name, category=category or "other"),
        quantities=[*([goods.quantity] if goods.quantity else []), *goods.more],
        money=[*([goods.money] if goods.money else []), *told.worth],
        by=list(dict.fromkeys(by)),
        places=places or (list(occurrence.places) if occurrence else []),
        dates=next((d for d in dates if d.precision == "day"), occurrence.dates if occurrence else None),
        event_id=event.event.id if event else None,
        provenance=provenance(block, goods.start, goods.end),
        confidence=round(sure, 3),
    )


_AUTHORITIES = frozenset({"customs", "police", "border", "unit", "justice", "government"})


def _inside(fact: DateSpan | Place | Organization | Money, block: str, start: int, end: int) -> bool:
    where = fact.provenance
    return where is not None and where.block == block and start <= where.start < end


def _tells_of_seizures(grid: Grid, title: str, catalogue: Catalogue) -> bool:
    """Whether a table lists seizures: by its title or heads, or by goods that are known and measured."""
    if len(grid.rows) < 1 or "commodity" not in grid.roles.values():
        return False
    heads = " ".join(grid.text(c) for c in grid.header)
    if _NO_SEIZURE.search(title) and not _SEIZURE_WORDS.search(title):
        return False
    known = sum(bool((c := grid.cell(row, "commodity")) and catalogue.category(grid.text(c))) for row in grid.rows)
    share = known / len(grid.rows)
    if _SEIZURE_WORDS.search(f"{title} {heads}"):
        return share >= 0.3
    return share >= 0.6 and ("cases" in grid.roles.values() or "quantity" in grid.roles.values())


def _from_table(grid: Grid, table: Table, known: Known, tools: Tools) -> Iterator[Seizure]:
    block = grid.block
    head_unit = _head_unit(grid, tools.units)
    for row in grid.rows:
        name = grid.cell(row, "commodity")
        if name is None:
            continue
        start, end = row[0].start, row[-1].end
        money = [m for m in known.money if _inside(m, block.id, start, end)]
        amount, cases, unit = (grid.cell(row, role) for role in ("quantity", "cases", "unit"))
        quantities = _amounts(grid.text(amount), grid.text(unit) if unit else head_unit, tools) if amount else []
        if amount and any(_inside(m, block.id, amount.start, amount.end) for m in money):
            quantities = []
        count = find_numbers(grid.text(cases), tools.habit) if cases else []
        if not quantities and not money and not count:
            continue
        yield Seizure(
            id="",
            origin="table",
            commodity=Commodity(text=grid.text(name), category=tools.catalogue.category(grid.text(name)) or "other"),
            cases=int(count[0].value) if count else None,
            quantities=quantities,
            money=money,
            by=[grid.text(c) for c in [grid.cell(row, "by")] if c],
            places=[p for p in known.places if _inside(p, block.id, start, end)],
            dates=next((d for d in known.dates if _inside(d, block.id, start, end)), None),
            table_id=table.id,
            provenance=provenance(block, start, end),
            confidence=round(0.92 * min(1.0, 0.4 + 0.6 * reading_confidence(block, start, end)), 3),
        )


def _head_unit(grid: Grid, units: Units) -> str | None:
    """The unit in the head of the quantity column, as "Quantity (kg)"."""
    for cell in grid.header:
        if grid.roles.get(cell.column) == "quantity":
            words: list[str] = re.findall(r"[^\W\d_]+[23²³]?", grid.text(cell))
            for word in words:
                if units.named(word) and word.casefold() not in {"items", "item", "units", "unit"}:
                    return word
    return None


def _amounts(text: str, unit: str | None, tools: Tools) -> list[Quantity]:
    """The quantities of a cell; where it lists several, each with what it counts."""
    mentions = find_quantities(text, tools.units, tools.habit)
    if not mentions:
        numbers = find_numbers(text, tools.habit)
        if not numbers:
            return (
                [Quantity(text=text, value=None, unit=None, qualitative=text)] if any(c.isalpha() for c in text) else []
            )
        known = tools.units.named(unit) if unit else tools.units.named("piece")
        return [make_quantity(text, numbers[0].value, known, approximate=numbers[0].approximate)]
    result = []
    for k, mention in enumerate(mentions):
        stop = mentions[k + 1].start if k + 1 < len(mentions) else len(text)
        rest = re.sub(r"^\s*(?:of\s+)?", "", text[mention.end : stop]).strip(" ;,.")
        result.append(mention.quantity.model_copy(update={"item": re.sub(r"\s+and$", "", rest) or None}))
    return result


def _linked(seizures: Sequence[Seizure]) -> tuple[Seizure, ...]:
    """Records that tell of one seizure again get `same_as`: other origin, shared words of the name, the same amount."""
    result: list[Seizure] = []
    for seizure in seizures:
        twin = next((s for s in result if s.same_as is None and _same(s, seizure)), None)
        result.append(seizure.model_copy(update={"same_as": twin.id}) if twin else seizure)
    return tuple(result)


def _same(first: Seizure, second: Seizure) -> bool:
    if first.origin == second.origin or max(first.cases or 1, second.cases or 1) > 1:
        return False
    if not _measures(first) & _measures(second):
        return False
    if commodity_words(first.commodity.text) & commodity_words(second.commodity.text):
        return True
    category = first.commodity.category
    shared = {p.name for p in first.places} & {p.name for p in second.places}
    return category == second.commodity.category != "other" and bool(shared)


def _measures(seizure: Seizure) -> set[tuple[float, str]]:
    amounts = {
        (float(q.si.value), q.si.unit) if q.si else (float(q.value), q.unit or "")
        for q in seizure.quantities
        if q.value is not None
    }
    return amounts or {(float(m.amount), m.currency) for m in seizure.money if m.amount is not None}
