"""Golden tests of your own with pytest: the fixture `golden_extraction`, and the assertion behind it.

    def test_bulletin(golden_extraction):
        golden_extraction("bulletins/2024-03.pdf")              # against bulletins/2024-03.pdf.json

`pytest --update-golden` writes today's output instead of failing. Installing newsletter-extract makes the fixture
known to pytest; nothing has to be imported.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from newsletter_extract.golden.compare import Tolerance
    from newsletter_extract.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden` to pytest."""
    group = parser.getgroup("newsletter-extract")
    group.addoption("--update-golden", action="store_true", help="write golden extractions instead of comparing")


@pytest.fixture
def golden_extraction(request: pytest.FixtureRequest) -> Callable[..., None]:
    """A function that fails the test where the extraction of a document is not the golden one; see `assert_golden`."""

    def verify(
        document: str | Path,
        golden: str | Path | None = None,
        *,
        settings: Settings | None = None,
        tolerance: Tolerance | None = None,
    ) -> None:
        update = bool(request.config.getoption("--update-golden"))
        assert_golden(document, golden, settings=settings, tolerance=tolerance, update=update)

    return verify


def assert_golden(
    document: str | Path,
    golden: str | Path | None = None,
    *,
    settings: Settings | None = None,
    tolerance: Tolerance | None = None,
    update: bool = False,
) -> None:
    """Extract `document` and compare with its golden JSON, by default the file of its name with `.json` behind it.

    Raises AssertionError with the differences by fact, and the errors of `extract`; with `update` writes the file.
    """
    from newsletter_extract import extract
    from newsletter_extract.export.json import to_json
    from newsletter_extract.export.writing import write_aside
    from newsletter_extract.golden.check import read_golden
    from newsletter_extract.golden.compare import compare
    from newsletter_extract.golden.report import told

    path = Path(golden) if golden is not None else Path(f"{document}.json")
    today = extract(document, settings)
    if update:
        write_aside(path, to_json(today))
        return
    if lines := told(compare(read_golden(path), today, tolerance)):
        raise AssertionError("\n".join([f"{path} drifted; run pytest --update-golden to accept:", *lines]))
