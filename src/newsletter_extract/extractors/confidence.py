"""Confidence from evidence."""

from __future__ import annotations

_PLACE = {
    "paired": 0.97, "headed": 0.93, "heading": 0.93, "listed": 0.92, "preposition": 0.92, "known": 0.85, "bare": 0.8,
    "ambiguous": 0.5, "named": 0.75, "unknown": 0.5,
}  # fmt: skip

_UNSURE = frozenset({"ambiguous", "named", "unknown"})
"""Evidence of places whose country is open, or that no list has."""


def place_confidence(evidence: str, kind: str, lead: float, misread: bool) -> float:
    """How sure a place is: by its evidence and its lead over others of the name, less where it was misread."""
    sure = 0.97 if kind == "country" and evidence not in _UNSURE else _PLACE[evidence]
    if evidence not in {"paired", *_UNSURE}:
        sure = min(sure, 0.95 if lead > 1.2 else 0.85 if lead > 0.7 else 0.7)
    return sure * 0.75 if misread else sure


def organization_confidence(evidence: str) -> float:
    """How sure an organization is: listed, told by its head, an acronym of several bodies, or misread by a letter."""
    return {"listed": 0.95, "headed": 0.85, "shared": 0.7, "misread": 0.7}[evidence]
