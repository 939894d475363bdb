"""Archives on remote stores, shown with one in memory and with files by URL."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import fsspec
import pytest
from archives import bulletin, results, run_batch, three_bulletins

from newsletter_extract.errors import InputNotFound, UsageError


@pytest.fixture
def store() -> Iterator[fsspec.AbstractFileSystem]:
    memory = fsspec.filesystem("memory")
    memory.pipe("/bulletins/2021/a.txt", bulletin(1).encode())
    memory.pipe("/bulletins/b.txt", bulletin(2).encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("c.txt", bulletin(3))
    memory.pipe("/bulletins/more.zip", packed.getvalue())
    yield memory
    memory.rm("/bulletins", recursive=True)


def test_a_remote_folder_is_read_once_and_again_where_it_changed(
    store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = run_batch("memory://bulletins", out=out)
    assert set(run.statuses(Path("memory://bulletins")).values()) == {"done"}
    assert list(results(out)) == ["2021/a.txt.json", "b.txt.json", "more.zip/c.txt.json"]
    assert run_batch("memory://bulletins", out=out).read == []
    store.pipe("/bulletins/b.txt", bulletin(9).encode())
    store.rm("/bulletins/2021/a.txt")
    run = run_batch("memory://bulletins", out=out)
    assert run.read == ["b.txt done"]
    assert sorted(row["status"] for row in run.rows.values() if row["gone_since"]) == ["done"]
    assert not (out / ".work").exists()


def test_remote_and_local_give_the_same_results(tmp_path: Path) -> None:
    archive = three_bulletins(tmp_path)
    local = results(run_batch(archive, out=tmp_path / "local").out)
    assert results(run_batch(archive.as_uri(), out=tmp_path / "remote").out) == local


def test_a_single_remote_file_and_a_pattern(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    run = run_batch("memory://bulletins/b.txt", "memory://bulletins/*/a.*", out=tmp_path / "out")
    assert list(results(run.out)) == ["2021/a.txt.json", "b.txt.json"]


@pytest.mark.parametrize(
    ("url", "error"),
    [("memory://nowhere", InputNotFound), ("memory://nowhere/*.txt", InputNotFound), ("nosuch://store", UsageError)],
)
def test_what_is_not_there_is_told(url: str, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error, match=url.split("*", maxsplit=1)[0]):
        run_batch(url, out=tmp_path / "out")


def test_a_dead_address_in_a_list_stops_nothing(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    listing = tmp_path / "list"
    listing.write_text("memory://nowhere/x.txt\nmemory://bulletins/b.txt\n", "utf-8")
    run = run_batch(out=tmp_path / "out", lists=(str(listing),))
    assert run.read == ["b.txt done", "x.txt failed"]
    assert "nothing is there" in run.rows["memory://nowhere/x.txt"]["reason"]


def test_an_archive_on_a_web_server(tmp_path: Path) -> None:
    archive = three_bulletins(tmp_path)
    handler = partial(QuietHandler, directory=str(archive))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        listing = tmp_path / "list"
        listing.write_text(f"{address}/a.txt\n{address}/gone.txt\n{address}/2021/c.txt\n", "utf-8")
        run = run_batch(out=tmp_path / "out", lists=(str(listing),))
        server.shutdown()
    assert run.read == ["a.txt done", "c.txt done", "gone.txt failed"]
    assert set(results(run.out).values()) < set(results(run_batch(archive, out=tmp_path / "here").out).values())


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...
