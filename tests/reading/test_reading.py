"""Reading by content: every kind of file, and what is said of bad ones."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from newsletter_extract import errors, extract
from newsletter_extract.document import Document
from newsletter_extract.reading import Source, read
from newsletter_extract.reading.ocr.calibration import calibrated
from newsletter_extract.settings import ReadingSettings, Settings

SENTENCE = "Officers of the harbour police found the missing crates behind the old customs house on Friday."


def pdf(pages: int = 2, encrypt: pdfencrypt.StandardEncryption | None = None, turn: int = 0) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), encrypt=encrypt, pageCompression=1, invariant=1)
    for number in range(1, pages + 1):
        if turn == 90:
            canvas.setPageRotation(90)
            canvas.translate(842, 0)
            canvas.rotate(90)
        canvas.drawString(72, 700, f"Page {number} of this paper.")
        canvas.drawString(72, 680, SENTENCE)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def picture(form: str = "PNG", turn: int = 0, frames: int = 1, **options: object) -> bytes:
    image = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(image).text((60, 120), "Customs seized tobacco", fill=0, font_size=64)
    image = image.rotate(turn, expand=True)
    target = io.BytesIO()
    extra = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(target, form, **extra, **options)
    return target.getvalue()


def text_of(document: Document, page: int = 0) -> str:
    return " ".join(word.text for word in document.pages[page].words)


def reading(data: bytes, name: str = "file", **settings: object) -> Document:
    return read(Source(name, data), ReadingSettings.model_validate(settings))


def test_a_text_layer_gives_words_with_boxes_from_the_top_left() -> None:
    document = reading(pdf())
    assert document.media_type == "application/pdf"
    assert text_of(document) == f"Page 1 of this paper. {SENTENCE}"
    first = document.pages[0].words[0]
    assert first.bbox.x0 == pytest.approx(72, abs=1)
    assert 842 - 715 < first.bbox.top < first.bbox.bottom < 842 - 690


def test_a_turned_page_is_read_upright() -> None:
    document = reading(pdf(1, turn=90))
    page = document.pages[0]
    assert page.rotation_degrees == 90
    assert text_of(document).startswith("Page 1 of")
    for word in page.words:
        assert 0 <= word.bbox.x0 < word.bbox.x1 <= page.width_pt
        assert 0 <= word.bbox.top < word.bbox.bottom <= page.height_pt
    assert (page.width_pt, page.height_pt) == (595, 842)


def test_pages_are_chosen_by_number() -> None:
    assert [page.number for page in reading(pdf(5), pages=((2, 2), (4, None))).pages] == [2, 4, 5]


def test_ocr_reads_a_page_on_demand() -> None:
    document = reading(pdf(1), ocr="always")
    assert document.pages[0].origin == "ocr"
    assert "harbour police" in text_of(document)
    assert document.ocr_engine
    assert document.ocr_engine.startswith("tesseract")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_images_are_told_by_content(form: str) -> None:
    document = reading(picture(form), name="misleading.txt")
    assert text_of(document) == "Customs seized tobacco"
    assert all(word.confidence is not None for word in document.pages[0].words)


def test_every_frame_of_a_tiff_is_a_page() -> None:
    assert len(reading(picture("TIFF", frames=3)).pages) == 3


def test_the_turn_in_exif_is_undone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert text_of(reading(picture("JPEG", turn=90, exif=exif))) == "Customs seized tobacco"


def test_hocr_keeps_confidence_and_points() -> None:
    page = (
        b'<div class="ocr_page" title="bbox 0 0 2550 3300; scan_res 300 300">'
        b'<span class="ocrx_word" title="bbox 300 600 600 660; x_wconf 91"><strong>Riga</strong></span></div>'
    )
    document = reading(page)
    assert document.media_type == "text/vnd.hocr+html"
    word = document.pages[0].words[0]
    assert (word.text, word.confidence, tuple(word.bbox)) == ("Riga", calibrated(0.91), (72.0, 144.0, 144.0, 158.4))


FRENCH = "Les autorités ont saisi à Genève près de 300 kg de café volé, déclaré comme thé. Été 2021, façade."
CROATIAN = "Carinici su u luci zaplijenili šest tona duhana, prijavljenih kao čaj, a vozač je uhićen."
RUSSIAN = "Таможня изъяла пять килограммов табака в порту."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (CROATIAN, "cp1250"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_text_of_any_encoding(text: str, encoding: str) -> None:
    assert text_of(reading(text.encode(encoding))) == text


@pytest.mark.parametrize(("encoding", "told"), [("cp1251", ["encoding_guessed"]), ("utf-8", [])])
def test_a_guessed_encoding_is_told(encoding: str, told: list[str]) -> None:
    assert [notice.code for notice in reading(RUSSIAN.encode(encoding)).notices] == told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE HTML>\n<p>Customs seized", "web page"),
        (b"\n<html lang='en'>", "web page"),
        (b"<?xml version='1.0'?><alto/>", "XML"),
        (b"{\\rtf1\\ansi Customs seized}", "RTF"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b'{\n  "schema_version": "1.0", "generator": {}}', "made from"),
        (b'[{"type": "Feature"}]', "JSON"),
    ],
)
def test_text_for_programs_is_no_document(data: bytes, words: str) -> None:
    with pytest.raises(errors.UnknownInputType, match=words):
        reading(data)


def test_a_form_feed_begins_a_page() -> None:
    assert [text_of(reading(b"one\fand two\f"), k) for k in (0, 1)] == ["one", "and two"]


def broken_second_page() -> bytes:
    data = pdf(2)
    start = data.rindex(b"stream", 0, data.rindex(b"endstream")) + 8
    return data[:start] + b"\x00" * 30 + data[start + 30 :]


def test_a_broken_page_is_a_notice_and_the_others_come_out() -> None:
    document = reading(broken_second_page())
    assert "page_failed" in {notice.code for notice in document.notices}
    assert SENTENCE in " ".join(text_of(document, k) for k in (0, 1))


def test_a_blank_page_is_no_failure() -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.showPage()
    canvas.save()
    assert [notice.code for notice in reading(target.getvalue()).notices] == ["empty_page"]


def test_a_document_of_pages_of_pictures_only_says_so() -> None:
    """Without OCR no word is read, and each page is told."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for shade in (90, 180):
        canvas.drawInlineImage(Image.new("RGB", (300, 400), (shade, 60, 120)), 60, 120, 400, 600)
        canvas.showPage()
    canvas.save()
    found = extract(target.getvalue(), settings=Settings(reading=ReadingSettings(ocr="never"))).findings
    assert [finding.code for finding in found] == ["no_text_layer", "no_text_layer"]


