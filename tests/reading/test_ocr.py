"""Round an OCR engine: what it is asked, what becomes of its words, its failures, its store and the second reader."""

from __future__ import annotations

import io
import json
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from newsletter_extract import errors, layout, repair
from newsletter_extract.cli import app
from newsletter_extract.document import BBox, Document, Page, Word
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading import Source, read
from newsletter_extract.reading.ocr import run, tesseract
from newsletter_extract.reading.ocr.accents import with_accents
from newsletter_extract.reading.ocr.cache import OcrCache, key_of
from newsletter_extract.reading.ocr.calibration import calibrated
from newsletter_extract.reading.ocr.engine import NullEngine, Request
from newsletter_extract.reading.ocr.junk import without_junk
from newsletter_extract.reading.ocr.lines import replaced
from newsletter_extract.reading.ocr.numbers import found_numbers, unsure_numbers, voted
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.second_reader import enlarge, vote, vote_on_lines
from newsletter_extract.reading.ocr.spread import Spread, Workers
from newsletter_extract.repair.edits import as_read, choices
from newsletter_extract.settings import ReadingSettings, RepairSettings

LINES = (
    "Officers of the harbour police opened the crates",
    "and found what the papers did not speak of at all",
    "The goods were brought to the customs house, and",
    "the driver was heard by the judge on the same day",
)
BLANK = Page(1, 432.0, 252.0, "ocr")
LINES_WORDS = " ".join(LINES).split()
BLANK_BOX = BBox(0, 0, 40, 12)


def drawn(lines: Sequence[str] = LINES, width: int = 1200, height: int = 700) -> Any:
    picture = Image.new("L", (width, height), 250)
    for k, line in enumerate(lines):
        ImageDraw.Draw(picture).text((60, 40 + 50 * k), line, fill=50, font_size=34)
    return np.asarray(picture)


def words(*texts: str, confidence: float = 0.9, top: float = 10.0) -> list[Word]:
    found, x = [], 0.0
    for text in texts:
        found.append(Word(text, BBox(x, top, x + 9 * len(text), top + 12), confidence))
        x += 9 * len(text) + 6
    return found


@dataclass
class Failing(NullEngine):
    message: str = "the OCR engine failed (crash)"

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        raise errors.OcrFailed(self.message)


@dataclass
class Counting(NullEngine):
    """Reads one word wherever it is asked, and counts how often it is."""

    calls: list[int] = field(default_factory=list)

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        self.calls.append(len(images))
        return [words("harbour", confidence=0.95) for _ in images]


def test_columns_are_asked_for_one_by_one_and_words_are_put_in_points() -> None:
    picture = np.full((900, 1400), 250, np.uint8)
    for x in (0, 640):
        picture[:700, x : x + 640] = drawn([line[:30] for line in LINES * 3], 640)
    engine = NullEngine(words("harbour", confidence=0.95))
    page, notices = recognise_page(BLANK, Picture(picture, (200.0, 200.0)), engine, ReadingSettings())
    blocks = [shape for shape, request in engine.asked if request.layout == "block"]
    assert sum(shape[1] < 700 and shape[0] > 500 for shape in blocks) == 2
    left, right = sorted(page.words, key=lambda w: w.bbox.x0)[:2]
    assert 10 < left.bbox.x0 < 30
    assert right.bbox.x0 > 640 * 72 / 200
    assert notices == []


def test_a_failure_is_a_finding_on_its_page() -> None:
    page, notices = recognise_page(BLANK, Picture(drawn(), (200.0, 200.0)), Failing(), ReadingSettings())
    assert page.words == ()
    assert [(n.code, n.page) for n in notices] == [("page_failed", 1)]


def scan(count: int = 2) -> bytes:
    target = io.BytesIO()
    frames = [Image.fromarray(drawn(LINES[: 2 + k])) for k in range(count)]
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:], dpi=(200, 200))
    return target.getvalue()


