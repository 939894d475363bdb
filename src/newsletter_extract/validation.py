"""Validation: cross-checks on the facts, and the checked extraction that the program prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsletter_extract._version import __version__
from newsletter_extract.cross_checks import cross_checks
from newsletter_extract.document import Block, Change, Document, Notice
from newsletter_extract.extractors.facts import Facts, provenance
from newsletter_extract.layout.notes import marker_of, noted
from newsletter_extract.schema import (
    DateSpan,
    Event,
    Extraction,
    Finding,
    Generator,
    Occurrence,
    Provenance,
    Repair,
    Seizure,
    Source,
    SourcePage,
    TextBlock,
    TextPage,
)

_DATE_RULE = "date."
_NO_WORDS = Finding(
    code="no_words",
    severity="warning",
    message="No words were found; look whether the document has any.",
    provenance=None,
)


def check(document: Document, changes: Sequence[Change], facts: Facts) -> Extraction:
    """The extraction of a document. Raises pydantic's ValidationError only for a defect of this program."""
    blocks = {block.id: block for block in document.blocks()}
    repairs = [_repair(change, blocks[change.block_id]) for change in changes]
    facts_dates = _repaired_dates(facts, changes)
    notes = noted(list(document.blocks()))
    findings = [_finding(notice, blocks) for notice in (*document.notices, *facts.notices)]
    return Extraction(
        generator=Generator(version=__version__, ocr_engine=document.ocr_engine),
        source=_source(document),
        bulletin=facts.bulletin,
        events=[_marked_event(event, facts_dates) for event in facts.events],
        seizures=[_marked_seizure(seizure, facts_dates) for seizure in facts.seizures],
        tables=list(facts.tables),
        dates=list(facts_dates.values()),
        places=list(facts.places),
        organizations=list(facts.organizations),
        money=list(facts.money),
        repairs=repairs,
        findings=[*findings, *cross_checks(facts)] if blocks or findings else [_NO_WORDS],
        text=[_text_page(page.number, page.blocks, notes) for page in document.pages],
    )


def _source(document: Document) -> Source:
    pages = [
        SourcePage(
            number=page.number,
            width=None if page.origin == "plain_text" else round(page.width_pt, 2),
            height=None if page.origin == "plain_text" else round(page.height_pt, 2),
            origin=page.origin,
            rotation=page.rotation_degrees,
            skew=page.skew_degrees,
            ocr_confidence=page.ocr_confidence,
        )
        for page in document.pages
    ]
    return Source(
        name=document.name,
        sha256=document.sha256,
        bytes=document.size_bytes,
        media_type=document.media_type,
        pages=pages,
    )


def _text_page(number: int, blocks: Sequence[Block], notes: Mapping[str, str]) -> TextPage:
    return TextPage(
        page=number,
        blocks=[
            TextBlock(
                id=block.id,
                kind=block.kind,
                bbox=None if block.plain_text else _box(block),
                text=block.text,
                marker=marker_of(block),
                level=block.level if block.kind == "list_item" else None,
                note_to=notes.get(block.id),
            )
            for block in blocks
        ],
    )


def _box(block: Block) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(edge, 2) for edge in block.bbox)
    return x0, top, x1, bottom


def _repair(change: Change, block: Block) -> Repair:
    return Repair(
        before=change.before,
        after=change.after,
        rule=change.rule,
        confidence=change.confidence,
        provenance=provenance(block, change.start, change.end),
    )


Key = tuple[str, int, int]


def _key(where: Provenance | None) -> Key:
    return (where.block, where.start, where.end) if where else ("", 0, 0)


def _repaired_dates(facts: Facts, changes: Sequence[Change]) -> dict[Key, DateSpan]:
    """Every date by its place, marked where a repair of a date touched its words."""
    touched: dict[str, list[Change]] = {}
    for change in changes:
        if (
            change.before.replace("-", "").replace(" ", "") != change.after.replace(" ", "")
            or _DATE_RULE in change.rule
        ):
            touched.setdefault(change.block_id, []).append(change)
    dates = {}
    for date in facts.dates:
        block, start, end = _key(date.provenance)
        hit = any(c.start < end and start < c.end for c in touched.get(block, ()))
        update = {"repaired": True, "confidence": round(date.confidence * 0.9, 3)} if hit else {}
        dates[block, start, end] = date.model_copy(update=update)
    return dates


def _marked_event(event: Event, dates: dict[Key, DateSpan]) -> Event:
    occurrences = [_marked(o, dates) for o in event.occurrences]
    return event.model_copy(update={"occurrences": occurrences})


def _marked(occurrence: Occurrence, dates: dict[Key, DateSpan]) -> Occurrence:
    if occurrence.dates is None:
        return occurrence
    return occurrence.model_copy(update={"dates": dates[_key(occurrence.dates.provenance)]})


def _marked_seizure(seizure: Seizure, dates: dict[Key, DateSpan]) -> Seizure:
    """The seizure with its date as marked; one that a row and a head of a table make up is in no list of dates."""
    marked = dates.get(_key(seizure.dates.provenance)) if seizure.dates else None
    same = marked is not None and seizure.dates is not None and marked.start == seizure.dates.start
    return seizure.model_copy(update={"dates": marked}) if same else seizure


def _finding(notice: Notice, blocks: dict[str, Block]) -> Finding:
    block = blocks.get(notice.block_id or "")
    where = provenance(block, notice.start or 0, notice.end or 0) if block else None
    return Finding(code=notice.code, severity=notice.severity, message=notice.message, provenance=where)
