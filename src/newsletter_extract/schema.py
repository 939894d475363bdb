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
Number = int | float


@cache
def _codes(name: str) -> frozenset[str]:
    text = (files("newsletter_extract") / "resources" / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _country(code: str) -> str:
    if code not in _codes("iso3166-1.txt"):
        raise ValueError(f"{code!r} is not an ISO 3166-1 alpha-2 code")
    return code


def _currency(code: str) -> str:
    if code not in _codes("iso4217.txt"):
        raise ValueError(f"{code!r} is not an ISO 4217 code")
    return code


CountryCode = Annotated[str, AfterValidator(_country)]
CurrencyCode = Annotated[str, AfterValidator(_currency)]
Confidence = Annotated[float, Field(ge=0, le=1, description="Share of such facts that are right.", examples=[0.93])]
Box = tuple[float, float, float, float]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provenance(Model):
    """Where the words of a fact stand."""

    page: int = Field(ge=1, description="Page number, from 1.", examples=[2])
    block: str = Field(description="Id of the block in `text`.", examples=["block-17"])
    start: int = Field(ge=0, description="First character in the block's text.", examples=[0])
    end: int = Field(ge=0, description="One past the last character.", examples=[18])
    bbox: Box | None = Field(
        description="Left, top, right, bottom in points from the top left of the page; null for plain text.",
        examples=[[56.7, 120.4, 180.2, 133.0]],
    )

    @model_validator(mode="after")
    def _ordered(self) -> Provenance:
        if self.start > self.end:
            raise ValueError("provenance starts after its end")
        return self


class Located(Model):
    """A fact that points at its words."""

    provenance: Provenance | None = Field(default=None, description="Where the words stand.")
    confidence: Confidence = 1.0


class Generator(Model):
    name: Literal["newsletter-extract"] = "newsletter-extract"
    version: str = Field(examples=["0.1.0"])
    ocr_engine: str | None = Field(
        default=None, description="Set where a page was OCRed.", examples=["tesseract 5.5.2"]
    )


class SourcePage(Model):
    number: int = Field(ge=1, examples=[1])
    width: float | None = Field(description="Points; null for plain text.", examples=[595.3])
    height: float | None = Field(description="Points; null for plain text.", examples=[841.9])
    origin: Origin = Field(description="Where the words come from.", examples=["text_layer"])
    rotation: int = Field(default=0, description="Clockwise degrees undone to bring the page upright.", examples=[0])
    skew: float = Field(default=0.0, description="Degrees of skew undone.", examples=[0.4])
    ocr_confidence: float | None = Field(default=None, description="Mean word confidence, 0 to 1.", examples=[0.94])


class Source(Model):
    name: str = Field(description="File name without folders.", examples=["newsletter.pdf"])
    sha256: str = Field(
        pattern="^[0-9a-f]{64}$", examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    bytes: int = Field(ge=0, examples=[53908])
    media_type: str = Field(examples=["application/pdf"])
    pages: list[SourcePage]


class DateSpan(Located):
    """A calendar span, inclusive; "December 2021" is 2021-12-01 to 2021-12-31."""

    text: str = Field(description="As written, repaired.", examples=["4-7 October 2021"])
    start: dt.date | None = Field(description="First day; null where open.", examples=["2021-10-04"])
    end: dt.date | None = Field(description="Last day; null where open.", examples=["2021-10-07"])
    precision: Precision = Field(examples=["day"])
    edtf: str = Field(description="ISO 8601-2 (EDTF).", examples=["2021-10-04/2021-10-07"])
    approximate: bool = Field(default=False, description="Early, about, in the first half of …")
    repaired: bool = Field(default=False, description="A repair changed these words.")
    inferred: bool = Field(default=False, description="A part (mostly the year) was supplied by the context.")

    @model_validator(mode="after")
    def _ordered(self) -> DateSpan:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"date span {self.text!r} starts after its end")
        return self


class PlaceIds(Model):
    geonames: int | None = Field(default=None, examples=[785842])
    iata: str | None = Field(default=None, examples=["SKP"])
    unlocode: str | None = Field(default=None, examples=["MEBAR"])


class Place(Located):
    text: str = Field(description="As written, repaired.", examples=["Skopje"])
    name: str = Field(description="Canonical name.", examples=["Skopje"])
    kind: PlaceKind = Field(examples=["city"])
    country: CountryCode | None = Field(
        description="ISO 3166-1 alpha-2, XK for Kosovo; null for a region over countries.", examples=["MK"]
    )
    lat: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.", examples=[41.9965])
    lon: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.", examples=[21.4314])
    ids: PlaceIds = PlaceIds()


class Organization(Located):
    text: str = Field(description="As written, repaired.", examples=["SELEC"])
    name: str = Field(description="Full name.", examples=["Southeast European Law Enforcement Center"])
    acronym: str | None = Field(default=None, examples=["SELEC"])
    kind: Literal[
        "international", "customs", "police", "border", "justice", "government", "unit", "company", "other"
    ] = Field(default="other", examples=["international"])
    country: CountryCode | None = Field(default=None, examples=["RS"])


class SiQuantity(Model):
    value: Number = Field(examples=[26500])
    unit: str = Field(description="kg, l, m or m2.", examples=["kg"])


class Quantity(Model):
    text: str = Field(examples=["26,5 tons"])
    value: Number | None = Field(description="Null where only words are given.", examples=[26.5])
    unit: str | None = Field(description="Singular: kg, g, t, l, piece, box, pallet …", examples=["t"])
    approximate: bool = False
    si: SiQuantity | None = Field(default=None, description="Where a conversion exists.")
    item: str | None = Field(default=None, description="What this quantity counts, where a cell lists several.")
    qualitative: str | None = Field(default=None, examples=["Large quantities"])


class Money(Located):
    text: str = Field(examples=["BAM 13.8 million"])
    amount: Number | None = Field(examples=[13800000])
    currency: CurrencyCode = Field(examples=["BAM"])
    approximate: bool = False


class Occurrence(Model):
    """One date of an event with the places it belongs to."""

    dates: DateSpan | None = None
    places: list[Place] = []
    online: bool = Field(default=False, description="Held online, also in part.")


class Participants(Model):
    value: int | None = Field(examples=[24])
    text: str = Field(examples=["24 delegates"])
    approximate: bool = False


class Event(Located):
    id: str = Field(examples=["event-1"])
    heading: str = Field(examples=["8-11 November 2021, Belgrade, Serbia:"])
    occurrences: list[Occurrence]
    kind: EventKind = "other"
    body: str = Field(description="The whole repaired text, paragraphs apart by an empty line.")
    organizations: list[str] = Field(default=[], description="Names of the organizations in the body.")
    participants: Participants | None = None
    seizure_ids: list[str] = Field(default=[], examples=[["seizure-3"]])


class Commodity(Model):
    text: str = Field(examples=["shisha tobacco"])
    category: Category = Field(examples=["tobacco"])


class Seizure(Located):
    id: str = Field(examples=["seizure-3"])
    origin: Literal["table", "narrative"]
    commodity: Commodity
    cases: int | None = Field(default=None, ge=0, description="Number of seizures.", examples=[14])
    quantities: list[Quantity] = []
    money: list[Money] = []
    by: list[str] = Field(
        default=[], description="The authority, as written.", examples=[["Customs Administration of Croatia"]]
    )
    places: list[Place] = []
    dates: DateSpan | None = None
    event_id: str | None = Field(default=None, examples=["event-10"])
    table_id: str | None = Field(default=None, examples=["table-1"])
    same_as: str | None = Field(
        default=None, description="Id of the earlier record of the same seizure.", examples=["seizure-1"]
    )


class TableTotal(Model):
    stated: Number | None = Field(examples=[106])
    computed: Number | None = Field(examples=[106])


class Table(Located):
    id: str = Field(examples=["table-1"])
    title: str | None = Field(default=None, examples=["Seizures by commodity, 2021"])
    columns: list[str] = Field(examples=[["Commodity", "Seizures", "Quantity"]])
    rows: list[list[str]] = Field(examples=[[["Cocaine", "1", "1400 kg"]]])
    total: TableTotal | None = None


class Bulletin(Model):
    title: str | None = None
    publisher: str | None = None
    issue: str | None = Field(default=None, examples=["No. 17"])
    period: DateSpan | None = None
    language: str | None = Field(default=None, description="ISO 639-1.", examples=["en"])


class Repair(Model):
    """One change of the text; putting `before` back at the place of `after` gives the text as it was read."""

    before: str = Field(examples=["Westem"])
    after: str = Field(examples=["Western"])
    rule: str = Field(examples=["glyph.rn_m"])
    confidence: Confidence
    provenance: Provenance


class Finding(Model):
    code: str = Field(examples=["table_total_mismatch"])
    severity: Severity
    message: str
    provenance: Provenance | None = None


class TextBlock(Model):
    id: str = Field(examples=["block-1"])
    kind: BlockKind
    bbox: Box | None = Field(description="Points; null for plain text.")
    text: str


class TextPage(Model):
    page: int = Field(ge=1)
    blocks: list[TextBlock]


class Extraction(Model):
    """Everything found in one bulletin."""

    schema_version: Literal["1.0"] = "1.0"
    generator: Generator
    source: Source
    bulletin: Bulletin
    events: list[Event]
    seizures: list[Seizure]
    tables: list[Table]
    dates: list[DateSpan]
    places: list[Place]
    organizations: list[Organization]
    money: list[Money]
    repairs: list[Repair]
    findings: list[Finding]
    text: list[TextPage]

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
