"""Write resources/words_en.txt.gz: English words by frequency, from wordfreq's large list.

Run by hand when the source changes: pip install -e '.[build-data]' and then python scripts/build_lexicon.py
"""

from __future__ import annotations

import gzip
from pathlib import Path

from wordfreq import get_frequency_dict

TARGET = Path(__file__).parents[1] / "src/newsletter_extract/resources/words_en.txt.gz"
HEADER = (
    "# English words, one line a tenth of the Zipf scale (log10 per 10^9 words). "
    "Source: wordfreq 3.1 (Robyn Speer), CC BY-SA 4.0.\n"
)
LEAST = 2.0


def main() -> None:
    from math import log10

    steps: dict[int, list[str]] = {}
    for word, frequency in get_frequency_dict("en", "large").items():
        zipf = log10(frequency) + 9
        if zipf >= LEAST and word.replace("'", "").isalpha():
            steps.setdefault(round(zipf * 10), []).append(word)
    text = HEADER + "".join(
        f"{step} {' '.join(sorted(words))}\n" for step, words in sorted(steps.items(), reverse=True)
    )
    with TARGET.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    print(f"{sum(map(len, steps.values()))} words, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
