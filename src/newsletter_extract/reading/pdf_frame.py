"""The frame of a PDF page: its coordinates turned upright, and the strokes, panels and pictures in it (pdfium)."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox, Rule

_THIN_PT = 2.5
"""A filled box thinner than this is a stroke."""
_WHOLE_PAGE = 0.98

Box = tuple[float, float, float, float]


class Frame:
    """Turns PDF coordinates (origin bottom left, before rotation) into points from the top left of the upright page."""

    def __init__(self, page: Any, turn: int) -> None:
        """`turn` is the clockwise turn in degrees that brings the page upright: 0, 90, 180 or 270."""
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = turn
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (height, width) if turn in {90, 270} else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


def page_rules(page: Any, turn: int, limit: int = 20_000) -> tuple[Rule, ...]:
    """Strokes and filled boxes of the page, which draw its tables and panels; at most `limit` objects are looked at."""
    import pypdfium2.raw as c

    frame = Frame(page, turn)
    rules = []
    for count, item in enumerate(page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count >= limit:
            break
        x0, top, x1, bottom = frame.box(*_bounds(item))
        width, height = x1 - x0, bottom - top
        if min(width, height) <= _THIN_PT and max(width, height) > 2 * _THIN_PT:
            rules.append(Rule(BBox(x0, top, x1, bottom)))
        elif width > 2 * _THIN_PT and height > 2 * _THIN_PT:
            if width >= frame.width * _WHOLE_PAGE and height >= frame.height * _WHOLE_PAGE:
                continue
            rules.append(Rule(BBox(x0, top, x1, bottom), filled=True))
    return tuple(rules)


def _bounds(item: Any) -> Box:
    bounds = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
    return tuple(bounds)
