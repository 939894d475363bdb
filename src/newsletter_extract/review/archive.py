"""The review of a whole archive: an overview, and a page for each document.

OUT.review/index.html       the overview
          data/NNN.js       its data, a file for every thousand documents
          documents/        a page for each document, with its pictures in pages/
          assets/           the script and style that the pages share
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from newsletter_extract._version import __version__
from newsletter_extract.archive import record
from newsletter_extract.errors import InputNotFound, NewsletterExtractError, OutputError
from newsletter_extract.export.writing import write_aside
from newsletter_extract.golden.check import Pair, find_pairs, read_golden
from newsletter_extract.machine import usable_cores
from newsletter_extract.review.corrections import digest
from newsletter_extract.review.html import asset, pack, page_html
from newsletter_extract.review.making import read_document
from newsletter_extract.review.page import PICTURES, document_page, safe_stem
from newsletter_extract.review.summary import Summary, columns, summarize

_CHUNK = 1000
"""Documents in a file of data: some hundred kB, unpacked at once."""
_LINKED = {"script": "../assets/document.js", "style": "../assets/review.css"}
_STAMPS = "stamps.json"
"""What each page was made of, so that no page is made again for nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one JSON file: its rows and the stamp of its page, or the reason why there are none."""

    name: str
    summary: Summary | None = None
    stamp: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What was written: the overview's HTML, how many documents it shows, and what could not be read."""

    html: Path
    documents: int
    problems: tuple[str, ...]
    results: Mapping[str, Path]
    """The JSON of each document by the name of its page."""


@dataclass(frozen=True, slots=True)
class _Task:
    """How the page of one document is made. `out` is None where there are to be no pages, `before` its old stamp."""

    name: str
    pair: Pair
    out: Path | None
    pictures: bool
    before: str


def write_archive(
    folder: Path, out: Path | None, *, single_file: bool = False, pictures: bool = True, jobs: int = 0
) -> Overview:
    """Write the review of every extraction in a folder, `jobs` at once (0: as many as there are cores).

    Documents are where the manifest of a batch says, else beside their JSON or above a folder `golden`. With
    `single_file` only the overview is made, as one HTML file. Raises InputNotFound where the folder holds no
    extraction, and OutputError.
    """
    pairs = {_name(pair.golden.relative_to(folder).as_posix()): pair for pair in _pairs(folder)}
    title = folder.resolve().name
    out = out or folder.resolve().with_name(f"{title}.review{'.html' if single_file else ''}")
    pages = None if single_file else out
    before = {} if single_file else _prepare(out)
    tasks = [_Task(name, pair, pages, pictures, before.get(name, "")) for name, pair in pairs.items()]
    gathered = _gather(_results(tasks, jobs), pages)
    goldens = {name: pairs[name].golden for name in gathered.stamps}
    if single_file:
        html = page_html("overview", title, {"title": title}, parts=gathered.parts)
        write_aside(out, html)
        return Overview(out, len(goldens), tuple(gathered.problems), goldens)
    linked = {"script": "assets/overview.js", "style": "assets/review.css", "data": " ".join(gathered.parts)}
    write_aside(out / "index.html", page_html("overview", title, {"title": title}, linked=linked))
    write_aside(out / "documents" / _STAMPS, json.dumps(gathered.stamps))
    for gone in before.keys() - gathered.stamps.keys():
        (out / "documents" / f"{gone}.html").unlink(missing_ok=True)
    return Overview(out / "index.html", len(goldens), tuple(gathered.problems), goldens)


@dataclass(slots=True)
class _Gathered:
    """Packed data, or the addresses of their files; the stamps of pages; what went wrong."""

    parts: list[str] = field(default_factory=list)
    stamps: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def _gather(results: Iterator[Result], out: Path | None) -> _Gathered:
    """Pack the rows of results as they come, so that a large archive is never in memory as a whole."""
    gathered = _Gathered()
    while chunk := list(islice(results, _CHUNK)):
        part = pack(columns([r.summary for r in chunk if r.summary], len(gathered.stamps)))
        gathered.parts.append(_write_part(out, len(gathered.parts), part) if out else part)
        gathered.stamps |= {r.name: r.stamp for r in chunk if r.summary}
        gathered.problems += [r.problem for r in chunk if r.problem]
    return gathered


def _pairs(folder: Path) -> list[Pair]:
    """The results of a batch with their documents, or any JSON files in a folder."""
    if not (folder / record.NAME).is_file():
        return find_pairs([folder])
    with record.Reading(folder) as reading:
        found = [
            Pair(d.result, d.path if d.path and d.path.is_file() else None)
            for d in reading.documents()
            if d.result.is_file()
        ]
    if not found:
        raise InputNotFound(f"{folder}: the batch has no results yet.")
    return found


def _name(path: str) -> str:
    """A file name for the page of a JSON file, one for each path."""
    return f"{safe_stem(path.removesuffix('.json'))}-{hashlib.sha256(path.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _write_part(out: Path, number: int, part: str) -> str:
    """A file of data as a script, which pages opened from a disk may load; gives its address."""
    address = f"data/{number:03}.js"
    write_aside(out / address, f'(globalThis.archive ??= []).push("{part}");\n')
    return address


def _prepare(out: Path) -> dict[str, str]:
    """Make the folders, write the assets, and give the stamps of pages that are there. Raises OutputError."""
    try:
        for name in ("assets", "data", f"documents/{PICTURES}"):
            (out / name).mkdir(parents=True, exist_ok=True)
        for old in (out / "data").glob("*.js"):
            old.unlink()
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror}); choose another place with --out.") from None
    for name in ("document.js", "overview.js", "review.css"):
        write_aside(out / "assets" / name, asset(name))
    try:
        stamps = json.loads((out / "documents" / _STAMPS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: stamp for name, stamp in stamps.items() if (out / "documents" / f"{name}.html").is_file()}


def _results(tasks: Sequence[_Task], jobs: int) -> Iterator[Result]:
    jobs = min(jobs or usable_cores(), len(tasks))
    if jobs == 1:
        yield from map(_make, tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_make, tasks, chunksize=max(1, min(16, len(tasks) // jobs)))


def _make(task: _Task) -> Result:
    """Read one extraction, and write its page unless it is there already."""
    try:
        extraction = read_golden(task.pair.golden)
        source, _ = read_document(task.pair.document if task.pictures else None, extraction)
        stamp = f"{__version__} {digest(extraction)} {bool(source)}"
        if task.out and stamp != task.before:
            page = document_page(
                extraction, source, save_to=f"../corrections/{task.name}", stem=task.name, overview="../index.html",
                linked=_LINKED,
            )  # fmt: skip
            for picture, data in page.pictures.items():
                (task.out / "documents" / PICTURES / picture).write_bytes(data)
            write_aside(task.out / "documents" / f"{task.name}.html", page.html)
    except NewsletterExtractError as error:
        return Result(task.name, problem=str(error))
    except OSError as error:
        return Result(task.name, problem=f"The page of {task.pair.golden} cannot be written ({error.strerror}).")
    return Result(task.name, summarize(extraction, f"documents/{task.name}.html" if task.out else None), stamp)
