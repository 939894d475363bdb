"""Build wheel and sdist, install the wheel into a clean environment, and run `extract` from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples/andes_frontier_2019_10.ocr.txt"
WANTED = (
    "newsletter_extract/py.typed",
    "newsletter_extract/resources/gazetteer.sqlite",
    "newsletter_extract/review/static/document.js",
    "newsletter_extract/review/static/overview.js",
    "newsletter_extract/review/static/review.css",
    "newsletter_extract/review/templates/page.html.j2",
    "licenses/LICENSE",
    "licenses/NOTICE.md",
)
EPOCH = "1700000000"
"""The time that archives are stamped with, so that two builds are the same bytes."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        first, second = build(place / "first"), build(place / "second")
        for one, other in zip(first, second, strict=True):
            if digest(one) != digest(other):
                return fail(f"{one.name} comes out different when it is built twice")
        wheel = next(path for path in first if path.suffix == ".whl")
        names = zipfile.ZipFile(wheel).namelist()
        for wanted in WANTED:
            if not any(name.endswith(wanted) for name in names):
                return fail(f"{wheel.name} lacks {wanted}")
        if any(name.startswith(("tests/", "scripts/")) for name in names):
            return fail(f"{wheel.name} holds tests or scripts")
        extract = install(wheel, place / "env")
        facts = run(extract, SAMPLE, cwd=place)
        if not facts["events"] or not facts["seizures"]:
            return fail("the installed program finds nothing in the sample")
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, installs and runs")
    return 0


def build(place: Path) -> list[Path]:
    """Wheel and sdist, from a copy of what the repository tracks or would track."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return sorted(place.iterdir())


def install(wheel: Path, place: Path) -> Path:
    """A new environment with the wheel and what it needs, in the versions of the lock. Gives the program's path."""
    constraints = place.parent / "constraints.txt"
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pins = [line.split(" \\")[0] for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    constraints.write_text("\n".join(pins) + "\n", "utf-8")
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, place], check=True)
        command = [uv, "pip", "install", "-q", "--python", place / "bin/python"]
    else:
        venv.create(place, with_pip=True)
        command = [place / "bin/python", "-m", "pip", "install", "-q"]
    subprocess.run([*command, "-c", constraints, wheel], check=True)
    return place / "bin/extract"


def run(extract: Path, sample: Path, cwd: Path) -> dict[str, list[object]]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    result = subprocess.run([extract, sample], cwd=cwd, env=environment, check=True, capture_output=True)
    facts: dict[str, list[object]] = json.loads(result.stdout)
    return facts


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fail(sentence: str) -> int:
    print(f"{sentence}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
