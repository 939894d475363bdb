"""The results of a batch as tidy tables: what each column holds, and the rows that a document gives.

A row is one thing, a column has one type, and every table has `document`, the SHA-256 of the document's bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsletter_extract.export import rows
from newsletter_extract.export.rows import Facts, Row

Type = Literal["text", "integer", "decimal", "float", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` gives the cells of a document's rows, without the leading `document`."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Facts], Iterator[Row]]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (_DOCUMENT, *self.columns)


_DOCUMENT = Column("document", "text", "SHA-256 of the document's bytes; the key that joins the tables")


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines of name, type and meaning."""
    parts = (line.split(maxsplit=2) for line in text.splitlines() if line.strip())
    return tuple(Column(name, kind, about) for name, kind, about in parts)  # type: ignore[arg-type]


_MENTION = """
confidence   float    share of such facts that are right, 0 to 1
page         integer  page of the document, from 1
block        text     block of the page that the words stand in
start_char   integer  first character in the block's text
end_char     integer  one past the last character
"""
_SPAN = """
start_date   date     first day
end_date     date     last day
precision    text     day, month, quarter or year
edtf         text     the same as ISO 8601-2 (EDTF)
approximate  boolean  early, about, in the first half of …
"""
_PLACE = """
place        text     canonical name
place_kind   text     city, country, region, airport, seaport, border_crossing or other
country      text     ISO 3166-1 alpha-2; null over several countries
lat          float    degrees north
lon          float    degrees east
"""


TABLES = (
    Table("documents", "One row a document.", _columns(
        """
        name            text     file name without folders
        media_type      text     told by the content
        bytes           integer  size of the file
        pages           integer  pages that were read
        title           text     of the bulletin
        publisher       text     who publishes it
        issue           text     as written
        language        text     ISO 639-1
        period_start    date     first day that it reports on
        period_end      date     last day
        period_edtf     text     the same as ISO 8601-2 (EDTF)
        program_version text     version that read it
        ocr_engine      text     set where a page was OCRed
        """), rows.documents),
    Table("events", "One row an event.", _columns(
        """
        event        text     id within the document
        kind         text     meeting, training, conference, operation, visit, seizure or other
        heading      text     as written, repaired
        body         text     the whole text, repaired
        start_date   date     first day of all its occurrences
        end_date     date     last day of all its occurrences
        country      text     of all its places; null where they lie in several countries or in none
        online       boolean  held online, also in part
        participants integer  where the text counts them
        """ + _MENTION), rows.events),
    Table("occurrences", "One row a date and place of an event; a heading may have several.", _columns(
        "event text id of the event\noccurrence integer number within the event, from 1\n"
        + _SPAN.strip() + _PLACE + "online boolean held online, also in part"), rows.occurrences),
    Table("seizures", "One row a record; count those without `same_as`, the others tell a seizure again.", _columns(
        """
        seizure      text     id within the document
        origin       text     table or narrative
        commodity    text     as written, repaired
        category     text     drugs, tobacco, alcohol, cash …
        cases        integer  number of seizures that it sums up
        kilograms    decimal  its weight; null where none is told, or several are and no telling what each counts
        approximate  boolean  about, over, nearly …
        start_date   date     first day
        end_date     date     last day
        country      text     of all its places; null where they lie in several countries or in none
        authority    text     who seized, as written; several apart by ;
        event        text     the event it is told in
        source_table text     the table of the document it is a row of
        same_as      text     the earlier record of the same seizure
        """ + _MENTION), rows.seizures),
    Table("quantities", "One row an amount of a seizure.", _columns(
        """
        seizure      text     id of the seizure
        number       integer  number within the seizure, from 1
        value        decimal  null where only words are given
        unit         text     singular: kg, g, t, l, piece, box, pallet …
        si_value     decimal  the same in si_unit
        si_unit      text     kg, l, m or m2, where a conversion exists
        item         text     what it counts, where several are listed
        approximate  boolean  about, over, nearly …
        qualitative  text     words for an amount nobody counted
        text         text     as written, repaired
        """), rows.quantities),
    Table("seizure_money", "One row a sum that a seizure is worth, or that was seized.", _columns(
        """
        seizure      text     id of the seizure
        number       integer  number within the seizure, from 1
        amount       decimal  in whole units of the currency
        currency     text     ISO 4217
        approximate  boolean  about, over, nearly …
        text         text     as written, repaired
        """), rows.seizure_money),
    Table("seizure_places", "One row a place of a seizure.", _columns(
        """
        seizure      text     id of the seizure
        number       integer  number within the seizure, from 1
        """ + _PLACE), rows.seizure_places),
    Table("dates", "One row a mention of a date.", _columns(
        "number integer number within the document, from 1\ntext text as written, repaired" + _SPAN
        + "repaired boolean a repair changed these words\ninferred boolean a part was supplied by the context"
        + _MENTION), rows.dates),
    Table("places", "One row a mention of a place.", _columns(
        "number integer number within the document, from 1\ntext text as written, repaired" + _PLACE
        + "geonames integer number in GeoNames\niata text airport code\nunlocode text UN/LOCODE of a port"
        + _MENTION), rows.places),
    Table("organizations", "One row a mention of an organization.", _columns(
        """
        number       integer  number within the document, from 1
        text         text     as written, repaired
        name         text     full name
        acronym      text     where it has one
        kind         text     international, customs, police …
        country      text     null for international bodies
        """ + _MENTION), rows.organizations),
    Table("money", "One row a mention of a sum of money.", _columns(
        """
        number       integer  number within the document, from 1
        text         text     as written, repaired
        amount       decimal  in whole units of the currency
        currency     text     ISO 4217
        approximate  boolean  about, over, nearly …
        """ + _MENTION), rows.money),
    Table("repairs", "One row a change that the program made to the text.", _columns(
        """
        number       integer  number within the document, from 1
        before       text     as read
        after        text     as it stands now
        rule         text     names of the rules, joined by +
        """ + _MENTION), rows.repairs),
    Table("findings", "One row a remark on what a person should look at.", _columns(
        """
        number       integer  number within the document, from 1
        code         text     a fixed name of the cause
        severity     text     error, warning or info
        message      text     a sentence for people
        page         integer  page of the document, from 1
        block        text     block of the page
        """), rows.findings),
)  # fmt: skip
