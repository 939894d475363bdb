"""Sharing the images of one page among workers that have no page of their own, as at the end of a document."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from typing import Any

from newsletter_extract.document import Word
from newsletter_extract.reading.ocr.engine import Engine, Request

_WORTH = 400_000
"""Pixels of a share that are worth a start of the engine: it reads as many in a fifth of a second and starts in half
of that."""


class Workers:
    """A number of workers, and how many pages still wait for one."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._free = count
        self._waiting = 0
        self._changed = Condition()

    def expect_page(self) -> None:
        """A page is to come: those that read others need no help of a worker that will be free for it."""
        with self._changed:
            self._waiting += 1

    @property
    def are_wanted(self) -> bool:
        """Whether pages still wait for a worker."""
        return self._waiting > 0

    @contextmanager
    def page(self) -> Iterator[None]:
        """A worker for a page that was expected, when one is free."""
        self._take()
        with self._changed:
            self._waiting -= 1
        try:
            yield
        finally:
            self._give_back()

    def help(self, work: Callable[[], None], *, is_over: Callable[[], bool]) -> None:
        """Does the work with a worker, when one is free before it is over."""
        if self._take(is_over):
            try:
                work()
            finally:
                self._give_back()

    def look_again(self) -> None:
        """Has those that wait for a worker look whether they still need one."""
        with self._changed:
            self._changed.notify_all()

    def _take(self, is_over: Callable[[], bool] = lambda: False) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._free or is_over())
            if is_over():
                return False
            self._free -= 1
            return True

    def _give_back(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Spread:
    """An engine that shares the images of a call with workers that become free meanwhile; the caller is one himself."""

    engine: Engine
    workers: Workers

    @property
    def name(self) -> str:
        return self.engine.name

    def require(self, language: str) -> None:
        self.engine.require(language)

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        """As the engine does. Raises OcrFailed where one of the shares fails."""
        pixels = sum(image.size for image in images)
        count = min(self.workers.count, len(images), pixels // _WORTH)
        if count <= 1 or self.workers.are_wanted:
            return self.engine.read(images, request)
        shares = deque(even_shares([image.size for image in images], count))
        found: dict[int, list[Word]] = {}

        def work() -> None:
            while share := _next(shares):
                found.update(zip(share, self.engine.read([images[k] for k in share], request), strict=True))

        with ThreadPoolExecutor(count - 1) as pool:
            helpers = [pool.submit(self.workers.help, work, is_over=lambda: not shares) for _ in range(count - 1)]
            try:
                work()
            finally:
                shares.clear()
                self.workers.look_again()
        for helper in helpers:
            helper.result()
        return [found[k] for k in range(len(images))]


def _next(shares: deque[list[int]]) -> list[int] | None:
    try:
        return shares.popleft()
    except IndexError:
        return None


def even_shares(sizes: Sequence[int], count: int) -> list[list[int]]:
    """The numbers of things of these sizes in shares of nearly the same size: the largest first, each to the least."""
    shares: list[list[int]] = [[] for _ in range(count)]
    totals = [0] * count
    for k in sorted(range(len(sizes)), key=lambda k: -sizes[k]):
        least = totals.index(min(totals))
        shares[least].append(k)
        totals[least] += sizes[k]
    return [share for share in shares if share]
