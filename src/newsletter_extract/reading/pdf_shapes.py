"""What a PDF page draws besides text: strokes, panels and pictures (pdfium)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from newsletter_extract.document import BBox, Rule
from newsletter_extract.reading.pdf_frame import Box, Frame

_THIN_PT = 2.5
"""A filled box thinner than this is a stroke."""
_BAR_PT, _BAR_RATIO = 6.0, 10.0
"""A thicker one is a stroke up to this, where it is so many times as long."""
_WHOLE_PAGE = 0.98
_STRAIGHT_PT = 1.0
"""A stroke whose ends differ by less than this is level or upright."""
_BOX_SEGMENTS = 5
"""So many segments draw one box; paths of more are looked at piece by piece."""
_MOST_OBJECTS, _MOST_SEGMENTS = 20_000, 40_000
_MAX_DEPTH = 3
_WHITE = (255, 255, 255)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Shapes(NamedTuple):
    """Strokes and panels, and the boxes of pictures, in points from the top left."""

    rules: tuple[Rule, ...]
    pictures: tuple[BBox, ...]


def page_shapes(page: Any, turn: int) -> Shapes:
    """The shapes of a page that is brought upright by `turn`; a bounded number of its objects is looked at."""
    import pypdfium2.raw as c

    reader = _Shapes(c, Frame(page, turn))
    for _, (item, matrix) in zip(range(_MOST_OBJECTS), reader.objects(page.raw, _IDENTITY), strict=False):
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            reader.add_path(item, matrix)
        elif kind == c.FPDF_PAGEOBJ_IMAGE and (box := reader.bounds(item, matrix)):
            reader.pictures.append(BBox(*box))
    return Shapes(tuple(reader.rules), tuple(reader.pictures))


class _Shapes:
    """Gathers the shapes of one page; boxes and points of pdfium are turned upright at once."""

    def __init__(self, c: Any, frame: Frame) -> None:
        self.c, self.frame = c, frame
        self.rules: list[Rule] = []
        self.pictures: list[BBox] = []
        self.segments_left = _MOST_SEGMENTS
        self.corners = [ctypes.c_float() for _ in range(4)]

    def objects(self, parent: Any, matrix: Matrix, depth: int = 0) -> Iterator[tuple[Any, Matrix]]:
        """Paths and pictures of a page or of a form in it, each with the matrix of the forms round it."""
        c = self.c
        count, get = (
            (c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
            if depth
            else (c.FPDFPage_CountObjects, c.FPDFPage_GetObject)
        )
        for number in range(count(parent)):
            item = get(parent, number)
            kind = c.FPDFPageObj_GetType(item) if item else c.FPDF_PAGEOBJ_UNKNOWN
            if kind in {c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE}:
                yield item, matrix
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                yield from self.objects(item, _product(self._matrix(item), matrix), depth + 1)

    def bounds(self, item: Any, matrix: Matrix) -> Box | None:
        if not self.c.FPDFPageObj_GetBounds(item, *self.corners):
            return None
        left, bottom, right, top = (corner.value for corner in self.corners)
        if matrix is not _IDENTITY:
            ends = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
            (left, right), (bottom, top) = ((min(v), max(v)) for v in zip(*ends, strict=True))
        return self.frame.box(left, bottom, right, top)

    def add_path(self, item: Any, matrix: Matrix) -> None:
        box = self.bounds(item, matrix)
        if box is None or self._add_stroke(box):
            return
        if min(box[2] - box[0], box[3] - box[1]) <= 2 * _THIN_PT:
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        self.c.FPDFPath_GetDrawMode(item, filled, stroked)
        count = self.c.FPDFPath_CountSegments(item)
        if filled.value and count <= _BOX_SEGMENTS:
            if stroked.value or not self._is_white(item):
                self._add_panel(box)
            return
        matrix = _product(self._matrix(item), matrix)
        parts = self._parts(item, count, matrix)
        if parts is None:
            self._add_panel(box)
        elif filled.value:
            for part in parts:
                whole = _around(part)
                if not self._add_stroke(whole):
                    self._add_panel(whole)
        elif stroked.value:
            self._add_outlines(parts)

    def _add_outlines(self, parts: list[list[tuple[float, float]]]) -> None:
        """The straight lines of a stroked path; one that goes once round a box is a frame as well."""
        for part in parts:
            for (x0, y0), (x1, y1) in pairwise(part):
                if min(abs(x1 - x0), abs(y1 - y0)) < _STRAIGHT_PT:
                    self._add_stroke((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            if len(part) == _BOX_SEGMENTS and part[0] == part[-1]:
                self._add_panel(_around(part))

    def _parts(self, item: Any, count: int, matrix: Matrix) -> list[list[tuple[float, float]]] | None:
        """The corners of each piece of a path, upright; None where it has curves or too many corners."""
        self.segments_left -= count
        if self.segments_left < 0:
            return None
        c, (x, y) = self.c, self.corners[:2]
        parts: list[list[tuple[float, float]]] = []
        for number in range(count):
            segment = c.FPDFPath_GetPathSegment(item, number)
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_BEZIERTO or not c.FPDFPathSegment_GetPoint(segment, x, y):
                return None
            px, py = _moved(x.value, y.value, matrix)
            left, top, *_ = self.frame.box(px, py, px, py)
            if kind == c.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([])
            parts[-1].append((left, top))
            if c.FPDFPathSegment_GetClose(segment) and parts[-1][0] != parts[-1][-1]:
                parts[-1].append(parts[-1][0])
        return parts

    def _add_stroke(self, box: Box) -> bool:
        width, height = box[2] - box[0], box[3] - box[1]
        low, high = min(width, height), max(width, height)
        thin = (low <= _THIN_PT and high > 2 * _THIN_PT) or (low <= _BAR_PT and high >= _BAR_RATIO * low)
        if thin:
            self.rules.append(Rule(BBox(*box)))
        return thin

    def _add_panel(self, box: Box) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        if width >= self.frame.width * _WHOLE_PAGE and height >= self.frame.height * _WHOLE_PAGE:
            return
        if min(width, height) > 2 * _THIN_PT:
            self.rules.append(Rule(BBox(*box), filled=True))

    def _is_white(self, item: Any) -> bool:
        """Whether a filled path shows nothing on white paper."""
        channels = [ctypes.c_uint() for _ in range(4)]
        if not self.c.FPDFPageObj_GetFillColor(item, *channels):
            return False
        *color, alpha = (int(channel.value) for channel in channels)
        return tuple(color) == _WHITE or alpha == 0

    def _matrix(self, item: Any) -> Matrix:
        found = self.c.FS_MATRIX()
        if not self.c.FPDFPageObj_GetMatrix(item, found):
            return _IDENTITY
        return found.a, found.b, found.c, found.d, found.e, found.f


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what the first and then what the second does."""
    if first == _IDENTITY:
        return second
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
