"""Fixtures of the browser tests: a real browser, and pages made from the samples."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.review.making import Job, write_page
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import chromium

SAMPLES = Path(__file__).parents[1] / "samples"
PDF = "gulf_of_riga_2021q3.pdf"
NOISY = """Harbour Notes

4 May 2023, Riga, Latvia: Customs officers of the Westem district and their
colleagues from Estonia met to talk about illicit trafficking. The two ser-
vices agreed to share what they leam at the port, and seized 40 kg of cocaine.
The goverment of Latvia welcomed the infonnation and the co-
operation of all. They met again on 9 May 2023 in Tallinn.
"""
BROKEN = """The customs officers of Bosnia and
Herzegovina seized 40 kg of cocaine on
4 October 2021 and told their col-
leagues in North
Macedonia of the traf-
ficking at once. They met in Septem-
ber 2021 to talk of Europol and of the
United Nations Office on Drugs and
Crime, which helped them.
"""
Opener = Callable[..., Any]


@dataclass(frozen=True)
class Made:
    """A sample document with its extraction and the page made of them."""

    job: Job
    document: Path
    json: Path
    html: Path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = chromium.find()
    assert program, "the browser tests need Chromium; `make browser` installs it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Opener]:
    """Open an address in a fresh profile. No error in the console and no request to a network may come of it."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def opened(
        address: Path | str, *, allowed: str = "file:", expected: re.Pattern[str] | None = None, **options: Any
    ) -> Any:
        def heard(message: Any) -> None:
            if message.type in {"error", "warning"} and not (expected and expected.match(message.text)):
                trouble.append(message.text)

        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # a page is up in half a second, but machines may be busy
        page.on("console", heard)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda r: None if r.url.startswith((allowed, "data:", "blob:")) else trouble.append(f"request: {r.url}"),
        )
        page.goto(address.resolve().as_uri() if isinstance(address, Path) else address)
        page.wait_for_selector("#app > *")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The review page of a sample PDF."""
    document = tmp_path_factory.mktemp("review") / PDF
    shutil.copy(SAMPLES / PDF, document)
    return _made(document)


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The page of a PDF whose facts are broken over lines."""
    document = tmp_path_factory.mktemp("broken") / "broken.pdf"
    canvas = Canvas(str(document), pagesize=(300, 400))
    for number, line in enumerate(BROKEN.splitlines()):
        canvas.drawString(30, 360 - 14 * number, line)
    canvas.save()
    return _made(document)


def _made(document: Path) -> Made:
    extraction = extract(Source.from_path(document), Settings())
    path = document.with_name(f"{document.name}.json")
    path.write_text(extraction.model_dump_json(indent=2), "utf-8")
    job = Job(extraction, Source.from_path(document), document)
    return Made(job, document, path, write_page(job, None, single_file=False))


@pytest.fixture(scope="session")
def noisy() -> Extraction:
    """The extraction of a text with the noise of an OCR: repairs, and no geometry."""
    return extract(Source("noisy.txt", NOISY.encode()), Settings())


def picture_width(page: Any) -> int:
    """Pixels across the first picture of a page, once it is loaded."""
    image = page.locator(".sheet img").first
    width: int = image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }")
    return width
