"""Noun phrases: where the name of a good begins and ends in a sentence."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.number_words import values
from newsletter_extract.extractors.amounts.quantities import load_units
from newsletter_extract.extractors.commodities import Catalogue

_TOKEN = re.compile(r"(?P<token>[“\"‘']?[^\s,;:()“”\"]+[”\"]?|[,;:()])")
_CALIBRE = re.compile(
    r"(?:\d+(?:\.\d+)?|\.\d+)(?:\s?[x×]\s?\d+)?[\s-]?(?:mm|cal(?:ib(?:er|re))?|gauge|bore|inch)\b\.?|\.\d{2,3}\b",
    re.IGNORECASE,
)
"""The size of a weapon's bore, which looks like an amount: "9mm", ".38 caliber", "12-gauge"."""
_DENOMINATION = re.compile(r"\d+(?:[.,]\d+)?-[A-Za-z]+")
"""A word in a name that begins with a number: "counterfeit 50-euro notes"."""
IDENTIFIED = re.compile(
    r"""
    ,?\s(?:which\s|that\s)?(?:(?:was|were|is|are)\s)?(?:later\s|subsequently\s)?
    (?:purported|suspected|believed|presumed|thought|appearing|alleged|confirmed|found|identified|proved|determined|tested|testing)
    (?:\slater)?\s(?:to\s(?:be|contain|have\sbeen)|as|positive\sfor)\s
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What leads from how goods looked to what they are: "a white powder purported to be cocaine"."""
_ARTICLES = frozenset({"a", "an", "the"})
_SEEMING = frozenset({"purported", "suspected", "believed", "presumed", "thought", "alleged"})
_MAX_NAME_WORDS = 12
_NAME_WORDS_BEFORE = 4


@cache
def name_words(role: str) -> frozenset[str]:
    """The words of a role in `resources/name_words.csv`."""
    rows = resources.rows("name_words.csv")
    return frozenset(w for row in rows if row["role"] == role for w in row["words"].split("|"))


def calibre_end(text: str, start: int) -> int | None:
    """Where the calibre that begins at text[start] ends, or None where none begins there."""
    match = _CALIBRE.match(text, start)
    return match.end() if match else None


def name_span(text: str, start: int, limit: int, catalogue: Catalogue) -> tuple[int, int] | None:
    """The span of the commodity's name that begins at text[start] or after a first "of", at most up to `limit`.

    The name ends at a preposition, a verb, a mark or the next number (`resources/phrase_ends.txt`); "and" continues it
    only where a plain noun follows. Returns None where no word stands there.
    """
    first = last = -1
    pending_and = after_of = False
    skip_to = start
    for count, match in enumerate(_TOKEN.finditer(text, start, limit)):
        token, at = match["token"], match.start()
        if at < skip_to:
            continue
        if first < 0 and _leads(token.casefold(), count):
            continue
        calibre = calibre_end(text, at) or (match.end() if first >= 0 and _DENOMINATION.fullmatch(token) else None)
        if calibre:
            first = at if first < 0 else first
            last, skip_to, pending_and = calibre, calibre, False
            continue
        bare = token.strip("“”\"‘'")
        low = bare.casefold().rstrip(".!?’")
        if first >= 0 and low in _SEEMING and IDENTIFIED.match(text, at - 1, limit):
            break
        if (first < 0 and low in {"and", "or", "&"}) or (first >= 0 and low in _ARTICLES):
            break
        if low in {"and", "or", "&"} and not pending_and:
            pending_and = True
            continue
        if low == "of" and first >= 0 and not pending_and:
            after_of = True
            continue
        if after_of and (low in _number_starts() or token[0].isdigit()):
            break
        if first < 0 and low.endswith("ly") and re.match(r"\s\w+(?:ed|wn)\s", text[match.end() : match.end() + 24]):
            first, last = at, match.end()
            continue
        known = (
            first >= 0 and not after_of and (text[last - 1] == "s" or catalogue.category(text[first:last]) is not None)
        )
        ends = not _is_numbered(bare, catalogue) and _ends(bare, low, text, match.end(), known)
        if ends or count > _MAX_NAME_WORDS or (pending_and and _parts(bare, low)):
            break
        first = match.end() - len(token.lstrip("“\"‘'")) if first < 0 else first
        last = at + len(token.rstrip(".!?”\"’'")) if token[-1] in ".!?”\"’'" else match.end()
        pending_and = after_of = False
        if token[-1] in ".!?":
            break
    return (first, last) if 0 <= first < last else None


def _leads(word: str, count: int) -> bool:
    """Whether a word before a name is no part of it: a first "of", an article, a size."""
    return (count == 0 and word == "of") or word in name_words("lead") or is_size(word)


def is_size(token: str) -> bool:
    """Whether a word says how large each of the goods is, and is no part of their name: "50-litre", "one-kilogram"."""
    number, hyphen, unit = token.casefold().partition("-")
    if not hyphen or not (number.replace(".", "").replace(",", "").isdigit() or number in _number_starts()):
        return False
    known = load_units().named(unit)
    return known is not None and known.kind in {"mass", "volume"}


def _is_numbered(token: str, catalogue: Catalogue) -> bool:
    """Whether a word that begins with a number is the name of a known substance: "3-MMC", "1,4-butanediol"."""
    return token[:1].isdigit() and catalogue.category(token) is not None


def _ends(token: str, low: str, text: str, end: int, known: bool) -> bool:
    """Whether a word cannot belong to a name; `known` says whether the name so far may be whole."""
    if not token or not token[0].isalpha() or low in resources.words("phrase_ends.txt"):
        return True
    if not known:
        return False
    if (low.endswith("ed") and len(low) > 4) or low in name_words("participle"):
        return True
    if low.endswith("ing") and not _goes_on(text, end):
        return True
    return low.endswith("ly") and low not in name_words("noun_in_ly")


def _goes_on(text: str, end: int) -> bool:
    """Whether a noun follows, to which a word in -ing belongs: "rolling tobacco", and not "cocaine leaving for"."""
    following = re.match(r"\s([a-z]+)", text[end : end + 30])
    return bool(following) and following[1] not in resources.words("phrase_ends.txt") | name_words("determiner")  # type: ignore[index]


def _parts(token: str, low: str) -> bool:
    """Whether a word after "and" begins another statement or another item of a list."""
    return (
        low in name_words("determiner")
        or low.split("-", maxsplit=1)[0] in _number_starts()
        or low.endswith(("ed", "ly"))
        or (low.endswith("ing") and low != "clothing")
        or token[0].isupper()
    )


@cache
def _number_starts() -> frozenset[str]:
    return frozenset(values("unit", "ten", "group", "scale", "part"))


def name_before(text: str, floor: int, end: int, catalogue: Catalogue) -> tuple[int, int] | None:
    """The span of a known good's name that ends at text[end], not before `floor`."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", text[max(floor, end - 80) : end]))
    base = max(floor, end - 80)
    first = -1
    for word in reversed(words[-_NAME_WORDS_BEFORE:]):
        low = word[0].casefold()
        at = base + word.start()
        gap = text[base + word.end() : first if first >= 0 else end]
        if (
            gap.strip()
            or not word[0][0].isalpha()
            or low in resources.words("phrase_ends.txt")
            or low in name_words("lead")
        ):
            break
        if low == "and" or low in resources.words("approximations.txt") or low in resources.words("persons.txt"):
            break
        first = at
    if first < 0:
        return None
    name = text[first:end].rstrip()
    return (first, first + len(name)) if catalogue.category(name.split()[-1]) or catalogue.heads(name) else None
