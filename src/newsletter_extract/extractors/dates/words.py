"""The words of dates in many languages, and the shadow of a text: the same length, with such words as marks.

Every letter of a word that names a month, a weekday, an ordinal … is put as one character of the private use area that
says which. Patterns for dates are then short, know no language, and give spans that are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

from newsletter_extract import resources
from newsletter_extract.lexicon import KNOWN_ZIPF, zipf

_DOT_ABOVE = "\u0307"
"""What Unicode leaves of the Turkish İ in small letters."""


def _key(word: str) -> str:
    """A word in small letters, composed, as the tables have it: "EKİM" as "ekim"."""
    small = word.casefold()
    return small if small.isascii() else normalize("NFC", small.replace("i" + _DOT_ABOVE, "i"))


_CELL_EDGES = frozenset({"", "\t", "\n"})


def is_cell(text: str, start: int, end: int) -> bool:
    """Whether [start, end) is a whole cell of a table's text."""
    edges = {text[start - 1 : start] if start else "", text[end : end + 1]}
    return edges <= _CELL_EDGES and edges != {""}


_SHORT = 3
"""Letters of an abbreviation; in other languages than the document's they are likely to be something else."""
_BASES = {
    "month": 0xE000, "weekday": 0xE020, "link": 0xE030, "of": 0xE031, "the": 0xE032, "year": 0xE033, "half": 0xE034,
    "quarter": 0xE035, "week": 0xE036, "fortnight": 0xE037, "days": 0xE038, "part": 0xE040, "season": 0xE050,
    "ordinal": 0xE080,
}  # fmt: skip
"""Role → the character of value 0 (for roles without values, the character itself)."""


def marks(role: str, last: int = 0) -> str:
    """A character class of the marks of a role, up to the value `last`."""
    base = chr(_BASES[role])
    return f"[{base}-{chr(_BASES[role] + last)}]" if last else base


def value_of(mark: str, role: str) -> int:
    return ord(mark[0]) - _BASES[role]


@dataclass(frozen=True, slots=True)
class Name:
    """A month's or weekday's name: its number by language, and whether it is also a common word of English."""

    numbers: tuple[tuple[int, frozenset[str]], ...]
    english: bool
    careful: bool

    def number(self, languages: Set[str]) -> int | None:
        """The number it has in these languages, or that it has in any; None where languages differ."""
        own = {number for number, where in self.numbers if where & languages}
        own = own or {number for number, _ in self.numbers}
        return own.pop() if len(own) == 1 else None


@cache
def names(kind: str) -> dict[str, Name]:
    """Folded names of "month" or "weekday"."""
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for row in resources.rows(f"{kind}s.csv"):
        found.setdefault(_key(row["name"]), []).append((int(row[kind]), frozenset(row["languages"].split("|"))))
    return {word: _name(word, numbers) for word, numbers in found.items()}


_ENGLISH_WORDS = frozenset({"may", "march", "mar", "dec", "sat", "sun", "wed", "mon"})
"""English names that are words or parts of others when they begin with a small letter."""


def _name(word: str, numbers: list[tuple[int, frozenset[str]]]) -> Name:
    english = any("en" in languages for _, languages in numbers)
    common = zipf(word) >= KNOWN_ZIPF or len(word) <= _SHORT
    return Name(tuple(numbers), english, careful=not english and common)


@cache
def _plain_words() -> dict[str, str]:
    """Word → mark, of all roles but months and weekdays. A word that links and does something else is a link."""
    found = dict.fromkeys(links(), chr(_BASES["link"]))
    for row in resources.rows("date_words.csv"):
        role, value = row["role"], int(row["value"]) if row["value"].isdigit() else 0
        if role in _BASES:
            for word in row["words"].split("|"):
                found.setdefault(word, chr(_BASES[role] + (value - 20 if role == "season" else value)))
    return found


@cache
def links() -> dict[str, dict[str, str]]:
    """Linking word → language → "to" or "and"."""
    found: dict[str, dict[str, str]] = {}
    for row in resources.rows("date_words.csv"):
        if row["role"] == "link":
            for word in row["words"].split("|"):
                found.setdefault(word, {})[row["language"]] = row["value"]
    return found


@cache
def number_words() -> dict[str, int]:
    """Number words of one word → value."""
    return {r["word"]: int(float(r["value"])) for r in resources.rows("number_words.csv") if r["word"].isalpha()}


@cache
def words_of(role: str) -> frozenset[str]:
    """All words of a role of date_words.csv."""
    return frozenset(
        w for row in resources.rows("date_words.csv") if row["role"] == role for w in row["words"].split("|")
    )


_WORD = re.compile(r"[^\W\d_]+(?: al-[^\W\d_]+)?")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th|er|\.|º|ª|°)?[\s./-]*(?:(?:de|do|di|of|del)\s+)?$", re.I)
_YEAR_AFTER = re.compile(r"\.?[\s,./-]*(?:(?:de|del|do|of)\s+)?(?:['’‘]?\d\d(?!\d)|(?:19|20)\d\d)", re.I)

