"""Waiting for files to arrive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator


def changes(fingerprint: Callable[[], bytes], every_s: float) -> Iterator[None]:
    """Yield at once, and then whenever the fingerprint has changed.

    It ends with the KeyboardInterrupt of whoever watches.
    """
    done = fingerprint()  # before the reading, for what arrives meanwhile is a change
    yield
    while True:
        time.sleep(every_s)
        current = fingerprint()
        if current != done:
            done = current
            yield
