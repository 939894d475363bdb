"""What a document says and is called is shown, and never run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsing import Opener
from newsletter_extract.review.archive import write_archive
from newsletter_extract.review.making import Job, write_page
from newsletter_extract.schema import Extraction

SHOTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "<!--<script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "a\u2028b\u2029c\u0000d",
)


def hostile(shot: str) -> Extraction:
    """An extraction that has the shot everywhere a document can put words."""
    where = {"page": 1, "block": "block-1", "start": 0, "end": len(shot), "bbox": None}
    fact = {"provenance": where, "confidence": 0.5}
    date = {"text": shot, "start": "2021-10-04", "end": "2021-10-04", "precision": "day", "edtf": shot, **fact}
    place = {"text": shot, "name": shot, "kind": "city", "country": None, "lat": 1.0, "lon": 1.0, **fact}
    amount = {"text": shot, "value": 1, "unit": shot, "item": shot}
    return Extraction.model_validate({
        "generator": {"version": "0"},
        "source": {"name": f"{shot}.pdf", "sha256": "0" * 64, "bytes": 1, "media_type": "text/plain",
                   "pages": [{"number": 1, "width": None, "height": None, "origin": "plain_text"}]},
        "bulletin": {"title": shot, "publisher": shot, "issue": shot, "period": date, "language": "en"},
        "events": [{"id": "event-1", "heading": shot, "body": shot, "occurrences": [{"dates": date, "places": [place]}],
                    **fact}],
        "seizures": [{"id": "seizure-1", "origin": "table", "commodity": {"text": shot, "category": "drugs"},
                      "quantities": [amount], "by": [shot], "places": [place], **fact}],
        "tables": [{"id": "table-1", "title": shot, "columns": [shot], "rows": [[shot]], **fact}],
        "dates": [date], "places": [place],
        "organizations": [{"text": shot, "name": shot, **fact}],
        "money": [{"text": shot, "amount": 1, "currency": "EUR", **fact}],
        "repairs": [{"before": shot, "after": shot, "rule": shot, "confidence": 0.9, "provenance": where}],
        "findings": [{"code": "x", "severity": "info", "message": shot, "provenance": where}],
        "text": [{"page": 1, "blocks": [{"id": "block-1", "kind": "paragraph", "bbox": None, "text": shot}]}],
    })  # fmt: skip


def assert_inert(page: Any) -> None:
    """Nothing but the page's own script is there; dialogs, errors and requests are told by `open_page`."""
    assert page.locator("#app script, #app img, #app iframe, #app svg[onload]").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every((e) => !e.onerror && !e.onload || e === document.body)"
    )


@pytest.mark.parametrize("shot", SHOTS)
def test_a_document_that_says_script_shows_that(shot: str, tmp_path: Path, open_page: Opener) -> None:
    extraction = hostile(shot)
    html = write_page(Job(extraction, None, tmp_path / "page"), None, single_file=True)
    page = open_page(html)
    assert page.title().split() == shot.replace("\0", "\ufffd").split()
    assert shot in page.locator("h1").text_content()
    assert shot in page.locator("aside .fact.places .label").text_content()
    assert shot in page.locator("aside .fact.findings .label").text_content()
    for kind in ("events", "tables"):
        page.locator(f"aside .fact.{kind} .fact-name").click()
    assert shot in page.locator("aside td").text_content()
    page.keyboard.press("e")
    assert_inert(page)


def test_an_archive_of_such_documents_is_inert_too(tmp_path: Path, open_page: Opener) -> None:
    folder = tmp_path / "<b onclick=alert(1)>"
    folder.mkdir()
    names = [
        "<img src=x onerror=alert(1)>.pdf",
        "'\"onload=alert(1) x='.pdf",
        "%2e%2e%2f#?&amp;.pdf",
        "ünïcode\u2028.pdf",
    ]
    for name, shot in zip(names, SHOTS, strict=False):
        (folder / f"{name}.json").write_text(hostile(shot).model_dump_json(), "utf-8")
    made = write_archive(folder, None, jobs=1)
    assert made.documents == len(names)
    page = open_page(made.html)
    assert page.locator("h1").inner_text() == folder.name
    for tab in ("Events", "Seizures", "Places", "Findings", "Documents"):
        page.get_by_role("tab", name=tab).click()
        assert page.locator(".rows .row").count() > 0
        assert_inert(page)
    titles = page.locator(".rows a").all_inner_texts()
    assert SHOTS[0] in titles
    page.locator(".rows a").first.click()
    page.wait_for_selector("aside .fact")
    assert_inert(page)


def test_the_policy_stops_a_script_that_is_put_into_the_page(tmp_path: Path, browser: Any) -> None:
    """Were something to slip through, the policy would not let it run."""
    html = write_page(Job(hostile("x"), None, tmp_path / "page"), None, single_file=True)
    broken = html.read_text("utf-8").replace(
        "<noscript>", "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    )
    html.write_text(broken, "utf-8")
    page = browser.new_page()
    page.goto(html.as_uri())
    page.wait_for_selector("aside .fact")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'stopped')") == "stopped"
    page.close()
