"""Write resources/months.csv: names of the months in the languages of bulletins, from CLDR by way of babel."""

from __future__ import annotations

from pathlib import Path

from babel import Locale

LANGUAGES = [
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "hr",
    "sr_Latn",
    "sr",
    "bs",
    "sq",
    "mk",
    "bg",
    "ro",
    "tr",
    "el",
    "ru",
    "uk",
    "pl",
    "cs",
    "hu",
]
TARGET = Path(__file__).parents[1] / "src/newsletter_extract/resources/months.csv"
HEADER = """# Month names, wide and abbreviated, in nominative and genitive. Built by scripts/build_months.py.
# Source: Unicode CLDR by way of babel. Licence: Unicode-3.0. English comes first, so that it wins where names clash.
name,month,language
"""


def main() -> None:
    seen: dict[str, str] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    folded = name.rstrip(".").casefold()
                    if len(folded) > 2 and not folded.isdigit():
                        seen.setdefault(folded, f"{folded},{number},{language.split('_')[0]}")
    seen.setdefault("sept", "sept,9,en")
    TARGET.write_text(HEADER + "\n".join(seen.values()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
