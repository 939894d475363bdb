"""Who watches a batch: a bar for people, lines of JSON for programs, and sentences where there is no terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Any

from newsletter_extract.archive.manifest import now
from newsletter_extract.errors import NewsletterExtractError, OutputError

_SHOWN_AT_WORK = 3
_SIGN_OF_LIFE_S = 60.0


class Several:
    """Observers that all see the same."""

    def __init__(self, *observers: Any) -> None:
        self._observers = list(observers)

    def watch(self, *observers: Any) -> None:
        """Let these see what happens from now on."""
        self._observers += observers

    def began(self, name: str) -> None:
        for observer in self._observers:
            observer.began(name)

    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        for observer in self._observers:
            observer.settled(name, status, more)

    def tick(self, at_work: list[str]) -> None:
        for observer in self._observers:
            observer.tick(at_work)


class Tally:
    """What has come so far: inputs settled, documents and pages read, failures, and the rate."""

    def __init__(self) -> None:
        self.seen = self._read = self._pages = self._failed = 0
        self._started = time.monotonic()

    def settled(self, status: str, more: dict[str, Any]) -> None:
        self.seen += 1
        self._pages += more.get("pages") or 0
        self._failed += status == "failed"
        self._read += status == "done"

    def figures(self) -> str:
        rate = self._read / max(time.monotonic() - self._started, 0.1)
        return f"{self._pages} pages, {self._failed} failed, {rate:.1f} documents/s"


def _shown(at_work: list[str]) -> str:
    return ", ".join(Path(name).name[:40] for name in at_work[:_SHOWN_AT_WORK])


class Sentences:
    """Where there is no terminal: a sentence on standard error for each failure, and now and then how far it is."""

    def __init__(self, every_s: float = _SIGN_OF_LIFE_S) -> None:
        self._tally, self._every_s = Tally(), every_s
        self._next = time.monotonic() + every_s

    def began(self, name: str) -> None:
        pass

    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        self._tally.settled(status, more)
        if status == "failed":
            reason = str(more.get("reason") or "")
            told = reason if name in reason or not reason else f"{name}: {reason}"
            sys.stderr.write(f"extract: {told or name}\n")

    def tick(self, at_work: list[str]) -> None:
        if at_work and time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every_s
            sys.stderr.write(
                f"extract: {self._tally.seen} inputs, {self._tally.figures()}; in work: {_shown(at_work)}\n"
            )


class Log:
    """JSON Lines: one object for the beginning and the outcome of each document."""

    def __init__(self, path: Path) -> None:
        """Appends to `path`. Raises OutputError where it cannot be written."""
        try:
            self._file: IO[str] = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise OutputError(f"{path} cannot be written ({error.strerror}); choose another place for --log.") from None

    def began(self, name: str) -> None:
        self._line({"event": "began", "input": name})

    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        if status != "unchanged":
            told = {key: value for key, value in more.items() if value is not None and value != ""}
            self._line({"event": "settled", "input": name, "status": status, **told})

    def tick(self, at_work: list[str]) -> None:
        self._file.flush()

    def summary(self, report: dict[str, Any]) -> None:
        self._line({"event": "summary", **report})
        self._file.flush()

    def _line(self, event: dict[str, Any]) -> None:
        self._file.write(json.dumps({"time": now(), **event}, ensure_ascii=False) + "\n")


class Bar:
    """A line on the terminal: documents, pages, failures, rate, time left, and what is in work."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[figures]}"),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, figures="")
        self._total: int | None = None
        self._tally = Tally()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def count(self, count_inputs: Callable[[], int | None]) -> None:
        """Count the inputs meanwhile, so that the time left can be told."""

        def work() -> None:
            with suppress(NewsletterExtractError, OSError):
                self._total = count_inputs()

        Thread(target=work, daemon=True).start()

    def began(self, name: str) -> None:
        pass

    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        self._tally.settled(status, more)

    def tick(self, at_work: list[str]) -> None:
        seen = self._tally.seen
        total = None if self._total is None else max(self._total, seen)
        self._progress.update(
            self._task, completed=seen, total=total, figures=self._tally.figures(), description=_shown(at_work)
        )
