"""What was found, as tables for people."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsletter_extract.schema import Event, Extraction, Money, Quantity, Seizure

if TYPE_CHECKING:
    from rich.table import Table as RichTable

_CONTEXT = 30


def table_text(extraction: Extraction, width: int | None = None) -> str:
    """Readable tables of events, seizures, totals and findings, `width` characters wide (else as the terminal).

    In colour where standard output is a terminal.
    """
    from rich.console import Console

    width = width or shutil.get_terminal_size((120, 40)).columns
    output = io.StringIO()
    console = Console(file=output, width=max(80, width), force_terminal=sys.stdout.isatty(), color_system="auto")
    bulletin = extraction.bulletin
    head = " · ".join(p for p in (bulletin.title, bulletin.publisher, bulletin.issue) if p)
    console.print(head or extraction.source.name, markup=False, style="bold")
    console.print(_events(extraction.events))
    console.print(_seizures(extraction.seizures))
    for line in (*_totals(extraction), _counts(extraction)):
        console.print(line, markup=False)
    for finding in extraction.findings:
        console.print(f"{finding.severity}: {finding.message}", markup=False)
    return output.getvalue()


def _events(events: Sequence[Event]) -> RichTable:
    table = _table("Events", "event", "dates", "places", "kind", "begins", "sure")
    for e in events:
        table.add_row(e.id, _dates(e), _places(e), e.kind, _plain(e.body[:60]), f"{e.confidence:.2f}")
    return table


def _seizures(seizures: Sequence[Seizure]) -> RichTable:
    table = _table("Seizures", "seizure", "commodity", "amount", "cases", "worth", "where", "same as", "sure")
    for s in seizures:
        where = _plain(", ".join(p.name for p in s.places))
        cells = (s.id, _plain(s.commodity.text), _amounts(s), str(s.cases or ""), _worth(s.money), where)
        table.add_row(*cells, s.same_as or "", f"{s.confidence:.2f}")
    return table


def _table(title: str, *columns: str) -> RichTable:
    from rich.table import Table

    return Table(*columns, title=title, title_justify="left")


def _totals(extraction: Extraction) -> Iterator[str]:
    for table in extraction.tables:
        if table.total:
            right = "adds up" if table.total.stated == table.total.computed else "does NOT add up"
            yield f"{table.title or table.id}: total {table.total.stated}, rows {table.total.computed}: {right}"


def _counts(extraction: Extraction) -> str:
    return (
        f"{len(extraction.dates)} dates, {len(extraction.places)} places, {len(extraction.organizations)} "
        f"organizations, {len(extraction.money)} sums of money, {len(extraction.repairs)} repairs"
    )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(" ".join(text.split()))


def _dates(event: Event) -> str:
    return "\n".join(o.dates.edtf for o in event.occurrences if o.dates)


def _places(event: Event) -> str:
    lines = [", ".join([p.name for p in o.places] + (["online"] if o.online else [])) for o in event.occurrences]
    return _plain("; ".join(lines))


def _amounts(seizure: Seizure) -> str:
    return _plain("; ".join(_amount(q) for q in seizure.quantities))


def _amount(quantity: Quantity) -> str:
    if quantity.value is None:
        return quantity.qualitative or quantity.text
    about = "~" if quantity.approximate else ""
    return f"{about}{quantity.value:,} {quantity.unit or ''}".strip() + (f" ({quantity.item})" if quantity.item else "")


def _worth(money: list[Money]) -> str:
    return "; ".join(f"{m.currency} {m.amount:,}" for m in money if m.amount is not None)


def repairs_text(extraction: Extraction) -> str:
    """Every repair on a line: place, before, after, rule and confidence, with the words around it."""
    texts = {block.id: block.text for page in extraction.text for block in page.blocks}
    lines = []
    for repair in extraction.repairs:
        where = repair.provenance
        text = texts[where.block]
        before, after = text[max(0, where.start - _CONTEXT) : where.start], text[where.end : where.end + _CONTEXT]
        lines.append(
            f"page {where.page} {where.block}  …{before}[-{repair.before}-]{{+{repair.after}+}}{after}…  "
            f"({repair.rule}, {repair.confidence:.2f})\n"
        )
    return "".join(lines) or "No repairs.\n"
