"""`--serve`: one page on this machine alone, whose corrections are saved into a file."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Made, Opener, picture_width
from newsletter_extract.review.archive import write_archive
from newsletter_extract.review.corrections import digest, load_corrections
from newsletter_extract.review.making import Job
from newsletter_extract.review.serve import Archive, OnePage, ReviewServer, Shelf, version
from newsletter_extract.schema import Extraction


@pytest.fixture
def server(made: Made, tmp_path: Path) -> Iterator[ReviewServer]:
    yield from running(OnePage(job_in(made, tmp_path)))


def job_in(made: Made, folder: Path) -> Job:
    return Job(made.job.extraction, made.job.source, folder / made.document.name)


def running(shelf: Shelf) -> Iterator[ReviewServer]:
    with ReviewServer(shelf, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def saved(made: Made, tmp_path: Path) -> Path:
    return job_in(made, tmp_path).corrections


def ask(server: ReviewServer, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request(method, path, body or None, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text


def corrections(extraction: Extraction) -> bytes:
    data = {
        "document": "x",
        "extraction_sha256": digest(extraction),
        "corrections": [{"action": "accept", "fact": "/dates/0"}],
    }
    return json.dumps(data).encode()


def test_the_page_saves_its_corrections_into_the_file(server: ReviewServer, saved: Path, open_page: Opener) -> None:
    page = open_page(server.address, allowed=f"http://127.0.0.1:{server.server_port}/")
    assert picture_width(page) > 500
    page.get_by_label("Your name").fill("A. Analyst")
    page.locator("h1").click()
    for key in ("j", "r", "s"):
        page.keyboard.press(key)
    page.get_by_text("Saved ").wait_for()
    told = load_corrections(saved)
    assert (told.by, [c.action for c in told.corrections]) == ("A. Analyst", ["reject"])


def test_only_the_loopback_is_listened_on(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 32
    with socket.create_server(("127.0.0.2", 0)) as other:  # the port is free on other addresses of this machine
        assert other.getsockname()[0] == "127.0.0.2"


@pytest.mark.parametrize("path", ["/", "/index.html", "/wrong/", "/{token}x/", "/../{token}/", ""])
def test_without_the_token_nothing_is_told(server: ReviewServer, made: Made, path: str) -> None:
    status, text = ask(server, path.format(token=server.token) or "*")
    assert status == 403
    assert made.job.extraction.source.name not in text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_other_hosts_are_refused(server: ReviewServer, host: str) -> None:
    path = f"/{server.token}/"
    assert ask(server, path, Host=host.format(port=server.server_port))[0] == 403
    assert ask(server, path, Host=f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1:{port}.evil.example",
    ],
)
def test_other_origins_are_refused(server: ReviewServer, made: Made, saved: Path, origin: str) -> None:
    path = f"/{server.token}/corrections"
    body = corrections(made.job.extraction)
    assert ask(server, path, "POST", body, Origin=origin.format(port=server.server_port))[0] == 403
    assert not saved.exists()
    assert ask(server, path, "POST", body, Origin=f"http://127.0.0.1:{server.server_port}")[0] == 200
    assert saved.exists()


@pytest.mark.parametrize("body", [b"{}", b"no JSON", b'{"corrections": ' + b"[" * 5000, b"\xff\xfe"])
def test_what_is_no_correction_is_refused_and_nothing_written(server: ReviewServer, saved: Path, body: bytes) -> None:
    status, text = ask(server, f"/{server.token}/corrections", "POST", body)
    assert status == 400
    assert text
    assert not saved.exists()


@pytest.mark.parametrize("path", ["pages/../../secret", "pages/%2e%2e/x", "pages/", "/etc/passwd", "corrections/x"])
def test_only_the_pages_own_files_are_given(server: ReviewServer, path: str) -> None:
    assert ask(server, f"/{server.token}/{path}")[0] == 404


@pytest.mark.parametrize("length", ["0", "-5", "x", "99999999999"])
def test_bodies_of_a_wrong_length_are_refused(server: ReviewServer, length: str) -> None:
    assert ask(server, f"/{server.token}/corrections", "POST", b"", Content_Length=length)[0] in {400, 413}


@pytest.fixture
def archive(made: Made, tmp_path: Path) -> Iterator[ReviewServer]:
    folder = tmp_path / "archive"
    folder.mkdir()
    for path in (made.document, made.json):
        shutil.copy(path, folder)
    (tmp_path / "archive.review" / "documents").mkdir(parents=True)
    (tmp_path / "archive.review" / "documents" / ".hidden.html").write_text("x", "utf-8")
    yield from running(Archive(write_archive(folder, None, jobs=1)))


def test_the_pages_of_an_archive_save_beside_their_json(
    archive: ReviewServer, made: Made, tmp_path: Path, open_page: Opener
) -> None:
    page = open_page(archive.address, allowed=f"http://127.0.0.1:{archive.server_port}/")
    page.locator(".rows a").first.click()
    page.wait_for_selector("aside .fact")
    assert picture_width(page) > 500
    for key in ("j", "a", "s"):
        page.keyboard.press(key)
    page.get_by_text("Saved /").wait_for()
    saved = load_corrections(tmp_path / "archive" / f"{made.document.name}.corrections.json")
    assert [c.action for c in saved.corrections] == ["accept"]
    page.get_by_role("link", name="All documents").click()
    page.wait_for_selector(".overview")


@pytest.mark.parametrize(
    "path",
    [
        "../archive/x.json",
        "documents/../../archive/",
        "documents/.hidden.html",
        "documents/%2e%2e/x.html",
        "data",
        "/etc/passwd",
    ],
)
def test_nothing_else_of_the_disk_is_given(archive: ReviewServer, path: str) -> None:
    assert ask(archive, f"/{archive.token}/{path}")[0] == 404
    assert ask(archive, f"/{archive.token}/corrections/{path}", "POST", b"{}")[0] == 404


def test_the_page_goes_on_from_what_was_saved_before(
    made: Made, saved: Path, tmp_path: Path, open_page: Opener
) -> None:
    """A server that is started again has another port, and with it a browser that remembers nothing."""
    for keys in ("jas", "jjrs"):
        for server in running(OnePage(job_in(made, tmp_path))):
            page = open_page(server.address, allowed=f"http://127.0.0.1:{server.server_port}/")
            if keys != "jas":
                page.get_by_text("are taken in").wait_for()
            for key in keys:
                page.keyboard.press(key)
            page.get_by_text("Saved /").wait_for()
    assert [c.action for c in load_corrections(saved).corrections] == ["accept", "reject"]


def test_of_two_windows_neither_loses_what_the_other_saved(
    server: ReviewServer, saved: Path, open_page: Opener
) -> None:
    refused = re.compile("Failed to load resource.* 412")  # the browser tells of the answer by itself
    one, other = (
        open_page(server.address, allowed=f"http://127.0.0.1:{server.server_port}/", expected=refused) for _ in range(2)
    )
    for key in ("j", "a", "s"):
        one.keyboard.press(key)
    one.get_by_text("Saved /").wait_for()
    for key in ("j", "j", "r", "s"):
        other.keyboard.press(key)
    other.get_by_text("Another window has saved since").wait_for()
    assert sorted(other.locator("aside .state").all_inner_texts()) == ["accepted", "rejected"]
    other.keyboard.press("s")
    other.get_by_text("Saved /").wait_for()
    assert sorted(c.action for c in load_corrections(saved).corrections) == ["accept", "reject"]


@pytest.mark.parametrize(
    ("known", "status"),
    [({}, 200), ({"If_None_Match": "*"}, 412), ({"If_Match": '"other"'}, 412), ({"If_Match": "{saved}"}, 200)],
)
def test_a_file_that_was_saved_since_is_not_replaced(
    server: ReviewServer, made: Made, saved: Path, known: dict[str, str], status: int
) -> None:
    path = f"/{server.token}/corrections"
    assert ask(server, path)[0] == 204
    body = corrections(made.job.extraction)
    assert ask(server, path, "POST", body, If_None_Match="*")[0] == 200
    assert ask(server, path) == (200, saved.read_text("utf-8"))
    mark = version(saved.read_bytes())
    assert ask(server, path, "POST", body, **{k: v.format(saved=mark) for k, v in known.items()})[0] == status


def test_corrections_of_an_older_extraction_are_kept(server: ReviewServer, made: Made, saved: Path) -> None:
    saved.write_text(json.dumps({"document": "x", "extraction_sha256": "ab" * 32, "corrections": []}), "utf-8")
    before = saved.read_bytes()
    status, told = ask(server, f"/{server.token}/corrections", "POST", corrections(made.job.extraction))
    kept = saved.with_name(f"{made.document.name}.abababab.corrections.json")
    assert status == 200
    assert kept.name in told
    assert kept.read_bytes() == before
    assert load_corrections(saved).extraction_sha256 == digest(made.job.extraction)
