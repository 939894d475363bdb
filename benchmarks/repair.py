"""What repair gains on scans: words wrong before and after it, words mended and harmed, and its time.

The bulletins of benchmarks/repair_pages are typeset in fonts that the table of confusions was not learnt from, aged in
three degrees and read. Two counts of errors are made. Missed are words of the print that the text has not, or not so
often, in any order, be they misread, broken, passed over by the engine or lost with a table; misread are words that
stand where others were printed. Both are counted once broken words were joined, so that the ratios say what the other
rules gain, and once all rules have worked.

    python benchmarks/repair.py [FOLDER]      scans and readings are kept in FOLDER for the next run of this version
"""

from __future__ import annotations

import json
import pickle
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from results import ROOT, put

from newsletter_extract import layout, reading, repair
from newsletter_extract.document import FURNITURE, Change, Document
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading import Source
from newsletter_extract.repair.edits import as_read
from newsletter_extract.settings import ReadingSettings, RepairSettings

sys.path.insert(0, str(ROOT / "scripts"))

from age import LEVELS, age
from typeset import typeset

FONTS = (
    "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/crosextra/Caladea-Regular.ttf",
    "/usr/share/fonts/truetype/open-sans/OpenSans-Regular.ttf",
)
"""Of Debian's packages fonts-lato, fonts-dejavu-core, fonts-crosextra-caladea and fonts-open-sans."""
OTHERS = ("caspian_fisheries", "danube_fuel", "sahel_brigades")
"""The bulletins whose errors were not looked at while the rules were made; those of the rest were."""
_ALIKE = str.maketrans("‘’“”–—‐‑", "''\"\"----", "\u00ad")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    first = layout.arrange(reading.read(Source("words.txt", b"tbe words"), ReadingSettings()))
    repair.clean(first, RepairSettings(), load_gazetteer())  # so that no time below is that of loading
    for path in sorted((ROOT / "benchmarks/repair_pages").glob("*.spec.json")):
        for font in FONTS:
            for level in LEVELS:
                printed, document = _read(path, font, level, folder)
                half = "others" if path.name.split(".")[0] in OTHERS else "looked at"
                rows[f"{level}, {half}"].update(_measure(printed, document))
    put("repair", f"{_table(rows)}\n\n{_growth()}")


def _table(rows: dict[str, Counter[str]]) -> str:
    figures: list[object]
    lines = [
        "| scans | words | missed | repaired | ratio | misread | repaired | ratio | mended | harmed | ms/500 words |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for scans, n in sorted(rows.items(), key=lambda row: row[0].split(", ")[1]):
        figures = [scans, n["words"]]
        for kind in ("missed", "misread"):
            joined, repaired = n[f"{kind} joined"], n[f"{kind} repaired"]
            figures += [joined, repaired, f"{repaired / max(1, joined):.2f}"]
        pace = n["microseconds"] / 1000 / n["words"] * 500
        lines.append("| " + " | ".join(map(str, [*figures, n["mended"], n["harmed"], f"{pace:.0f}"])) + " |")
    return "\n".join(lines)


def _growth() -> str:
    """A table of the seconds for pages of one paragraph, and for pages of one word, as they grow."""
    spec = json.loads(next((ROOT / "benchmarks/repair_pages").glob("*.spec.json")).read_text("utf-8"))
    words = " ".join(block["text"] for block in spec["blocks"]).replace("rn", "m").replace(" the ", " tbe ").split()
    lines = [
        "| size | page of so many words | one word of so many letters | of letters and marks |",
        "|---|---|---|---|",
    ]
    for size in (12_500, 25_000, 50_000, 100_000):
        texts = " ".join((words * (size // len(words) + 1))[:size]), "a" * size, "a-" * (size // 2)
        lines.append(f"| {size:,} | " + " | ".join(f"{_seconds(text):.2f}" for text in texts) + " |")
    return "\n".join(lines)


def _seconds(text: str) -> float:
    document = layout.arrange(reading.read(Source("words.txt", text.encode()), ReadingSettings()))
    start = time.process_time()
    repair.clean(document, RepairSettings(), load_gazetteer())
    return time.process_time() - start


def _read(path: Path, font: str, level: str, folder: Path) -> tuple[list[str], Document]:
    """The words as printed and the scan as arranged."""
    kept = folder / f"{path.stem}.{Path(font).stem}.{level}.pickle"
    if not kept.exists():
        spec = json.loads(path.read_text("utf-8")) | {"font": font}
        born, scan = kept.with_suffix(".pdf"), kept.with_suffix(".scan.pdf")
        typeset(spec, born)
        age(born, scan, level)
        true = layout.arrange(reading.read(Source.from_path(born), ReadingSettings(ocr="never")))
        true, _ = repair.clean(true, RepairSettings(), load_gazetteer())
        read = layout.arrange(reading.read(Source.from_path(scan), ReadingSettings()))
        kept.write_bytes(pickle.dumps((_words(block.text for block in true.body()), read)))
    return pickle.loads(kept.read_bytes())


def _words(texts: object) -> list[str]:
    return [w for text in texts for w in text.translate(_ALIKE).split() if re.search(r"\w", w)]  # type: ignore[attr-defined]


def _measure(printed: list[str], document: Document) -> Counter[str]:
    start = time.process_time()
    clean, changes = repair.clean(document, RepairSettings(), load_gazetteer())
    spent = time.process_time() - start
    own: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        own[change.block_id].append(change)
    blocks = [block for block in clean.blocks() if block.kind not in FURNITURE]
    joined = _words(as_read(b.text, [c for c in own[b.id] if not _is_join(c)]) for b in blocks)
    repaired = _words(b.text for b in blocks)
    counts = Counter(words=len(printed), microseconds=round(1e6 * spent))
    for stage, found in (("joined", joined), ("repaired", repaired)):
        counts[f"missed {stage}"] = (Counter(printed) - Counter(found)).total()
        counts[f"misread {stage}"] = _misread(printed, found)
    for block in blocks:
        for change in own[block.id]:
            if not _is_join(change):
                counts[_effect(change, block.text, Counter(printed), Counter(repaired))] += 1
    return counts


def _is_join(change: Change) -> bool:
    return all(rule.startswith("hyphen.") for rule in change.rule.split("+"))


def _misread(printed: list[str], found: list[str]) -> int:
    codes = SequenceMatcher(None, printed, found, autojunk=False).get_opcodes()
    return sum(min(b - a, d - c) for kind, a, b, c, d in codes if kind == "replace")


def _effect(change: Change, text: str, printed: Counter[str], found: Counter[str]) -> str:
    """Whether a change brought the words of the text nearer to those printed, or further from them."""
    low = text.rfind(" ", 0, change.start) + 1
    high = (text + " ").index(" ", change.end)
    after = Counter(_words([text[low:high]]))
    before = Counter(_words([text[low : change.start] + change.before + text[change.end : high]]))
    without = found - after + before
    gain = _apart(printed, without) - _apart(printed, found)
    return "mended" if gain > 0 else "harmed" if gain < 0 else "neutral"


def _apart(first: Counter[str], second: Counter[str]) -> int:
    return ((first - second) + (second - first)).total()


if __name__ == "__main__":
    main()
