"""The contract of the output, version 1.0: what `extract` prints, as pydantic models.

Unknown is null. Lists are in reading order. Spans count characters of the named block's text in `Extraction.text`.
`schemas/extraction-1.0.json` is generated from here by `extract schema`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from newsletter_extract.document import BlockKind, Origin, Severity

Precision = Literal["day", "month", "quarter", "year"]
PlaceKind = Literal["city", "country", "region", "airport", "seaport", "border_crossing", "other"]
EventKind = Literal["meeting", "training", "conference", "operation", "visit", "seizure", "other"]
Category = Literal[
    "drugs", "tobacco", "alcohol", "cash", "counterfeit", "medicine", "weapons", "wildlife", "cultural", "vehicles",
    "fuel", "precursors", "electronics", "textiles", "jewellery", "people", "other",
]  # fmt: skip
OrganizationKind = Literal[
    "international", "customs", "police", "border", "justice", "government", "unit", "company", "other"
]  # fmt: skip
Number = int | float


@cache
def _codes(name: str) -> frozenset[str]:
    text = (files("newsletter_extract") / "resources" / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2, with XK for Kosovo."""
    return _codes("iso3166-1.txt")


def currency_codes() -> frozenset[str]:
    """ISO 4217."""
    return _codes("iso4217.txt")


def _country(code: str) -> str:
    if code not in country_codes():
        raise ValueError(f"{code!r} is not an ISO 3166-1 alpha-2 code")
    return code


def _currency(code: str) -> str:
    if code not in currency_codes():
        raise ValueError(f"{code!r} is not an ISO 4217 code")
    return code


CountryCode = Annotated[str, AfterValidator(_country)]
CurrencyCode = Annotated[str, AfterValidator(_currency)]
Box = tuple[float, float, float, float]


def about(description: str, *examples: Any, **more: Any) -> Any:
    """A field with what it means and what it looks like; the examples of nested models are their fields' own."""
    return Field(description=description, examples=list(examples) or None, **more)


Confidence = Annotated[float, about("Share of such facts that are right.", 0.93, ge=0, le=1)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provenance(Model):
    """Where the words of a fact stand."""

    page: int = about("Page number, from 1.", 2, ge=1)
    block: str = about("Id of the block in `text`.", "block-17")
    start: int = about("First character in the block's text.", 0, ge=0)
    end: int = about("One past the last character.", 18, ge=0)
    bbox: Box | None = about(
        "Left, top, right, bottom in points from the top left of the page; null for plain text.",
        [56.7, 120.4, 180.2, 133.0],
    )

    @model_validator(mode="after")
    def _ordered(self) -> Provenance:
        if self.start > self.end:
            raise ValueError("provenance starts after its end")
        return self


_PLACE_IN_TEXT = {"page": 1, "block": "block-4", "start": 0, "end": 16, "bbox": [56.7, 120.4, 180.2, 133.0]}


class Located(Model):
    """A fact that points at its words."""

    provenance: Provenance | None = about("Where the words stand.", _PLACE_IN_TEXT, default=None)
    confidence: Confidence = 1.0


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


class DateSpan(Located):
    """A calendar span, inclusive; "December 2021" is 2021-12-01 to 2021-12-31."""

    text: str = about("As written, repaired.", "4-7 October 2021")
    start: dt.date | None = about("First day; null where open.", "2021-10-04")
    end: dt.date | None = about("Last day; null where open.", "2021-10-07")
    precision: Precision = about("How exactly the ends are told.", "day")
    edtf: str = about("ISO 8601-2 (EDTF).", "2021-10-04/2021-10-07")
    approximate: bool = about("Early, about, in the first half of …", False, default=False)
    repaired: bool = about("A repair changed these words.", True, default=False)
    inferred: bool = about("A part (mostly the year) was supplied by the context.", False, default=False)

    @model_validator(mode="after")
    def _ordered(self) -> DateSpan:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"date span {self.text!r} starts after its end")
        return self


class PlaceIds(Model):
    geonames: int | None = about("Number in GeoNames.", 785842, default=None)
    iata: str | None = about("Airport code.", "SKP", default=None)
    unlocode: str | None = about("UN/LOCODE of a port.", "MEBAR", default=None)


class Place(Located):
    text: str = about("As written, repaired.", "Skopje")
    name: str = about("Canonical name.", "Skopje")
    kind: PlaceKind = about("What sort of place it is.", "city")
    country: CountryCode | None = about(
        "ISO 3166-1 alpha-2, XK for Kosovo; null for a region over countries, and where two are as likely.", "MK"
    )
    lat: float | None = about("Degrees north.", 41.9965, default=None, ge=-90, le=90)
    lon: float | None = about("Degrees east.", 21.4314, default=None, ge=-180, le=180)
    ids: PlaceIds = about("Codes in public registers.", {"geonames": 785842}, default=PlaceIds())


class Organization(Located):
    text: str = about("As written, repaired.", "SELEC")
    name: str = about("Full name.", "Southeast European Law Enforcement Center")
    acronym: str | None = about("Where it has one.", "SELEC", default=None)
    kind: OrganizationKind = about("What sort of body it is.", "international", default="other")
    country: CountryCode | None = about("Null for international bodies and where unknown.", "RS", default=None)


class SiQuantity(Model):
    value: Number = about("The amount in that unit.", 26500)
    unit: str = about("kg, l, m or m2.", "kg")


