"""The whole output for one document: its source, facts, repairs, findings and text, and who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, model_validator

from newsletter_extract.document import BlockKind, Origin, Severity
from newsletter_extract.schema.base import PLACE_IN_TEXT, Box, Confidence, Model, Provenance, about
from newsletter_extract.schema.facts import (
    Bulletin,
    DateSpan,
    Event,
    Money,
    Organization,
    Place,
    Seizure,
    Table,
)


class Generator(Model):
    name: Literal["newsletter-extract"] = about("The program.", "newsletter-extract", default="newsletter-extract")
    version: str = about("Its version.", "0.1.0")
    ocr_engine: str | None = about("Set where a page was OCRed.", "tesseract 5.5.2", default=None)


class SourcePage(Model):
    number: int = about("Page number, from 1.", 1, ge=1)
    width: float | None = about("Points; null for plain text.", 595.3)
    height: float | None = about("Points; null for plain text.", 841.9)
    origin: Origin = about("Where the words come from.", "text_layer")
    rotation: int = about("Clockwise degrees undone to bring the page upright.", 0, default=0)
    skew: float = about("Degrees of skew undone.", 0.4, default=0.0)
    ocr_confidence: float | None = about("Mean word confidence, 0 to 1.", 0.94, default=None)


class Source(Model):
    name: str = about("File name without folders.", "newsletter.pdf")
    sha256: str = about("Digest of the bytes.", "9f86d081884c7d65" * 4, pattern="^[0-9a-f]{64}$")
    bytes: int = about("Size of the file.", 53908, ge=0)
    media_type: str = about("Told by the content.", "application/pdf")
    pages: list[SourcePage] = about("The pages that were read.", [{"number": 1, "width": 595.3, "height": 841.9}])


class Repair(Model):
    """One change of the text; putting `before` back at the place of `after` gives the text as it was read."""

    before: str = about("As read.", "govemment")
    after: str = about("As it stands now.", "government")
    rule: str = about("Names of the rules, joined by +.", "glyph.rn_m")
    confidence: Confidence
    provenance: Provenance = about("Where `after` stands.", PLACE_IN_TEXT)


class Finding(Model):
    code: str = about("A fixed name of the cause.", "table_total_mismatch")
    severity: Severity = about("How much it matters.", "warning")
    message: str = about("A sentence for people.", "Page 3 cannot be read.")
    provenance: Provenance | None = about("Where to look.", PLACE_IN_TEXT, default=None)


class TextBlock(Model):
    id: str = about("Stable within the document.", "block-1")
    kind: BlockKind = about("What part of the page it is.", "paragraph")
    bbox: Box | None = about("Points; null for plain text.", [56.7, 120.4, 180.2, 133.0])
    text: str = about("Repaired; cells of a table apart by tabs, rows by newlines.", "Officers met in Riga.")
    marker: str | None = about("The mark a list item or footnote begins with.", "•", default=None)
    level: int | None = about("Nesting of a list item, 0 the outermost.", 0, default=None)
    note_to: str | None = about("For a footnote: the block whose text bears its mark.", "block-4", default=None)


class TextPage(Model):
    page: int = about("Page number, from 1.", 1, ge=1)
    blocks: list[TextBlock] = about("In reading order.", [{"id": "block-1", "kind": "title", "text": "News"}])


class ReviewChange(Model):
    """One decision of a person on one fact."""

    action: Literal["accept", "reject", "edit", "add"] = about("What was decided.", "edit")
    kind: str = about("The list that the fact is or was in.", "seizures")
    fact: str = about("The words the fact is known by.", "cocaine, 40 kg")
    field: str | None = about("For an edit: the field, as a JSON pointer.", "/quantities/0/value", default=None)
    before: Any = about("For an edit: its value before.", 40, default=None)
    after: Any = about("For an edit: its value now.", 45, default=None)
    note: str | None = about("What the person wrote to it.", "The page says 45.", default=None)


class Review(Model):
    """Who looked at an extraction, and what they changed. The facts hold the result."""

    by: str | None = about("Who reviewed it.", "A. Analyst", default=None)
    at: str | None = about("When, as the corrections say.", "2024-05-02T09:30:00Z", default=None)
    based_on: str = about("Digest of the extraction before review.", "9f86d081884c7d65" * 4, pattern="^[0-9a-f]{64}$")
    changes: list[ReviewChange] = about("Every decision, in order.", [{"action": "accept", "fact": "Riga"}])
    earlier: Review | None = about("The review before, where there were two.", {"by": "B. Analyst"}, default=None)


class Extraction(Model):
    """Everything found in one bulletin."""

    schema_version: Literal["1.0"] = about("Version of this contract.", "1.0", default="1.0")
    generator: Generator = about("What made this.", {"name": "newsletter-extract", "version": "0.1.0"})
    source: Source = about("What it was made from.", {"name": "newsletter.pdf"})
    bulletin: Bulletin = about("The bulletin itself.", {"title": "Baltic Coast Watch"})
    events: list[Event] = about("Each event once.", [{"id": "event-1"}])
    seizures: list[Seizure] = about("Each record; `same_as` links those told twice.", [{"id": "seizure-1"}])
    tables: list[Table] = about("Every table.", [{"id": "table-1"}])
    dates: list[DateSpan] = about("Every mention.", [{"text": "8 October 2021"}])
    places: list[Place] = about("Every mention.", [{"text": "Skopje"}])
    organizations: list[Organization] = about("Every mention.", [{"text": "SELEC"}])
    money: list[Money] = about("Every mention.", [{"text": "EUR 105,000"}])
    repairs: list[Repair] = about("Everything the program changed.", [{"before": "govemment", "after": "government"}])
    findings: list[Finding] = about("What a person should look at.", [{"code": "table_total_mismatch"}])
    text: list[TextPage] = about("The repaired text.", [{"page": 1, "blocks": []}])
    review: Review | None = about("Set where a person corrected it.", {"by": "A. Analyst"}, default=None)

    @model_validator(mode="after")
    def _ids_resolve(self) -> Extraction:
        events = _unique("event", [e.id for e in self.events])
        seizures = _unique("seizure", [s.id for s in self.seizures])
        tables = _unique("table", [t.id for t in self.tables])
        references: list[tuple[str | None, set[str]]] = [(i, seizures) for e in self.events for i in e.seizure_ids]
        for s in self.seizures:
            references += [(s.event_id, events), (s.table_id, tables), (s.same_as, seizures)]
        for reference, known in references:
            if reference is not None and reference not in known:
                raise ValueError(f"{reference} is referred to and does not exist")
        return self

    @model_validator(mode="after")
    def _spans_inside(self) -> Extraction:
        lengths = {block.id: len(block.text) for page in self.text for block in page.blocks}
        _unique("block", [block.id for page in self.text for block in page.blocks])
        for span in _provenances(self):
            if span.end > lengths.get(span.block, -1):
                raise ValueError(f"the span {span.start}-{span.end} lies outside of {span.block}")
        return self


def _unique(what: str, ids: list[str]) -> set[str]:
    known = set(ids)
    if len(known) != len(ids):
        raise ValueError(f"two records share one {what} id")
    return known


def _provenances(value: Any) -> Iterator[Provenance]:
    if isinstance(value, Provenance):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _provenances(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from _provenances(item)
