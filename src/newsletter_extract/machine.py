"""What this machine has."""

from __future__ import annotations

import gc
import os


def usable_cores() -> int:
    """Cores that this process may run on; at least one."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def collect_rarely() -> None:
    """Let the collector of cycles come by less often.

    A reading makes millions of small values and hardly a cycle; looking for cycles took a tenth of its time, and of
    that of loading the program.
    """
    gc.set_threshold(100_000, 50, 100)
