"""Random and damaged input for the readers and the parsers of dates and numbers: an answer, or an error of ours.

A few examples each in CI; `make fuzz` runs thousands.
"""

from __future__ import annotations

import io
import math
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.naming import result_path
from newsletter_extract.archive.pool import Pool, read_one
from newsletter_extract.archive.readers import Task
from newsletter_extract.document import BBox, Block
from newsletter_extract.errors import NewsletterExtractError
from newsletter_extract.extractors.amounts.numbers import find_numbers, learn_habit, parse_number
from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source, read
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import ReadingSettings, Settings

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
SAMPLES = Path(__file__).parents[2] / "samples"
NO_OCR = Settings(reading=ReadingSettings(ocr="never"))
PARTS = (
    "12", "May", "2021", "-", "–", ".", "/", ",", " ", "th", "of", "and", "to", "from", "Q3", "early", "1st", "31",
    "February", "0", "99", "II", "kg", "EUR", "million", "half", "a", "dozen", "½", "\t", "\n", "(", "’", "3.5",
    "1,000",
)  # fmt: skip
BITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=30)


def damaged(data: bytes, bits: list[tuple[float, int]], keep: float) -> bytes:
    """The data with some bytes changed, cut short at a share of its length."""
    changed = bytearray(data)
    for place, mask in bits:
        changed[int(place * len(data))] ^= mask
    return bytes(changed[: int(len(data) * keep)])


@fuzz
@given(st.binary(max_size=2000))
@example(b"\xff\xfe")
@example(b"%PDF-")
@example(b"<div class='ocr_page' title='bbox 0 0 0 0'><span class='ocrx_word' title='bbox 9 9 9 9'>x</span>")
def test_any_bytes(data: bytes) -> None:
    try:
        extraction = extract(Source("fuzz", data), NO_OCR)
    except NewsletterExtractError:
        return
    assert Extraction.model_validate_json(extraction.model_dump_json()) == extraction


@fuzz
@given(st.text(max_size=600) | st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_any_text(text: str) -> None:
    try:
        extraction = extract(Source("fuzz.txt", text.encode("utf-8", "surrogatepass")), NO_OCR)
    except NewsletterExtractError:
        return
    for span in extraction.dates:
        assert span.start is None or span.end is None or span.start <= span.end
    for repair in extraction.repairs:
        assert repair.before != repair.after


@fuzz
@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_numbers(text: str) -> None:
    block = Block("block-1", "paragraph", 1, BBox(0, 0, 1, 1), text, (), plain_text=True)
    for found in find_numbers(text, learn_habit([block])):
        assert 0 <= found.start < found.end <= len(text)
        assert math.isfinite(found.value)
    parse_number(text)


HOCR_PARTS = (
    "<div class='ocr_page' title='bbox 0 0 2480 3508'>", "<span class='ocrx_word' title='bbox 1 2 300 40'>", "</span>",
    "customs", "&amp;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "title='bbox 9 9 1 1'", "x_wconf 101", "\0", "<", ">",
)  # fmt: skip


@fuzz
@given(st.lists(st.sampled_from(HOCR_PARTS), max_size=60).map("".join))
def test_hocr(markup: str) -> None:
    try:
        document = read(Source("fuzz.hocr", markup.encode()), NO_OCR.reading)
    except NewsletterExtractError:
        return
    assert all(word.confidence is None or 0 <= word.confidence <= 1 for page in document.pages for word in page.words)


@fuzz
@given(st.lists(st.text(max_size=300), max_size=8))
def test_results_stay_below_out(parts: list[str]) -> None:
    path = Path("/out") / result_path(parts)
    assert Path(os.path.normpath(path)).is_relative_to("/out")
    assert ".." not in path.parts
    assert all(len(part.encode()) <= 255 for part in path.parts)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in str(path))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Readers under limits, for what can crash a process."""
    readers = Pool({"settings": NO_OCR.model_dump_json()}, Limits(timeout_s=30, memory_mb=1000), jobs=1)
    yield readers
    readers.close()


@fuzz
@given(BITS, st.floats(0.05, 1))
def test_damaged_pdf(pool: Pool, bits: list[tuple[float, int]], keep: float) -> None:
    data = damaged((SAMPLES / "gulf_of_riga_2021q3.pdf").read_bytes(), bits, keep)
    outcome = read_one(pool, Task("fuzz.pdf", data=data))
    assert outcome.failed or Extraction.model_validate_json(outcome.body)
    assert "defect" not in outcome.reason


@fuzz
@given(BITS, st.floats(0.05, 1))
def test_damaged_archive(tmp_path: Path, bits: list[tuple[float, int]], keep: float) -> None:
    from newsletter_extract.archive.containers import Unpacking

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"folder/{number}.txt", f"bulletin {number} " * 20)
    path = tmp_path / "fuzz.zip"
    path.write_bytes(damaged(packed.getvalue(), bits, keep))
    try:
        unpacking = Unpacking(path, "fuzz.zip")
    except NewsletterExtractError:
        return
    for _ in range(10):
        member = unpacking.next_member(tmp_path / "member")
        if member.get("end"):
            return
        assert member.keys() & {"skipped", "failed", "sha256"}
    raise AssertionError("more members than the archive has")
