"""Text of PDFs as another program gives it, with the time it took: run in the environment of the peers.

usage: peer_text.py TOOL FILE… prints a JSON object: for each file its text and the least seconds of three readings.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

RUNS = 3


def _pdfplumber(path: str) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def _pdfium(path: str) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def _pdftotext(path: str) -> str:
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout


def _kreuzberg(path: str) -> str:
    from kreuzberg import extract_file_sync

    return str(extract_file_sync(path).content)


def _pdf_oxide(path: str) -> str:
    import pdf_oxide

    document = pdf_oxide.PdfDocument(path)
    return "\n".join(document.extract_text(number) for number in range(document.page_count()))


def _markitdown(path: str) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(path).text_content)


TOOLS: dict[str, Callable[[str], str]] = {
    "pdfplumber": _pdfplumber,
    "pdfium": _pdfium,
    "pdftotext": _pdftotext,
    "kreuzberg": _kreuzberg,
    "pdf_oxide": _pdf_oxide,
    "markitdown": _markitdown,
}


def main() -> None:
    read = TOOLS[sys.argv[1]]
    found = {}
    read(sys.argv[2])
    for path in sys.argv[2:]:
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            text = read(path)
            seconds.append(time.perf_counter() - start)
        found[path] = {"text": text, "seconds": min(seconds)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
