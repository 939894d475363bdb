"""Typeset pages of many designs, each with its words in the order a person reads them.

Writes NAME.pdf and NAME.truth.txt into tests/layout/designs. Needs weasyprint, which is not among the requirements of
the project, and the Lato font: `uv run --with weasyprint scripts/designs.py`. The prose is made of words in a row,
since only its order is of interest.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TARGET = Path(__file__).parent.parent / "tests" / "layout" / "designs"
_WORDS = [
    "the",
    "officers",
    "customs",
    "border",
    "harbour",
    "patrol",
    "vessel",
    "cargo",
    "container",
    "search",
    "report",
    "unit",
    "service",
    "region",
    "meeting",
    "training",
    "experts",
    "station",
    "vehicle",
    "driver",
    "goods",
    "figures",
    "month",
    "results",
    "control",
    "police",
    "points",
    "several",
    "joint",
    "action",
    "new",
    "found",
    "later",
    "early",
    "small",
    "large",
    "team",
    "office",
    "local",
    "national",
    "route",
]
_STYLE = """
@page { size: A4; margin: 15mm; @bottom-center { content: counter(page) }
        @top-left { content: 'Running Gazette No 5'; font-size: 7pt } }
body { font: 9.5pt Lato } p { margin: 0 0 2mm; text-align: justify; hyphens: auto }
.b { columns: 2; column-gap: 8mm } h1 { font-size: 19pt } h2 { font-size: 12pt } h3 { font-size: 10pt; margin: 1mm 0 }
"""


@dataclass
class Sheet:
    """HTML on its way to a page, and the words in it in reading order."""

    rng: random.Random
    html: str = ""
    css: str = ""
    truth: list[str] = field(default_factory=list)

    def raw(self, html: str) -> None:
        """Markup without words."""
        self.html += html

    def text(self, tag: str, words: str, attributes: str = "") -> None:
        """An element with words that are read here."""
        self.html += f"<{tag} {attributes}>{words}</{tag}>"
        self.truth.append(words.replace("<br>", " "))

    def sentence(self) -> str:
        words = [self.rng.choice(_WORDS) for _ in range(self.rng.randint(8, 22))]
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def prose(self, sentences: int | None = None) -> str:
        return " ".join(self.sentence() for _ in range(sentences or self.rng.randint(2, 5)))

    def paragraphs(self, count: int) -> None:
        for _ in range(count):
            self.text("p", self.prose())

    @contextmanager
    def inside(self, name: str, attributes: str = "") -> Iterator[None]:
        """A box of a class, round what is written meanwhile."""
        self.raw(f"<div class={name} {attributes}>")
        yield
        self.raw("</div>")

    def columns(self, count: int, name: str = "b") -> None:
        """Paragraphs in a box of a class, which is one of columns."""
        with self.inside(name):
            self.paragraphs(count)

    def table(self, rows: list[list[str]], attributes: str = "", head: bool = True) -> None:
        self.raw(f"<table {attributes}>")
        for k, row in enumerate(rows):
            tag = "th" if head and k == 0 else "td"
            opening, closing = ("<thead>", "</thead>") if tag == "th" else ("", "")
            self.raw(f"{opening}<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + f"</tr>{closing}")
            self.truth.append(" ".join(cell for cell in row if cell))
        self.raw("</table>")


Design = Callable[[Sheet], None]
DESIGNS: dict[str, Design] = {}


def design(draw: Design) -> Design:
    DESIGNS[draw.__name__] = draw
    return draw


@design
def four(s: Sheet) -> None:
    s.css = ".b { columns: 4; column-gap: 4mm; font-size: 7.5pt }"
    s.text("h1", "Four columns news")
    s.columns(26)


@design
def narrow(s: Sheet) -> None:
    s.css = ".b { column-gap: 9pt }"
    s.text("h1", "Narrow gutter paper")
    s.columns(24)


@design
def sidebar(s: Sheet) -> None:
    s.css = ".m { float: left; width: 118mm } .s { float: right; width: 52mm; background: #dde; padding: 3mm }"
    s.text("h1", "Paper with a side box")
    s.raw("<div class=m>")
    s.paragraphs(13)
    s.raw("</div><div class=s>")
    s.text("h3", "In short words")
    s.paragraphs(4)


@design
def margin(s: Sheet) -> None:
    s.css = ".r { display: flex; margin-bottom: 3mm } .d { width: 30mm; font-weight: bold } .t { width: 150mm }"
    s.text("h1", "Diary of the month")
    for day in range(3, 15):
        s.raw("<div class=r>")
        s.text("div", f"{day} May 2021<br>Riga", "class=d")
        s.raw("<div class=t>")
        s.text("p", s.prose(3))
        s.raw("</div></div>")


@design
def banners(s: Sheet) -> None:
    s.text("h1", "Sections")
    for number in range(3):
        s.text("h2", f"Section number {number} across both columns")
        s.columns(6)


@design
def unequal(s: Sheet) -> None:
    s.css = (
        ".l { float: left; width: 110mm } .r { float: right; width: 62mm } .ph { height: 40mm; background: #987 }"
        ".q { font-size: 14pt; font-style: italic; margin: 4mm 0 } .cap { font-size: 7.5pt }"
    )
    s.text("h1", "Unequal columns with photo")
    s.raw("<div class=l>")
    s.paragraphs(4)
    s.raw("<div class=ph></div>")
    s.text("p", "Officers at the gate in June", "class=cap")
    s.paragraphs(5)
    s.raw("</div><div class=r>")
    s.paragraphs(4)
    s.text("div", "Nobody had looked there before us", "class=q")
    s.paragraphs(3)


@design
def column_table(s: Sheet) -> None:
    s.css = "table { width: 100%; font-size: 8.5pt } td, th { padding: 1mm; text-align: left; font-weight: normal }"
    s.text("h1", "Table in a column")
    s.raw("<div class=b>")
    s.paragraphs(6)
    s.text("p", "<b>Seized in May</b>")
    s.truth[-1] = "Seized in May"
    rows = [["Goods", "Cases", "Amount"], ["Cigarettes", "12", "4,500 sticks"], ["Hashish", "3", "21 kg"]]
    s.table([*rows, ["Vodka", "5", "310 l"], ["Pistols", "1", "2 pieces"], ["Total", "21", ""]])
    s.paragraphs(9)


@design
def spread(s: Sheet) -> None:
    s.css = "@page { size: A4 landscape; margin: 12mm } .l { float: left } .r { float: right } .l, .r { width: 125mm }"
    for side in "lr":
        s.raw(f"<div class={side}><div class=b>")
        s.paragraphs(8)
        s.raw("</div></div>")


@design
def initials(s: Sheet) -> None:
    s.css = (
        ".b p { margin: 0; text-indent: 4mm } .b p.f { text-indent: 0 } p.f::first-letter { font-size: 24pt }"
        "h2 { letter-spacing: 3pt; font-size: 11pt }"
    )
    s.text("h1", "Drop caps")
    s.raw("<div class=b>")
    s.text("h2", "SEIZURES")
    s.text("p", s.prose(), "class=f")
    s.paragraphs(13)


@design
def lists(s: Sheet) -> None:
    s.css = ".fn { font-size: 7pt }"
    s.text("h1", "Lists and notes")
    s.paragraphs(4)
    s.raw("<ul>")
    for _ in range(8):
        s.text("li", s.sentence())
    s.raw("</ul>")
    s.paragraphs(4)
    s.text("p", "1 A first note that explains the word above in a sentence.", "class=fn")
    s.text("p", "2 A second note that explains another word.", "class=fn")


@design
def newspaper(s: Sheet) -> None:
    """Three columns, a tinted box in the middle one, a quotation between rules, a photo over two columns."""
    s.css = (
        ".c { float: left; width: 56mm; margin-right: 5mm } .box { background: #e8e4da; padding: 2mm; margin: 2mm 0 }"
        ".q { border-top: 1pt solid; border-bottom: 1pt solid; font-size: 13pt; margin: 3mm 0; padding: 2mm 0 }"
        ".wide { clear: both; height: 35mm; width: 117mm; background: #7a8 } .cap { font-size: 7.5pt; width: 117mm }"
    )
    s.text("h1", "Harbour and Frontier")
    s.raw("<div class=c>")
    s.paragraphs(5)
    s.raw("</div><div class=c>")
    s.paragraphs(2)
    s.raw("<div class=box>")
    s.text("h3", "How the unit works")
    s.text("p", s.prose(3))
    s.raw("</div>")
    s.paragraphs(2)
    s.raw("</div><div class=c style='margin-right:0'>")
    s.paragraphs(2)
    s.text("div", "We had never seen such a load", "class=q")
    s.paragraphs(2)
    s.raw("</div><div class=wide></div>")
    s.text("p", "The crane at the old pier, where the search began at night", "class=cap")
    s.columns(5)


@design
def long_table(s: Sheet) -> None:
    """A table with rules between its rows only that goes on over the page, its head repeated, subtotals in it."""
    s.css = "table { width: 100%; border-collapse: collapse } td, th { border-bottom: 0.5pt solid; padding: 1.2mm }"
    s.css += "td, th { text-align: left }"
    s.text("h1", "What was seized at each post")
    s.paragraphs(5)
    rows = [["Post", "Goods", "Cases", "Quantity (kg)"]]
    for post in ("Northern Gate", "Lake Bridge", "Old Harbour", "Airport"):
        rows += [
            [post, s.rng.choice(("Tobacco", "Hashish", "Cocaine", "Gold")), str(k), f"{k * 7}"] for k in range(1, 11)
        ]
        rows.append([f"Subtotal {post}", "", "55", "385"])
    s.table([*rows, ["Total", "", "220", "1,540"]])
    s.paragraphs(2)


@design
def numbered(s: Sheet) -> None:
    """Numbered headings, nested lists, notes with raised marks at the foot of each column."""
    s.css = ".b { height: 235mm; column-fill: auto } .fn { font-size: 7pt } sup { font-size: 6pt } ul { margin: 0 }"
    s.text("h1", "Report in numbered parts")
    s.raw("<div class=b>")
    for number in range(1, 5):
        s.text("h2", f"{number}. Part number {number} of the report")
        s.text("p", s.prose(2))
        s.raw("<ul>")
        for _ in range(2):
            s.text("li", s.sentence())
            s.raw("<ul>")
            s.text("li", s.sentence())
            s.raw("</ul>")
        s.raw("</ul>")
        s.text("p", s.prose(2))


@design
def cards(s: Sheet) -> None:
    """Short reports in two rows of three, each row read before the next."""
    s.css = ".g { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 10mm 5mm } .g p { text-align: left }"
    s.text("h1", "In brief")
    s.raw("<div class=g>")
    for number in range(6):
        s.raw("<div>")
        s.text("h3", f"Short report number {number}")
        s.text("p", s.prose(3))
        s.raw("</div>")


@design
def masthead(s: Sheet) -> None:
    """A head with a date at its right between rules, a contents column at the left, text reversed out of a dark bar."""
    s.css = (
        ".m { display: flex; justify-content: space-between; border-bottom: 2pt solid; border-top: 0.5pt solid }"
        ".n { float: left; width: 40mm; font-size: 8pt } .t { float: right; width: 132mm } .t .b { column-gap: 6mm }"
        ".bar { background: #223; color: white; padding: 2mm; margin: 3mm 0; font-weight: bold }"
    )
    s.raw("<div class=m>")
    s.text("div", "Frontier Letter")
    s.text("div", "Issue 12, spring")
    s.raw("</div>")
    s.text("div", "What the services did from January to March", "class=bar")
    s.raw("<div class=n>")
    s.text("h3", "In this issue")
    for _ in range(5):
        s.text("p", " ".join(s.rng.choice(_WORDS) for _ in range(6)).capitalize())
    s.raw("</div><div class=t>")
    s.text("h2", "A first report over the columns")
    s.columns(12)


@design
def sideways(s: Sheet) -> None:
    """A table that stands sideways on its page."""
    s.css = (
        ".turn { transform: rotate(-90deg) translate(-240mm, 0); transform-origin: 0 0; width: 240mm; height: 170mm }"
        "td, th { padding: 1.5mm 5mm; border: 0.5pt solid; text-align: left } table { border-collapse: collapse }"
        "@page { @bottom-center { content: none } @top-left { content: none } }"
    )
    s.raw("<div class=turn>")
    s.text("h1", "Cases by post and month")
    s.text("p", s.prose(2))
    rows = [["Post", "January", "February", "March", "Quarter"]]
    s.table([*rows, *([f"Post {k}", str(k), str(k + 1), str(k + 2), str(3 * k + 3)] for k in range(1, 9))])
    s.text("p", s.prose(2))


@design
def two_sizes(s: Sheet) -> None:
    """A lead in large type over both columns, then three columns of short news under a rule, small print at the end."""
    s.css = (
        ".lead { font-size: 13pt; text-align: left } .t { columns: 3; column-gap: 5mm; column-rule: 0.5pt solid #999 }"
        ".fine { font-size: 6.5pt; columns: 2 } hr { border: none; border-top: 1pt solid; margin: 4mm 0 }"
    )
    s.text("h1", "The week at the frontier")
    s.text("p", s.prose(3), "class=lead")
    s.raw("<hr><div class=t>")
    for number in range(6):
        s.text("h3", f"News of post {number}")
        s.paragraphs(2)
    s.raw("</div><hr><div class=fine>")
    s.paragraphs(3)


@design
def letters(s: Sheet) -> None:
    """Headings in spaced capitals, first lines set in, no white between paragraphs, a left margin for numbers."""
    s.css = (
        "h2 { letter-spacing: 4pt; font-weight: 400; font-size: 9.5pt; margin: 3mm 0 1mm } p { margin: 0 }"
        ".p { display: flex } .k { width: 9mm } .x { width: 78mm } p.i { text-indent: 5mm }"
    )
    s.raw("<div class=b>")
    for number in range(1, 4):
        s.text("h2", ("PORT NEWS", "AT THE BORDER", "IN THE AIR")[number - 1])
        for _ in range(3):
            s.text("p", s.prose(), "class=i")


@design
def ledger(s: Sheet) -> None:
    """A table without rules whose cells are wrapped, under a centred caption, between two columns of text."""
    s.css = (
        "table { width: 100%; margin: 3mm 0 } td, th { text-align: left; vertical-align: top; padding: 0.8mm 3mm }"
        ".cap { text-align: center; font-weight: bold; margin-top: 5mm } .n { text-align: right }"
    )
    s.text("h1", "Goods held in spring")
    s.columns(6)
    s.text("p", "What each office held, by quarter", "class=cap")
    head = ["Office", "What was held", "Cases", "Weight (kg)"]
    wrapped = "cigarettes of three brands without stamps, in sacks and boxes under the seats of a bus"
    rows = [[f"Office {k}", wrapped if k % 2 else "heroin", str(k), f"{k * 3},5"] for k in range(2, 8)]
    s.table([head, *rows])
    s.columns(6)


@design
def boxes(s: Sheet) -> None:
    """Framed boxes: one over both columns in the middle of the page, one at the foot with a list."""
    s.css = ".f { border: 1pt solid; padding: 2mm; margin: 3mm 0 } ul { margin: 0 }"
    s.text("h1", "Notes of the joint unit")
    s.raw("<div class=b>")
    s.paragraphs(7)
    s.raw("</div><div class=f>")
    s.text("h3", "The rules in short")
    s.text("p", s.prose(3))
    s.raw("</div><div class=b>")
    s.paragraphs(6)
    s.raw("</div><div class=f>")
    s.text("h3", "What to do")
    s.raw("<ul>")
    for _ in range(3):
        s.text("li", s.sentence())
    s.raw("</ul></div>")


@design
def magazine(s: Sheet) -> None:
    """Drawn after the code: a cover head on a dark bar, a lead over all columns, drop caps in three columns."""
    s.css = (
        ".m { background: #123; color: #fff; padding: 4mm } .m h1 { font-size: 30pt; margin: 0 } .b { column-gap: 6mm }"
        ".l { font-size: 13pt; font-weight: bold; text-align: left }"
        ".d { float: left; font-size: 27pt; line-height: .9 }"
    )
    s.raw("<div class=m>")
    s.text("h1", "COAST AND CUSTOMS")
    s.raw("</div>")
    s.text("p", s.prose(2), "class=l")
    s.raw("<div class=b style='columns: 3'>")
    for number in range(4):
        s.text("h3", f"Story number {number} of the issue")
        words = s.prose(5)
        s.raw(f"<p><span class=d>{words[0]}</span>{words[1:]}</p>")
        s.truth.append(words)
        s.paragraphs(2)
    s.raw("</div>")


@design
def full_width_tables(s: Sheet) -> None:
    """Drawn after the code: two columns of text with tables over both between them, numbers at the right, no rules."""
    s.css = (
        "table { width: 100%; margin: 2mm 0 4mm } td, th { padding: .6mm 2mm; text-align: left }"
        "td + td, th + th { text-align: right } .cap { font-weight: bold; margin: 4mm 0 0 }"
    )
    s.text("h1", "Results by quarter")
    for number in range(1, 4):
        s.columns(4)
        s.text("p", f"Table {number}. Goods held in quarter {number}", "class=cap")
        rows = [
            [goods, str(s.rng.randint(2, 90)), f"{s.rng.randint(1, 9)},{s.rng.randint(100, 999)}"] for goods in _GOODS
        ]
        s.table([["Goods", "Number of cases", "Quantity (kg)"], *rows, ["Total", "190", "21,400"]])


_GOODS = ("Cocaine and its base", "Khat", "Cigarettes", "Pangolin scales", "Gold")


@design
def tinted_cards(s: Sheet) -> None:
    """Drawn after the code: cards on tints, three in a row, each with a heading and a short list."""
    s.css = ".g { display: flex; gap: 4mm; margin: 3mm 0 } .k { width: 56mm; background: #e9f0e4; padding: 3mm }"
    s.text("h1", "The month in nine cards")
    for row in range(3):
        s.raw("<div class=g>")
        for card in range(3):
            s.raw("<div class=k>")
            s.text("h3", f"Card {3 * row + card + 1}")
            s.text("p", s.prose(2))
            s.raw("<ul>")
            for _ in range(2):
                s.text("li", s.sentence())
            s.raw("</ul></div>")
        s.raw("</div>")


@design
def cyrillic(s: Sheet) -> None:
    """Drawn after the code: another script, accented names in run-in heads, notes at the foot."""
    s.css = ".n { font-size: 7pt } .b { column-gap: 10pt }"
    s.text("h1", "Вестник пограничной службы")
    s.raw("<div class=b>")
    for place in ("Łódź", "Kraków", "Durrës", "Şanlıurfa", "Český Těšín", "Ñuñoa"):
        words = " ".join(s.rng.choice(_CYRILLIC) for _ in range(60)).capitalize() + "."
        s.raw(f"<p><b>{place}, 3 мая 2023 г.</b> {words}</p>")
        s.truth.append(f"{place}, 3 мая 2023 г. {words}")
        s.text("p", " ".join(s.rng.choice(_CYRILLIC) for _ in range(45)).capitalize() + ".")
    s.raw("</div>")


_CYRILLIC = [
    "на",
    "границе",
    "таможня",
    "изъяла",
    "груз",
    "сигарет",
    "без",
    "марок",
    "дело",
    "следствию",
    "вместе",
    "товара",
]


@design
def landscape_report(s: Sheet) -> None:
    """Drawn after the code: landscape, a column of figures at the left, two of text, a zebra table over all."""
    s.css = (
        "@page { size: A4 landscape } .f { display: flex; gap: 8mm } .x { width: 45mm } .y { width: 205mm }"
        "table { width: 100%; border-collapse: collapse } td, th { text-align: left; padding: 1mm 2mm }"
        "tr:nth-child(even) td { background: #eee } .big { font-size: 22pt; font-weight: bold; margin: 0 }"
    )
    s.text("h1", "Yearly report of the inland ports")
    s.raw("<div class=f><div class=x>")
    for number, label in ((412, "boxes opened"), (96, "cases brought"), (17, "tonnes held")):
        s.text("p", str(number), "class=big")
        s.text("p", label)
    s.raw("</div><div class=y><div class=b>")
    s.paragraphs(7)
    s.raw("</div></div></div>")
    s.table(
        [
            ["Port", "Boxes", "Cases", "Held (kg)"],
            *([f"Port {k}", str(9 * k), str(k), str(31 * k)] for k in range(1, 8)),
        ]
    )


@design
def notice_sheet(s: Sheet) -> None:
    """Drawn last: a picture and facts in pairs at the left, three unequal columns, a tinted bar."""
    s.css = (
        "@page { size: letter } .g { display: grid; grid-template-columns: 38mm 1fr 46mm; gap: 5mm }"
        ".ph { height: 45mm; background: #8a93a0 } .s { background: #e9e2d0; padding: 3mm; font-size: 8.5pt }"
        "dl { display: grid; grid-template-columns: 16mm 1fr; font-size: 8pt; gap: 1mm } dt { font-weight: bold }"
        "dd { margin: 0 } .t { background: #123a6b; color: #fff; padding: 3mm; margin: 0 0 4mm; font-size: 20pt }"
    )
    s.text("p", "ALERT No 7 OF 2024", "class=t")
    s.raw("<div class=g><div><div class=ph></div><dl>")
    for label, value in (("Vessel", "Sea Swallow"), ("Flag", "unknown"), ("Length", "14 m"), ("Seen", "off the cape")):
        s.text("dt", label)
        s.text("dd", value)
    s.raw("</dl>")
    s.paragraphs(1)
    s.raw("</div><div>")
    for k in (1, 2, 3):
        s.text("h3", f"WHAT IS KNOWN, PART {k}")
        s.paragraphs(3)
    s.raw("</div><div class=s>")
    s.text("h3", "How to report")
    s.paragraphs(4)
    s.raw("</div></div>")


@design
def patrol_log(s: Sheet) -> None:
    """Drawn last: dates and places in the margin at the right, a ruled table inside the text, a wide last article."""
    s.css = (
        ".r { display: flex; gap: 6mm; margin-bottom: 3mm } .x { width: 118mm } .m { width: 38mm; font-size: 8pt }"
        ".m p { text-align: left; color: #05508c } table { border-collapse: collapse } td, th { padding: 1mm 3mm;"
        "border-bottom: .4pt solid #777; text-align: left } .q { text-indent: 5mm; margin: 0 }"
    )
    s.text("h1", "Log of the coast patrol")
    for k, place in enumerate(("Skagen", "Ventspils", "Hel", "Visby", "Mariehamn"), 1):
        s.raw("<div class=r><div class=x>")
        words = [s.prose(2) for _ in range(3)]
        s.raw("".join(f"<p class=q>{w}</p>" for w in words))
        s.raw(f"</div><div class=m><p><b>{k + 3} June 2023</b><br>{place}</p></div></div>")
        s.truth.append(f"{k + 3} June 2023 {place} " + " ".join(words))
        if k == 3:
            rows = [[name, str(7 * n), f"{n},{n}"] for n, name in enumerate(("Cutters", "Aircraft", "Dogs"), 2)]
            s.table([["Means", "Hours", "Finds (kg)"], *rows])
    s.text("h2", "What comes next")
    s.paragraphs(2)


@design
def half_sheets(s: Sheet) -> None:
    """Drawn last: two pages on a sheet, one in two columns with a table over both, one in a single column."""
    s.css = (
        "@page { size: A4 landscape; margin: 10mm; @top-left { content: none } @bottom-center { content: none } }"
        ".p { display: flex; gap: 16mm } .h { width: 130mm } .h .b { column-gap: 10pt } body { font-size: 8.6pt }"
        "table { width: 100%; border-collapse: collapse } td, th { text-align: left; padding: .8mm 2mm }"
        "thead th { border-bottom: .6pt solid #000 } td + td { text-align: right } th + th { text-align: right }"
    )
    s.raw("<div class=p><div class=h>")
    s.text("h2", "The quarter in short")
    s.columns(6)
    s.table(
        [["Goods", "Cases", "Weight (kg)"], *([f"Kind {c}", str(3 * k), str(41 * k)] for k, c in enumerate("ABCDE", 1))]
    )
    s.raw("<div class=b>")
    s.paragraphs(3)
    s.raw("</div></div><div class=h>")
    s.text("h2", "From the northern ports")
    for k in (1, 2, 3):
        s.text("h3", f"Port number {k}, 1{k} October 2023")
        s.paragraphs(2)
    s.raw("</div></div>")


@design
def daily_sheet(s: Sheet) -> None:
    """Drawn last: short items in three narrow columns, a quotation set in, a note, a framed box."""
    s.css = (
        ".b { columns: 3; column-gap: 9pt } body { font-size: 8.4pt } .d { color: #777; font-size: 7pt; margin: 0 }"
        ".q { font-size: 13pt; font-style: italic; text-align: left; border-top: 1pt solid #a00 }"
        ".n { font-size: 6.5pt; text-align: left } .f { border: .8pt solid #333; padding: 3mm }"
    )
    s.text("h1", "Daily sheet of the central police office")
    s.raw("<div class=b>")
    for k in range(1, 12):
        s.text("h3", f"ITEM NUMBER {k}")
        s.text("p", f"Central office, {k} May 2022, 0{k % 9}:15", "class=d")
        s.text("p", s.prose(2))
        if k == 5:
            s.text("p", "We look where nobody looks", "class=q")
    s.text("p", "¹ The figures are those of the day.", "class=n")
    s.raw("</div><div class=f>")
    s.text("h3", "Persons missing")
    s.paragraphs(2)
    s.raw("</div>")


def main() -> None:
    """Write all designs, or those that are named."""
    import weasyprint

    TARGET.mkdir(parents=True, exist_ok=True)
    for number, (name, draw) in enumerate(DESIGNS.items()):
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        sheet = Sheet(random.Random(number))
        draw(sheet)
        page = f"<html lang=en><head><style>{_STYLE}{sheet.css}</style></head><body>{sheet.html}</body></html>"
        weasyprint.HTML(string=page).write_pdf(TARGET / f"{name}.pdf", pdf_identifier=name.encode())
        (TARGET / f"{name}.truth.txt").write_text("\n\n".join(sheet.truth) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
