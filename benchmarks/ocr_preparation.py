"""Words found on pages worn in every way of scripts/wear.py, by plain Tesseract and by this program without repair.

What preparation, regions and second looks are worth, damage by damage; a clean page must not get worse. Writes the
table between the marks in docs/ocr.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from ocr import NAMES, f1, ours, pages, scan, tesseract
from results import put

from wear import WEAR


def main() -> None:
    greys, words = pages(NAMES[1])
    lines = ["| page | plain Tesseract | here |", "|---|---|---|"]
    read = ours("off", "off")
    with tempfile.TemporaryDirectory() as folder:
        for kind in WEAR:
            path = scan(greys, kind, Path(folder) / f"{kind}.tif")
            plain, prepared = tesseract(path), read([path])[0][path]
            lines.append(f"| {kind.replace('_', ' ')} | {f1(words, plain):.3f} | {f1(words, prepared):.3f} |")
    put("preparation", "\n".join(lines), "ocr.md")


if __name__ == "__main__":
    main()
