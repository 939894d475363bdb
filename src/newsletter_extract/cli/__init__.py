"""The command line: a module a command, with its options and help; the work is done elsewhere."""

from __future__ import annotations

from newsletter_extract.cli.program import app, main

__all__ = ["app", "main"]
