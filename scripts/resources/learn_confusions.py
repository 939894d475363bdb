"""Learn what OCR reads for what was printed: write resources/glyph_confusions.csv.

Pages of words in a row are typeset in several fonts, aged into scans and read by the program's own OCR. What was read
is aligned with what was printed, and each pair of differing letters is counted. Run by hand, with tesseract on the
machine; 120 pages take half an hour:

    python scripts/resources/learn_confusions.py pages DIR      # typeset, age and read; finished pages are kept in DIR
    python scripts/resources/learn_confusions.py table DIR      # align, count, write the table
"""

from __future__ import annotations

import argparse
import calendar
import csv
import json
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from newsletter_extract import layout, reading
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.lexicon import frequencies
from newsletter_extract.reading import Source
from newsletter_extract.settings import ReadingSettings

sys.path.insert(0, str(Path(__file__).parents[1]))
from age import age
from typeset import typeset

TARGET = Path(__file__).parents[2] / "src/newsletter_extract/resources/glyph_confusions.csv"
FONTS = (
    "Times-Roman",
    "Helvetica",
    "Courier",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf",
)
LEVELS = ("light", "medium", "heavy", "heavy")
ROUNDS = 9
PARAGRAPHS = 9
LONGEST = 3
"""Letters on either side of a confusion; longer ones are words misread as a whole."""
LEAST_COUNT = 2
SMOOTHING = 0.5
CLASSIC = (
    "| m, | n, | r, | h, | p, m rn, cl d, d cl, li h, h li, ii u, u ii, vv w, w vv, nn m, in m, ni m, iu m, rh m, "
    "ri n, n ri, tl d, l i, i l, 1 I, I 1, 1 i, | i, ! l, ! i, } l, j i, i j, 0 o, Q O, 5 S, 5 s, S 5, 8 B, B 8, 6 G, "
    "6 b, G 6, 2 Z, 9 g, g q, q g, c e, e c, o e, e o, a o, o a, a e, u n, n u, h b, b h, f t, t f, r t, t r, f l, "
    "fi f, f fi, fi i, fl l, fl f, fi ti, € e, € E, ¢ c, £ E, y v, v y, C G, G C, S s, O D, D O, s a, é e, è e, ê e, "
    "í i, ì i, á a, à a, ó o, ò o, ú u, ﬁ fi, ﬂ fl, ﬀ ff"
)
"""What was read, what was printed: confusions told of in the literature on OCR (Kukich 1992; Taghva, Stofsky 2001)."""
ACCENTED = "é á, é ó, é ö, é ő, g š, g ş, g ș, g ø, 2 ž, ri ń, ii ů, f ı"
"""Letters that an engine for English has none of, and those of its own that it takes them for (seen on our pages)."""
TWINS = "l I, I l, 1 l, l 1, | l, | I, 0 O, O 0, rn m"
"""Those whose shapes are the same in many fonts."""
CLASSIC_COST, ACCENTED_COST, TWIN_COST = 3.0, 1.5, 2.0
"""Their cost where our pages show them less often or not at all; other engines and older scans make them."""
HEADER = """\
# What OCR engines read for what was printed, with a cost: minus the decimal logarithm of how often the printed letters
# are read so. Learnt by scripts/resources/learn_confusions.py from {words} words of pages of our own, aged in
# three degrees and read by Tesseract. An empty `misread` is a lost letter, an empty `meant` an added one; a space is
# written as a space.
# A count of 0 marks confusions that other engines and older scans make, from the literature on OCR (Kukich 1992; Taghva
# and Stofsky 2001). Source: own measurement and compilation. Licence: MIT, as the program.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["pages", "table"])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.step == "pages":
        read_pages(options.folder)
    else:
        write_table(options.folder)


def read_pages(folder: Path) -> None:
    """One JSON a page: the words as printed and as read."""
    for turn in range(ROUNDS):
        for font in FONTS:
            for k, level in enumerate(LEVELS):
                target = folder / f"{turn}.{Path(font).stem}.{k}.{level}.json"
                if not target.exists():
                    seed = f"{turn}{font}{k}"
                    spec = page(random.Random(seed), font, columns=1 + (turn + k) % 2)
                    target.write_text(json.dumps(printed_and_read(spec, level), ensure_ascii=False), "utf-8")


def page(rng: random.Random, font: str, columns: int) -> dict[str, Any]:
    """A spec of words drawn by their frequency, with names, numbers and the marks of prose among them."""
    words = {word: 10**zipf for word, zipf in frequencies().items() if zipf >= 3}
    drawn = iter(rng.choices(list(words), list(words.values()), k=4000))
    rare = rng.sample([word for word in words if len(word) > 5], 900)
    names = _names()
    blocks = []
    for _ in range(PARAGRAPHS * columns):
        sentences = [_sentence(rng, drawn, rare, names) for _ in range(rng.randint(3, 6))]
        blocks.append({"kind": "p", "text": " ".join(sentences)})
    return {
        "title": "Words in a row",
        "subtitle": "",
        "running": "",
        "columns": columns,
        "font": font,
        "blocks": blocks,
    }


def _names() -> list[str]:
    rows = load_gazetteer()._connection.execute("SELECT name FROM place WHERE population > 200000 ORDER BY id")
    return [name for (name,) in rows]


def _sentence(rng: random.Random, drawn: Iterator[str], rare: list[str], names: list[str]) -> str:
    words = []
    for _ in range(rng.randint(7, 18)):
        dice = rng.random()
        if dice < 0.05:
            words.append(rng.choice(names))
        elif dice < 0.08:
            words.append(f"{rng.randint(1, 31)} {rng.choice(_MONTHS)} {rng.randint(1990, 2029)}")
        elif dice < 0.12:
            words.append(
                rng.choice([f"{rng.randint(1, 999):,}", f"{rng.randint(1000, 999999):,}", f"{rng.random():.2f}"])
            )
        elif dice < 0.5:
            words.append(rng.choice(rare))
        else:
            words.append(next(drawn))
        if rng.random() < 0.08:
            words[-1] += ","
    return " ".join(words).removesuffix(",").capitalize() + "."


_MONTHS = tuple(calendar.month_name)[1:]


def printed_and_read(spec: dict[str, Any], level: str) -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        born, scan = Path(folder, "born.pdf"), Path(folder, "scan.pdf")
        typeset(spec, born)
        age(born, scan, level)
        printed = layout.arrange(reading.read(Source.from_path(born), ReadingSettings(ocr="never")))
        found = layout.arrange(reading.read(Source.from_path(scan), ReadingSettings(jobs=1)))
    return {"printed": _words(printed), "read": _words(found)}


def _words(document: Any) -> list[str]:
    return [word for block in document.blocks() for word in block.text.split()]


def write_table(folder: Path) -> None:
    pages = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    counts = Counter(pair for page in pages for pair in confusions(page["printed"], page["read"]))
    text = " ".join(word for page in pages for word in page["printed"])
    rows = []
    for (printed, read), count in counts.items():
        chances = text.count(printed) if printed else len(text)
        if count >= LEAST_COUNT and chances and "■" not in printed:
            cost = -math.log10(min(1.0, (count + SMOOTHING) / (chances + 1)))
            rows.append((read, printed, round(cost, 2), count))
    rows = _with_classic(rows)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER.format(words=f"{len(text.split()):,}"))
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["misread", "meant", "cost", "count"])
        table.writerows(sorted(rows, key=lambda row: (-row[3], row[:2])))
    print(f"{len(pages)} pages, {sum(counts.values())} confusions, {len(rows)} kinds kept")


def _with_classic(rows: list[tuple[str, str, float, int]]) -> list[tuple[str, str, float, int]]:
    """The rows learnt, none dearer than the classic ones, and the classic ones that were not seen."""
    table = {(read, printed): (cost, count) for read, printed, cost, count in rows}
    for pairs, most in ((CLASSIC, CLASSIC_COST), (ACCENTED, ACCENTED_COST), (TWINS, TWIN_COST)):
        for read, printed in (pair.split() for pair in pairs.split(", ")):
            cost, count = table.get((read, printed), (most, 0))
            table[read, printed] = min(cost, most), count
    return [(*pair, *figures) for pair, figures in table.items()]


def confusions(printed: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of letters printed and read, from runs of words that differ between two that agree."""
    for kind, a, b, c, d in SequenceMatcher(None, printed, read, autojunk=False).get_opcodes():
        first, second = " ".join(printed[a:b]), " ".join(read[c:d])
        if kind == "replace" and abs(len(first) - len(second)) <= LONGEST:
            pairs = list(_pairs(first, second))
            if sum(max(map(len, pair)) for pair in pairs) <= max(2, 0.4 * len(first)):
                yield from pairs


def _pairs(printed: str, read: str) -> Iterator[tuple[str, str]]:
    spans: list[list[int]] = []
    for code in Levenshtein.opcodes(printed, read):
        if code.tag == "equal":
            continue
        if spans and spans[-1][1] == code.src_start and spans[-1][3] == code.dest_start:
            spans[-1][1], spans[-1][3] = code.src_end, code.dest_end
        else:
            spans.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
    for a, b, c, d in spans:
        if b - a <= LONGEST and d - c <= LONGEST:
            yield printed[a:b], read[c:d]


if __name__ == "__main__":
    main()
