"""The README's pictures of the review pages, made from our samples.

python scripts/review_pictures.py      writes docs/review-document.webp and docs/review-overview.webp
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import chromium
from newsletter_extract.review.archive import write_archive

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SIZE = {"width": 1280, "height": 800}
QUALITY = 70


def save(page: Any, name: str) -> None:
    page.wait_for_timeout(300)  # pictures and canvas are drawn a frame or two later
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(DOCS / name, "WEBP", quality=QUALITY, method=6)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "Sample archive"
        shutil.copytree(ROOT / "samples", folder)
        overview = write_archive(folder, None).html
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(overview.as_uri())
        page.wait_for_selector(".rows .row")
        save(page, "review-overview.webp")
        page.get_by_role("link", name="Baltic Coast Watch").click()
        page.locator(".sheet img").first.evaluate("(image) => image.decode()")
        page.locator("aside .fact.seizures .fact-name").nth(3).click()
        save(page, "review-document.webp")
        browser.close()


if __name__ == "__main__":
    main()
