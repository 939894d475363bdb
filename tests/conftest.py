"""Paths that tests share."""

from __future__ import annotations

import signal
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"

pytest_plugins = ["browsing"]

# Tests started in the background of a shell ignore the interrupt, and so would the programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