_FULL_YEAR = re.compile(r",?\s+(?:19|20)\d\d(?!\d)")


def shadow(text: str, languages: Set[str]) -> str:
    """`text` with the words of dates as marks; `languages` are those in which the document is written."""
    if _MAY_COUNT.search(text):
        text = _COMPOUND.sub(_compound, text)
    if _MAY_BE_ROMAN.search(text):
        text = _ROMAN_MONTH.sub(_roman, text)

    def marked(match: re.Match[str]) -> str:
        mark = _mark(text, match, languages) if len(match[0]) <= _LONGEST and _meaning(match[0]) else None
        return mark * len(match[0]) if mark else match[0]

    return _WORD.sub(marked, text)


_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTH = re.compile(
    r"""
    (?<![\w/.,:])(?<![^\W\d]-)(?P<day>[0-3]?\d)
    (?P<mark>\.\s?|[/-]|\s)(?P<month>[IVX]{1,4}|(?<=\.)[ivx]{1,4})
    (?=(?P=mark)\s?(?:19|20)\d\d(?!\d)                        # 3.VI.2014
      |\.?\s?[–—-]\s?[0-3]?\d(?P=mark)[IVX]{1,4}(?!\w))      # the first of 28.XII.2015 - 3.I.2016
    """,
    re.VERBOSE,
)


_MAY_BE_ROMAN = re.compile(r"\d[.\s/-]\s?[IVXivx]")
"""A sign of a Roman month; most blocks have none, and are passed over."""


def _roman(match: re.Match[str]) -> str:
    """A day and its Roman month, the month as its mark."""
    if match["month"].upper() not in _ROMAN_MONTHS:
        return match[0]
    number = _ROMAN_MONTHS.index(match["month"].upper()) + 1
    return match["day"] + match["mark"] + chr(_BASES["month"] + number) * len(match["month"])


_TENS = {"twenty": 20, "thirty": 30}
_MAY_COUNT = re.compile("twenty|thirty", re.I | re.A)
_COMPOUND = re.compile(r"\b(?P<tens>(?ai:twenty|thirty))[-‐\s](?P<unit>[a-z]{5,7})\b", re.I)


def _compound(match: re.Match[str]) -> str:
    """ "twenty-first" as the mark of its number; other words as they are."""
    unit = _plain_words().get(match["unit"].casefold(), "")
    number = ord(unit) - _BASES["ordinal"] if unit else 0
    return (
        chr(_BASES["ordinal"] + _TENS[match["tens"].casefold()] + number) * len(match[0])
        if 1 <= number <= 9
        else match[0]
    )


def _mark(text: str, match: re.Match[str], languages: Set[str]) -> str | None:
    meaning = _meaning(match[0])
    if meaning is None or match[0] == "I":
        return None
    kind, name = meaning
    if name is None:
        return kind
    if not _is_name(text, match, name, languages):
        return _plain_words().get(_key(match[0]))
    return chr(_BASES[kind] + (name.number(languages) or name.numbers[0][0]))


_LONGEST = 40
"""Letters of the longest words of dates, by far."""


@lru_cache(maxsize=4096)
def _meaning(word: str) -> tuple[str, Name | None] | None:
    return _lexicon().get(_key(word))


@cache
def _lexicon() -> dict[str, tuple[str, Name | None]]:
    """Every word of dates: a name with its kind, else the mark of its role."""
    found: dict[str, tuple[str, Name | None]] = {word: (mark, None) for word, mark in _plain_words().items()}
    for kind in ("weekday", "month"):
        found |= {word: (kind, name) for word, name in names(kind).items()}
    return found


def _is_name(text: str, match: re.Match[str], name: Name, languages: Set[str]) -> bool:
    """Whether a name of a month or weekday means it here, and is not the common word that looks the same."""
    if name.english and not (match[0][0].islower() and match[0] in _ENGLISH_WORDS):
        return True
    if not name.english and not name.careful:
        return True
    before = _DAY_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) is not None
    if not name.english and len(match[0]) > _SHORT and any(where & languages for _, where in name.numbers):
        return True
    if _FULL_YEAR.match(text, match.end()) and any(
        preceded(text, match.start(), r) for r in ("lead", "since", "until")
    ):
        return True
    return before and _YEAR_AFTER.match(text, match.end()) is not None


@cache
def _before(role: str) -> re.Pattern[str]:
    """One of the words of a role at the end of a text, an article or a weekday behind it or not."""
    alternatives = "|".join(re.escape(word) for word in sorted(words_of(role), key=len, reverse=True))
    weekday = "|".join(name for name in names("weekday") if len(name) > _SHORT)
    return re.compile(
        rf"(?<![\w’'-])(?:{alternatives})\s+(?:(?:the|el|le|la|den|dem|der)\s+)?(?:(?:{weekday}),?\s+)?$", re.I
    )


_REACH = 40


def preceded(text: str, start: int, role: str) -> re.Match[str] | None:
    """The word of a role (of date_words.csv) right before text[start], if any."""
    return _before(role).search(text, max(0, start - _REACH), start)