def test_a_page_that_takes_too_long_is_a_finding_and_the_other_pages_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Counting):
        def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
            if threading.current_thread() is not first:
                return super().read(images, request)
            raise errors.OcrFailed(f"the OCR engine took longer than {request.timeout_s:.0f} seconds")

    engine = Slow()
    first = None
    real = run.recognise_page

    def numbered(page: Page, *rest: Any) -> Any:
        nonlocal first
        first = threading.current_thread() if page.number == 1 else None
        return real(page, *rest)

    monkeypatch.setattr(run, "find_engine", lambda _: engine)
    monkeypatch.setattr(run, "recognise_page", numbered)
    document = read(Source("scan.tif", scan()), ReadingSettings(jobs=1, second_reader="off"))
    assert [n.code for n in document.notices] == ["page_failed"]
    assert "took longer" in document.notices[0].message
    assert [bool(page.words) for page in document.pages] == [False, True]


def test_where_no_page_can_be_read_the_document_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_engine", lambda _: Failing())
    with pytest.raises(errors.OcrFailed, match="doctor"):
        read(Source("scan.tif", scan()), ReadingSettings(second_reader="off"))


def test_an_archive_is_ocred_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = Counting()
    monkeypatch.setattr(run, "find_engine", lambda _: engine)
    settings = ReadingSettings(cache=tmp_path / "store", second_reader="off")
    first = read(Source("a.tif", scan()), settings)
    asked = len(engine.calls)
    assert read(Source("a.tif", scan()), settings) == first
    assert len(engine.calls) == asked
    read(Source("a.tif", scan()), settings.model_copy(update={"language": "eng+deu"}))
    assert len(engine.calls) > asked


def test_a_word_that_two_regions_share_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = [*words("412", "crates", confidence=0.95), *words("412", "crates", confidence=0.91)]
    monkeypatch.setattr(run, "find_engine", lambda _: NullEngine(twice))
    page = read(Source("scan.tif", scan(1)), ReadingSettings(second_reader="off")).pages[0]
    assert {word.text for word in page.words} == {"412", "crates"}
    assert len({word.bbox for word in page.words}) == len(page.words)


def test_a_damaged_entry_is_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = Counting()
    monkeypatch.setattr(run, "find_engine", lambda _: engine)
    settings = ReadingSettings(cache=tmp_path, second_reader="off")
    first = read(Source("a.tif", scan(1)), settings)
    (entry,) = tmp_path.glob("??/*.ocr.json")
    entry.write_text(entry.read_text("utf-8")[:40], "utf-8")
    assert read(Source("a.tif", scan(1)), settings) == first
    assert json.loads(entry.read_text("utf-8"))


