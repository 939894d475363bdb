"""Designs of pages drawn when those of `more_designs` were all read right, and heads of two levels too: how they fared
at first sight is told in docs/layout.md. Writes them as `designs` does, with the same needs.
"""

from __future__ import annotations

from designs import DESIGNS, Sheet, design, main

__all__ = ["DESIGNS"]

_BARE = "@page { @top-left { content: none } @bottom-center { content: none } }"
_GREEK_WORDS = (
    "οι τελωνειακοί λιμένα έλεγχος πλοίο φορτίο στην αποθήκη βρήκαν μεγάλες ποσότητες καπνού χωρίς ταινίες και "
    "παρέδωσαν δύο πρόσωπα στην αστυνομία μετά από έρευνα του οχήματος κοντά στα σύνορα"
)
_GREEK = _GREEK_WORDS.split()


def _greek(s: Sheet, sentences: int) -> str:
    """Sentences of Greek words."""
    made = []
    for _ in range(sentences):
        words = [s.rng.choice(_GREEK) for _ in range(s.rng.randint(8, 18))]
        made.append(" ".join([words[0].capitalize(), *words[1:]]) + ".")
    return " ".join(made)


@design
def booklet(s: Sheet) -> None:
    """Two A5 pages on a sheet: a list of four columns on the left one, text and a box of figures on the right one."""
    s.css = (
        "@page { size: A4 landscape; margin: 10mm 12mm; @top-left { content: none } @bottom-center { content: none } }"
        "body { font-size: 8.6pt } .p { position: absolute; top: 0; width: 125mm; height: 188mm } .p2 { left: 147mm }"
        ".l { columns: 4; column-gap: 4mm; font-size: 7.4pt } .l p { text-align: left; margin: 0 0 .6mm }"
        ".n { position: absolute; bottom: 0; width: 100%; text-align: center }"
        ".x { border: .7pt solid #246; padding: 2mm 4mm; margin: 3mm 0 }"
    )
    with s.inside("'p p1'"):
        s.text("h2", "Stations of the service")
        with s.inside("l"):
            for k in range(1, 97):
                side = s.rng.choice(("North", "South", "Lake", "Old", "New"))
                s.text("p", f"{side} {s.rng.choice(('gate', 'pier', 'bridge'))} {k}")
        s.text("p", "14", "class=n")
        s.truth.pop()
    with s.inside("'p p2'"):
        s.text("h2", "What the stations did")
        s.paragraphs(4)
        with s.inside("x"):
            s.text("h3", "In figures")
            s.text("p", "Searches 4,120. Persons held 96. Vehicles kept 31.")
            s.text("p", s.prose(1))
        s.paragraphs(4)
        s.text("p", "15", "class=n")
        s.truth.pop()


@design
def margin_photos(s: Sheet) -> None:
    """Photos with captions in a wide outer margin beside the text, and the title of the series up the side."""
    photo = "<div style='height: 28mm; background: linear-gradient(45deg, #678, #cba)'></div>"
    s.css = _BARE + (
        ".r { display: flex; gap: 7mm; margin-bottom: 5mm; margin-left: 12mm } .t { width: 112mm } .m { width: 46mm }"
        ".c { font-size: 7.4pt; font-style: italic; text-align: left; margin-top: 1mm }"
        ".s { position: absolute; left: -38mm; top: 110mm; width: 90mm; font-size: 15pt; letter-spacing: 2pt;"
        " transform: rotate(-90deg); color: #789 }"
    )
    s.raw("<div class=s>FRONTIER REPORTS</div>")
    s.text("h1", "A week at the lake border")
    for k in range(1, 4):
        with s.inside("r"):
            with s.inside("t"):
                s.text("h2", f"Day number {k} at the posts")
                s.paragraphs(4)
            with s.inside("m"):
                s.raw(photo)
                s.text("p", f"Officers of the post number {k} look into the hold of a boat.", "class=c")


