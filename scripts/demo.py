"""Extract the sample bulletins, show what was found and say where the JSON is."""

from __future__ import annotations

import sys
from pathlib import Path

from newsletter_extract import extract
from newsletter_extract.export.json import to_json
from newsletter_extract.export.table import table_text

SAMPLES = Path(__file__).parents[1] / "samples"
SUFFIXES = {".pdf", ".txt"}


def main() -> None:
    target = Path("out/demo")
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in SUFFIXES and not p.name.endswith(".truth.txt")):
        extraction = extract(path)
        sys.stdout.write(f"\n=== {path.name}\n{table_text(extraction)}")
        result = target / f"{path.name}.json"
        result.write_text(to_json(extraction), "utf-8")
        sys.stdout.write(f"JSON: {result}\n")


if __name__ == "__main__":
    main()
