"""The standard streams of the command line, also where some are closed or lead to a full disk."""

from __future__ import annotations

import os
import sys

_CLOSED = (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
"""How a closed stream is opened again on nothing: results that go nowhere are an error, words for people are not."""


def prepare() -> None:
    """Put something in the place of closed streams, which files opened later would take, and write UTF-8."""
    for number, (name, flags, mode) in enumerate(_CLOSED):
        if getattr(sys, name) is None:
            os.open(os.devnull, flags)  # takes the lowest free number, which is that of the stream
            setattr(sys, name, os.fdopen(number, mode))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def abandon_output() -> None:
    """Let what is still to be written to standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
