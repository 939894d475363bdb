"""How often words of each confidence are right, on worn pages of our own: the reliability table of docs/ocr.md.

Samples are printed and worn by scripts/wear.py in several ways; a word is right where the spec has it. Words broken
over two lines, furniture and numbers of pages are not in the spec as they are read, so that the last
rows are a little low.
`--fit` measures one sample in three types, which the table does not use, and writes what the confidences of the engine
are worth to resources/ocr_confidence.csv: a rising curve by isotonic regression (Ayer and others, 1955). The table,
before and after, goes into docs/ocr.md.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsletter_extract.document import Page, Word
from newsletter_extract.reading.ocr.calibration import calibrated
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.settings import ReadingSettings

sys.path.insert(0, str(Path(__file__).parent))
from ocr import DPI, NAMES, QUOTES, pages
from results import ROOT, put

from wear import worn

CURVE = ROOT / "src/newsletter_extract/resources/ocr_confidence.csv"
KINDS, SEEDS = ("light", "medium", "heavy", "fax_fine", "copier"), (1, 2)
FIT_NAMES, FIT_TYPES = ("andes_frontier_2019_10",), ("Helvetica", "Times-Roman", "Courier")
FIT_KINDS, FIT_SEEDS = (*KINDS, "fax", "soft", "pale"), (11,)
BINS = (0.0, 0.4, 0.6, 0.8, 0.9, 0.95)
LEAST = 40
"""Words that a step of the curve stands on."""
HEAD = """\
# What the confidences of the OCR engine are worth: of the words given `given`, the share `right` was right, on `words`
# words of worn pages of our own. Made by `benchmarks/ocr_confidence.py --fit`; a straight line joins the steps.
given,right,words
"""
_WORD = re.compile(r"[\w.,'/-]*\w")
Judged = list[tuple[float, bool]]


def whole_words(words: Sequence[Word]) -> Iterator[tuple[Word, str]]:
    """The words with their letters and digits, without those that are broken over two lines."""
    broken = False
    for word in words:
        core = _WORD.search(word.text.translate(QUOTES))
        if core and not broken and not word.text.endswith("-"):
            yield word, core[0]
        broken = word.text.endswith("-")


def judged(names: Sequence[str], types: Sequence[str | None], kinds: Sequence[str], seeds: Sequence[int]) -> Judged:
    """The engine's own confidence in each word read from worn samples, and whether the word is right."""
    engine, settings = find_engine(), ReadingSettings(second_reader="off")
    found: Judged = []
    for name in names:
        for font in types:
            greys, text = pages(name, font)
            truth = set(_WORD.findall(text.translate(QUOTES)))
            for kind in kinds:
                for seed in seeds:
                    words: list[Word] = []
                    for grey, dpi in worn(greys, kind, DPI, seed):
                        height, width = grey.shape
                        page = Page(1, width * 72 / dpi[0], height * 72 / dpi[1], "ocr")
                        words += recognise_page(page, Picture(grey, dpi), engine, settings, raw=True)[0].words
                    found += [(word.confidence or 0.0, core in truth) for word, core in whole_words(words)]
                print(name, font, kind, len(found), file=sys.stderr, flush=True)
    return found


def rising(points: Judged) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right words and count of the steps of the rising curve that fits best."""
    pooled: list[list[float]] = []
    for given, right in sorted(points):
        pooled.append([given, float(right), 1.0])
        while len(pooled) > 1 and pooled[-2][1] * pooled[-1][2] >= pooled[-1][1] * pooled[-2][2]:
            last = pooled.pop()
            pooled[-1] = _sum(pooled[-1], last)
    steps: list[list[float]] = []
    for step in pooled:
        if steps and min(steps[-1][2], step[2]) < LEAST:
            steps[-1] = _sum(steps[-1], step)
        else:
            steps.append(step)
    return [(given / count, right / count, int(count)) for given, right, count in steps]


def _sum(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [a + b for a, b in zip(first, second, strict=True)]


def table(points: Judged) -> str:
    """The reliability of the confidences as the engine gives them and as they are calibrated."""
    rows = []
    measured = []
    for way in (lambda c: c, calibrated):
        bins: list[Judged] = [[] for _ in BINS]
        for given, right in points:
            value = way(given)
            bins[bisect_right(BINS, value) - 1].append((value, right))
        measured.append(bins)
    for k, low in enumerate(BINS):
        high = BINS[k + 1] if k + 1 < len(BINS) else 1.0
        cells = [
            f"{len(b)} | {sum(v for v, _ in b) / len(b):.2f} | {sum(r for _, r in b) / len(b):.2f}" if b else "0 | | "
            for b in (measured[0][k], measured[1][k])
        ]
        rows.append(f"| {low:.2f} to {high:.2f} | {' | '.join(cells)} |")
    errors = [sum(abs(sum(v - r for v, r in b)) for b in bins) / len(points) for bins in measured]
    head = "| confidence | words as given | mean | right | words calibrated | mean | right |\n" + "|---" * 7 + "|\n"
    said = "Mean distance of a confidence from the share that is right: "
    said += f"{errors[0]:.3f} as given, {errors[1]:.3f} calibrated."
    return head + "\n".join(rows) + f"\n\n{said}"


def main() -> None:
    if "--fit" in sys.argv[1:]:
        steps = rising(judged(FIT_NAMES, FIT_TYPES, FIT_KINDS, FIT_SEEDS))
        CURVE.write_text(HEAD + "".join(f"{g:.4f},{r:.4f},{n}\n" for g, r, n in steps), "utf-8")
        return
    shown = table(judged(NAMES, (None,), KINDS, SEEDS))
    put("confidence", shown, "ocr.md")


if __name__ == "__main__":
    main()
