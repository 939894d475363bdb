"""What is found in an archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive, or something that is left out (`skipped`) or cannot be read (`failed`)."""

    key: bytes
    name: str
    parts: tuple[str, ...]
    """Of its path below the root, for the path of its result."""
    root: str
    path: str
    skipped: str = ""
    failed: tuple[str, str] | None = None
    size: int | None = None
    signature: str | None = None
    """Changes with the content; None where that is not known without reading it."""
    is_growing: bool = False
    """Whether it changed so lately that it is left for a later pass."""
    fetch: Callable[[Path], None] | None = None
    """For what is not on this machine: copies it to a path."""
