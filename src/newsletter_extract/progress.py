"""Signs of life from a long reading: whoever wants them listens, and a document that goes on is not taken for hung."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[bool], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` for each page from now on, with whether it was OCRed; it may be called from several threads."""
    _listeners.append(listener)


def page_read(*, by_ocr: bool) -> None:
    """Tell that a page has been read."""
    for listener in _listeners:
        listener(by_ocr)
