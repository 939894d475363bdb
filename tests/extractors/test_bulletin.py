"""What a masthead says of the bulletin: title, publisher, number, period and language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsletter_extract import extract

MASTHEADS = json.loads((Path(__file__).parent / "cases/mastheads.json").read_text("utf-8"))


@pytest.mark.parametrize("case", MASTHEADS, ids=[case["text"].splitlines()[0] for case in MASTHEADS])
def test_mastheads(case: dict[str, Any]) -> None:
    bulletin = extract(case["text"].encode(), name="passage").bulletin
    given = bulletin.model_dump(include={"title", "publisher", "issue", "language"})
    assert given | {"period": bulletin.period.edtf if bulletin.period else None} == case["bulletin"]


@pytest.mark.parametrize(
    "text",
    [
        "Oslo, Norway, 3 June 2021: A boat sank.",
        "Lima, 12 May 2016: in the same period of 2015 it was eight.",
        "On 3 May a van was opened. Nothing was in it.",
    ],
)
def test_a_text_without_a_masthead_tells_nothing_of_the_bulletin(text: str) -> None:
    bulletin = extract(text.encode(), name="passage").bulletin
    assert (bulletin.title, bulletin.issue, bulletin.period) == (None, None, None)
