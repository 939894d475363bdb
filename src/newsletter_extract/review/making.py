"""What a review is made of: an extraction, its document where there is one, and the files of its page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from newsletter_extract.archive import record
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.pool import read_apart
from newsletter_extract.errors import InputNotFound, OutputError
from newsletter_extract.export.writing import write_aside
from newsletter_extract.golden.check import find_pairs, read_golden
from newsletter_extract.reading import Source
from newsletter_extract.review.page import PICTURES, Site, document_page
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

_JSON_STARTS = b"{"


@dataclass(frozen=True, slots=True)
class Job:
    """An extraction to review. `source` is None where its document is not at hand; then the page shows its text."""

    extraction: Extraction
    source: Source | None
    beside: Path
    """Where a page or a corrections file is put by default: this name with an ending."""
    warning: str = ""
    """A sentence for the user where the document at hand is not the one that was extracted."""

    @property
    def corrections(self) -> Path:
        """The file that corrections are saved to."""
        return self.beside.with_name(f"{self.beside.name}.corrections.json")


def find_job(target: Path, document: Path | None, settings: Settings, limits: Limits | None = None) -> Job:
    """The extraction in a JSON file with its document, or a document extracted now, in a process under the limits.

    The document of `NAME.json` is `NAME` beside it or above its folder `golden`, or what the manifest of a batch says,
    unless `document` names it. Raises what reading them raises.
    """
    if not target.exists():
        raise InputNotFound(f"{target}: there is no such file; name a document, or the JSON of one.")
    if target.is_file() and _is_json(target):
        extraction = read_golden(target)
        found = document or find_pairs([target])[0].document or _in_batch(target)
        source, warning = read_document(found, extraction)
        return Job(extraction, source, target.with_suffix(""), warning)
    source = Source.from_path(target)
    return Job(read_apart(source, settings, limits or Limits()), source, target)


def _in_batch(result: Path) -> Path | None:
    """The document of a result in the OUT folder of a batch, where it is still there."""
    result = result.resolve()
    out = next((folder for folder in result.parents if (folder / record.NAME).is_file()), None)
    if out is None:
        return None
    with record.Reading(out) as reading:
        return next((d.path for d in reading.documents() if d.result == result and d.path and d.path.is_file()), None)


def read_document(path: Path | None, extraction: Extraction) -> tuple[Source | None, str]:
    """The document of an extraction, or None with a sentence why: boxes on the pages of another would mislead.

    Raises InputError where it cannot be read.
    """
    if path is None:
        return None, ""
    source = Source.from_path(path)
    if hashlib.sha256(source.data).hexdigest() == extraction.source.sha256:
        return source, ""
    return (
        None,
        f"{path} has changed since it was extracted; extract it anew to see its pages. Its text alone is shown.",
    )


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix == ".json" and file.read(64).lstrip().startswith(_JSON_STARTS)


def write_page(job: Job, out: Path | None, *, single_file: bool) -> Path:
    """Write the page and give the path of its HTML. Raises OutputError."""
    site = document_page(job.extraction, job.source, single_file=single_file)
    if single_file:
        path = out or job.beside.with_name(f"{job.beside.name}.review.html")
        write_aside(path, site.html)
        return path
    folder = out or job.beside.with_name(f"{job.beside.name}.review")
    write_site(site, folder, "index.html")
    return folder / "index.html"


def write_site(site: Site, folder: Path, name: str) -> None:
    """The HTML of a page under `name` in a folder, and its pictures below it. Raises OutputError."""
    try:
        (folder / PICTURES).mkdir(parents=True, exist_ok=True)
        for picture, data in site.pictures.items():
            (folder / PICTURES / picture).write_bytes(data)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror}); choose another place with --out.") from None
    write_aside(folder / name, site.html)
