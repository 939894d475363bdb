"""Typeset a bulletin spec (JSON) as PDF, with reportlab: columns, run-in headings, lists, notes, a ruled table.

A spec has title, subtitle, running, columns (1 or 2), blocks ({kind: p|h|li|fn, text, heading?})
and table (title, columns, rows); `font` is the body's, a name or the path of a TrueType file.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

MARGIN, GUTTER, HEAD = 16 * mm, 7 * mm, 26 * mm


def typeset(spec: dict[str, Any], target: Path) -> None:
    """Write the spec as PDF; the same spec gives the same bytes."""
    width, height = A4
    inner = width - 2 * MARGIN
    count = spec.get("columns", 1)
    column = (inner - GUTTER * (count - 1)) / count

    def frames(top: float) -> list[Frame]:
        return [
            Frame(MARGIN + k * (column + GUTTER), MARGIN, column, height - top - MARGIN, 0, 0, 0, 0)
            for k in range(count)
        ]

    document = BaseDocTemplate(str(target), pagesize=A4, invariant=1, title=spec["title"], author="")
    banner = Frame(MARGIN, height - MARGIN - HEAD, inner, HEAD, 0, 0, 0, 0)
    document.addPageTemplates([
        PageTemplate("first", [banner, *frames(MARGIN + HEAD)], onPage=_furniture(spec)),
        PageTemplate("later", frames(MARGIN + 6 * mm), onPage=_furniture(spec)),
    ])  # fmt: skip
    document.build(_story(spec, column))


def _furniture(spec: dict[str, Any]) -> Any:
    def draw(canvas: Any, _document: Any) -> None:
        canvas.setFont("Helvetica", 7.5)
        canvas.setFillColor(colors.HexColor("#556"))
        canvas.drawString(MARGIN, A4[1] - 10 * mm, spec["running"])
        canvas.drawRightString(A4[0] - MARGIN, 9 * mm, str(canvas.getPageNumber()))

    return draw


def _styles(spec: dict[str, Any]) -> dict[str, ParagraphStyle]:
    serif = spec.get("columns", 1) == 1
    font = _font(spec.get("font", "Times-Roman" if serif else "Helvetica"))
    body = ParagraphStyle(
        "p", fontName=font, fontSize=11 if serif else 9.2,
        leading=14 if serif else 12,        alignment=TA_JUSTIFY, spaceAfter=5,
    )  # fmt: skip
    bold = "Times-Bold" if serif else "Helvetica-Bold"
    return {
        "p": body,
        "h": ParagraphStyle("h", parent=body, fontName=bold, fontSize=body.fontSize + 1.5, spaceBefore=4, alignment=0),
        "li": ParagraphStyle("li", parent=body, leftIndent=10, bulletIndent=0),
        "fn": ParagraphStyle("fn", parent=body, fontSize=7, leading=9, alignment=0),
        "title": ParagraphStyle("title", fontName=bold, fontSize=20, leading=24, textColor=colors.HexColor("#124e7a")),
        "sub": ParagraphStyle("sub", parent=body, fontSize=10.5, leading=13, alignment=0),
        "cell": ParagraphStyle("cell", parent=body, fontSize=8.6, leading=10.5, alignment=0, spaceAfter=0),
        "caption": ParagraphStyle("caption", parent=body, fontName=bold, alignment=0, spaceBefore=6, spaceAfter=4),
    }


def _font(name: str) -> str:
    """The name of a font that reportlab knows; a path of a TrueType file is made known first."""
    if not name.endswith(".ttf"):
        return name
    pdfmetrics.registerFont(TTFont(Path(name).stem, name))
    return Path(name).stem


def _story(spec: dict[str, Any], column: float) -> list[Any]:
    styles = _styles(spec)
    story: list[Any] = [
        Paragraph(escape(spec["title"]), styles["title"]),
        Paragraph(escape(spec["subtitle"]), styles["sub"]),
        NextPageTemplate("later"),
        FrameBreak(),
    ]
    for block in spec["blocks"]:
        text = escape(block["text"])
        if block.get("heading"):
            text = text.replace(escape(block["heading"]), f"<b>{escape(block['heading'])}</b>", 1)
        bullet = "•" if block["kind"] == "li" else None
        story.append(Paragraph(text, styles[block["kind"]], bulletText=bullet))
    if spec.get("table"):
        story += [Spacer(1, 4), *_table(spec["table"], styles, column)]
    return story


def _table(table: dict[str, Any], styles: dict[str, ParagraphStyle], column: float) -> list[Any]:
    rows = [[Paragraph(escape(cell), styles["cell"]) for cell in row] for row in [table["columns"], *table["rows"]]]
    longest = [max(len(row[k]) for row in [table["columns"], *table["rows"]]) for k in range(len(table["columns"]))]
    shares = [min(max(n, 10), 24) for n in longest]
    widths = [column * share / sum(shares) for share in shares]
    grid = Table(rows, colWidths=widths, hAlign="LEFT")
    grid.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#666")), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    )
    return [Paragraph(escape(table["title"]), styles["caption"]), grid]
