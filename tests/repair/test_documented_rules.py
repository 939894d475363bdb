"""The example of each rule in the reference is what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repair.test_repair import NOISY

from newsletter_extract import extract, resources

AROUND = NOISY + "The officers of the region met on the quay in the spring and {} was told to all who took part.\n"
EXAMPLES = [row for row in resources.rows("repair_rules.csv") if row["read"] and not row["rule"].startswith("ocr.")]
"""Those of OCR are of pictures; tests/reading has them."""


@pytest.mark.parametrize("row", EXAMPLES, ids=[row["rule"] for row in EXAMPLES])
def test_a_rule_does_what_its_example_says(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "bulletin.txt"
    path.write_text(AROUND.format(row["read"].replace("⏎", "\n")), "utf-8")
    extraction = extract(path)
    rules = {rule for repair in extraction.repairs for rule in repair.rule.split("+")}
    assert row["rule"] in rules or (row["rule"] == "glyph.X_Y" and "glyph.m_rn" in rules)
    text = " ".join(" ".join(block.text for page in extraction.text for block in page.blocks).split())
    assert " ".join(row["printed"].replace("⏎", " ").split()) in text
