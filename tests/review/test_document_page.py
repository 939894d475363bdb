"""The review page of a document in a real browser."""

from __future__ import annotations

import ctypes
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from browsing import Made, Opener, picture_width
from newsletter_extract.cli import app
from newsletter_extract.golden.check import read_golden
from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.review.corrections import digest
from newsletter_extract.review.making import Job, write_page
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

CURRENT = "aside .fact.current"


def words_under(document: Path, page: int, boxes: list[tuple[float, float, float, float]]) -> str:
    """The letters of a PDF page whose middle lies in one of the boxes, read by pdfium without this program."""
    pdf = pypdfium2.PdfDocument(document)
    sheet = pdf[page - 1]
    height, text, letters = sheet.get_height(), sheet.get_textpage(), []
    edges = [ctypes.c_double() for _ in range(4)]
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, edges))
        left, right, low, high = (edge.value for edge in edges)
        x, y = (left + right) / 2, height - (low + high) / 2
        if any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes):
            letters.append(chr(raw.FPDFText_GetUnicode(text, index)))
    pdf.close()
    return squeezed("".join(letters))


def squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@pytest.mark.parametrize("which", ["made", "broken"])
def test_every_box_lies_over_the_words_of_its_fact(
    which: str, request: pytest.FixtureRequest, open_page: Opener
) -> None:
    made: Made = request.getfixturevalue(which)
    page = open_page(made.html)
    if which == "broken":
        page.get_by_label("Joined lines").check()
        assert page.locator("g.box:has(rect + rect)").count() >= 4
    drawn = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".sheet g.box")].map((g) => {
        const sheet = g.ownerSVGElement.getBoundingClientRect(), size = g.ownerSVGElement.viewBox.baseVal;
        const boxes = [...g.querySelectorAll("rect")].map((rect) => {
            const r = rect.getBoundingClientRect();
            const [x, y] = [size.width / sheet.width, size.height / sheet.height];
            const [left, top] = [(r.left - sheet.left) * x, (r.top - sheet.top) * y];
            return [left, top, left + r.width * x, top + r.height * y];
        });
        return [g.dataset.fact, { page: Number(g.closest(".page").id.slice(5)), boxes }];
    }))""")
    extraction = made.job.extraction
    texts = {block.id: block for p in extraction.text for block in p.blocks}
    located = 0
    for kind in ("events", "dates", "places", "organizations", "money", "repairs", "seizures", "tables"):
        for index, fact in enumerate(getattr(extraction, kind)):
            where = fact.provenance
            seen = drawn.pop(f"/{kind}/{index}")
            under = words_under(made.document, seen["page"], seen["boxes"])
            wanted = squeezed(texts[where.block].text[where.start : where.end])
            if texts[where.block].kind == "table":  # the rows of a table are read by cells
                assert sorted(wanted) == sorted(under) or set(wanted) <= set(under)
            else:
                assert wanted in under
                assert len(under) <= len(wanted) + 12, "the box covers far more than the fact"
            located += 1
    assert drawn == {}
    assert located > (50 if which == "made" else 8)


def test_pictures_of_pages_are_shown(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    assert picture_width(page) > 500
    assert page.locator(".sheet img").count() == len(made.job.extraction.source.pages)


def test_toggles_take_kinds_and_certainties_off_the_page_and_the_list(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    extraction = made.job.extraction
    assert page.locator("aside .fact.places").count() == len(extraction.places)
    page.get_by_role("checkbox", name="Places").uncheck()
    assert page.locator(".places[data-fact]").count() == 0
    page.get_by_role("checkbox", name="Places").check()
    page.get_by_role("checkbox", name="0.9 and more").uncheck()
    sure = [p for p in extraction.places if p.confidence < 0.9]
    assert page.locator("aside .fact.places").count() == len(sure)


def test_search_finds_facts_and_tells_when_there_is_none(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    page.keyboard.press("/")
    page.keyboard.type("klaipėda")
    labels = page.locator("aside .fact").all_inner_texts()
    assert labels
    assert all("klaipėda" in label.casefold() for label in labels)
    page.keyboard.type("no such words")
    assert page.get_by_text("No fact matches").is_visible()


def test_hover_and_click_join_a_fact_and_its_box_both_ways(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    box = page.locator("g.box.dates").first
    key = box.get_attribute("data-fact")
    row = page.locator(f'aside [data-fact="{key}"]')
    box.locator("rect").first.hover()
    assert "hovered" in row.get_attribute("class")
    page.locator("h1").hover()
    assert "hovered" not in row.get_attribute("class")
    row.locator(".fact-name").focus()
    assert "hovered" in box.get_attribute("class")


@pytest.mark.parametrize("act", ["hover", "focus", "click"])
def test_what_is_looked_at_on_one_side_comes_into_view_on_the_other(act: str, made: Made, open_page: Opener) -> None:
    page = open_page(made.html, viewport={"width": 1280, "height": 600})
    box = page.locator("g.box.dates").last
    wait_in_sight(box, False)
    row = page.locator(f'aside [data-fact="{box.get_attribute("data-fact")}"]')
    getattr(row.locator(".fact-name"), act)()
    wait_in_sight(box, True)
    if act == "focus":
        return
    place = page.locator("g.box.places").first
    row = page.locator(f'aside [data-fact="{place.get_attribute("data-fact")}"]')
    page.locator("aside").evaluate("(aside) => { aside.scrollTop = 0; }")
    wait_in_sight(row, False)
    getattr(place.locator("rect").first, act)()
    wait_in_sight(row, True)


def wait_in_sight(element: Any, wanted: bool) -> None:
    """Until an element is wholly inside of what it is scrolled in, or is not."""
    element.page.wait_for_function(
        """([element, wanted]) => {
            const inner = element.getBoundingClientRect();
            const outer = element.closest(".document, aside").getBoundingClientRect();
            const inside = inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1; // parts of a pixel
            return inside === wanted;
        }""",
        arg=[element.element_handle(), wanted],
    )


def test_a_link_to_a_fact_opens_the_page_at_it(made: Made, open_page: Opener) -> None:
    page = open_page(made.html.resolve().as_uri() + "#/dates/2")
    assert page.locator(CURRENT).get_attribute("data-fact") == "/dates/2"


def test_the_keyboard_goes_through_facts_and_decides(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    keys = [row.get_attribute("data-fact") for row in page.locator("aside .fact").all()]
    for expected in (keys[0], keys[1], keys[2]):
        page.keyboard.press("j")
        assert page.locator(CURRENT).get_attribute("data-fact") == expected
    page.keyboard.press("k")
    assert page.locator(CURRENT).get_attribute("data-fact") == keys[1]
    page.wait_for_function("key => document.activeElement.closest('[data-fact]')?.dataset.fact === key", arg=keys[1])
    page.keyboard.press("a")
    page.keyboard.press("r")
    assert [page.locator(f'aside [data-fact="{k}"] .state').inner_text() for k in keys[1:3]] == ["accepted", "rejected"]
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert page.locator("aside .state").count() == 1
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("t")
    assert page.locator(".text").is_visible()


def test_the_text_shows_repairs_as_before_and_after(tmp_path: Path, noisy: Extraction, open_page: Opener) -> None:
    page = open_page(write_page(Job(noisy, None, tmp_path / "noisy"), None, single_file=True))
    page.get_by_label("Joined lines").check()
    shown = [
        (mark.locator("del").inner_text(), mark.locator("ins").inner_text())
        for mark in page.locator("mark:has(del)").all()
    ]
    assert shown
    assert set(shown) <= {(r.before, r.after) for r in noisy.repairs}


def test_tables_are_tables_with_the_check_of_their_total(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    table = made.job.extraction.tables[0]
    page.locator("aside .fact.tables .fact-name").first.click()
    assert page.locator("aside thead th").all_inner_texts() == table.columns
    assert page.locator("aside tbody tr").count() == len(table.rows)
    assert page.locator("aside .fits, aside .off").count() == 1


def test_decisions_outlive_a_reload(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.reload()
    assert page.locator("aside .fact .state").first.inner_text() == "rejected"


def test_corrections_go_from_the_page_to_a_golden_file(made: Made, open_page: Opener, tmp_path: Path) -> None:
    """Accept, reject, edit and add in the browser; save; `extract apply`; `extract check` then tells the drift."""
    page = open_page(made.html)
    page.get_by_label("Your name").fill("A. Analyst")
    row(page, "/events/0").locator(".fact-name").click()
    page.get_by_role("button", name="Accept").click()
    row(page, "/dates/1").locator(".fact-name").click()
    page.get_by_role("button", name="Reject").click()
    row(page, "/dates/0").locator(".fact-name").click()
    page.keyboard.press("e")
    page.locator('.edit [data-field="start"]').fill("2021-07-31")
    page.locator('.edit [data-field="end"]').fill("2021-07-01")
    page.get_by_role("button", name="Keep").click()
    assert "last day is before the first" in page.get_by_role("alert").inner_text()
    page.locator('.edit [data-field="end"]').fill("2021-08-02")
    page.get_by_role("button", name="Keep").click()
    assert "2021-07-31/2021-08-02" in row(page, "/dates/0").inner_text()
    page.keyboard.press("t")
    added = select_words(page)
    page.get_by_role("button", name="Add “").click()
    assert page.get_by_label("Words in the document").input_value() == added
    page.locator(".add select").first.select_option("organizations")
    page.get_by_role("button", name="Add", exact=True).click()
    with page.expect_download() as download:
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Save 4 corrections").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)

    golden = tmp_path / made.json.name
    (tmp_path / made.document.name).write_bytes(made.document.read_bytes())
    run(0, "apply", saved, made.json, "--out", golden)
    before, after = made.job.extraction, read_golden(golden)
    assert after.dates[0].edtf == "2021-07-31/2021-08-02"
    assert len(after.dates) == len(before.dates) - 1
    assert added in {o.text for o in after.organizations}
    assert after.review is not None
    assert after.review.by == "A. Analyst"
    assert {c.action for c in after.review.changes} == {"accept", "reject", "edit", "add"}

    drift = json.loads(run(1, "check", golden, "--only", "date,organization,event", "--format", "json"))
    assert drift


def select_words(page: Any) -> str:
    """Select some words of the text that are no fact, as a person does with the mouse."""
    return page.evaluate("""() => {
        const pieces = [...document.querySelectorAll(".block.paragraph > span[data-start]")];
        const piece = pieces.find((span) => span.textContent.trim().length > 20);
        const range = document.createRange();
        range.setStart(piece.firstChild, 1);
        range.setEnd(piece.firstChild, 15);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        piece.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        return range.toString();
    }""")


def run(code: int, *arguments: Any) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.parametrize("single_file", [True, False])
def test_a_page_works_wherever_it_is_moved(made: Made, open_page: Opener, tmp_path: Path, single_file: bool) -> None:
    folder = tmp_path / "a folder, moved #1"
    out = folder / "review.html" if single_file else folder
    folder.mkdir()
    html = write_page(made.job, out, single_file=single_file)
    page = open_page(html)
    assert picture_width(page) > 500
    assert len(list(folder.rglob("*"))) == (1 if single_file else 2 + len(made.job.extraction.source.pages))


def test_a_document_that_has_changed_is_not_shown_under_the_old_facts(made: Made, tmp_path: Path) -> None:
    changed = tmp_path / made.document.name
    changed.write_bytes(made.document.read_bytes() + b"\n% changed")
    (tmp_path / made.json.name).write_bytes(made.json.read_bytes())
    result = CliRunner().invoke(app, ["review", str(tmp_path / made.json.name)])
    assert result.exit_code == 0
    assert "has changed since it was extracted" in result.output
    assert not list((tmp_path / f"{made.document.name}.review" / "pages").iterdir())


def test_an_encrypted_document_is_shown_as_text(tmp_path: Path, open_page: Opener) -> None:
    document = tmp_path / "secret.pdf"
    canvas = Canvas(str(document), encrypt="word")
    canvas.drawString(72, 700, "4 October 2021, Riga, Latvia: Customs seized 40 kg of cocaine.")
    canvas.save()
    run(0, "file", document, "--password", "word", "--out", tmp_path / "secret.pdf.json")
    run(0, "review", tmp_path / "secret.pdf.json")
    page = open_page(tmp_path / "secret.pdf.review" / "index.html")
    assert "cocaine" in page.locator(".text").inner_text()


def row(page: Any, key: str) -> Any:
    return page.locator(f'aside [data-fact="{key}"]')


def saved_corrections(page: Any, folder: Path) -> Any:
    """What the page saves, as a file and as its content."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path, json.loads(path.read_text("utf-8"))