def test_many_writers_of_one_store_leave_whole_entries(tmp_path: Path) -> None:
    store = OcrCache(tmp_path)
    page = replace(BLANK, words=tuple(words(*(["harbour"] * 400))))
    threads = [threading.Thread(target=store.put, args=("ab" * 32, (page, []))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        found = store.get("ab" * 32)
        assert found is None or found == (page, [])
    for thread in threads:
        thread.join()
    assert store.get("ab" * 32) == (page, [])
    assert store.info().entries == 1
    assert not list(tmp_path.rglob("*.part"))


def test_other_pixels_and_other_engines_have_other_keys() -> None:
    grey = drawn()
    other = grey.copy()
    other[0, 0] ^= 1
    keys = {key_of(BLANK, grey, ("a",)), key_of(BLANK, other, ("a",)), key_of(BLANK, grey, ("b",))}
    assert len(keys) == 3


def test_the_commands_of_the_store_count_and_clear_only_its_entries(tmp_path: Path) -> None:
    OcrCache(tmp_path).put("cd" * 32, (BLANK, []))
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    told = CliRunner().invoke(app, ["cache", "info", str(tmp_path)])
    assert "holds 1 page," in told.output
    CliRunner().invoke(app, ["cache", "clear", str(tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        (words("the", "watcties", confidence=0.5), words("the", "watches", confidence=0.98), "the watches"),
        (
            words("seized", "297%", "kg", confidence=0.4),
            words("seized", "2971", "kg", confidence=0.97),
            "seized 2971 kg",
        ),
        (words("trans", "nation", "crime", confidence=0.6), words("transnation", "crime", confidence=0.9), None),
        (words("trans", "national", confidence=0.4), words("transnational", confidence=0.95), "transnational"),
        (words("Durrës", confidence=0.93), words("Durres", confidence=0.9), "Durrës"),
        (words("61.5", "kg", confidence=0.9), words("615", "kg", confidence=0.95), "61.5 kg"),
        (words("Ploče", confidence=0.5), words("officers", confidence=0.99), "Ploče"),
        (words("11", "May—15", "June", confidence=0.6), words("11", "May-15", "June", confidence=0.99), None),
        (words("Antwerp,", "bricks,", confidence=0.6), words("Antwerp.", "bricks", confidence=0.99), None),
        (words("the", "Herzegov-", confidence=0.6), words("the", "Herzegov.", confidence=0.99), None),
        (words("Malmö", confidence=0.5), words("Malmo", confidence=0.99), "Malmö"),
        (words("Malmo", confidence=0.5), words("Malmö", confidence=0.99), "Malmo"),
        (words("nine", confidence=0.6), words("nme", confidence=0.99), "nine"),
        (words("47", "cases", confidence=0.7), words("41", "cases", confidence=0.99), "47 cases"),
        (words("stornge,", confidence=0.8), words("storage.", confidence=0.99), "storage,"),
        (words("“frow", confidence=0.6), words("from", confidence=0.99), "from"),
        (words("“tbe", confidence=0.6), words("“the", confidence=0.99), "“the"),
        (words("_market", confidence=0.6), words("market", confidence=0.99), "market"),
        (words("Frontias", confidence=0.7), words("Frontier", confidence=0.99), "Frontier"),
        (words("trans", "natonal", confidence=0.6), words("transnatonal", confidence=0.9), None),
        (words("harbour", confidence=0.5), [], "harbour"),
    ],
)
def test_two_readers_vote(first: list[Word], second: list[Word], chosen: str | None) -> None:
    result = vote(first, second)
    expected = chosen or " ".join(w.text for w in first)
    assert " ".join(w.text for w in result) == expected
    raw = " ".join(w.first_reading.text if w.first_reading is not None else w.text for w in result)
    assert raw == " ".join(w.text for w in first)


@pytest.mark.parametrize(
    ("read", "other", "disputed"),
    [("41", "1", ["41"]), ("41", "41", []), ("2026", "2020", ["2026"]), ("4l", "41", []), ("6", "5.", ["6"])],
)
def test_a_number_on_which_two_readers_differ_is_told(read: str, other: str, disputed: list[str]) -> None:
    first, second = words("seized", read, confidence=0.7), words("seized", other, confidence=0.99)
    after, told = vote_on_lines(first, lambda boxes: [second for _ in boxes])
    assert [word.text for word in told] == disputed
    assert all(word in after and (word.confidence or 0.0) < 0.4 for word in told)


@pytest.mark.parametrize(
    ("read", "confidence", "views", "now", "is_sure"),
    [
        ("$48.326", 0.81, ["$48,326", "$48,326", "$48.326", "$48,326"], "$48,326", True),
        ("$48.326", 0.81, ["$48,326", "$48,326", "$48.326", "$48 326"], "$48.326", True),
        ("41", 0.57, ["141", "141", "Mi", "141"], "141", True),
        ("1S", 0.74, ["15", "15", "1S", "15"], "15", True),
        ("“164", 0.54, ["164", "164", "“164", "164"], "164", True),
        ("26.5.", 0.45, ["26.5", "26.5", "26.5", "26.5"], "26.5", True),
        ("9.8", 0.7, ["98", "98", "98", "98"], "9.8", False),
        ("116", 0.4, ["16", "16", "16", "16"], "116", False),
        ("6,370,875", 0.7, ["6.370.875"] * 4, "6,370,875", False),
        ("57,363", 0.77, ["$7,363"] * 4, "57,363", False),
        ("297t", 0.72, ["297%"] * 4, "297t", False),
        ("2018", 0.85, ["2013", "2016", "", ""], "2018", True),
        ("¥", 0.07, ["g", "y", "9", "g"], "9", True),
        ("S", 0.7, ["5", "5", "§", "5"], "5", True),
        ("B", 0.97, ["8", "B", "8", "8"], "B", True),
        ("§", 0.6, ["8", "9", "8", "6"], "§", False),
        ("§", 0.6, ["§", "85", "85", "85"], "§", False),
    ],
)
def test_an_unsure_number_is_what_most_views_of_it_show(
    read: str, confidence: float, views: list[str], now: str, is_sure: bool
) -> None:
    word, sure = voted(Word(read, BLANK_BOX, confidence), [words(*view.split(), confidence=0.9) for view in views])
    assert (word.text, sure) == (now, is_sure)
    assert (word.first_reading and word.first_reading.text) == (read if now != read else None)


def test_a_number_that_was_passed_over_is_found_where_most_views_agree() -> None:
    views = [words(*view.split(), confidence=0.8) for view in ("480.0", "480.0 °", '480.0"', "430.0")]
    assert [word.text for word in found_numbers({BLANK_BOX: views}, [])] == ["480.0"]
    assert found_numbers({BLANK_BOX: views}, [Word("480.0", BLANK_BOX, 0.9)]) == []
    assert found_numbers({BLANK_BOX: [*views[:2], *views[3:] * 2]}, []) == []
    assert found_numbers({BLANK_BOX: [words("7", confidence=0.9)] * 4}, []) == []


@pytest.mark.parametrize("text", ["7th", "IPA2019", "harbour", "and.53"])
def test_words_with_letters_are_no_unsure_numbers(text: str) -> None:
    assert unsure_numbers([Word(text, BLANK_BOX, 0.3)]) == []


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_word_is_worth_no_less(first: float, second: float) -> None:
    low, high = sorted([first, second])
    assert 0 < calibrated(low) <= calibrated(high) <= 1


@pytest.mark.parametrize("level", ["off", "safe"])
def test_a_choice_between_readers_is_on_record_and_can_be_undone(level: str) -> None:
    chosen = vote(
        words("The", "officers", "fonnd", "trans", "national", "crime", "in", "the", "port", confidence=0.5),
        words("The", "officers", "found", "transnational", "crime", "in", "the", "port", confidence=0.97),
    )
    page = replace(BLANK, words=tuple(chosen))
    document = layout.arrange(Document("a", "0", 1, "image/png", (page,)))
    settings = RepairSettings.model_validate({"level": level})
    mended, changes = repair.clean(document, settings, load_gazetteer(()))
    (block,) = mended.blocks()
    assert block.text == "The officers found transnational crime in the port"
    assert {(c.before, c.after) for c in changes} == {("fonnd", "found"), ("trans national", "transnational")}
    assert all("ocr.second_reader" in c.rule for c in changes)
    assert as_read(block.text, changes) == "The officers fonnd trans national crime in the port"


def test_a_line_that_was_read_larger_tells_what_it_was_read_for_at_first() -> None:
    first = words("The", "jwint", "ac", "tion", "was", "bound:for", "Riga", confidence=0.5)
    again = words("The", "joint", "action", "was", "bound", "for", "Riga", confidence=0.9)
    chosen = replaced(first, again, "ocr.second_look")
    page = replace(BLANK, words=tuple(chosen))
    document = layout.arrange(Document("a", "0", 1, "image/png", (page,)))
    (block,) = document.blocks()
    changes = choices(block)
    assert block.text == "The joint action was bound for Riga"
    assert [(c.before, c.after, c.rule) for c in changes if c.before] == [
        ("jwint", "joint", "ocr.second_look"),
        ("ac tion", "action", "ocr.second_look"),
        ("bound:for", "bound", "ocr.second_look"),
    ]
    assert as_read(block.text, changes).split() == ["The", "jwint", "ac", "tion", "was", "bound:for", "Riga"]


def test_lines_of_noise_are_left_out_and_numbers_stay() -> None:
    noise = words("7e@e", "ea", "5B", "a", confidence=0.2)
    numbers = words("1", "085,5", confidence=0.35)
    text = words("Officers", "fonnd", confidence=0.4)
    assert without_junk(noise) == []
    assert without_junk(numbers) == numbers
    assert without_junk(text) == text


def test_a_sign_in_the_place_of_a_day_is_no_speck_and_is_read_again() -> None:
    heading, price = words("On", "§", "March", confidence=0.5), words("for", "€", "Marcha", "b", "May", confidence=0.95)
    assert without_junk(heading) == heading
    assert [word.text for word in unsure_numbers(heading)] == ["§"]
    assert unsure_numbers(price) == []


@pytest.mark.parametrize(("read", "stays"), [("LEY", False), ("JRE: A", False), ("LINE", True), ("3 kg oil", True)])
def test_three_letters_read_unsurely_are_no_line(read: str, stays: bool) -> None:
    line = words(*read.split(), confidence=0.4)
    assert without_junk(line) == (line if stays else [])


def test_a_dash_read_unsurely_stays_where_it_has_the_shape_of_one() -> None:
    before, after = Word("2024", BBox(0, 0, 40, 16), 0.95), Word("Two", BBox(70, 0, 100, 16), 0.95)
    dash, dust = Word("—", BBox(46, 7, 60, 10), 0.3), Word("-", BBox(50, 7, 53, 10), 0.3)
    assert without_junk([before, dash, after]) == [before, dash, after]
    assert without_junk([before, dust, after]) == [before, after]


def test_a_bar_beside_one_line_is_no_bullet_of_it() -> None:
    first = [Word("duty", BBox(40, 10, 80, 22), 0.9)]
    second = [Word("+", BBox(10, 28, 20, 44), 0.03), Word("million", BBox(40, 30, 90, 42), 0.9)]
    third = [Word("+", BBox(10, 48, 20, 64), 0.03), Word("officers", BBox(40, 50, 90, 62), 0.9)]
    assert without_junk([*first, *second]) == [*first, second[1]]
    assert without_junk([*first, *second, *third]) == [*first, *second, *third]


def test_an_unknown_word_in_a_block_that_is_clear_stays() -> None:
    clear = [Word("Syria", BBox(0, 20 * k, 60, 20 * k + 12), 0.96) for k in range(20)]
    name, noise = Word("Xurkije", BBox(0, 460, 60, 472), 0.4), Word("ywe2f9", BBox(0, 480, 60, 492), 0.2)
    assert without_junk([*clear, name, noise]) == [*clear, name]
    assert without_junk([name]) == []


def test_a_dotted_line_is_no_text() -> None:
    dots = words("PUREE", "CCCSRRSRR", "ESE", "R", "ESR", "ERCR", "SESE", "RESETS", "REST", "REAR", confidence=0.6)
    assert without_junk(dots) == []
    assert without_junk([replace(word, confidence=0.9) for word in dots]) != []


def test_specks_that_were_read_as_marks_are_left_out_and_bullets_stay() -> None:
    bullet = Word("¢", BBox(0, 10, 4, 14), 0.4)
    text = [Word(t, BBox(10 + 40 * k, 7, 40 + 40 * k, 16), 0.95) for k, t in enumerate(["police", "–", "customs"])]
    speck, dust = Word("—", BBox(130, 6, 134, 18), 0.3), Word(".", BBox(4, 10, 5, 12), 0.5)
    assert without_junk([bullet, *text, speck]) == [bullet, *text]
    assert without_junk([dust, *text]) == text


@pytest.mark.parametrize(
    ("printed", "read", "accents"),
    [
        ("Mérida", "Merida", (1,)),
        ("Türkiye", "Turkiye", (1,)),
        ("Curaçao", "Curacao", (4,)),
        ("Jérémie,", "Jeremie,", (1, 3)),
        ("(Asunción", "(Asuncion", (7,)),
        ("García", "Garcia", (4,)),
        ("Bogota", "Bogota", ()),
        ("Jijiga", "Jijiga", ()),
        ("Gaggapy", "Gaggapy", ()),
        ("vérité", "verite", ()),
        ("Zorblé", "Zorble", ()),
    ],
)
def test_accents_over_names_are_seen_where_none_were_read(printed: str, read: str, accents: tuple[int, ...]) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 60))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(20, 30, printed)
    canvas.save()
    grey = np.asarray(pypdfium2.PdfDocument(target.getvalue())[0].render(scale=200 / 72).to_pil().convert("L"))
    left, right = (edge * 200 / 72 for edge in (20, 20 + stringWidth(printed, "Helvetica", 10)))
    word = Word(read, BBox(left, 22.5 * 200 / 72, right, 32.5 * 200 / 72), 0.9)
    assert with_accents(grey, [word]) == [replace(word, accents=accents)]


def layered(layer: Sequence[str], shown: Sequence[str] = LINES * 3) -> bytes:
    """A scan of some lines with the text of others drawn without ink over it."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(432, 252), invariant=1)
    canvas.drawImage(ImageReader(Image.fromarray(drawn(shown))), 0, 0, 432, 252)
    for k, line in enumerate(layer):
        text = canvas.beginText(21, 252 - 25 - 18 * k)
        text.setFont("Helvetica", 12)
        text.setTextRenderMode(3)
        text.textOut(line)
        canvas.drawText(text)
    canvas.save()
    return target.getvalue()


def test_a_good_text_layer_of_a_scan_is_kept() -> None:
    document = read(Source("scan.pdf", layered(LINES * 3)), ReadingSettings())
    assert [page.origin for page in document.pages] == ["text_layer"]
    assert document.ocr_engine is None


def test_a_text_layer_worse_than_our_own_reading_is_redone() -> None:
    bad = [line.replace("e", "c").replace("h", "li").replace("a", "n") for line in LINES * 3]
    document = read(Source("scan.pdf", layered(bad)), ReadingSettings(second_reader="off"))
    assert [page.origin for page in document.pages] == ["ocr"]
    assert "harbour police" in " ".join(w.text for w in document.pages[0].words)
    assert "poor_text_layer" in {n.code for n in document.notices}


def test_a_layer_in_a_language_we_do_not_know_is_kept_where_ours_is_no_better() -> None:
    croatian = [
        "Policijski su u luci zaplijenili duhan i vozilo",
        "carinici su pronašli krijumčarenu robu u kamionu",
    ] * 6
    document = read(Source("scan.pdf", layered(croatian, croatian)), ReadingSettings(second_reader="off"))
    assert [page.origin for page in document.pages] == ["text_layer"]
    assert "zaplijenili" in " ".join(w.text for w in document.pages[0].words)
    assert [n.code for n in document.notices] == ["text_layer_doubtful"]


def test_the_second_reader_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise errors.NoOcrEngine("not installed")

    monkeypatch.setattr(run, "find_second_engine", missing)
    monkeypatch.setattr(run, "find_engine", lambda _: Counting())
    with pytest.raises(errors.NoOcrEngine):
        read(Source("a.tif", scan(1)), ReadingSettings(second_reader="on"))
    assert read(Source("a.tif", scan(1)), ReadingSettings(second_reader="auto")).ocr_engine == "null 1"


def test_the_second_reader_reads_a_line() -> None:
    pytest.importorskip("rapidocr")
    from newsletter_extract.reading.ocr.rapid import find_second_engine

    engine = find_second_engine()
    cut_out = enlarge(drawn(LINES[:1], 1000, 120)[36:86, 50:930])
    (line,) = engine.read([cut_out], Request(200, "eng", "line", 60.0))
    assert " ".join(w.text for w in line) == LINES[0]
    assert all(a.bbox.x1 <= b.bbox.x0 + 12 for a, b in pairwise(line))


def test_the_second_reader_reads_what_the_first_was_unsure_of() -> None:
    pytest.importorskip("rapidocr")
    random = np.random.default_rng(4)
    blurred = cv2.GaussianBlur(drawn(LINES * 3), (0, 0), 2.5) + random.normal(0, 15, (700, 1200))
    target = io.BytesIO()
    Image.fromarray(np.clip(blurred, 0, 255).astype(np.uint8)).save(target, "TIFF", dpi=(200, 200))
    found = {}
    for mode in ("off", "on"):
        settings = ReadingSettings.model_validate({"second_reader": mode})
        found[mode] = read(Source("a.tif", target.getvalue()), settings)
    assert ["rapidocr" in (found[mode].ocr_engine or "") for mode in ("off", "on")] == [False, True]
    rules = {word.first_reading.rule for word in found["on"].pages[0].words if word.first_reading}
    assert "ocr.second_reader" in rules
    printed = Counter(LINES_WORDS * 3)
    right = {mode: (printed & Counter(w.text for w in d.pages[0].words)).total() for mode, d in found.items()}
    assert right["on"] > right["off"]


def hocr(words: str, page: str = "bbox 0 0 2550 3300; scan_res 300 300", line: str = "") -> Page:
    body = f'<div class="ocr_page" title="{page}"><span class="ocr_line" title="{line}">{words}</span></div>'
    return read(Source("a.hocr", body.encode()), ReadingSettings()).pages[0]


@pytest.mark.parametrize(
    ("title", "confidence", "box"),
    [
        ("bbox 300 600 600 660; x_wconf 91", calibrated(0.91), (72.0, 144.0, 144.0, 158.4)),
        ("x_bboxes 300 600 400 660 410 610 600 650; x_confs 97 88", 0.88, (72.0, 144.0, 144.0, 158.4)),
        ("bbox 300.0 600.0 600.0 660.0", None, (72.0, 144.0, 144.0, 158.4)),
    ],
)
def test_hocr_of_several_programs(title: str, confidence: float | None, box: tuple[float, ...]) -> None:
    page = hocr(f'<span class="ocrx_word" title="{title}"><em>Ri<br/>ga</em></span>')
    (word,) = page.words
    assert (word.text, word.confidence) == ("Riga", confidence)
    assert tuple(word.bbox) == pytest.approx(box)


@pytest.mark.parametrize(("angle", "size"), [(90, (792.0, 612.0)), (180, (612.0, 792.0)), (270, (792.0, 612.0))])
def test_hocr_of_a_turned_page_is_upright(angle: int, size: tuple[float, float]) -> None:
    word = '<span class="ocrx_word" title="bbox 300 600 360 900">Riga</span>'
    page = hocr(word, line=f"bbox 300 600 360 900; textangle {angle}")
    assert (page.width_pt, page.height_pt, page.rotation_degrees) == (*size, angle)
    box = page.words[0].bbox
    assert 0 <= box.x0 < box.x1 <= page.width_pt
    assert 0 <= box.top < box.bottom <= page.height_pt
    assert (box.width > box.height) == (angle != 180)


def test_hocr_knows_no_entities_of_its_own() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    text = (
        bomb + '<div class="ocr_page" title="bbox 0 0 99 99"><span class="ocrx_word" title="bbox 1 1 9 9">&a;&b;</span>'
    )
    page = read(Source("a.hocr", text.encode()), ReadingSettings()).pages[0]
    assert "aaaa" not in str(page.words)
    assert "root" not in str(page.words)


def mixed() -> bytes:
    """A page of text and a page that is a scan."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(432, 252), invariant=1)
    canvas.drawString(30, 200, LINES[0])
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.fromarray(drawn())), 0, 0, 432, 252)
    canvas.save()
    return target.getvalue()


