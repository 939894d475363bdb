"""Most memory of `extract` with its OCR engine for one page at a time, up to A3 at 600 points an inch and larger.

A sample's page is enlarged to each size, worn as a light scan, and read from a PDF. Memory is the high-water mark of
the process and those of the engines that run at once with it, as Linux keeps them. Ends with 1 where a page
takes more than `LIMIT_MB`, or a larger one is not told to be scaled down.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
from ocr import NAMES, pages
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from wear import worn

LIMIT_MB = 600
SIZES = {
    "A4, 200 dpi": (8.27, 11.69, 200),
    "A4, 600 dpi": (8.27, 11.69, 600),
    "A3, 600 dpi": (11.69, 16.54, 600),
    "A2, 600 dpi": (16.54, 23.39, 600),
}
LARGEST = "A3, 600 dpi"
PAUSE_S = 0.02


def scan(grey: Any, across_in: float, down_in: float, dpi: int) -> bytes:
    """A PDF of one page, a scan of this size in inches."""
    larger = cv2.resize(grey, (round(across_in * dpi), round(down_in * dpi)), interpolation=cv2.INTER_CUBIC)
    picture = io.BytesIO()
    Image.fromarray(larger).save(picture, "JPEG", quality=80)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(across_in * 72, down_in * 72), invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, across_in * 72, down_in * 72)
    canvas.save()
    return target.getvalue()


def held_kb(process: int) -> int:
    """The most that a process has held so far, and its children with it, in kB; none where they have ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = {child for task in tasks for child in (task / "children").read_text("ascii").split()}
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
    return own + sum(held_kb(int(child)) for child in children)


def peak(path: Path) -> tuple[float, set[str]]:
    """Most memory in MB of one extraction, and the codes of its findings."""
    with tempfile.TemporaryFile() as output:
        command = [
            str(Path(sys.executable).parent / "extract"),
            "--second-reader",
            "off",
            "--config",
            str(path.with_name("one.toml")),
            str(path),
        ]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        most = 0
        while process.poll() is None:
            most = max(most, held_kb(process.pid))
            time.sleep(PAUSE_S)
        output.seek(0)
        found = json.load(output)
    return most / 1024, {finding["code"] for finding in found["findings"]}


def main() -> int:
    Image.MAX_IMAGE_PIXELS = None
    (grey, _), *_ = worn(pages(NAMES[0])[0][:1], "light", 200)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.toml").write_text("[reading]\njobs = 1\n", "utf-8")
        for name, size in SIZES.items():
            path = Path(folder) / "scan.pdf"
            path.write_bytes(scan(grey, *size))
            memory, codes = peak(path)
            larger = (
                size[0] * size[1] * size[2] ** 2 > 1.01 * SIZES[LARGEST][0] * SIZES[LARGEST][1] * SIZES[LARGEST][2] ** 2
            )
            failed |= memory > LIMIT_MB or (larger and "page_scaled_down" not in codes)
            print(f"{name}: {memory:.0f} MB{', scaled down' if 'page_scaled_down' in codes else ''}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
