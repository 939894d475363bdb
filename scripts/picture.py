"""Draw docs/demo.svg, the picture in the README: what `extract --format table` shows of a sample."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from newsletter_extract import extract
from newsletter_extract.export.table import table_text

ROOT = Path(__file__).parents[1]
SAMPLE = "gold_coast_2020_03.scan.pdf"


def main() -> None:
    console = Console(record=True, width=124, file=io.StringIO())
    console.print(Text(f"$ extract samples/{SAMPLE} --format table"))
    console.print(Text(table_text(extract(ROOT / "samples" / SAMPLE), width=122)))
    svg = console.export_svg(title="newsletter-extract", unique_id="demo")
    svg = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", svg, flags=re.DOTALL)  # fonts would be fetched from a server
    svg = "\n".join(line.rstrip() for line in svg.splitlines() if line.strip())
    (ROOT / "docs" / "demo.svg").write_text(svg + "\n", "utf-8")


if __name__ == "__main__":
    main()