def test_an_edit_outlives_that_it_is_accepted_or_rejected_and_taken_back(
    made: Made, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(made.html)
    row(page, "/places/0").locator(".fact-name").click()
    page.keyboard.press("e")
    page.locator('.edit [data-field="name"]').fill("Another place")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    row(page, "/places/0").locator(".fact-name").click()
    assert "Another place" in row(page, "/places/0").inner_text()
    page.keyboard.press("r")
    row(page, "/places/0").locator(".fact-name").click()
    page.keyboard.press("a")
    _, data = saved_corrections(page, tmp_path)
    assert data["corrections"] == [{"action": "edit", "fact": "/places/0", "set": {"/name": "Another place"}}]


def test_a_fact_is_added_with_the_keyboard_alone(made: Made, open_page: Opener, tmp_path: Path) -> None:
    page = open_page(made.html)
    block = next(
        b for p in made.job.extraction.text for b in p.blocks if b.kind == "paragraph" and len(b.text.split()) > 12
    )
    words = " ".join(block.text.split()[4:9])
    page.keyboard.press("n")
    page.keyboard.type("org")
    page.keyboard.press("Tab")
    page.keyboard.type("no such words here")
    page.get_by_text("The text has no such words").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.get_by_text("Found on page").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Add a fact").get_by_role("button", name="Add", exact=True).press("Enter")
    assert words in page.evaluate("document.activeElement.textContent"), "the focus goes to what was added"
    path, data = saved_corrections(page, tmp_path)
    (added,) = data["corrections"]
    where = added["value"]["provenance"]
    assert (added["kind"], where["block"]) == ("organizations", block.id)
    assert block.text[where["start"] : where["end"]] == words
    run(0, "apply", path, made.json, "--out", tmp_path / "reviewed.json")
    reviewed = write_page(
        Job(read_golden(tmp_path / "reviewed.json"), None, tmp_path / "again"), None, single_file=True
    )
    assert "reviewed on 20" in open_page(reviewed).locator("header").inner_text()


def test_what_has_to_be_chosen_is_not_chosen_for_the_person(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    page.keyboard.press("n")
    form = page.get_by_role("region", name="Add a fact")
    form.get_by_label("Words in the document").fill("amber")
    form.get_by_role("button", name="Add", exact=True).click()
    assert "choose a category" in form.get_by_role("alert").inner_text()
    form.locator('[data-field="category"]').select_option("other")
    form.get_by_role("button", name="Add", exact=True).click()
    assert "amber" in page.locator(CURRENT).inner_text()


def test_saved_corrections_are_opened_again(made: Made, open_page: Opener, tmp_path: Path) -> None:
    first = open_page(made.html)
    for key in ("j", "a", "j", "r"):
        first.keyboard.press(key)
    path, data = saved_corrections(first, tmp_path)
    second = open_page(made.html)
    second.locator('input[type="file"]').set_input_files(path)
    second.get_by_text("are taken in").wait_for()
    assert sorted(second.locator("aside .state").all_inner_texts()) == ["accepted", "rejected"]
    _, again = saved_corrections(second, tmp_path)
    assert again["corrections"] == data["corrections"]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([{"action": "edit", "fact": "/events/0", "set": {"/__proto__/kind": "x", "/constructor/y": 1}}], "taken in"),
        ([{"action": "reject", "fact": "/nowhere/0"}, {"action": "reject", "fact": "/dates/99999"}], "taken in"),
        ([{"action": "edit", "fact": "/seizures/0", "set": {"/commodity": None}}], "cannot be"),
        ([{"action": "add", "kind": "seizures", "value": {"commodity": 1, "provenance": {"block": "x"}}}], "taken in"),
        (None, "no corrections file"),
    ],
)
def test_a_hostile_corrections_file_does_no_harm(
    entries: Any, told: str, made: Made, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(made.html)
    path = tmp_path / "<b>hostile.corrections.json"
    data = {"extraction_sha256": digest(made.job.extraction), "corrections": entries}
    path.write_text(json.dumps(data), "utf-8")
    page.locator('input[type="file"]').set_input_files(path)
    page.locator(".said", has_text=told).wait_for()
    assert page.evaluate("({}).kind") is None
    assert page.locator("aside .fact").count() > 50
    page.reload()
    page.wait_for_selector("aside .fact")


def test_corrections_of_another_extraction_are_not_opened(made: Made, open_page: Opener, tmp_path: Path) -> None:
    page = open_page(made.html)
    path = tmp_path / "x.corrections.json"
    path.write_text(json.dumps({"extraction_sha256": "0" * 64, "corrections": []}), "utf-8")
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_text("made on another extraction").wait_for()


def test_facts_are_gone_through_as_they_stand_and_only_the_undecided(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    page.get_by_label("Order").select_option("place")
    extraction = made.job.extraction
    blocks = [b.id for p in extraction.text for b in p.blocks]
    keys = [r.get_attribute("data-fact") for r in page.locator("aside .fact:not(.findings)").all()]
    places = []
    for _, kind, index in (key.split("/") for key in keys):
        where = getattr(extraction, kind)[int(index)].provenance
        places.append((blocks.index(where.block), where.start))
    assert places == sorted(places)
    everything = page.locator("aside .fact").count()
    page.get_by_label("Undecided only").check()
    page.locator("h1").click()
    for key in ("j", "a", "r", "a"):
        page.keyboard.press(key)
    assert page.locator("aside .fact").count() == everything - 3
    assert page.locator(CURRENT).count() == 1


def test_pictures_are_enlarged(made: Made, open_page: Opener) -> None:
    page = open_page(made.html)
    width = page.locator(".sheet").first.bounding_box()["width"]
    page.keyboard.press("+")
    larger = page.locator(".sheet").first.bounding_box()["width"]
    assert larger > 1.2 * width
    page.get_by_role("button", name="Smaller").click()
    assert abs(page.locator(".sheet").first.bounding_box()["width"] - width) < 1


def test_spans_of_texts_beyond_the_basic_plane(open_page: Opener, tmp_path: Path) -> None:
    """Characters that are two for the browser and one for the contract; and a script written from the right."""
    text = "🚢🚢 𝐏𝐨𝐫𝐭 news: on 4 May 2023 customs in Riga, Latvia seized 40 kg of cocaine. ضبط 40 كغ في ميناء Aqaba.\n"
    extraction = extract(Source("ships.txt", text.encode()), Settings())
    assert extraction.places
    page = open_page(write_page(Job(extraction, None, tmp_path / "ships.txt"), None, single_file=True))
    for index, place in enumerate(extraction.places):
        assert page.locator(f'mark[data-fact="/places/{index}"]').all_inner_texts() == [place.text]
    page.keyboard.press("n")
    page.get_by_label("Words in the document").fill("news")
    page.get_by_label("Add as").select_option("organizations")
    page.get_by_role("region", name="Add a fact").get_by_role("button", name="Add", exact=True).click()
    _, data = saved_corrections(page, tmp_path)
    where = data["corrections"][0]["value"]["provenance"]
    block = next(b for p in extraction.text for b in p.blocks if b.id == where["block"])
    assert block.text[where["start"] : where["end"]] == "news"


def test_of_a_long_document_only_what_is_near_is_drawn(made: Made, open_page: Opener, tmp_path: Path) -> None:
    extraction = made.job.extraction
    many = extraction.model_copy(update={"places": extraction.places * 100})
    page = open_page(write_page(Job(many, None, tmp_path / "long"), None, single_file=True))
    rows = page.locator("aside .fact")
    assert len(many.places) > 1500
    assert rows.count() < 700
    page.keyboard.press("k")  # the last one
    last = page.locator(CURRENT)
    assert last.locator(".label").is_visible()
    assert last.bounding_box()["y"] < 800
    assert page.locator(CURRENT).count() == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() > len(many.places)
