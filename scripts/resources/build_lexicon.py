"""Write what repair knows of English: resources/words_en.txt.gz, bigrams_en.bin.gz and letters_en.bin.gz.

Run by hand when a source changes. Needs the extra `build-data` and Debian's packages wamerican, wamerican-large,
wbritish and wbritish-large: pip install -e '.[build-data]', then
python scripts/resources/build_lexicon.py [folder of the lists]
"""

from __future__ import annotations

import gzip
import struct
import sys
from math import log10
from pathlib import Path

import numpy as np
import symspellpy
from wordfreq import get_frequency_dict

from newsletter_extract.lexicon import LETTER_KINDS, LETTER_STEPS, LIFT_ZERO, letter_codes, pair_key, words

RESOURCES = Path(__file__).parents[2] / "src/newsletter_extract/resources"
HEADER = (
    "# English words. A line holds a tenth of the Zipf scale (log10 of occurrences per 10^9 words), a class and words: "
    "w in a spelling list, n a name in one, o others that are used. Sources: frequencies from wordfreq 3.1 "
    "(Robyn Speer), CC BY-SA 4.0; classes from SCOWL (Kevin Atkinson), its own free licence.\n"
)
LEAST_LISTED, LEAST_OTHER = 1.0, 2.0
"""The rarest words that are kept, on the Zipf scale: of those in the large spelling lists, and of others."""
SHORT = 3
"""Words up to this length are taken from the lists of common words only: the large ones are full of abbreviations."""
WEB_WORDS = 1_024_908_267_229
"""Words of the corpus in which the pairs were counted (Google Web 1T)."""
LEAST_LIFT = 0.5
"""Pairs whose words stand together about as often as by chance tell nothing."""


def main() -> None:
    lists = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict")
    zipf = {word: log10(f) + 9 for word, f in get_frequency_dict("en", "large").items()}
    write_words(zipf, lists)
    write_pairs(zipf)
    write_letters()


def write_words(zipf: dict[str, float], lists: Path) -> None:
    common = _entries(lists, "american-english", "british-english")
    large = _entries(lists, "american-english-large", "british-english-large") | common
    lines: dict[tuple[int, str], list[str]] = {}
    listed = {w for w in common if w.islower()}
    listed |= {w for w in large if w.islower() and len(w) > SHORT and zipf.get(w, 0) >= LEAST_LISTED}
    names = {w.lower() for w in large if w[0].isupper() and not w.isupper()} - listed
    for word in listed | names | {w for w in zipf if w.replace("'", "").isalpha() and zipf[w] >= LEAST_OTHER}:
        kind = "w" if word in listed else "n" if word in names else "o"
        lines.setdefault((round(10 * zipf.get(word, LEAST_LISTED)), kind), []).append(word)
    text = HEADER + "".join(
        f"{step} {kind} {' '.join(sorted(words))}\n" for (step, kind), words in sorted(lines.items())
    )
    write("words_en.txt.gz", text.encode("utf-8"))
    print(f"{sum(map(len, lines.values()))} words, {len(listed)} listed, {len(names)} names")


def _entries(folder: Path, *names: str) -> set[str]:
    return {w for name in names for w in (folder / name).read_text("utf-8").split() if w.isalpha()}


def write_pairs(zipf: dict[str, float]) -> None:
    """Keys of pairs of words, sorted, and how many times likelier than by chance they are, as a tenth of its log10."""
    source = Path(symspellpy.__file__).with_name("frequency_bigramdictionary_en_243_342.txt")
    lifts: dict[int, int] = {}
    for line in source.read_text("utf-8-sig").splitlines():
        first, second, count = line.split()
        if first in zipf and second in zipf:
            lift = log10(int(count) / WEB_WORDS) - (zipf[first] - 9) - (zipf[second] - 9)
            if abs(lift) >= LEAST_LIFT:
                lifts[pair_key(first, second)] = max(-127, min(127, round(10 * lift)))
    keys = sorted(lifts)
    write("bigrams_en.bin.gz", struct.pack(f"<{len(keys)}I", *keys) + bytes(LIFT_ZERO + lifts[key] for key in keys))
    print(f"{len(keys)} pairs")


def write_letters() -> None:
    """For each three letters in a row in the words above how likely the third is, as steps of minus its log10.

    What is rare leans on two letters and on one (Witten and Bell 1991).
    """
    counts = np.zeros((LETTER_KINDS,) * 3)
    for word in words().zipf:
        codes = letter_codes(word)
        for place in zip(codes, codes[1:], codes[2:], strict=False):
            counts[place] += 1
    likely = (counts.sum((0, 1)) + 1) / (counts.sum() + LETTER_KINDS)
    for table in (counts.sum(0), counts):
        kinds = (table > 0).sum(-1, keepdims=True) + 1
        likely = (table + kinds * likely) / (table.sum(-1, keepdims=True) + kinds)
    costs = np.clip(np.round(-LETTER_STEPS * np.log10(likely)), 0, 255).astype(np.uint8)
    write("letters_en.bin.gz", costs.tobytes())


def write(name: str, data: bytes) -> None:
    """The same data make the same file: no time stands in it."""
    with (RESOURCES / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)


if __name__ == "__main__":
    main()
