"""The frame of a PDF page: its coordinates turned upright."""

from __future__ import annotations

from typing import Any

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
        if not self.turn:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0
