"""The process that reads documents: `python -m newsletter_extract.archive.worker FOLDER`, started by `readers.py`.

It takes requests from standard input and answers on standard output, in frames. It works under limits of the operating
system, and ends with everything below it as soon as the one that started it is gone.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import queue
import shutil
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from newsletter_extract.archive.frames import Frame, read_frame, write_frame
from newsletter_extract.archive.limits import (
    BYTES_OF_SCAN,
    BYTES_OF_TEXT,
    MOST_EARNED,
    PAGES_OF_TEXT,
    Limits,
    allow_processor_time,
    confine,
)
from newsletter_extract.machine import collect_rarely, usable_cores

if TYPE_CHECKING:
    from newsletter_extract.schema import Extraction
    from newsletter_extract.settings import Settings

_GROWN = 0.5
"""A process that keeps this share of its memory after a document is replaced before it takes another."""
_MAX_MESSAGES = 50


def main(temporary: str) -> None:
    """Answer requests until the parent is gone; `temporary` is the folder of this process, which it removes then."""
    requests, replies = _channels()
    waiting: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    hello = read_frame(requests)
    if hello is None:
        _vanish(temporary)
    threading.Thread(target=_receive, args=(requests, waiting, temporary), daemon=True).start()
    if not hello[0].get("unpacks"):
        _preload()
    worker = Worker(replies, hello[0], temporary)
    worker.send({"ready": True})
    while True:
        worker.answer(*waiting.get())


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """The two streams of frames, moved aside so that nothing that a library prints gets in between."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _preload() -> None:
    """Load what every document needs, once."""
    collect_rarely()
    from newsletter_extract import lexicon, pipeline  # noqa: F401

    lexicon.frequencies()
    gc.freeze()  # what is loaded by now is never garbage


def _receive(requests: BinaryIO, waiting: queue.SimpleQueue[Frame], temporary: str) -> None:
    while frame := read_frame(requests):
        waiting.put(frame)
    _vanish(temporary)


def _vanish(temporary: str) -> NoReturn:
    """End at once, with all child processes and temporary files: the parent is gone."""
    shutil.rmtree(temporary, ignore_errors=True)
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


