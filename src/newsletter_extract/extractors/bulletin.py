"""The bulletin itself: title, publisher, issue, period, language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract.document import Block, Document
from newsletter_extract.schema import Bulletin, DateSpan, Organization

_ISSUE = re.compile(
    r"\b(?:No\.?|Nr\.?|Issue|Vol(?:ume|\.)?|Edition|Number|Bulletin\s+No\.?)\s*(?:no\.?\s*)?\d{1,4}(?:\s?[/-]\s?\d{2,4})?(?:,?\s+(?:No|Issue)\.?\s*\d+)?\b"
)
_PUBLISHER = re.compile(
    r"(?:[Bb]ulletin|[Nn]ewsletter|[Dd]igest|[Rr]eview|[Pp]ublished)\s+(?:of|by)\s+(?:the\s+)?(?P<name>[A-Z][^·—–|,\n]{3,80})"
)
_BODY_WORDS = re.compile(
    r"\b(?:Service|Bureau|Agency|Authority|Police|Customs|Board|Office|Ministry|Directorate|Guard|Commission|Force|Department)\b"
)
_HEAD_BLOCKS = 4
_STOP_WORDS = {
    "en": {"the", "of", "and", "in", "to", "was", "were", "with", "for"},
    "de": {"der", "die", "und", "das", "mit", "wurde", "von", "den", "ein"},
    "fr": {"le", "la", "les", "des", "et", "une", "dans", "du", "est"},
    "es": {"el", "los", "las", "una", "del", "con", "por", "fue", "que"},
    "it": {"il", "di", "della", "che", "sono", "gli", "nel", "una", "del"},
    "pt": {"os", "uma", "dos", "da", "foi", "com", "não", "em", "pela"},
}


def read_bulletin(document: Document, dates: Sequence[DateSpan], organizations: Sequence[Organization]) -> Bulletin:
    """What the first blocks and the running heads say of the bulletin."""
    blocks = list(document.blocks())
    title = next((b for b in blocks if b.kind == "title"), None)
    body = [b for b in blocks if b.kind not in {"header", "footer", "page_number"}]
    heads = [b for b in body[:_HEAD_BLOCKS] if b.kind in {"title", "heading"} or len(b.text) < 220]
    running = [b for b in blocks if b.kind in {"header", "footer"}]
    texts = [b.text for b in (*heads, *running)]
    issue = next((m[0] for text in texts if (m := _ISSUE.search(text))), None)
    return Bulletin(
        title=title.text if title else None,
        publisher=_publisher(texts, heads, organizations),
        issue=issue,
        period=_period(heads, dates),
        language=_language(blocks),
    )


def _publisher(texts: Sequence[str], heads: Sequence[Block], organizations: Sequence[Organization]) -> str | None:
    for text in texts:
        if match := _PUBLISHER.search(text):
            return match["name"].strip()
    for text in texts[1:3]:
        first = re.split(r"\s[—–·|]\s", text)[0].strip()
        if len(first) < 90 and _BODY_WORDS.search(first) and not first.endswith("."):
            return first
    ids = {b.id for b in heads}
    return next((o.name for o in organizations if o.provenance and o.provenance.block in ids), None)


def _period(heads: Sequence[Block], dates: Sequence[DateSpan]) -> DateSpan | None:
    """The first span of a month or more in the head of the bulletin, else of days over more than three weeks."""
    ids = [b.id for b in heads]
    own = [d for d in dates if d.provenance and d.provenance.block in ids and d.start and d.end]
    long = [d for d in own if d.start and d.end and 26 <= (d.end - d.start).days <= 370]
    return long[0] if long else None


def _language(blocks: Sequence[Block]) -> str | None:
    words = [w.casefold() for b in blocks for w in re.findall(r"[^\W\d_]+", b.text)][:3000]
    counts = {code: sum(w in stops for w in words) for code, stops in _STOP_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > 0.05 * len(words) else None
