"""Regression: two extractions of one document compared fact by fact, and documents checked against golden JSON.

`facts` flattens an extraction into facts with plain fields, `compare` says what was added, lost, changed or moved,
`check` runs documents against their golden files, `runs` compares two folders of results, and `report` prints either.
"""

from __future__ import annotations

from newsletter_extract.golden.compare import Difference, Tolerance, compare

__all__ = ["Difference", "Tolerance", "compare"]
