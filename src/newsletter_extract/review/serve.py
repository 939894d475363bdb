"""A review page served on this machine alone, so that its corrections are saved straight into a file.

The page's address holds a random token that every request has to bring, the server listens on the loopback interface
only, and it answers no request that names another host or comes from another origin: so that neither another machine
nor a page of another site, open in the same browser, can read the document or write corrections (DNS rebinding, CSRF).
"""

from __future__ import annotations

import json
import secrets
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsletter_extract.errors import CorrectionsError, OutputError
from newsletter_extract.export.writing import write_aside
from newsletter_extract.review.corrections import Corrections, apply
from newsletter_extract.review.making import Job
from newsletter_extract.review.page import PICTURES, Site, document_page

_LARGEST_BODY = 20_000_000
"""Bytes of a corrections file that are taken."""


class ReviewServer(ThreadingHTTPServer):
    """Serves one page under a token; `address` is what a browser has to open."""

    daemon_threads = True

    def __init__(self, job: Job, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.token = secrets.token_urlsafe(24)
        self.job = job
        self.target: Path = job.beside.with_name(f"{job.beside.name}.corrections.json")
        self.site: Site = document_page(job.extraction, job.source, save_to=f"/{self.token}/corrections")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"


def serve_page(job: Job, port: int) -> None:
    """Serve until interrupted. Raises OutputError where the port is taken."""
    try:
        server = ReviewServer(job, port)
    except OSError as error:
        raise OutputError(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from None
    with server:
        sys.stderr.write(f"extract: open {server.address} in a browser; corrections go to {server.target}.\n")
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
        path = self.path.removeprefix(f"/{self.server.token}/").partition("?")[0]
        if path in {"", "index.html"}:
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", self.server.site.html.encode())
        elif (picture := self._picture(path)) is not None:
            self._answer(HTTPStatus.OK, "image/webp", picture)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_POST(self) -> None:
        if not self._allowed():
            return None
        if self.path != f"/{self.server.token}/corrections":
            return self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        told = self.headers.get("Content-Length", "")
        length = int(told) if told.isascii() and told.isdigit() else 0
        if not 0 < length <= _LARGEST_BODY:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The corrections are empty or too large.")
        try:
            corrections = Corrections.model_validate_json(self.rfile.read(length))
            apply(self.server.job.extraction, corrections)
            text = json.dumps(corrections.model_dump(mode="json", exclude_defaults=False), indent=2, ensure_ascii=False)
            write_aside(self.server.target, text + "\n")
        except (ValueError, CorrectionsError, OutputError) as error:
            return self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        return self._answer(HTTPStatus.OK, "text/plain; charset=utf-8", f"Saved {self.server.target}".encode())

    def _allowed(self) -> bool:
        """Whether the request names this very server, comes from its own page, and brings the token."""
        own = {f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"}
        origin = self.headers.get("Origin")
        from_here = origin is None or origin.removeprefix("http://") in own
        parts = self.path.split("/", 2)
        known = len(parts) > 1 and secrets.compare_digest(parts[1].encode(), self.server.token.encode())
        if self.headers.get("Host") in own and from_here and known:
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "This address is not for you.")
        return False

    def _picture(self, path: str) -> bytes | None:
        folder, _, name = path.partition("/")
        return self.server.site.pictures.get(name) if folder == PICTURES else None

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._answer(status, "text/plain; charset=utf-8", sentence.encode())

    def _answer(self, status: HTTPStatus, media_type: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", media_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request: the address holds the token."""
