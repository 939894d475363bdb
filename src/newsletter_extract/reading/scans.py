"""Pages of a PDF that are pictures: their own resolution, how they are rendered, and text layers that an OCR made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from newsletter_extract.document import BBox, Notice, Rule, Word
from newsletter_extract.reading.ocr.letters import count_pairs, find_letters
from newsletter_extract.reading.ocr.prepare import MOST_PIXELS, Picture
from newsletter_extract.reading.ocr.rules import find_rules
from newsletter_extract.reading.pdf_frame import Frame

_PLAIN_DPI = 200.0
"""Resolution for pages that are no scan, as those whose fonts map to nothing."""
_DPI = (100.0, 300.0)
"""Scans are rendered at their own resolution within these; more tells no more of print than it costs."""
_RULES_DPI = 150.0
"""Rules are seen as well at this as at more."""
_SCAN_SHARE = 0.6
"""A picture over this share of the page makes it a scan."""
_PICTURE_SHARE, _FEW_WORDS_SHARE = 0.1, 0.06
"""Pictures over this share of a page may be what it says where its words cover less than that; text covers .3."""
_BARE_DPI = 100.0
_BARE_LETTERS, _IN_LINES = 80, 0.4
"""So many letters without words over them make print, where so many of them stand in lines."""
_LARGEST_SCAN = 70_000_000
"""Pixels of A3 at 600 dpi. Larger scans lose detail that may matter, which is told."""
_SAMPLE = 200
_HIDDEN_MODE = 3
_SPACE = 32
_WHITE_LEFT = 0.1
"""White of more than this share of a word's height is left between a space that covers the word's end and the next."""
_LOCK = Lock()
"""Pdfium may be called by one thread at a time."""


def picture_of(page: Any, pixel_limit: int, most_dpi: float = _DPI[1]) -> Callable[[], Picture]:
    """How to get the picture of an open pdfium page, in grey, at the resolution of its scan; for any thread."""
    width, height = page.get_size()
    scan = scan_size(page)
    dpi = min(max(scan[0] * 72 / width, _DPI[0]) if scan else _PLAIN_DPI, most_dpi)
    scale = dpi / 72
    most = min(pixel_limit, MOST_PIXELS)
    if width * height * scale * scale > most:
        scale = (most / (width * height)) ** 0.5

    def render() -> Picture:
        with _LOCK:
            pixels = page.render(scale=scale, grayscale=True).to_numpy()
        grey = pixels[:, :, 0] if pixels.ndim == 3 else pixels
        return Picture(grey.copy(), (72 * scale, 72 * scale))

    return render


def scan_size(page: Any) -> tuple[int, int] | None:
    """Pixels, across and down the page as it is shown, of the picture that covers it; None where none does."""
    found = _scan(page)
    if found is None:
        return None
    across, down = found.get_px_size()
    return (down, across) if page.get_rotation() % 180 else (across, down)


def _scan(page: Any) -> Any | None:
    import pypdfium2.raw as c

    width, height = page.get_size()
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, bottom, x1, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        if abs((x1 - x0) * (top - bottom)) >= _SCAN_SHARE * width * height:
            return item
    return None


def scan_rules(page: Any, pixel_limit: int) -> tuple[Rule, ...]:
    """The rules, in points, that are seen in the picture of a page whose words are known, turned as the file says."""
    picture = picture_of(page, pixel_limit, _RULES_DPI)()
    return find_rules(picture.grey, 72 / picture.dpi[0])


def size_notice(size: tuple[int, int] | None, number: int) -> list[Notice]:
    """What to say of a scan, of this size in pixels, that is too large to be read in full."""
    if size is None or size[0] * size[1] <= _LARGEST_SCAN:
        return []
    message = (
        f"The scan of page {number} has {size[0]} by {size[1]} pixels and was scaled down; small print may be lost."
    )
    return [Notice("page_scaled_down", "info", message, page=number)]


def is_scan(pictures: Sequence[BBox], frame: Frame) -> bool:
    """Whether one of the pictures covers the page."""
    return any(picture.width * picture.height >= _SCAN_SHARE * frame.width * frame.height for picture in pictures)


def leaves_print_bare(page: Any, words: Sequence[Word], pictures: Sequence[BBox], pixel_limit: int) -> bool:
    """Whether most of the print in the pictures of a page, turned as the file says, has no words over it.

    A page of few words only is rendered for that, as one whose text is a head and a stamp over a scan.
    """
    room = page.get_width() * page.get_height()
    if sum(_area(picture) for picture in pictures) < _PICTURE_SHARE * room:
        return False
    if sum(_area(word.bbox) for word in words) > _FEW_WORDS_SHARE * room:
        return False
    picture = picture_of(page, pixel_limit, _BARE_DPI)()
    letters = find_letters(picture.grey)
    if not letters.height:
        return False
    boxes = letters.boxes[_within(letters.boxes, pictures, picture.dpi[0])]
    bare = boxes[~_within(boxes, [word.bbox for word in words], picture.dpi[0])]
    return count_pairs(bare, letters.height) >= max(_BARE_LETTERS, _IN_LINES * len(bare), len(boxes) / 2)


def _within(letters: Any, boxes: Sequence[BBox], dpi: float) -> Any:
    """For each letter, in pixels, whether its middle lies in one of the boxes, in points."""
    import numpy as np

    middles = ((letters[:, :2] + letters[:, 2:] / 2) * 72 / dpi)[:, None]
    spans = np.array(boxes)[None]
    return ((middles >= spans[..., :2]) & (middles <= spans[..., 2:])).all(axis=2).any(axis=1)


def _area(box: BBox) -> float:
    return box.width * box.height


def with_drawn_spaces(page: Any, words: Sequence[Word], turn: int) -> tuple[Word, ...]:
    """The words of an OCR layer as wide as the print under them.

    Tesseract up to 5.5.0 draws a word with a space behind it so wide that both together cover the word. Then white is
    left between most spaces and the words that follow them; others draw the space as wide as the white, or none.
    """
    spaces = _drawn_spaces(page, turn)
    ends = [spaces.get((round(word.bbox.x1, 1), round(word.bbox.bottom, 1))) for word in words]
    apart = [
        after.bbox.x0 - end > _WHITE_LEFT * word.bbox.height
        for word, end, after in zip(words, ends, words[1:], strict=False)
        if end is not None and after.bbox.x0 > word.bbox.x1 and _area(word.bbox) and after.bbox.top < word.bbox.bottom
    ]
    if 2 * sum(apart) <= max(len(apart), _SAMPLE // 20):
        return tuple(words)
    return tuple(
        word if end is None else replace(word, bbox=word.bbox._replace(x1=end))
        for word, end in zip(words, ends, strict=True)
    )


def _drawn_spaces(page: Any, turn: int) -> dict[tuple[float, float], float]:
    """Where each space that a page draws ends, by where it begins and its foot, in points of the upright page."""
    import pypdfium2.raw as c

    frame, rect = Frame(page, turn), c.FS_RECTF()
    text_page = page.get_textpage()
    found = {}
    try:
        for number in range(c.FPDFText_CountChars(text_page.raw)):
            if c.FPDFText_GetUnicode(text_page.raw, number) != _SPACE or c.FPDFText_IsGenerated(text_page.raw, number):
                continue
            if c.FPDFText_GetLooseCharBox(text_page.raw, number, rect):
                x0, _, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
                found[round(x0, 1), round(bottom, 1)] = x1
    finally:
        text_page.close()
    return found


def is_ocr_layer(page: Any) -> bool:
    """Whether the text of a scan is a layer that an OCR made: drawn without ink, or under the picture."""
    import pypdfium2.raw as c

    if _scan(page) is None:
        return False
    under = hidden = count = 0
    covered = False
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if item.type == c.FPDF_PAGEOBJ_IMAGE:
            covered = True
            continue
        count += 1
        under += not covered
        hidden += c.FPDFTextObj_GetTextRenderMode(item.raw) == _HIDDEN_MODE
        if count >= _SAMPLE:
            break
    return 2 * max(hidden, under) > count
