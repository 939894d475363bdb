"""The facts of a bulletin, each as one model."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import model_validator

from newsletter_extract.schema.base import CountryCode, CurrencyCode, Located, Model, Number, about

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
