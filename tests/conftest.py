"""Paths that tests share."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"

pytest_plugins = ["browsing"]