class Quantity(Model):
    text: str = about("As written, repaired.", "26,5 tons")
    value: Number | None = about("Null where only words are given; of a range the lower end.", 26.5)
    upper: Number | None = about("The upper end of a range.", 30, default=None)
    unit: str | None = about("Singular: kg, g, t, l, piece, box, pallet …", "t")
    approximate: bool = about("About, over, nearly …", False, default=False)
    si: SiQuantity | None = about("Where a conversion exists.", {"value": 26500, "unit": "kg"}, default=None)
    item: str | None = about("What it counts, where a cell lists several.", "ampoules", default=None)
    qualitative: str | None = about("Words for an amount nobody counted.", "Large quantities", default=None)


class Money(Located):
    text: str = about("As written, repaired.", "BAM 13.8 million")
    amount: Number | None = about("In whole units of the currency.", 13800000)
    currency: CurrencyCode = about("ISO 4217.", "BAM")
    approximate: bool = about("About, over, nearly …", False, default=False)


class Occurrence(Model):
    """One date of an event with the places it belongs to."""

    dates: DateSpan | None = about("When.", {"text": "8 October 2021", "edtf": "2021-10-08"}, default=None)
    places: list[Place] = about("Where, as in the heading.", [{"text": "Skopje", "country": "MK"}], default=[])
    online: bool = about("Held online, also in part.", False, default=False)


class Participants(Model):
    value: int | None = about("How many took part.", 24)
    text: str = about("As written, repaired.", "24 delegates")
    approximate: bool = about("About, over, nearly …", False, default=False)


class Event(Located):
    id: str = about("Stable within the document.", "event-1")
    heading: str = about("As written, repaired.", "8-11 November 2021, Belgrade, Serbia:")
    occurrences: list[Occurrence] = about("A heading of two dates has two.", [{"online": False}])
    kind: EventKind = about("Told by the first words of the body.", "training", default="other")
    body: str = about("The whole repaired text, paragraphs apart by an empty line.", "Officers met …")
    organizations: list[str] = about("Names of the organizations in the body.", ["Europol"], default=[])
    participants: Participants | None = about("Where the body counts them.", {"value": 24}, default=None)
    seizure_ids: list[str] = about("Seizures that the body tells of.", ["seizure-3"], default=[])


class Commodity(Model):
    text: str = about("As written, repaired.", "khat leaves")
    category: Category = about("One of a fixed list.", "drugs")


class Seizure(Located):
    id: str = about("Stable within the document.", "seizure-3")
    origin: Literal["table", "narrative"] = about("A row of a table or a sentence.", "table")
    commodity: Commodity = about("What was seized.", {"text": "khat leaves", "category": "drugs"})
    cases: int | None = about("Number of seizures.", 14, default=None, ge=0)
    quantities: list[Quantity] = about("How much.", [{"text": "40 kg", "value": 40, "unit": "kg"}], default=[])
    money: list[Money] = about("Its worth, or the cash seized.", [{"amount": 45000, "currency": "USD"}], default=[])
    by: list[str] = about("The authority, as written.", ["Customs Administration of Croatia"], default=[])
    places: list[Place] = about("Of the sentence or row, else of the event.", [{"text": "Riga"}], default=[])
    dates: DateSpan | None = about("Of the sentence or row, else of the event.", {"edtf": "2021-05-12"}, default=None)
    event_id: str | None = about("The event it is told in.", "event-10", default=None)
    table_id: str | None = about("The table it is a row of.", "table-1", default=None)
    same_as: str | None = about("Id of the earlier record of the same seizure.", "seizure-1", default=None)


class TableTotal(Model):
    stated: Number | None = about("What the total row says.", 106)
    computed: Number | None = about("What the rows add up to.", 106)


class Table(Located):
    id: str = about("Stable within the document.", "table-1")
    title: str | None = about("Its caption.", "Seizures by commodity, 2021", default=None)
    columns: list[str] = about("Heads of the columns.", ["Commodity", "Seizures", "Quantity"])
    rows: list[list[str]] = about("Cells as written, repaired.", [["Cocaine", "1", "1400 kg"]])
    total: TableTotal | None = about("Where a row sums up.", {"stated": 106, "computed": 106}, default=None)


class Bulletin(Model):
    title: str | None = about("Of the bulletin.", "Baltic Coast Watch", default=None)
    publisher: str | None = about("Who publishes it.", "Joint Maritime Customs Desk", default=None)
    issue: str | None = about("As written.", "No. 17", default=None)
    period: DateSpan | None = about("What it reports on.", {"edtf": "2021-07/2021-09"}, default=None)
    language: str | None = about("ISO 639-1.", "en", default=None)


class Repair(Model):
    """One change of the text; putting `before` back at the place of `after` gives the text as it was read."""

    before: str = about("As read.", "govemment")
    after: str = about("As it stands now.", "government")
    rule: str = about("Names of the rules, joined by +.", "glyph.rn_m")
    confidence: Confidence
    provenance: Provenance = about("Where `after` stands.", _PLACE_IN_TEXT)


class Finding(Model):
    code: str = about("A fixed name of the cause.", "table_total_mismatch")
    severity: Severity = about("How much it matters.", "warning")
    message: str = about("A sentence for people.", "Page 3 cannot be read.")
    provenance: Provenance | None = about("Where to look.", _PLACE_IN_TEXT, default=None)


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
