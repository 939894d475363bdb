"""Text of PDFs and scans as another program gives it, with the time it took: run in the environment of the peers.

usage: peer_text.py TOOL FILE… prints a JSON object: for each file its text and the least seconds of two readings,
of one where the tool does OCR. Scans are files of TIFF.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from results import processor_s

RUNS = 2


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


def _ocrmypdf(path: str) -> str:
    """Its sidecar: the text that it puts under the pictures, with what its manual advises for scans."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        command = [str(Path(sys.executable).with_name("ocrmypdf")), "--quiet", "--jobs", "1", "--output-type", "pdf"]
        options = ["--deskew", "--rotate-pages", "--sidecar", str(text), path, str(Path(folder) / "out.pdf")]
        subprocess.run(
            [*command, *options], check=True, capture_output=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
        )
        return text.read_text("utf-8")


@cache
def _rapid_engine() -> Any:
    from rapidocr import RapidOCR

    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    return RapidOCR(params={"Global.log_level": "error"} | threads)


def _rapidocr(path: str) -> str:
    import numpy as np
    from PIL import Image, ImageSequence

    with Image.open(path) as scan:
        found = [_rapid_engine()(np.asarray(page.convert("RGB"))) for page in ImageSequence.Iterator(scan)]
    return "\n".join(line for page in found for line in page.txts or ())


OCR = ("ocrmypdf", "rapidocr")
TOOLS: dict[str, Callable[[str], str]] = {
    "pdfplumber": _pdfplumber,
    "pdfium": _pdfium,
    "pdftotext": _pdftotext,
    "kreuzberg": _kreuzberg,
    "pdf_oxide": _pdf_oxide,
    "markitdown": _markitdown,
    "ocrmypdf": _ocrmypdf,
    "rapidocr": _rapidocr,
}


def main() -> None:
    read = TOOLS[sys.argv[1]]
    runs = 1 if sys.argv[1] in OCR else RUNS
    found = {}
    read(sys.argv[2])
    for path in sys.argv[2:]:
        seconds = []
        for _ in range(runs):
            start = processor_s()
            text = read(path)
            seconds.append(processor_s() - start)
        found[path] = {"text": text, "seconds": min(seconds)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
