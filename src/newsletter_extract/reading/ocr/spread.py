"""Sharing the images of one page among workers that have no page of their own, as at the end of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from threading import BoundedSemaphore
from typing import Any

from newsletter_extract.document import Word
from newsletter_extract.reading.ocr.engine import Engine, Request

_WORTH = 400_000
"""Pixels of a share that are worth a start of the engine: it reads as many in a fifth of a second and starts in half
of that."""


class Workers:
    """How many of a number of workers are free."""

    def __init__(self, count: int) -> None:
        self._free = BoundedSemaphore(count)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A worker, when one is free."""
        with self._free:
            yield

    @contextmanager
    def free(self, most: int) -> Iterator[int]:
        """How many workers are free at this moment, up to `most`: those are taken."""
        taken = 0
        while taken < most and self._free.acquire(blocking=False):
            taken += 1
        try:
            yield taken
        finally:
            for _ in range(taken):
                self._free.release()


@dataclass(frozen=True, slots=True)
class Spread:
    """An engine that shares the images of a call among free workers; the caller is one himself."""

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
        with self.workers.free(min(len(images), pixels // _WORTH) - 1) as helpers:
            if not helpers:
                return self.engine.read(images, request)
            shares = even_shares([image.size for image in images], helpers + 1)
            with ThreadPoolExecutor(helpers + 1) as pool:
                found = list(pool.map(lambda share: self.engine.read([images[k] for k in share], request), shares))
        words = dict(zip(chain(*shares), chain(*found), strict=True))
        return [words[k] for k in range(len(images))]


def even_shares(sizes: Sequence[int], count: int) -> list[list[int]]:
    """The numbers of things of these sizes in shares of nearly the same size: the largest first, each to the least."""
    shares: list[list[int]] = [[] for _ in range(count)]
    totals = [0] * count
    for k in sorted(range(len(sizes)), key=lambda k: -sizes[k]):
        least = totals.index(min(totals))
        shares[least].append(k)
        totals[least] += sizes[k]
    return [share for share in shares if share]
