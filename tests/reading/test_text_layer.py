"""What typesetters do to a text layer, and what the reader makes of it: drawn with reportlab, read with blocks."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from newsletter_extract import layout
from newsletter_extract.document import Block, Document
from newsletter_extract.reading import Source, read
from newsletter_extract.settings import ReadingSettings

BODY = "Officers of the port opened the container and found what the papers had not told them of."


def arranged(draw: Callable[[Canvas], None]) -> Document:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    source = Source("drawn.pdf", target.getvalue())
    return layout.arrange(read(source, ReadingSettings(ocr="never")))


def blocks(draw: Callable[[Canvas], None]) -> list[Block]:
    return list(arranged(draw).blocks())


def body(canvas: Canvas, lines: int = 6, top: float = 600) -> None:
    canvas.setFont("Helvetica", 10)
    for k in range(lines):
        canvas.drawString(60, top - 13 * k, BODY)


def texts(found: list[Block], kind: str) -> list[str]:
    return [block.text for block in found if block.kind == kind]


def test_letterspaced_headings_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        body(canvas)
        canvas.setFont("Helvetica-Bold", 12)
        x = 60.0
        for letter in "SEIZURES BY UNIT":
            canvas.drawString(x, 640, letter)
            x += 18 if letter != " " else 10

    assert texts(blocks(draw), "heading") == ["SEIZURES BY UNIT"]


def test_initials_and_counts_are_not_letterspacing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "Rows a b c d of plan B were read by J R R T of unit 5.")

    assert blocks(draw)[0].text == "Rows a b c d of plan B were read by J R R T of unit 5."


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_a_raised_digit_is_a_mark_and_never_a_part_of_a_number(font: str) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont(font, 10)
        text.textOut("The seizure of 26 kg in 2021")
        text.setRise(4)
        text.setFont(font, 6)
        text.textOut("3")
        text.setRise(0)
        text.setFont(font, 10)
        text.textOut(" was the largest, on 40 m")
        text.setRise(4)
        text.setFont(font, 6)
        text.textOut("2")
        canvas.drawText(text)

    assert blocks(draw)[0].text == "The seizure of 26 kg in 2021 ³ was the largest, on 40 m²"


def test_a_footnote_names_the_block_that_bears_its_mark() -> None:
    from newsletter_extract.layout.notes import marker_of, noted

    def draw(canvas: Canvas) -> None:
        body(canvas)
        text = canvas.beginText(60, 500)
        text.setFont("Helvetica", 10)
        text.textOut("The list was compiled by the unit itself")
        text.setRise(4)
        text.setFont("Helvetica", 6)
        text.textOut("1")
        canvas.drawText(text)
        note = canvas.beginText(60, 200)
        note.setFont("Helvetica", 5)
        note.setRise(3)
        note.textOut("1")
        note.setRise(0)
        note.setFont("Helvetica", 7)
        note.textOut(" As of the end of the year, without the figures of the airports.")
        canvas.drawText(note)

    document = arranged(draw)
    note = next(block for block in document.blocks() if block.kind == "footnote")
    bearer = next(block for block in document.blocks() if block.text.startswith("The list"))
    assert marker_of(note) == "¹"
    assert noted(list(document.blocks())) == {note.id: bearer.id}


@pytest.mark.parametrize(("drawn", "expected"), [("Pen~a", "Peña"), ("Sa~o", "São"), ("a~b", "ãb")])
def test_accents_drawn_over_letters_are_put_on_them(drawn: str, expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        x = 60.0
        for letter in drawn:
            if letter == "~":
                canvas.drawString(x - canvas.stringWidth("a", "Helvetica", 10) + 1, 700, "˜")
                continue
            canvas.drawString(x, 700, letter)
            x += canvas.stringWidth(letter, "Helvetica", 10)

    assert blocks(draw)[0].text == expected


def test_bold_made_by_drawing_twice_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for shift in (0, 0.3):
            canvas.drawString(60 + shift, 700, "Customs news")

    assert blocks(draw)[0].text == "Customs news"


def test_words_without_ink_and_off_the_page_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        body(canvas)
        hidden = canvas.beginText(60, 300)
        hidden.setTextRenderMode(3)
        hidden.textOut("seized 900 kg of cocaine")
        canvas.drawText(hidden)
        shown = canvas.beginText(60, 900)
        shown.setTextRenderMode(0)
        shown.textOut("seized 800 kg of heroin")
        canvas.drawText(shown)

    assert "kg" not in " ".join(block.text for block in blocks(draw))


def test_kerned_pairs_stay_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        x = 60.0
        for part in ("T", "obacco and W", "est", " Africa"):
            canvas.drawString(x, 700, part)
            x += canvas.stringWidth(part, "Helvetica", 10) + 0.8

    assert blocks(draw)[0].text == "Tobacco and West Africa"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_drawn_across_the_page_turns_the_page(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(297, 421)
        canvas.rotate(turn)
        canvas.translate(-297, -421)
        canvas.setFont("Helvetica", 10)
        for k, words in enumerate(("The first line of the note", "goes on in a second line", "and ends here.")):
            canvas.drawString(200, 500 - 13 * k, words)

    document = arranged(draw)
    assert document.pages[0].rotation_degrees == turn
    assert [b.text for b in document.blocks()] == ["The first line of the note goes on in a second line and ends here."]


def test_notes_up_the_margin_and_watermarks_are_furniture() -> None:
    def draw(canvas: Canvas) -> None:
        body(canvas, 20)
        canvas.saveState()
        canvas.setFillColor(HexColor("#dddddd"))
        canvas.setFont("Helvetica-Bold", 60)
        canvas.translate(120, 380)
        canvas.rotate(40)
        canvas.drawString(0, 0, "RESTRICTED")
        canvas.restoreState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(0, 0, "Harbour Watch No. 4")

    found = blocks(draw)
    assert sorted(texts(found, "footer")) == ["Harbour Watch No. 4", "RESTRICTED"]
    assert " ".join(texts(found, "paragraph")).split() == (BODY + " ").split() * 20


def test_small_capitals_inside_a_sentence_do_not_end_it() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setLeading(13)
        for size, words in ((10, "Details are given in the "), (7.5, "PART ON FURTHER")):
            text.setFont("Helvetica", size)
            text.textOut(words)
        text.textLine("")
        text.textOut("INFORMATION ")
        text.setFont("Helvetica", 10)
        text.textOut("of the paper that the unit put out.")
        canvas.drawText(text)

    assert texts(blocks(draw), "paragraph") == [
        "Details are given in the PART ON FURTHER INFORMATION of the paper that the unit put out."
    ]


def test_a_coloured_line_of_its_own_is_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        body(canvas, 4, 600)
        canvas.setFillColor(HexColor("#aa2211"))
        canvas.drawString(60, 600 - 13 * 4, "Trade in waste on the eastern border")
        canvas.setFillColor(HexColor("#000000"))
        body(canvas, 4, 600 - 13 * 5)

    assert texts(blocks(draw), "heading") == ["Trade in waste on the eastern border"]


def test_a_drop_cap_is_put_on_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 30)
        canvas.drawString(60, 578, "O")
        canvas.setFont("Helvetica", 10)
        for k, x in enumerate((86, 86, 60, 60)):
            canvas.drawString(
                x, 590 - 13 * k, ("fficers of the port opened", "the container and found", *(BODY,) * 2)[k]
            )
        body(canvas, 6, 400)

    assert blocks(draw)[0].text == f"Officers of the port opened the container and found {BODY} {BODY}"


def test_a_caption_under_a_picture_and_columns_above_and_below_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for top, name in ((780, "a"), (500, "b")):
            for x in (60, 310):
                for k in range(8):
                    canvas.drawString(x, top - 13 * k, f"{name}{x} line {k} of the text of this column goes on")
        canvas.drawImage(picture(), 60, 540, 480, 130)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 528, "The crane on the old pier in May")

    found = blocks(draw)
    assert texts(found, "caption") == ["The crane on the old pier in May"]
    order = " ".join(block.text for block in found)
    assert [order.index(f"{part} line 0") for part in ("a60", "a310", "b60", "b310")] == sorted(
        order.index(f"{part} line 0") for part in ("a60", "a310", "b60", "b310")
    )


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (48, 13), "gray"))


@pytest.mark.parametrize("how", ["one path", "a box a cell", "in a form"])
def test_grids_however_they_are_drawn(how: str) -> None:
    rows = [["Goods", "Cases", "Place"], ["Resin", "12", "Riga"], ["Amber", "3", "Bar"]]
    xs, ys = [60, 160, 260, 360], [700, 680, 660, 640]

    def draw(canvas: Canvas) -> None:
        if how == "in a form":
            canvas.beginForm("grid")
            canvas.grid([x - 60 for x in xs], [y - 640 for y in ys])
            canvas.endForm()
            canvas.saveState()
            canvas.translate(60, 640)
            canvas.doForm("grid")
            canvas.restoreState()
        elif how == "one path":
            canvas.grid(xs, ys)
        else:
            for x in xs[:-1]:
                for y in ys[1:]:
                    canvas.rect(x, y, 100, 20)
        canvas.setFont("Helvetica", 10)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                canvas.drawString(xs[c] + 4, ys[r + 1] + 6, cell)
        body(canvas)

    assert texts(blocks(draw), "table") == ["\n".join("\t".join(row) for row in rows)]


def test_rules_of_a_scan_are_seen_in_its_picture() -> None:
    """Cells of several lines, whose rows only the rules tell: the words lie unseen over the picture."""
    from PIL import Image, ImageDraw

    rows = [
        ["Goods", "Where they were"],
        ["Resin", "in a car,/under the seat/of the driver"],
        ["Amber and/coins", "Bar"],
    ]
    xs, ys = [60, 160, 360], [700, 680, 634, 602]
    scale = 150 / 72
    sheet = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
    pen = ImageDraw.Draw(sheet)
    for y in ys:
        pen.line([60 * scale, (842 - y) * scale, 360 * scale, (842 - y) * scale], fill=90, width=1)
    for x in xs:
        pen.line([x * scale, (842 - 700) * scale, x * scale, (842 - 602) * scale], fill=90, width=1)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(sheet), 0, 0, 595, 842)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                for n, line in enumerate(cell.split("/")):
                    text = canvas.beginText(xs[c] + 4, ys[r] - 12 - 13 * n)
                    text.setTextRenderMode(3)
                    text.setFont("Helvetica", 10)
                    text.textOut(line)
                    canvas.drawText(text)

    assert texts(blocks(draw), "table") == ["\n".join("\t".join(row).replace("/", " ") for row in rows)]


def test_ligatures_are_letters() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        canvas.drawString(60, 600, "the of\ufb01cer in the \ufb02at found no traf\ufb01c there")

    assert "the officer in the flat found no traffic there" in " ".join(block.text for block in blocks(draw))


def test_the_one_font_of_an_ocr_layer_hides_no_heading() -> None:
    """The layer has one font for print of all kinds; headings are told as on a scan that we read."""
    from PIL import Image

    sheet = Image.new("L", (620, 877), 255)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(sheet), 0, 0, 595, 842)
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 10)
        for place in ("Riga, Latvia", "Osh, Kyrgyzstan"):
            text.setLeading(15)
            text.textLine(f"{place}, 5 July 2022")
            text.setLeading(12)
            for line in (
                "Officers opened a van that had come to the harbour by night",
                "on the ferry from the other shore, and found nothing in it",
                "but the seats, a spare wheel and a sleeping man.",
            ):
                text.textLine(line)
            text.textLine("")
        canvas.drawText(text)

    assert [block.text for block in blocks(draw)][::2] == ["Riga, Latvia, 5 July 2022", "Osh, Kyrgyzstan, 5 July 2022"]
