"""Time of the whole program on a scan, with one worker and with two, against plain Tesseract on the same pages.

usage: ocr_speed.py SCAN.pdf [REPEATS]. Tesseract reads PNGs at 300 points an inch, one after the other, with its
defaults and one thread; making them is not counted. All are run in turn, REPEATS times. Wall time is the least of them,
which a busy machine spoils least, and processor time that of the same run. Prints the ratios.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from newsletter_extract.reading.ocr.tesseract import find_engine

DPI = 300
Times = tuple[float, float]
"""Seconds by the clock and of the processor."""


def timed(commands: list[list[str]], surroundings: dict[str, str]) -> Times:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=surroundings)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    path, repeats = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    own = find_engine()
    engines = {f"plain tesseract {own.version}": (own.program, own.data_folder)}
    system = shutil.which("tesseract", path=os.defpath)
    if system and system != own.program:
        engines["plain tesseract of the system"] = (system, None)
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for number, page in enumerate(pypdfium2.PdfDocument(path.read_bytes())):
            pictures.append(Path(folder) / f"{number}.png")
            page.render(scale=DPI / 72, grayscale=True).to_pil().save(pictures[-1], dpi=(DPI, DPI))
        runs: dict[str, tuple[list[list[str]], dict[str, str]]] = {}
        for name, (program, data) in engines.items():
            known = {**surroundings, "TESSDATA_PREFIX": data} if data else surroundings
            runs[name] = [[program, str(picture), "stdout"] for picture in pictures], known
        for jobs in (1, 2):
            config = Path(folder) / f"{jobs}.toml"
            config.write_text(f"[reading]\njobs = {jobs}\n", "utf-8")
            command = [str(Path(sys.executable).parent / "extract"), "--second-reader", "off", "--config", str(config)]
            runs[f"extract, jobs = {jobs}"] = [[*command, str(path)]], surroundings
        times = {name: min(timed(*run) for _ in range(repeats)) for name, run in runs.items()}
    one = times["extract, jobs = 1"]
    for name, (wall, processor) in times.items():
        ratio = f"{one[0] / wall:.2f} by the clock, {one[1] / processor:.2f} of the processor"
        print(f"{name}: {wall:.1f} s, {processor:.1f} s of the processor; one worker takes {ratio} of it")


if __name__ == "__main__":
    main()
