"""axe-core finds no serious violation on either page: light and dark, on a phone and on a desk, in each state."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import Made, Opener
from conftest import SAMPLES
from newsletter_extract.review.archive import write_archive
from newsletter_extract.review.making import Job, write_page
from newsletter_extract.schema import Extraction

SIZES = {"phone": {"width": 375, "height": 740}, "desk": {"width": 1300, "height": 850}}


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [
        f"{v['id']}: {v['help']}: {[node['html'][:200] for node in v['nodes'][:3]]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("axe") / "archive"
    shutil.copytree(SAMPLES / "golden", folder)
    return write_archive(folder, None, pictures=False, jobs=1).html


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_document_page(made: Made, open_page: Opener, scheme: str, size: str) -> None:
    page = open_page(made.html, viewport=SIZES[size], color_scheme=scheme)
    if size == "phone":
        page.get_by_text("Legend").click()
    for kind in ("Places", "Organizations"):  # a fact looks like the others of its page, and axe takes long
        page.get_by_role("checkbox", name=kind).uncheck()
    page.locator("h1").click()
    for key in ("j", "a", "j", "r", "j", "e"):
        page.keyboard.press(key)
    if scheme == "dark":
        page.get_by_role("button", name="Colour by confidence").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_and_the_help(noisy: Extraction, open_page: Opener, tmp_path: Path, scheme: str) -> None:
    html = write_page(Job(noisy, None, tmp_path / "noisy"), None, single_file=True)
    page = open_page(html, color_scheme=scheme)
    page.get_by_label("Joined lines").check()
    page.locator("mark").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="Help").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    page.keyboard.type("Riga")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Add a fact"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overview(overview: Path, open_page: Opener, scheme: str, size: str) -> None:
    page = open_page(overview, viewport=SIZES[size], color_scheme=scheme)
    page.locator(".goods tbody th button").first.click()
    page.get_by_role("tab", name="Seizures").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
