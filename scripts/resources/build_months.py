"""Write resources/months.csv and weekdays.csv: their names in the languages of bulletins, from CLDR by way of babel."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "hr", "sr_Latn", "sr", "bs", "sl", "sk", "mk", "bg", "sq", "ro", "tr",
    "el", "ru", "uk", "be", "pl", "cs", "hu", "lt", "lv", "et", "fi", "sv", "da", "nb", "is", "ca", "gl", "eu",
    "mt", "ga", "id", "ms", "sw", "so", "af", "az", "uz", "kk", "ky", "tk", "tg", "ka", "hy", "ar", "ar_SY",
    "ar_MA", "ar_DZ", "fa", "he", "am",
)  # fmt: skip
RESOURCES = Path(__file__).parents[2] / "src/newsletter_extract/resources"
HEADER = """# {what}. Built by scripts/resources/build_months.py.
# Source: Unicode CLDR by way of babel; names of language "xx" are own additions. Licence: Unicode-3.0.
# A name that means two months is listed once for each, with the languages in which it does.
name,{column},languages
"""
LOCATIVES = {
    "pl": "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "hr": "siječnju veljači ožujku travnju svibnju lipnju srpnju kolovozu rujnu listopadu studenom prosincu",
    "sr": "januaru februaru martu aprilu maju junu julu avgustu septembru oktobru novembru decembru",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "ru": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
}
"""As in "in May"; CLDR has nominatives and genitives."""
ADDED_MONTHS = {
    "en": {9: "sept"},
    **{language: dict(enumerate(names.split(), 1)) for language, names in LOCATIVES.items()},
    "xx": {
        1: "kanun al-thani|kanoun al-thani|yanayir",
        2: "shubat|fibrayir",
        3: "adhar",
        4: "nisan",
        5: "ayyar|mayu",
        6: "haziran|huzayran|yunyu",
        7: "tammuz|tamouz|yulyu",
        8: "aghustus",
        9: "aylul|ayloul|sibtambir",
        10: "tishrin al-awwal|tishreen al-awal|uktubar",
        11: "tishrin al-thani|tishreen al-thani|nufimbir",
        12: "kanun al-awwal|kanoun al-awal|disambir",
    },
}
"""Usual in print, or transliterated from the Arabic of the Levant and of Egypt (xx)."""
ADDED_WEEKDAYS = {"en": {1: "mon", 2: "tue|tues", 3: "wed", 4: "thu|thur|thurs", 5: "fri", 6: "sat", 7: "sun"}}
SHORTEST_BARE = 4
"""Shorter names are not listed without their accents as well: too many would be words of other languages."""


def main() -> None:
    months = [(m[context][width], lang) for lang, m in _locales("months") for context in m for width in m[context]]
    write("Month names, wide and abbreviated, in nominative and genitive", "month", months, ADDED_MONTHS)
    days = [
        ({n + 1: name for n, name in d["stand-alone" if "stand-alone" in d else "format"]["wide"].items()}, lang)
        for lang, d in _locales("days")
    ]
    write("Weekday names, Monday 1 to Sunday 7", "weekday", days, ADDED_WEEKDAYS)


def _locales(kind: str) -> Iterator[tuple[str, dict[str, dict[str, dict[int, str]]]]]:
    for language in LANGUAGES:
        tables = getattr(Locale.parse(language), kind)
        yield language.split("_")[0], {c: {w: tables[c][w] for w in ("wide", "abbreviated")} for c in tables}


def write(what: str, column: str, tables: list[tuple[dict[int, str], str]], added: dict[str, dict[int, str]]) -> None:
    found: dict[tuple[str, int], list[str]] = {}
    for table, language in tables:
        for number, name in table.items():
            folded = unicodedata.normalize("NFC", name.rstrip(".").casefold())
            bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
            for form in dict.fromkeys((folded, bare if len(bare) >= SHORTEST_BARE else folded)):
                if len(form) > 2 and all(c.isalpha() for c in form):
                    languages = found.setdefault((form, number), [])
                    languages += [language] * (language not in languages)
    for language, table in added.items():
        for number, names in table.items():
            for name in names.split("|"):
                found.setdefault((name, number), []).append(language)
    lines = [f"{name},{number},{'|'.join(languages)}" for (name, number), languages in found.items()]
    target = RESOURCES / f"{column}s.csv"
    target.write_text(HEADER.format(what=what, column=column) + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
