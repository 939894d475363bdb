"""OCR of the pages of a document: engines found, results taken from the store, pages read side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from newsletter_extract.document import Notice, Page
from newsletter_extract.errors import LanguageMissing, NoOcrEngine, OcrError, OcrFailed
from newsletter_extract.machine import usable_cores
from newsletter_extract.progress import page_read
from newsletter_extract.reading.ocr.cache import OcrCache, key_of
from newsletter_extract.reading.ocr.engine import Engine
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.rapid import find_second_engine
from newsletter_extract.reading.ocr.spread import Spread, Workers
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.reading.pdf_letters import once
from newsletter_extract.settings import ReadingSettings

_PICTURES_AHEAD = 2
"""Pages that are handed on before a core is free for them, for each core."""
_SAME_SPOT_PT = 2.0
"""Two readings of a word are nearer to each other than this, and no two words are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and how to get its picture, if it has to be OCRed, and what to do with the result."""

    page: Page
    picture: Callable[[], Picture] | None = None
    """Called on a thread of the pool; holds the picture no longer than it is needed."""
    choose: Callable[[Page], tuple[Page, list[Notice]]] | None = None
    """Takes the page as OCRed and gives the one to go on with, where the page has a text layer to compare with."""
    bare: Page | None = None
    """The page to OCR, where `page` has a text layer."""


Result = tuple[Page, list[Notice]]


def recognise(sheets: Iterable[Sheet], settings: ReadingSettings) -> tuple[list[Page], list[Notice], str | None]:
    """All pages, those with pictures OCRed, what there is to say of them, and the engines that were used.

    Each engine is run with one thread; `settings.jobs` pages are read at once, and few pictures are in memory, however
    many pages there are. A page that cannot be read is a notice. Where no page could be read, raises OcrFailed, or what
    stood in the way of all: NoOcrEngine or LanguageMissing.
    """
    jobs = settings.jobs or usable_cores()
    results: list[Result] = []
    ahead: deque[Future[Result]] = deque()
    readers: Readers | OcrError | None = None
    with ExitStack() as scans, ThreadPoolExecutor(jobs) as pool:
        for sheet in sheets:
            if sheet.picture and not readers:
                scans.enter_context(_one_thread_each())
                readers = _readers(settings, Workers(jobs))
            if sheet.picture and isinstance(readers, Readers):
                readers.workers.expect_page()
            ahead.append(pool.submit(_recognised, sheet, readers))
            while len(ahead) > _PICTURES_AHEAD * jobs:
                results.append(ahead.popleft().result())
        results += [future.result() for future in ahead]
    notices = [notice for _, found in results for notice in found]
    failed = [notice for notice in notices if notice.code == "page_failed"]
    if failed and len(failed) == len(results):
        if isinstance(readers, OcrError):
            raise readers
        raise OcrFailed(
            f"No page could be read: {failed[0].message} Try a larger reading.page_timeout_s, or see `extract doctor`."
        )
    names = readers.names if isinstance(readers, Readers) else None
    return [page for page, _ in results], notices, names


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Keeps OpenCV to one thread: on images of this size more of them take a quarter more time of the processor."""
    import cv2

    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the pages of a run."""

    engine: Engine
    second: Engine | None
    store: OcrCache | None
    settings: ReadingSettings
    workers: Workers

    @property
    def names(self) -> str:
        return self.engine.name if self.second is None else f"{self.engine.name} + {self.second.name}"


def _readers(settings: ReadingSettings, workers: Workers) -> Readers | OcrError:
    """The engines, or why there are none: that is no reason to lose the pages that need none."""
    try:
        engine = find_engine(settings.language)
        engine.require(settings.language)
    except (NoOcrEngine, LanguageMissing) as error:
        return error
    store = OcrCache(settings.cache) if settings.cache else None
    return Readers(Spread(engine, workers), _second(settings), store, settings, workers)


def _recognised(sheet: Sheet, readers: Readers | OcrError | None) -> Result:
    if sheet.picture is None or readers is None:
        return sheet.page, []
    if isinstance(readers, OcrError):
        return sheet.page, [_unread(sheet, readers)]
    with readers.workers.page():
        page, notices = _read(sheet.bare or sheet.page, sheet.picture(), readers)
    page_read(by_ocr=True)
    # where two regions of the picture overlap, the engine reads a word twice
    return _chosen(sheet, (replace(page, words=tuple(once(iter(page.words), _SAME_SPOT_PT))), notices))


def _unread(sheet: Sheet, error: OcrError) -> Notice:
    number = sheet.page.number
    if sheet.choose is None:
        return Notice("page_failed", "error", f"Page {number} cannot be read: {error}", page=number)
    message = f"The text layer of page {number} has many unknown words and was not compared with our own OCR: {error}"
    return Notice("text_layer_doubtful", "warning", message, page=number)


def _second(settings: ReadingSettings) -> Engine | None:
    """The second reader, where it is wanted and, on "auto", installed and knows the language."""
    if settings.second_reader == "off":
        return None
    try:
        second = find_second_engine()
        second.require(settings.language)
    except (NoOcrEngine, LanguageMissing):
        if settings.second_reader == "on":
            raise
        return None
    return second


def _read(page: Page, picture: Picture, readers: Readers) -> Result:
    """The page from the store, or else read and kept there. What failed is not kept."""
    if readers.store is None:
        return recognise_page(page, picture, readers.engine, readers.settings, readers.second)
    key = key_of(page, picture.grey, (readers.names, readers.settings.language, picture.dpi))
    result = readers.store.get(key)
    if result is None:
        result = recognise_page(page, picture, readers.engine, readers.settings, readers.second)
        if all(notice.code != "page_failed" for notice in result[1]):
            readers.store.put(key, result)
    return result


def _chosen(sheet: Sheet, result: Result) -> Result:
    page, notices = result
    if sheet.choose is None:
        return result
    if any(notice.code == "page_failed" for notice in notices):
        return sheet.page, notices
    chosen, reasons = sheet.choose(page)
    return chosen, [*reasons, *(notices if chosen.origin == "ocr" else [])]