def test_a_missing_language_is_a_finding_on_the_pages_that_need_it() -> None:
    document = read(Source("mixed.pdf", mixed()), ReadingSettings(language="xyz", second_reader="off"))
    assert [(n.code, n.page) for n in document.notices] == [("page_failed", 2)]
    assert "xyz" in document.notices[0].message
    assert document.pages[0].words
    with pytest.raises(errors.LanguageMissing):
        read(Source("scan.tif", scan()), ReadingSettings(language="xyz", second_reader="off"))


def test_a_machine_without_an_engine_keeps_the_pages_that_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise errors.NoOcrEngine("No OCR engine was found.")

    monkeypatch.setattr(run, "find_engine", missing)
    document = read(Source("mixed.pdf", mixed()), ReadingSettings())
    assert [(n.code, n.page) for n in document.notices] == [("page_failed", 2)]
    bad = [line.replace("e", "c").replace("h", "li").replace("a", "n") for line in LINES * 3]
    kept = read(Source("scan.pdf", layered(bad)), ReadingSettings())
    assert [page.origin for page in kept.pages] == ["text_layer"]
    assert [n.code for n in kept.notices] == ["text_layer_doubtful"]


@dataclass
class Numbering(NullEngine):
    """Reads in each image how wide it is, and keeps how many it was given at a time."""

    shares: list[int] = field(default_factory=list)

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        self.shares.append(len(images))
        return [words(str(image.shape[1])) for image in images]