@design
def yearly_table(s: Sheet) -> None:
    """Two columns of text round a table over two pages, whose head of two levels comes again."""
    s.css = (
        "table { width: 100%; border-collapse: collapse; margin: 4mm 0 }"
        "td, th { padding: 1.1mm 2mm; text-align: right }"
        "td:first-child, th:first-child { text-align: left } th { border-bottom: .5pt solid; text-align: center }"
        "tr { border-bottom: .2pt solid #aaa; break-inside: avoid }"
    )
    s.text("h1", "Goods of the years")
    s.columns(12)
    s.text("h3", "Table 4. Goods taken by office")
    s.raw(
        "<table><thead><tr><th rowspan=2>Office</th><th colspan=2>2021</th><th colspan=2>2022</th></tr>"
        "<tr><th>Cases</th><th>Kilograms</th><th>Cases</th><th>Kilograms</th></tr></thead><tbody>"
    )
    s.truth.append("2021 2022 Office Cases Kilograms Cases Kilograms")
    for k in range(1, 41):
        row = [f"Office of region {k}", *(str(s.rng.randint(2, 99)) for _ in range(4))]
        s.raw("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>")
        s.truth.append(" ".join(row))
    s.raw("</tbody></table>")
    s.columns(6)


@design
def fax_cover(s: Sheet) -> None:
    """A cover sheet: fields of a form in two columns with dotted lines, marks to tick, then the message and a note."""
    s.css = _BARE + (
        ".h { border-top: 2pt solid; border-bottom: 2pt solid; padding: 2mm 0; font-size: 17pt; letter-spacing: 1pt }"
        ".f { display: grid; grid-template-columns: 85mm 85mm; gap: 3mm 8mm; margin: 5mm 0 }"
        ".f p { border-bottom: .5pt dotted; margin: 0; text-align: left } .k { display: flex; gap: 12mm }"
        ".n { font-size: 7pt; border-top: .5pt solid; margin-top: 8mm; padding-top: 2mm }"
    )
    s.text("div", "FAX MESSAGE", "class=h")
    fields = ["To: Customs office of the port", "From: Joint desk, room 12", "Fax: 040 555 17", "Date: 3 May 2022"]
    with s.inside("f"):
        for field in [*fields, "Pages: 2 with this one", "Our number: 17/22"]:
            s.text("p", field)
    with s.inside("k"):
        for mark in ("Urgent", "For action", "For your files", "Please answer"):
            s.text("p", f"[ ] {mark}")
    s.text("h3", "Subject: goods found on the morning ferry")
    s.paragraphs(7)
    s.text("p", "This message is for the office named above. " + s.prose(2), "class=n")


@design
def two_languages(s: Sheet) -> None:
    """One text in two languages side by side, with the same headings at the same heights."""
    s.css = _BARE + (
        ".g { display: grid; grid-template-columns: 1fr 1fr; gap: 0 9mm } .g p { font-size: 9pt }"
        "h1 span { color: #567 }"
    )
    left: list[str] = []
    right: list[str] = []
    s.text("h1", "Notice to all ships <span>Ανακοίνωση</span>")
    s.truth[-1] = "Notice to all ships Ανακοίνωση"
    with s.inside("g"):
        for k in range(1, 6):
            for tag, side, words in (
                ("h3", left, f"Article {k}"),
                ("h3", right, f"Άρθρο {k}"),
                ("p", left, s.prose(4)),
                ("p", right, _greek(s, 4)),
            ):
                s.raw(f"<{tag}>{words}</{tag}>")
                side.append(words)
    s.truth += [*left, *right]


@design
def greek_bulletin(s: Sheet) -> None:
    """Greek text in three columns under a head with a date, and a table between strokes."""
    s.css = (
        ".b { columns: 3; column-gap: 6mm; font-size: 9pt } .t { display: flex; justify-content: space-between }"
        "table { width: 100%; margin: 4mm 0; border-top: 1pt solid; border-bottom: 1pt solid }"
        "table { border-collapse: collapse }"
        "td, th { padding: 1mm 2mm; text-align: left } th { border-bottom: .5pt solid }"
    )
    with s.inside("t"):
        s.text("div", "Δελτίο της υπηρεσίας")
        s.text("div", "3 Μαΐου 2022")
    s.text("h1", "Τα νέα των συνόρων")
    with s.inside("b"):
        for k in range(1, 6):
            s.text("h3", f"Έλεγχος στο λιμάνι {k}")
            for _ in range(2):
                s.text("p", _greek(s, 3))
    rows = [
        ["Είδος", "Υποθέσεις", "Ποσότητα (kg)"],
        ["Καπνός", "12", "4.500"],
        ["Χασίς", "3", "21"],
        ["Σύνολο", "15", "4.521"],
    ]
    s.table(rows)
    with s.inside("b"):
        for _ in range(6):
            s.text("p", _greek(s, 3))


if __name__ == "__main__":
    main()
