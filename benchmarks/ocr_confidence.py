"""How often words of each confidence are right, on worn pages of our own: the reliability table of docs/ocr.md.

Every sample is printed and worn by scripts/wear.py in several ways; a word is right where the spec has
it. Words broken over two lines, furniture and numbers of pages are not in the spec as they are read, so that the last
rows are a little too low.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ocr import DPI, NAMES, QUOTES, pages
from results import ROOT, put

from newsletter_extract.document import Page, Word
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.settings import ReadingSettings

sys.path.insert(0, str(ROOT / "scripts"))
from wear import worn

KINDS = ("light", "medium", "heavy", "fax_fine", "copier")
SEEDS = (1, 2)
BINS = (0.0, 0.4, 0.6, 0.8, 0.9, 0.95)
_WORD = re.compile(r"[\w.,'/-]*\w")


def whole_words(words: Sequence[Word]) -> Iterator[tuple[Word, str]]:
    """The words with their letters and digits, without those that are broken over two lines."""
    broken = False
    for word in words:
        core = _WORD.search(word.text.translate(QUOTES))
        if core and not broken and not word.text.endswith("-"):
            yield word, core[0]
        broken = word.text.endswith("-")


def main() -> None:
    engine, settings = find_engine(), ReadingSettings(second_reader="off")
    counts, rights, sums = ([0.0] * len(BINS) for _ in range(3))
    for name in NAMES:
        greys, text = pages(name)
        truth = set(_WORD.findall(text.translate(QUOTES)))
        for kind in KINDS:
            for seed in SEEDS:
                words = []
                for grey, dpi in worn(greys, kind, DPI, seed):
                    height, width = grey.shape
                    page = Page(1, width * 72 / dpi[0], height * 72 / dpi[1], "ocr")
                    words += recognise_page(page, Picture(grey, dpi), engine, settings)[0].words
                for word, core in whole_words(words):
                    right = core in truth
                    k = bisect_right(BINS, word.confidence or 0.0) - 1
                    counts[k], rights[k], sums[k] = counts[k] + 1, rights[k] + right, sums[k] + (word.confidence or 0.0)
    rows = []
    for k, low in enumerate(BINS):
        high = BINS[k + 1] if k + 1 < len(BINS) else 1.0
        n = max(counts[k], 1)
        rows.append(f"| {low:.2f} to {high:.2f} | {counts[k]:.0f} | {sums[k] / n:.2f} | {rights[k] / n:.2f} |")
    table = "| confidence | words | mean | right |\n|---|---|---|---|\n" + "\n".join(rows)
    put("confidence", table, "ocr.md")


if __name__ == "__main__":
    main()
