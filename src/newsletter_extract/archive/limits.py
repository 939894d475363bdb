"""What a document may use, kept by the operating system: memory, processor time and the clock.

Linux keeps all of it. macOS keeps processor time and the clock; elsewhere the clock alone holds (docs/archives.md).
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

PAGES_OF_TEXT = 300
"""Pages of a text layer that earn as much time as one page that is OCRed; they take 20 to 50 ms each."""
BYTES_OF_TEXT, BYTES_OF_SCAN = 1_000, 2_000
"""A page of print takes more of its file; one that stands there a thousand times over earns no time."""
MOST_EARNED = 10
"""Time that is earned and not used ends here, in times of the limit: so long a hang of a long document is borne."""
LEAST_MEMORY_MB = 400
"""Libraries and resources take some 250 MB before a document is opened."""
_MAPPED_MB = 1024
"""Address space of libraries, files and reserves that is no memory in use."""
_ARENAS = -8
"""M_ARENA_MAX of mallopt(3)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`timeout_s` is had again for each page that is OCRed; `memory_mb` is of a process with its children."""

    timeout_s: float = 45.0
    memory_mb: int = 1400


def confine(limits: Limits) -> None:
    """Keep this process to its memory and let it leave no core file."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _few_arenas()
    memory, space = limits.memory_mb << 20, (limits.memory_mb + _MAPPED_MB) << 20
    for name, size in (("RLIMIT_DATA", memory), ("RLIMIT_AS", space), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            most = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.setrlimit(kind, (most, most))


def _few_arenas() -> None:
    """Threads share two heaps; each would reserve 64 MB of its own else (glibc)."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_ARENAS, 2)


def allow_processor_time(seconds: float) -> None:
    """Let this process run for so long from now on; then the system ends it (SIGXCPU), whatever it is caught in."""
    try:
        import resource
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used + seconds) + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def memory_in_use(process: int) -> int:
    """Bytes that a process and all below it hold in memory; 0 where the system does not tell (/proc, Linux)."""
    total, waiting = 0, [process]
    while waiting:
        number = waiting.pop()
        try:
            total += int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for thread in Path(f"/proc/{number}/task").iterdir():
                waiting += map(int, (thread / "children").read_text("ascii").split())
        except (OSError, IndexError, ValueError):
            continue
    return total