@pytest.mark.parametrize(("workers", "pages", "shares"), [(1, 1, 1), (2, 3, 1), (2, 1, 2), (4, 1, 4), (9, 1, 5)])
def test_the_images_of_a_page_are_shared_unless_other_pages_wait(workers: int, pages: int, shares: int) -> None:
    engine, pool = Numbering(), Workers(workers)
    images = [np.zeros((900, 900 + k), np.uint8) for k in range(5)]
    for _ in range(pages):
        pool.expect_page()
    with pool.page():
        found = Spread(engine, pool).read(images, Request(200, "eng", "block", 9.0))
    assert len(engine.shares) == shares
    assert [word.text for (word,) in found] == ["900", "901", "902", "903", "904"]


def test_a_worker_that_becomes_free_helps_with_what_is_left_and_none_is_waited_for() -> None:
    pool = Workers(2)
    images = [np.zeros((900, 900), np.uint8)] * 2
    begun, done = threading.Event(), threading.Event()

    class Slow(Numbering):
        def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
            begun.set()
            assert done.wait(30)
            return super().read(images, request)

    def other_page() -> None:
        with pool.page():
            done.wait(30)

    for _ in range(2):
        pool.expect_page()
    busy = threading.Thread(target=other_page)
    busy.start()
    engine = Slow()
    with ThreadPoolExecutor(1) as thread, pool.page():
        reading = thread.submit(Spread(engine, pool).read, images, Request(200, "eng", "block", 9.0))
        assert begun.wait(30)
        done.set()
        assert len(reading.result(30)) == 2
    busy.join(30)
    assert sum(engine.shares) == 2


