"""Review pages served on this machine alone, so that their corrections are saved straight into files.

The address holds a random token that every request has to bring, the server listens on the loopback interface
only, and it answers no request that names another host or comes from another origin: so that neither another machine
nor a page of another site, open in the same browser, can read the document or write corrections (DNS rebinding, CSRF).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

from newsletter_extract.errors import NewsletterExtractError, OutputError
from newsletter_extract.export.writing import write_aside
from newsletter_extract.golden.check import read_golden
from newsletter_extract.review.archive import Overview
from newsletter_extract.review.corrections import Corrections, apply
from newsletter_extract.review.making import Job
from newsletter_extract.review.page import PICTURES, document_page

_LARGEST_BODY = 20_000_000
"""Bytes of a corrections file that are taken."""
_SAVE = "corrections"
"""Where pages send their corrections to, below the token; those of an archive with the name of the page."""
_ADDRESS = re.compile(r"index\.html|(?:assets|data|documents|documents/pages)/[A-Za-z0-9_-][A-Za-z0-9._-]*\.[a-z]+")
"""Files of an archive's review that are given out; none begins with a dot."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".webp": "image/webp",
    ".json": "application/json",
}


_SAVED_ELSEWHERE = "Another window has saved since. Its decisions are taken in now: look, and save again."


class Shelf(Protocol):
    """What a server shows and where it saves; paths are those of its addresses, after the token."""

    def file(self, path: str) -> tuple[str, bytes] | None:
        """Media type and content of a file, None where there is none."""

    def reviewed(self, path: str) -> Job | None:
        """The extraction whose corrections are sent to a path."""


class OnePage:
    """The page of one document, made when the server starts."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._site = document_page(job.extraction, job.source, save_to=_SAVE)

    def file(self, path: str) -> tuple[str, bytes] | None:
        if path in {"", "index.html"}:
            return _TYPES[".html"], self._site.html.encode()
        folder, _, name = path.partition("/")
        picture = self._site.pictures.get(name) if folder == PICTURES else None
        return (_TYPES[".webp"], picture) if picture else None

    def reviewed(self, path: str) -> Job | None:
        return self._job if path == _SAVE else None


class Archive:
    """The pages of an archive as they were written; corrections go beside the JSON of each document."""

    def __init__(self, overview: Overview) -> None:
        self._folder = overview.html.parent
        self._results = overview.results

    def file(self, path: str) -> tuple[str, bytes] | None:
        path = path or "index.html"
        if not _ADDRESS.fullmatch(path):
            return None
        try:
            return _TYPES[Path(path).suffix], (self._folder / path).read_bytes()
        except OSError:
            return None

    def reviewed(self, path: str) -> Job | None:
        folder, _, name = path.partition("/")
        golden = self._results.get(name) if folder == _SAVE else None
        return Job(read_golden(golden), None, golden.with_suffix("")) if golden else None


def saved_text(path: Path) -> bytes | None:
    """What a file of corrections holds, None where there is none."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def version(text: bytes) -> str:
    """The mark (ETag) by which a page names the file that it knows."""
    return f'"{hashlib.sha256(text).hexdigest()}"'


def put_aside(path: Path, extraction_sha256: str) -> Path | None:
    """Rename saved corrections of another extraction, which would be lost otherwise; gives their new name."""
    text = saved_text(path)
    if text is None:
        return None
    try:
        other = Corrections.model_validate_json(text).extraction_sha256
    except ValueError:
        other = hashlib.sha256(text).hexdigest()  # no corrections at all, but somebody's file
    return None if other == extraction_sha256 else path.replace(_other_name(path, other[:8]))


def _other_name(path: Path, mark: str) -> Path:
    ending = ".corrections.json"
    return path.with_name(f"{path.name.removesuffix(ending)}.{mark}{ending}")


