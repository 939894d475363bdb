"""Write resources/function_words.csv: the small words by which a sentence's language is told, from wordfreq.

Run by hand: pip install -e '.[build-data]' and then python scripts/resources/build_function_words.py
"""

from __future__ import annotations

import csv
from pathlib import Path

from wordfreq import top_n_list

TARGET = Path(__file__).parents[2] / "src/newsletter_extract/resources/function_words.csv"
HEADER = """\
# The most frequent words of each language; those that are frequent in English too are left out of the others.
# Built by scripts/resources/build_function_words.py. Source: wordfreq 3.1 (Robyn Speer). Licence: CC BY-SA 4.0.
"""
LANGUAGES = "bg ca cs da de el es fi fr hu id it lt lv mk ms nb nl pl pt ro ru sh sk sl sv tr uk"
WORDS, ENGLISH = 45, 400


def main() -> None:
    english = top_n_list("en", ENGLISH)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["language", "words"])
        table.writerow(["en", " ".join(w for w in english[:120] if w.isalpha())])
        for language in LANGUAGES.split():
            words = [w for w in top_n_list(language, 3 * WORDS) if w.isalpha() and w not in english][:WORDS]
            table.writerow([language, " ".join(words)])


if __name__ == "__main__":
    main()
