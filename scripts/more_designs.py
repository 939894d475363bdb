"""More designs of pages, drawn when those of `designs` were all read right: how they fared at first sight is told in
docs/layout.md. Writes them as `designs` does, with the same needs.
"""

from __future__ import annotations

from designs import DESIGNS, Sheet, design, main

__all__ = ["DESIGNS"]


@design
def court_list(s: Sheet) -> None:
    """Drawn at the end: a rule between two columns, centred heads, numbered paragraphs, few lines on the last page."""
    s.css = (
        "@page { margin: 18mm 20mm; @top-left { content: none } "
        "@bottom-center { content: counter(page, lower-roman) } }"
        ".b { column-gap: 10mm; column-rule: .5pt solid #444 } h1, h2 { text-align: center } h2 { font-size: 10pt }"
        "body { font-size: 10pt } p { text-indent: 5mm; margin: 0 } .l p { break-inside: auto }"
    )
    s.text("h1", "List of the regional court")
    s.text("p", "Sittings of the spring, at the palace of justice", "style='text-align: center; margin-bottom: 4mm'")
    s.raw("<div class=b>")
    for k in range(1, 7):
        s.text("h2", f"Chamber number {k}")
        for n in range(1, 5):
            words = f"{4 * (k - 1) + n}. {s.prose(2)}"
            s.raw(f"<p><b>{words.split(' ', 3)[0]}</b> {words.split(' ', 1)[1]}</p>")
            s.truth.append(words)
    s.raw("</div><div class=b style='break-before: page'>")
    s.text("p", s.prose(2))
    s.raw("</div>")


@design
def wire_digest(s: Sheet) -> None:
    """Drawn at the end: landscape, four narrow columns of short news, bars between sections, a quotation over two."""
    s.css = (
        "@page { size: A4 landscape; margin: 12mm; @top-left { content: none } @bottom-center { content: none }"
        "@bottom-right { content: 'Wire digest · ' counter(page); font-size: 7pt } } body { font-size: 8.2pt }"
        ".f { columns: 4; column-gap: 11pt } h2 { background: #233; color: #fff; padding: 1mm 3mm; font-size: 11pt }"
        "h3 { font-size: 9.5pt } .d { color: #a33; font-size: 7.2pt; margin: 0 }"
        ".two { display: flex; gap: 11pt; margin-top: 7mm } .two > div { width: 134mm }"
        ".two .b { column-gap: 11pt; columns: 2 }"
        ".q { font-size: 15pt; text-align: left; padding: 2mm 6mm; border-left: 2pt solid #a33 }"
    )
    s.text("h1", "Wire digest of the joint desk")
    for section, count in (("North", 8), ("South", 7)):
        s.text("h2", f"Reports from the {section}")
        s.raw("<div class=f>")
        for k in range(1, count + 1):
            s.text("h3", f"{section} item number {k}")
            s.text("p", f"Post {k}, {k} March 2024", "class=d")
            s.text("p", s.prose(2))
        s.raw("</div>")
    s.raw("<div class=two><div class=b>")
    s.paragraphs(3)
    s.raw("</div><div>")
    s.text("p", "Nobody at the desk has slept since the first of the reports came in", "class=q")
    s.paragraphs(1)
    s.raw("</div></div>")


@design
def fact_file(s: Sheet) -> None:
    """Drawn at the end: a tinted side with large figures, two columns of text, a table with labels over its groups."""
    s.css = (
        ".r { display: flex; gap: 7mm } .s { width: 46mm; background: #eef2f6; padding: 4mm } .s p { text-align: left }"
        ".n { font-size: 21pt; font-weight: bold; color: #07456f; margin: 0 } .t { width: 127mm }"
        ".t .b { column-gap: 9pt }"
        "table { width: 100%; border-collapse: collapse; margin: 3mm 0 } td { padding: .7mm 1mm }"
        "td + td { text-align: right }"
        "th { text-align: left; padding: .7mm 1mm } th + th { text-align: right } .g td { font-style: italic }"
    )
    s.text("h1", "Facts of the year")
    s.raw("<div class=r><div class=s>")
    s.text("h3", "In figures")
    for number, label in (("4,310", "searches of vehicles"), ("96", "persons held"), ("27.5 t", "goods taken")):
        s.text("p", number, "class=n")
        s.text("p", label)
    s.raw("</div><div class=t><div class=b>")
    s.text("h2", "What was done")
    s.paragraphs(4)
    s.raw("</div>")
    groups = {"By road": ("Cars", "Buses"), "By sea": ("Ferries", "Yachts", "Cargo ships")}
    s.raw("<table><thead><tr><th>Way</th><th>Cases</th><th>Kilograms</th></tr></thead><tbody>")
    s.truth.append("Way Cases Kilograms")
    for label, ways in groups.items():
        s.raw(f"<tr class=g><td colspan=3>{label}</td></tr>")
        s.truth.append(label)
        for n, way in enumerate(ways, 3):
            s.raw(f"<tr><td>{way}</td><td>{7 * n}</td><td>{113 * n}</td></tr>")
            s.truth.append(f"{way} {7 * n} {113 * n}")
    s.raw("</tbody></table><div class=b>")
    s.text("h2", "What is planned")
    s.paragraphs(4)
    s.raw("</div></div></div>")


@design
def photo_page(s: Sheet) -> None:
    """Drawn at the end: a picture over two of three columns, its caption, a stamp across, numbers in the corners."""
    box = "<div style='height: {0}mm; background: linear-gradient(135deg, #89a, #dcb)'></div>"
    s.css = (
        "@page { @top-left { content: none } @bottom-center { content: none } }"
        "@page :right { @bottom-right { content: counter(page) } }"
        "@page :left { @bottom-left { content: counter(page) } }"
        ".g { display: grid; grid-template-columns: 55mm 120mm; gap: 6mm } .g .b { column-gap: 6mm }"
        ".f { columns: 3; column-gap: 6mm; border-top: .6pt solid #555; margin-top: 4mm; padding-top: 3mm }"
        ".c { font-size: 7.5pt; font-style: italic; margin: 1mm 0 3mm; text-align: left }"
        ".w { position: absolute; top: 90mm; left: 25mm; font-size: 60pt; color: #e8e8e8; transform: rotate(-35deg) }"
    )
    s.text("h1", "The month in pictures and words")
    s.raw("<div class=g><div>")
    s.text("h2", "At the bridge")
    s.paragraphs(5)
    s.raw("</div><div>" + box.format(62))
    s.text("p", "Officers of the port look into a lorry that came off the morning ferry.", "class=c")
    s.raw("<div class=b>")
    s.paragraphs(4)
    s.raw("</div></div></div><div class=f>")
    for k in range(1, 6):
        s.text("h3", f"From the port of the {('north', 'south', 'west', 'east', 'islands')[k - 1]}")
        s.paragraphs(2)
    s.raw("</div>")
    s.raw("<div class=w>SPECIMEN</div>")


if __name__ == "__main__":
    main()
