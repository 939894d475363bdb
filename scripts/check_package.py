"""Build wheel and sdist, twice and one from the other, install the wheel into a clean environment, and run `extract`.

What needs an extra says so first; then each extra is installed and used.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples/andes_frontier_2019_10.ocr.txt"
SCAN = ROOT / "samples/gold_coast_2020_03.scan.pdf"
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
                sys.exit(f"{one.name} comes out different when it is built twice.")
        wheel = next(path for path in first if path.suffix == ".whl")
        sdist = next(path for path in first if path.suffix == ".gz")
        if digest(wheel_of(sdist, place / "unpacked")) != digest(wheel):
            sys.exit(f"{sdist.name} gives another wheel than the repository.")
        check_contents(wheel)
        extract = install(wheel, place / "env")
        facts = json.loads(run(extract, SAMPLE, cwd=place))
        if not facts["events"] or not facts["seizures"]:
            sys.exit("the installed program finds nothing in the sample.")
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, installs and runs")
        check_extras(wheel, extract, place)
    return 0


def check_contents(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in WANTED:
        if not any(name.endswith(wanted) for name in names):
            sys.exit(f"{wheel.name} lacks {wanted}.")
    if any(name.startswith(("tests/", "scripts/")) for name in names):
        sys.exit(f"{wheel.name} holds tests or scripts.")


def check_extras(wheel: Path, extract: Path, place: Path) -> None:
    """Each extra: without it a sentence that names it, with it the work done."""
    archive = place / "archive"
    archive.mkdir()
    shutil.copy(SAMPLE, archive)
    run(extract, "batch", archive, "--out", "read", "--quiet", cwd=place)
    uses: dict[str, tuple[str | Path, ...]] = {
        "tables": ("export", "read", "--to", "parquet"),
        "remote": ("batch", "--out", "fetched", "--quiet"),
        "cluster": ("batch", archive, "--out", "shared", "--quiet", "--scheduler"),
        "second-reader": (SCAN, "--second-reader", "on"),
    }
    for extra, use in uses.items():
        missing = {"remote": "http://127.0.0.1/nothing", "cluster": "tcp://127.0.0.1:1"}.get(extra)
        command = [extract, *use, *([missing] if missing else [])]
        result = subprocess.run(command, cwd=place, check=False, capture_output=True, text=True)
        if result.returncode == 0 or f"newsletter-extract[{extra}]" not in result.stderr:
            sys.exit(f"without the extra {extra} the program says {result.stderr!r}.")
    install(wheel, place / "env", extras=tuple(uses))
    with served(archive) as address, cluster(extract.with_name("python")) as scheduler:
        there = {"remote": f"{address}/{SAMPLE.name}", "cluster": scheduler}
        for extra, use in uses.items():
            run(extract, *use, *([there[extra]] if extra in there else []), cwd=place)
            print(f"extra {extra}: installs and works")


@contextmanager
def cluster(python: Path) -> Iterator[str]:
    """The address of a scheduler with one worker, in an environment's Python; it ends with its standard input."""
    program = (
        "from distributed import LocalCluster; "
        "c = LocalCluster(n_workers=1, processes=False, dashboard_address=None, host='127.0.0.1', protocol='tcp'); "
        "print(c.scheduler_address, flush=True); input()"
    )
    with subprocess.Popen([python, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.write("\n")
        process.stdin.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server over a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def build(place: Path, *options: str, source: Path = ROOT) -> list[Path]:
    """Wheel and sdist, from what the repository tracks or would track."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(place), *options]
    subprocess.run(command, cwd=source, env=environment, check=True, stdout=subprocess.DEVNULL)
    return sorted(place.iterdir())


def wheel_of(sdist: Path, place: Path) -> Path:
    """The wheel that is built from an sdist alone."""
    with tarfile.open(sdist) as archive:
        archive.extractall(place, filter="data")
    return build(place / "built", "-t", "wheel", source=place / sdist.name.removesuffix(".tar.gz"))[0]


def install(wheel: Path, place: Path, extras: tuple[str, ...] = ()) -> Path:
    """A new environment with the wheel and what it needs, in the versions of the lock; extras are added to one that is
    there. Gives the program's path.
    """
    constraints = place.parent / "constraints.txt"
    text = (ROOT / ("constraints-extras.txt" if extras else "constraints.txt")).read_text("utf-8")
    pins = [line.split(" \\")[0] for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    constraints.write_text("\n".join(pins) + "\n", "utf-8")
    if uv := shutil.which("uv"):
        if not extras:
            subprocess.run([uv, "venv", "-q", "--python", sys.executable, place], check=True)
        command = [uv, "pip", "install", "-q", "--python", place / "bin/python"]
    else:
        if not extras:
            venv.create(place, with_pip=True)
        command = [place / "bin/python", "-m", "pip", "install", "-q"]
    wanted = f"newsletter-extract[{','.join(extras)}] @ {wheel.as_uri()}" if extras else wheel
    subprocess.run([*command, "-c", constraints, wanted], check=True)
    return place / "bin/extract"


def run(extract: Path, *arguments: str | Path, cwd: Path) -> bytes:
    """What the program prints; ends with what it says where it fails."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    result = subprocess.run([extract, *arguments], cwd=cwd, env=environment, check=False, capture_output=True)
    if result.returncode:
        sys.exit(f"extract {' '.join(map(str, arguments))}: {result.stderr.decode()}")
    return result.stdout


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
