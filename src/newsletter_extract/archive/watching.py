"""Waiting for files to arrive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

_PATIENCE = 6
"""A folder that never rests is read all the same after so many looks."""


def changes(fingerprint: Callable[[], bytes], every_s: float) -> Iterator[None]:
    """Yield at once, and then whenever the fingerprint has changed and rests: a file that grows is not read yet.

    It ends with the KeyboardInterrupt of whoever watches.
    """
    done = last = fingerprint()  # before the reading, for what arrives meanwhile is a change
    yield
    restless = 0
    while True:
        time.sleep(every_s)
        current = fingerprint()
        restless = restless + 1 if current != last else 0
        if current != done and (restless == 0 or restless >= _PATIENCE):
            restless, done = 0, current
            yield
        last = current