class Worker:
    """The state of this process: its settings, its limits, and an archive that is being unpacked."""

    def __init__(self, replies: BinaryIO, hello: dict[str, Any], temporary: str) -> None:
        self._replies = replies
        self._sending = threading.Lock()
        self._hello = hello
        self._known_settings: Settings | None = None
        self._limits = Limits(**hello["limits"])
        self._temporary = temporary
        self._earned, self._bytes_left = 0.0, 0
        self._unpacking: Any = None
        os.environ["TMPDIR"] = self._temporary
        confine(self._limits)
        from newsletter_extract.progress import listen

        listen(self._page_read)

    def answer(self, request: dict[str, Any], body: bytes) -> None:
        """Do what is asked and send the answer; whatever goes wrong is an answer too."""
        self._earned = 0.0
        self._allow_time()
        started = time.monotonic()
        reply, result = self._attempt(request, body)
        reply["seconds"] = round(time.monotonic() - started, 3)
        gc.collect()  # what the document left behind; in its course that is looked for but rarely
        reply["retire"] = bool(reply.get("retire")) or self._has_grown()
        self.send(reply, result)
        if reply["retire"]:
            os._exit(0)

    @property
    def _settings(self) -> Settings:
        """The settings of the run. Raises ConfigError or UsageError where they are to be put together and cannot."""
        from newsletter_extract.settings import Settings, settings_of

        if self._known_settings is None:
            if "settings" in self._hello:
                self._known_settings = Settings.model_validate_json(self._hello["settings"])
            else:
                config = self._hello["config"]
                self._known_settings = settings_of(Path(config) if config else None, self._hello["overrides"])
        return self._known_settings

    def _attempt(self, request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        from newsletter_extract.errors import NewsletterExtractError

        name = str(request.get("name", ""))
        try:
            return self._read(request, body) if request["do"] == "read" else self._unpack(request)
        except NewsletterExtractError as error:
            return {"failed": type(error).__name__, "reason": str(error)}, b""
        except RecursionError:
            reason = f"{name} is nested too deeply to be read; it is damaged, or made to do harm."
            return {"failed": "LimitExceeded", "reason": reason}, b""
        except BaseException as error:  # whatever it is, the others go on
            trace = traceback.format_exc(limit=-12)
            if _is_memory(error):
                reason = (
                    f"{name} needs more than the {self._limits.memory_mb} MB of memory that it may use; "
                    "raise --memory if it is worth that."
                )
                return {"failed": "LimitExceeded", "reason": reason, "trace": trace, "retire": True}, b""
            reason = (
                f"{name} met a defect of the program ({type(error).__name__}: {_first_line(error)}); "
                "please report it with the file."
            )
            return {"failed": "ReaderCrashed", "reason": reason, "trace": trace, "retire": True}, b""

    def _read(self, request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        from newsletter_extract.export.json import to_json, to_json_line
        from newsletter_extract.export.writing import write_aside
        from newsletter_extract.pipeline import extract
        from newsletter_extract.reading import Source

        name = str(request["name"])
        source = Source(name, Source.from_path(request["path"]).data if "path" in request else body)
        self._bytes_left = len(source.data)
        extraction = extract(source, self._settings)
        text = to_json_line(extraction) if request["form"] == "jsonl" else to_json(extraction)
        reply = _account(extraction)
        if "out" not in request:
            return reply, text.encode("utf-8")
        out = Path(request["out"])
        out.parent.mkdir(parents=True, exist_ok=True)
        write_aside(out, text, aside_folder=Path(self._temporary))
        return reply, b""

    def _unpack(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        from newsletter_extract.archive.containers import Unpacking

        if request["do"] == "open":
            self._unpacking = Unpacking(Path(request["path"]), name=str(request["name"]))
            return {}, b""
        return self._unpacking.next_member(Path(request["spool"])), b""

    def _page_read(self, by_ocr: bool) -> None:
        cost = BYTES_OF_SCAN if by_ocr else BYTES_OF_TEXT
        with self._sending:
            if self._bytes_left < cost:
                return
            self._bytes_left -= cost
            before = int(self._earned)
            self._earned += 1 if by_ocr else 1 / PAGES_OF_TEXT
            if int(self._earned) == before:
                return
            write_frame(self._replies, {"earned": int(self._earned)})
        self._allow_time()

    def _allow_time(self) -> None:
        times = min(1 + int(self._earned), MOST_EARNED)
        allow_processor_time((times * self._limits.timeout_s + 5) * usable_cores())

    def send(self, reply: dict[str, Any], body: bytes = b"") -> None:
        """Answer; where nobody listens any more, end."""
        try:
            with self._sending:
                write_frame(self._replies, reply, body)
        except OSError:
            _vanish(self._temporary)

    def _has_grown(self) -> bool:
        try:
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        except (OSError, ValueError, IndexError):
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > _GROWN * (self._limits.memory_mb << 20)


def _account(extraction: Extraction) -> dict[str, Any]:
    """What the parent needs to know of a result without reading it."""
    counts = Counter((f.code, f.severity) for f in extraction.findings)
    return {
        "sha256": extraction.source.sha256,
        "media_type": extraction.source.media_type,
        "pages": len(extraction.source.pages),
        "events": len(extraction.events),
        "seizures": len(extraction.seizures),
        "repairs": len(extraction.repairs),
        "findings": [[code, severity, count] for (code, severity), count in counts.items()],
        "messages": [[f.severity, f.message] for f in extraction.findings[:_MAX_MESSAGES]],
    }


def _is_memory(error: BaseException) -> bool:
    """Memory ran out: Python's own error, the system's, or OpenCV's words for it."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    return any(words in str(error).lower() for words in ("insufficient memory", "failed to allocate", "bad_alloc"))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(sys.argv[1])
    sys.exit(0)