def test_a_share_that_fails_fails_the_page() -> None:
    class Failing(NullEngine):
        def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
            raise errors.OcrFailed("the OCR engine failed")

    pool = Workers(3)
    pool.expect_page()
    with pool.page(), pytest.raises(errors.OcrFailed):
        Spread(Failing(), pool).read([np.zeros((900, 900), np.uint8)] * 3, Request(200, "eng", "block", 9.0))


@pytest.mark.parametrize(
    ("versions", "language", "chosen"),
    [
        ((("5.3.0", "eng"), ("5.5.2-23-g39", "eng")), "eng", "5.5.2-23-g39"),
        ((("5.10.0", "eng"), ("5.5.2", "eng")), "eng", "5.10.0"),
        ((("5.3.0", "eng+fra"), ("5.5.2", "eng")), "eng+fra", "5.3.0"),
    ],
)
def test_the_newest_engine_that_knows_the_language_reads(
    versions: Any, language: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = tuple(
        tesseract.Tesseract("tesseract", None, version, tuple(known.split("+"))) for version, known in versions
    )
    monkeypatch.setattr(tesseract, "_engines", lambda: engines)
    assert tesseract.find_engine(language).version == chosen


TYPE_3 = rb"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>> endobj
4 0 obj <</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 6 0 R>>
/Encoding<</Differences[18/a]>>/FirstChar 18/LastChar 18/Widths[8]>> endobj
5 0 obj <</Length 35>> stream
BT /F 24 Tf 40 90 Td <121212> Tj ET
endstream endobj
6 0 obj <</Length 29>> stream
8 0 0 0 7 10 d1 0 0 7 10 re f
endstream endobj
trailer <</Root 1 0 R>>
%%EOF"""


def test_a_font_that_maps_to_control_signs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_engine", lambda _: Counting())
    document = read(Source("font.pdf", TYPE_3), ReadingSettings(second_reader="off"))
    assert [page.origin for page in document.pages] == ["ocr"]
    assert [notice.code for notice in document.notices] == ["bad_text_layer"]
