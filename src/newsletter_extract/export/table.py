"""What was found, as tables for people."""

from __future__ import annotations

import io
import shutil
import sys

from newsletter_extract.schema import Event, Extraction, Money, Quantity, Seizure

_CONTEXT = 30


def table_text(extraction: Extraction, width: int | None = None) -> str:
    """Readable tables of events, seizures, totals and findings, `width` characters wide (else as the terminal).

    In colour where standard output is a terminal.
    """
    from rich.console import Console
    from rich.table import Table

    width = width or shutil.get_terminal_size((120, 40)).columns
    console = Console(file=io.StringIO(), width=max(80, width), force_terminal=sys.stdout.isatty(), color_system="auto")
    bulletin = extraction.bulletin
    head = " · ".join(p for p in (bulletin.title, bulletin.publisher, bulletin.issue) if p)
    console.print(head or extraction.source.name, markup=False, style="bold")
    events = Table("event", "dates", "places", "kind", "begins", "sure", title="Events", title_justify="left")
    for event in extraction.events:
        events.add_row(
            event.id, _dates(event), _places(event), event.kind, _plain(event.body[:60]), f"{event.confidence:.2f}"
        )
    console.print(events)
    seizures = Table(
        "seizure",
        "commodity",
        "amount",
        "cases",
        "worth",
        "where",
        "same as",
        "sure",
        title="Seizures",
        title_justify="left",
    )
    for s in extraction.seizures:
        seizures.add_row(
            s.id, _plain(s.commodity.text), _amounts(s), str(s.cases or ""), _worth(s.money),
            _plain(", ".join(p.name for p in s.places)),            s.same_as or "", f"{s.confidence:.2f}",
        )  # fmt: skip
    console.print(seizures)
    for table in extraction.tables:
        if table.total:
            right = "adds up" if table.total.stated == table.total.computed else "does NOT add up"
            line = f"{table.title or table.id}: total {table.total.stated}, rows {table.total.computed}: {right}"
            console.print(line, markup=False)
    console.print(
        f"{len(extraction.dates)} dates, {len(extraction.places)} places, {len(extraction.organizations)} "
        f"organizations, {len(extraction.money)} sums of money, {len(extraction.repairs)} repairs"
    )
    for finding in extraction.findings:
        console.print(f"{finding.severity}: {finding.message}", markup=False)
    output = console.file
    return output.getvalue() if isinstance(output, io.StringIO) else ""


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
