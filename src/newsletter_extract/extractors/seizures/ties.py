"""What ties goods to the word that seizes them: directly, or as one more item of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract import resources
from newsletter_extract.extractors.seizures.goods_types import Goods, Span
from newsletter_extract.extractors.seizures.measured_goods import DOSES
from newsletter_extract.extractors.seizures.phrases import name_words
from newsletter_extract.extractors.seizures.triggers import CLAUSE, Trigger
from newsletter_extract.extractors.seizures.words import says
from newsletter_extract.extractors.tools import Tools

Tied = tuple[Goods, Trigger]

_LIST_GAP = 160
"""Characters between two goods of one list; further apart they belong to different statements."""
_MAX_REACH = 220
DIRECT_REACH = 40
"""Characters between a trigger and its very object."""
CONTRABAND = frozenset({"drugs", "weapons", "counterfeit", "precursors", "wildlife"})
"""Categories of goods that are found by nobody but those who look for them."""
_COUNTED_TOO = CONTRABAND - {"wildlife"}
"""Those of them that nobody else finds when they are counted in pieces either."""


def between(text: str, item: Goods, trigger: Trigger) -> str:
    return text[trigger.end : item.start] if trigger.end <= item.start else text[item.end : trigger.start]


_WITH = re.compile(
    r"\b(?:with|carrying|containing|transporting|smuggling|concealing|hiding|possession\sof|possessing|after|holding|had|when)\s*(?:\w+\s*){0,3}$",
    re.I,
)
_OWN_AUXILIARY = re.compile(
    r"(?:(?:\s(?:has|have|had)(?:\s\w+)?)?\s(?:was|were|been|being|are|is)(?:\s\w+){0,3}|\s(?:has|have|had))\s*$", re.I
)
_FINITE = re.compile(r"\b(?:was|were|is|are|has|had|have|been)\b", re.I)
_APPOSED = re.compile(r",\s(?:(?:which|who|that)\s)?[^,;]{1,90}?,(?=\s)")


def tie(text: str, item: Goods, triggers: Sequence[Trigger], tied: Sequence[Tied]) -> Trigger | None:
    """The trigger that governs the goods, directly or as one more item of a list."""
    if tied and 0 <= item.start - tied[-1][0].end <= _LIST_GAP:
        trigger = tied[-1][1]
        gap = _ASIDE.sub(",", _without(text, tied[-1][0].end, item.start, trigger))
        if _is_list(gap) and not (";" in gap and _OWN_VERB.match(text, item.end)):
            return trigger
    near = sorted(triggers, key=lambda t: min(abs(t.end - item.start), abs(t.start - item.end)))
    return next((t for t in near if governs(text, item, t)), None)


_ASIDE = re.compile(r"^,\s[^,;.:\d]{1,90}?,(?=\s(?:and|as\swell\sas|plus)\s)")
"""What a list says of one of its goods: "57 bottles, bound for a place that is dry, and 400 pullovers"."""
_OWN_VERB = re.compile(
    r"\s(?:was|were|is|are|(?:has|have|had)\sbeen)\s(?!(?:also\s)?(?:seized|found|discovered|recovered|worth|valued)\b)"
)
"""What follows goods behind a semicolon of which something else is told: "; 300 cylinders were handed in"."""


def _without(text: str, start: int, end: int, trigger: Trigger) -> str:
    """The text between two goods without the trigger and its auxiliary, where it stands there."""
    if not start <= trigger.start < trigger.end <= end:
        return text[start:end]
    return _OWN_AUXILIARY.sub("", text[start : trigger.start]) + text[trigger.end : end]


_ANNOUNCED = re.compile(r"[^.;:]{0,80}:\s*(?:[^.;:]{0,60}(?:,|\band)\s)?")
"""What stands between a trigger and a list that it announces: "Found during the search: a shotgun, …"."""


def governs(text: str, item: Goods, trigger: Trigger) -> bool:
    gap = between(text, item, trigger)
    if item.end <= trigger.start:
        gap = _APPOSED.sub(" ", gap)
    if says("cancel", gap):
        return False
    if trigger.side == "sentence":
        return True
    if len(gap) > _MAX_REACH:
        return False
    if trigger.end <= item.start:
        announced = _ANNOUNCED.fullmatch(gap) is not None
        if not announced and (CLAUSE.search(gap) or _FINITE.search(gap)):
            return False
        return trigger.side in {"object", "both"} or bool(_WITH.search(gap))
    if item.end <= trigger.start and trigger.side in {"subject", "both"}:
        rest = _APPOSED.sub(" ", _OWN_AUXILIARY.sub("", gap) + " ")
        rest = re.sub(r",?\s(?:which|that)\s(?:the\s)?(?:\w+\s){0,3}$", " ", rest)
        parted = re.search(r"[;:]\s", rest.rstrip(": ")) and "all of which" not in gap.casefold()
        return not (parted or _FINITE.search(rest))
    return False


_BREAK = re.compile(
    r"\s(?:who|that|when|while|whereas|after|before|although|because)\s|,\s(?:he|she|they|it)\s|\.\s", re.I
)


def _is_list(gap: str) -> bool:
    """Whether the text between two goods only goes on with the list: commas, "and", places, packing, worth."""
    if not re.search(
        r"[,;/]|\band\b|\bas well as\b|\bplus\b|\bwith\b|\bincluding\b|\bor\b|\bin addition to\b|\bbesides\b", gap
    ):
        return False
    if _FINITE.search(gap) or _BREAK.search(gap) or says("cancel", gap):
        return False
    verbs = re.findall(r"\b[a-z]{3,}ed\b", gap)
    return all(verb in resources.words("phrase_ends.txt") or verb in {"valued", "estimated"} for verb in verbs)


def with_unknown(text: str, tied: Sequence[Tied], unknown: Sequence[Tied]) -> list[Tied]:
    """The goods of a sentence with unknown ones that begin their list: "Two Zetors and 61 kg of pork were seized"."""
    found = list(tied)
    for item, trigger in reversed(unknown):
        after = next((g for g, t in found if t is trigger and g.start >= item.end), None)
        if (
            after
            and item.quantity
            and len(text[item.end : after.start]) < _LIST_GAP
            and _is_list(text[item.end : after.start])
        ):
            found.insert(next(k for k, (g, _) in enumerate(found) if g is after), (item, trigger))
    return found


_LIST_MARK = re.compile(
    r"[\s,;]*(?:and|as well as|plus|along with|together with|in addition to|besides)?\s*(?:also\s)?"
)
_DETAIL = re.compile(r",?\s(?:each|weighing|worth|valued|with\sa)\s[^,;]{1,60},|\s\([^()]{1,60}\)", re.I)
"""What a list says of one of its goods before it goes on."""


_LADEN = re.compile(r"\s(?:loaded\swith|laden\swith|with|carrying|containing|transporting|full\sof)\s", re.IGNORECASE)
"""What a seized vehicle carried, told between it and the word that seizes: "two lorries with cement were impounded"."""


def _direct(text: str, item: Goods, trigger: Trigger, tied: Sequence[Tied]) -> bool:
    """Vehicles are seized only where they are the very object of a strong word; else they carry the goods."""
    stolen = item.name.split(maxsplit=1)[0].casefold() in name_words("taken")
    weak = trigger.strength == "weak" and not stolen
    if weak or (item.is_single and trigger.strength != "seizing"):
        return False
    if tied and tied[-1][1] is trigger and tied[-1][0].end <= item.start:
        gap = _without(text, tied[-1][0].end, item.start, trigger)
        return bool(_LIST_MARK.fullmatch(_DETAIL.sub(",", gap)))
    gap = between(text, item, trigger)
    if trigger.strength == "seizing" and item.end <= trigger.start and _LADEN.match(gap) and len(gap) < _MAX_REACH:
        return not _FINITE.search(_OWN_AUXILIARY.sub("", gap))
    robbed = re.match(r"\s(\w+)\s", gap) if item.end <= trigger.start else None
    if robbed and robbed[1].casefold() in name_words("taken"):
        return not _FINITE.search(_OWN_AUXILIARY.sub("", gap))
    return len(gap) < 25 and not re.search(r"\b(?:in|from|with|inside|on|to)\b", gap)


def counts(text: str, item: Goods, trigger: Trigger, tied: Sequence[Tied], tools: Tools, enforced: bool) -> bool:
    """Whether goods tied to a trigger are seized goods, and not what carried them or something else that was found."""
    category = tools.catalogue.category(item.name)
    if item.is_vehicle and not _direct(text, item, trigger, tied):
        return False
    if item.is_single and trigger.strength != "seizing" and not (tied and tied[-1][1] is trigger):
        return category == "weapons" and len(between(text, item, trigger)) < DIRECT_REACH
    chained = bool(tied) and tied[-1][1] is trigger
    if category is None:
        if item.name[:1].isupper() and item.quantity and item.quantity.si:
            return False  # what a broken line brought beside the measure: "410 kg of Fines"
        near = chained or not re.search(r"\bto\b|[,(]", between(text, item, trigger))
        listed = chained and (trigger.strength != "weak" or (enforced and _is_lot(item)))
        return near and (trigger.strength == "seizing" or listed)
    if trigger.strength == "rescue":
        return category == "wildlife"
    if trigger.strength == "stray":
        return category in {"drugs", "weapons"}
    measured = item.quantity is not None and item.quantity.unit not in {None, "piece"}
    return trigger.strength != "weak" or enforced or category in (CONTRABAND if measured else _COUNTED_TOO)


def _is_lot(item: Goods) -> bool:
    """Whether goods that no list has are so many, or in such doses, that they are no personal effects."""
    amount = item.quantity
    return amount is not None and ((amount.value or 0) >= _MANY_PIECES or amount.unit in DOSES or amount.si is not None)


_MANY_PIECES = 50
_PRESUMED_UNITS = frozenset({"piece", "stick"})


def is_presumed(text: str, item: Goods, sentence: Span, tools: Tools) -> bool:
    """Whether goods that no word seizes are seized all the same: contraband with its amount, in a text of enforcement.

    What police or customs write of "1.85 tons of dried cannabis" was taken away, whatever the verb, unless the sentence
    denies it or speaks of plans, trials, prices, trade, production or other people's doings.
    """
    category = tools.catalogue.heads(item.name)
    if category not in CONTRABAND or item.quantity is None or item.quantity.value is None:
        return False
    if item.is_single or item.is_vehicle or item.money is not None:
        return False
    if category == "drugs" and item.quantity.unit in _PRESUMED_UNITS:
        return False
    start = max(sentence[0], text.rfind("; ", sentence[0], item.start))
    stop = text.find("; ", item.end, sentence[1])
    clause = start, sentence[1] if stop < 0 else stop
    return not any(says(role, text, *clause) for role in ("cancel", "past", "disposal", "apart"))
