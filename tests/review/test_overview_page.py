"""The overview of an archive: what is counted, and the page in a real browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from browsing import PDF, Opener, picture_width
from conftest import SAMPLES
from newsletter_extract.cli import app
from newsletter_extract.review.archive import Overview, write_archive
from newsletter_extract.review.making import find_job
from newsletter_extract.review.summary import columns, summarize
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

GOLDEN = {path.name: Extraction.model_validate_json(path.read_bytes()) for path in (SAMPLES / "golden").glob("*.json")}


def once(extraction: Extraction) -> list[Any]:
    return [s for s in extraction.seizures if not s.same_as]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    """The samples as an archive, with their documents."""
    folder = tmp_path_factory.mktemp("overview") / "archive"
    shutil.copytree(SAMPLES, folder)
    return write_archive(folder, None, jobs=1)


def control(page: Any, name: str) -> Any:
    """A field of the filter."""
    return page.locator(".tools label", has=page.get_by_text(name, exact=True)).locator("input, select")


def total(page: Any, name: str) -> int:
    return int(page.locator(".counts div", has=page.get_by_text(name, exact=True)).locator("dd").inner_text())


def totals(page: Any) -> dict[str, int]:
    return {name: total(page, name) for name in ("Documents", "Events", "Seizures", "Findings")}


def test_everything_is_counted_once(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    assert archive.problems == ()
    assert totals(page) == {
        "Documents": len(GOLDEN),
        "Events": sum(len(e.events) for e in GOLDEN.values()),
        "Seizures": sum(len(once(e)) for e in GOLDEN.values()),
        "Findings": sum(len(e.findings) for e in GOLDEN.values()),
    }
    assert sum(len(e.seizures) for e in GOLDEN.values()) > total(page, "Seizures"), "no sample tells a seizure twice"


def test_filters_work_on_all_lists_together(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    extraction = GOLDEN[f"{PDF}.json"]
    everything = totals(page)
    control(page, "Text").fill("gulf of riga")
    assert total(page, "Documents") == 1
    assert total(page, "Events") == len(extraction.events)
    assert total(page, "Seizures") == len(once(extraction))
    page.get_by_role("button", name="Clear the filter").click()
    assert totals(page) == everything

    control(page, "Goods").select_option(label="drugs")
    drugs = {name: [s for s in once(e) if s.commodity.category == "drugs"] for name, e in GOLDEN.items()}
    assert total(page, "Seizures") == sum(map(len, drugs.values()))
    assert total(page, "Documents") == sum(map(bool, drugs.values()))
    control(page, "How sure").select_option(label="0.9 and more")
    assert total(page, "Seizures") == sum(s.confidence >= 0.9 for own in drugs.values() for s in own)
    page.get_by_role("button", name="Clear the filter").click()

    control(page, "Country").select_option(label="LV")
    events = [
        e for x in GOLDEN.values() for e in x.events if any(p.country == "LV" for o in e.occurrences for p in o.places)
    ]
    assert total(page, "Events") == len(events) > 0
    page.get_by_role("button", name="Clear the filter").click()

    control(page, "From").fill("2021-08-01")
    control(page, "To").fill("2021-08-31")
    page.get_by_role("tab", name="Events").click()
    assert total(page, "Documents") == 1
    assert 0 < total(page, "Events") < len(extraction.events)
    for time in page.locator(".rows .row > :nth-child(3)").all_inner_texts():
        assert "2021-08" in time


def test_kinds_and_goods_lead_to_each_other(archive: Overview, open_page: Opener) -> None:
    """A kind of event leaves the seizures told in such events; goods leave the events in which they were seized."""
    page = open_page(archive.html)
    told = [(e, s) for x in GOLDEN.values() for s in once(x) for e in x.events if s.event_id == e.id]
    kind = told[0][0].kind
    control(page, "Kind of event").select_option(label=kind)
    assert total(page, "Seizures") == sum(e.kind == kind for e, _ in told)
    page.get_by_role("button", name="Clear the filter").click()
    category = told[0][1].commodity.category
    control(page, "Goods").select_option(label=category)
    assert total(page, "Events") == len({id(e) for e, s in told if s.commodity.category == category})


def test_charts_filter(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    events = total(page, "Events")
    chart = page.locator(".time svg").bounding_box()
    page.mouse.move(chart["x"] + 2, chart["y"] + 40)
    page.mouse.down()
    page.mouse.move(chart["x"] + chart["width"] / 3, chart["y"] + 40, steps=3)
    page.mouse.up()
    assert total(page, "Events") < events
    assert control(page, "From").input_value()
    page.get_by_role("button", name="Clear the filter").click()
    page.locator(".goods tbody th button").first.click()
    assert total(page, "Seizures") == int(page.locator(".goods tbody td").first.inner_text())
    page.get_by_role("button", name="Clear the filter").click()
    page.locator(".codes button").first.click()
    assert total(page, "Findings") == int(page.locator(".codes .number").first.inner_text())


def test_a_place_on_the_map_filters(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    before = total(page, "Events")
    page.locator(".sea canvas").scroll_into_view_if_needed()
    box = page.locator(".sea canvas").bounding_box()
    # The ink of a circle: the canvas is clear where there is none.
    x, y = page.locator(".sea canvas").evaluate("""async (canvas) => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const at = data.findIndex((value, k) => k % 4 === 3 && value > 90) >> 2;
        return [(at % canvas.width) / canvas.width, (Math.floor(at / canvas.width) + 2) / canvas.height];
    }""")
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    chip = page.locator(".chip")
    assert chip.is_visible()
    assert total(page, "Events") < before
    chip.click()
    assert total(page, "Events") == before


def test_a_time_is_cut_into_months(archive: Overview, open_page: Opener) -> None:
    """Columns of the table of goods choose their time, which is then cut finer."""
    page = open_page(archive.html)
    heads = page.locator(".goods thead button")
    head = next(h for h in heads.all() if h.inner_text() == "2021 Q3")
    head.click()
    assert control(page, "From").input_value() == "2021-07-01"
    assert control(page, "To").input_value() == "2021-09-30"
    assert heads.all_inner_texts() == ["2021-07", "2021-08", "2021-09"]
    heads.last.click()
    assert heads.all_inner_texts() == ["2021-09"]
    seizures = [s for e in GOLDEN.values() for s in once(e)]
    september = [s for s in seizures if s.dates and s.dates.edtf.startswith("2021-09") and s.dates.start == s.dates.end]
    shown = page.locator(".goods tbody td.heat:nth-child(3)").all_inner_texts()
    assert sum(int(n or 0) for n in shown) >= len(september)
    heads.last.click()
    assert control(page, "From").input_value() == ""


def test_a_place_is_chosen_without_the_map_too(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    page.get_by_role("tab", name="Places").click()
    control(page, "Text").fill("gulf of riga")
    place = page.get_by_role("button", name="Klaipėda", exact=True)
    place.focus()
    page.keyboard.press("Enter")
    assert page.locator(".chip").inner_text().startswith("Klaipėda")
    assert place.get_attribute("aria-pressed") == "true"
    assert total(page, "Places") < 10


def test_the_filter_is_in_the_address_and_there_again_after_a_document(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    control(page, "Goods").select_option(label="drugs")
    control(page, "How sure").select_option(label="0.7 and more")
    control(page, "From").fill("2021-07-01")
    page.get_by_role("tab", name="Seizures").click()
    shown = totals(page)
    page.locator(".rows a").first.click()
    page.wait_for_selector("aside .fact.current")
    page.get_by_role("link", name="All documents").click()
    page.wait_for_selector(".overview")
    assert totals(page) == shown
    assert page.get_by_role("tab", name="Seizures").get_attribute("aria-selected") == "true"
    elsewhere = open_page(page.url)
    assert totals(elsewhere) == shown
    nonsense = open_page(archive.html.as_uri() + "#category=none&from=x&place=%3Cb%3E&sure=q&list=__proto__")
    assert total(nonsense, "Documents") == len(GOLDEN)


def test_the_map_comes_nearer_and_moves(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    land = page.locator(".land")
    assert "scale(1)" in land.get_attribute("transform")
    page.get_by_role("button", name="Nearer").click()
    nearer = land.get_attribute("transform")
    assert "scale(1.6)" in nearer
    before = totals(page)
    box = page.locator(".sea canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=3)
    page.mouse.up()
    assert land.get_attribute("transform") != nearer
    assert totals(page) == before, "to drag is not to click"
    page.get_by_role("button", name="Farther").click()
    assert "translate(0 0) scale(1)" in land.get_attribute("transform")


def test_publishers_are_a_filter(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    name = next(e.bulletin.publisher for e in GOLDEN.values() if e.bulletin.publisher)
    own = [e for e in GOLDEN.values() if e.bulletin.publisher == name]
    control(page, "Publisher").select_option(label=name)
    assert totals(page) == {
        "Documents": len(own),
        "Events": sum(len(e.events) for e in own),
        "Seizures": sum(len(once(e)) for e in own),
        "Findings": sum(len(e.findings) for e in own),
    }


def test_rows_lead_to_the_fact_in_its_document(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    control(page, "Text").fill("gulf of riga")
    page.get_by_role("tab", name="Seizures").click()
    words = page.locator(".rows a").first.inner_text()
    page.locator(".rows a").first.click()
    page.wait_for_selector("aside .fact.current")
    assert words in page.locator("aside .fact.current").inner_text()
    assert picture_width(page) > 500
    page.get_by_role("link", name="All documents").click()
    page.wait_for_selector(".overview")


def test_lists_sort_and_draw_only_what_is_in_sight(open_page: Opener, tmp_path: Path) -> None:
    from newsletter_extract.review.html import pack, page_html

    rows = [summarize(e, None) for e in GOLDEN.values()] * 400
    html = tmp_path / "many.html"
    html.write_text(page_html("overview", "Many", {"title": "Many"}, parts=[pack(columns(rows, 0))]), "utf-8")
    page = open_page(html)
    assert page.locator(".list").get_attribute("aria-rowcount") == str(len(rows) + 1)
    assert page.locator(".rows .row").count() < 60
    page.get_by_role("button", name="Events", exact=True).click()
    page.get_by_role("button", name="Events", exact=True).click()
    most = max(len(e.events) for e in GOLDEN.values())
    assert page.locator(".rows .row > :nth-child(6)").first.inner_text() == str(most)
    page.locator(".rows").evaluate("(rows) => { rows.scrollTop = rows.scrollHeight; }")
    page.wait_for_selector(f'.row[aria-rowindex="{len(rows) + 1}"]')


def test_tabs_are_gone_through_with_the_arrows(archive: Overview, open_page: Opener) -> None:
    page = open_page(archive.html)
    page.get_by_role("tab", name="Documents").focus()
    for expected in ("Events", "Seizures", "Places", "Findings", "Documents"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.textContent").startswith(expected)
        assert page.locator(".list").get_attribute("aria-label") == expected


def test_a_second_run_makes_only_what_changed(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "golden").mkdir(parents=True)
    for name in GOLDEN:
        shutil.copy(SAMPLES / "golden" / name, folder / "golden" / name)
    made = write_archive(folder, None, pictures=False, jobs=1)
    pages = sorted((made.html.parent / "documents").glob("*.html"))
    assert len(pages) == len(GOLDEN)
    for page in pages:
        page.write_text("made before", "utf-8")
    changed = folder / "golden" / f"{PDF}.json"
    data = json.loads(changed.read_text("utf-8"))
    data["bulletin"]["title"] = "Another title"
    changed.write_text(json.dumps(data), "utf-8")
    next(path for path in (folder / "golden").iterdir() if path != changed).unlink()
    write_archive(folder, None, pictures=False, jobs=1)
    left = sorted((made.html.parent / "documents").glob("*.html"))
    assert [(p.read_text("utf-8") == "made before", PDF in p.name) for p in left].count((False, True)) == 1
    assert len(left) == len(GOLDEN) - 1


def test_the_results_of_a_batch_find_their_documents(tmp_path: Path, open_page: Opener) -> None:
    documents, out = tmp_path / "in", tmp_path / "out"
    (documents / "2021").mkdir(parents=True)
    shutil.copy(SAMPLES / PDF, documents / "2021" / PDF)
    shutil.copy(SAMPLES / PDF, documents / "a copy.pdf")
    assert CliRunner().invoke(app, ["batch", str(documents), "--out", str(out), "--jobs", "1"]).exit_code == 0
    job = find_job(next((out / "documents").rglob("*.json")), None, Settings())
    assert job.source is not None
    made = write_archive(out, None, jobs=1)
    assert made.documents == 1
    page = open_page(made.html)
    page.locator(".rows a").first.click()
    assert picture_width(page) > 500


def test_the_command_tells_of_files_it_cannot_read(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "golden" / f"{PDF}.json", tmp_path)
    (tmp_path / "broken.pdf.json").write_text('{"schema_version": "9.9"}', "utf-8")
    out = tmp_path / "overview.html"
    result = CliRunner().invoke(app, ["review", str(tmp_path), "--single-file", "--out", str(out), "--jobs", "1"])
    assert result.exit_code == 16
    assert "broken.pdf.json" in result.output
    assert "shows 1 document." in result.output
    assert out.stat().st_size > 100_000