class ReviewServer(ThreadingHTTPServer):
    """Serves a shelf under a token; `address` is what a browser has to open."""

    daemon_threads = True

    def __init__(self, shelf: Shelf, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.token = secrets.token_urlsafe(24)
        self.shelf = shelf
        self.saving = threading.Lock()
        """Held while a file of corrections is compared with what the page knows of it, and replaced."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"


def serve(shelf: Shelf, port: int, saves: str) -> None:
    """Serve until interrupted; `saves` tells people where corrections go. Raises OutputError for a taken port."""
    try:
        server = ReviewServer(shelf, port)
    except OSError as error:
        raise OutputError(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from None
    with server:
        sys.stderr.write(f"extract: open {server.address} in a browser; corrections go to {saves}.\n")
        sys.stderr.write("extract: end with Ctrl-C.\n")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stderr.write("\n")


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "newsletter-extract"
    sys_version = ""

    def do_GET(self) -> None:
        if not self._allowed():
            return
        path = self._below()
        if path.partition("/")[0] == _SAVE:
            self._tell_saved(path)
        elif found := self.server.shelf.file(path):
            self._answer(HTTPStatus.OK, *found)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _tell_saved(self, path: str) -> None:
        """The corrections saved before, so that a page goes on from them instead of replacing them."""
        try:
            job = self.server.shelf.reviewed(path)
        except NewsletterExtractError as error:
            return self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        if job is None:
            return self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        text = saved_text(job.corrections)
        if text is None:
            return self._answer(HTTPStatus.NO_CONTENT, _TYPES[".json"], b"")
        return self._answer(HTTPStatus.OK, _TYPES[".json"], text, version(text))

    def do_POST(self) -> None:
        if not self._allowed():
            return None
        told = self.headers.get("Content-Length", "")
        length = int(told) if told.isascii() and told.isdigit() else 0
        if not 0 < length <= _LARGEST_BODY:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The corrections are empty or too large.")
        try:
            job = self.server.shelf.reviewed(self._below())
            if job is None:
                return self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
            corrections = Corrections.model_validate_json(self.rfile.read(length))
            apply(job.extraction, corrections)
            text = json.dumps(corrections.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
            with self.server.saving:
                if not self._knows(saved_text(job.corrections)):
                    return self._refuse(HTTPStatus.PRECONDITION_FAILED, _SAVED_ELSEWHERE)
                kept = put_aside(job.corrections, corrections.extraction_sha256)
                write_aside(job.corrections, text)
        except (ValueError, NewsletterExtractError) as error:
            return self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except OSError as error:
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"It cannot be written ({error.strerror}).")
        also = f"; those of an older extraction are now in {kept.name}" if kept else ""
        sentence = f"Saved {job.corrections}{also}".encode("utf-8", "replace")
        return self._answer(HTTPStatus.OK, "text/plain; charset=utf-8", sentence, version(text.encode()))

    def _knows(self, saved: bytes | None) -> bool:
        """Whether the request was made knowing the file as it is, where it says what it knows (RFC 9110, 13.1)."""
        known, none = self.headers.get("If-Match"), self.headers.get("If-None-Match")
        if known:
            return saved is not None and known == version(saved)
        return none != "*" or saved is None

    def _below(self) -> str:
        """The path after the token."""
        return self.path.removeprefix(f"/{self.server.token}/").partition("?")[0]

    def _allowed(self) -> bool:
        """Whether the request names this very server, comes from its own page, and brings the token."""
        own = {f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"}
        origin = self.headers.get("Origin")
        from_here = origin is None or origin in {f"http://{name}" for name in own}
        parts = self.path.split("/", 2)
        known = len(parts) > 1 and secrets.compare_digest(parts[1].encode(), self.server.token.encode())
        if self.headers.get("Host") in own and from_here and known:
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "This address is not for you.")
        return False

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._answer(status, "text/plain; charset=utf-8", sentence.encode())

    def _answer(self, status: HTTPStatus, media_type: str, body: bytes, version: str = "") -> None:
        self.send_response(status)
        if version:
            self.send_header("ETag", version)
        for name, value in (
            ("Content-Type", media_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request: the address holds the token."""