def test_encryption_of_the_owner_only_opens() -> None:
    assert SENTENCE in text_of(reading(pdf(1, pdfencrypt.StandardEncryption("", "owner"))))


def test_a_password_opens() -> None:
    data = pdf(1, pdfencrypt.StandardEncryption("secret", "owner"))
    assert SENTENCE in text_of(reading(data, password="secret"))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: b"", errors.InputEmpty, "empty"),
        (lambda: b"\x00\x01\x02" * 50, errors.UnknownInputType, "neither"),
        (lambda: pdf()[:600], errors.BrokenInput, "damaged"),
        (lambda: pdf(1, pdfencrypt.StandardEncryption("secret", "owner")), errors.PasswordNeeded, "--password"),
        (lambda: picture()[:300], errors.BrokenInput, "damaged"),
    ],
)
def test_bad_input_names_the_file_and_the_cure(
    make: Callable[[], bytes], error: type[errors.InputError], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        reading(make(), name="the file.bin")
    assert "the file.bin" in str(caught.value)


def test_an_image_beyond_the_limit_is_not_decoded() -> None:
    with pytest.raises(errors.InputTooLarge, match="pixel_limit"):
        reading(picture(), pixel_limit=1000)


def test_a_language_that_the_engine_lacks() -> None:
    with pytest.raises(errors.LanguageMissing, match="xyz"):
        reading(picture(), language="xyz")


@pytest.mark.parametrize("data", [b" \n\t", b"-----\n", b"<div class='ocrx_word' title='bbox 1 1 9 9'>Riga</div>"])
def test_a_document_without_words_says_so(data: bytes) -> None:
    assert [finding.code for finding in extract(data).findings] == ["no_words"]
