"""A bulletin's masthead: its lines, and the title, publisher and number that they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_extract.document import FURNITURE, Block, Document
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.schema import Organization

_NUMBER = r"(?:\d{1,4}(?:\s?[/–-]\s?\d{2,4})?|[IVXLC]{1,7}\b)"
_NO = r"(?:No|Nr|Núm|Num|Br|N\.?\s?[º°])"
ISSUE = re.compile(
    rf"""
    (?<!\w)(?:
        (?:Vol(?:ume|\.)?|Jahrgang|Tome|Año|Ano)\s*{_NUMBER}(?:\s*[,·|:/–-]?\s*(?:{_NO}|Issue|Number)\.?\s*{_NUMBER})?
      | (?:Issue|Edition|Number|Bulletin|Newsletter|Digest|Edici[oó]n|Edição|Ausgabe|N[uúù]mero|Broj|Sayı|Выпуск)\s+
        (?:{_NO}\.?\s?|\#)?{_NUMBER}
      | {_NO}\.?\s?{_NUMBER}
      | (?:Issue|Edition)\s*\#\s?\d+ | \#\s?\d{{1,4}}
    )(?:\s+of\s+(?:19|20)\d\d)?(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The number of an issue, as "Vol. 9 No. 3", "Issue 17", "Edición N.º 34", "No. 7 of 2019"."""
_KINDS = (
    r"(?:[Bb]ulletin|[Nn]ewsletter|[Dd]igest|[Rr]eview|[Mm]onthly|[Qq]uarterly|[Ww]eekly|[Gg]azette|[Jj]ournal|[Pp]ublication|"
    r"[Mm]itteilungen|[Nn]achrichten|[Bb]olet[ií]n|[Bb]oletim|[Bb]ollettino|[Bb]ilten|[Rr]evista|[Rr]evue|[Nn]otes)"
)
_GIVEN_BY = re.compile(
    rf"""
    (?:{_KINDS}\s+(?:of|by|der|des|du|de|del|do|da|della)\s+(?:the\s+|la\s+|los\s+|las\s+)?
      |\b(?:[Pp]ublished|[Ii]ssued|[Pp]repared|[Pp]roduced|[Cc]ompiled)\s*(?:by)?\s*:?\s+(?:by\s+)?(?:the\s+)?
      |\b(?:[Pp]ublisher|[Hh]erausgeber|[Hh]erausgegeben\ von|[Pp]ublié\ par|[Pp]ublicado\ por|[Ii]zdaje)\s*:?\s+
        (?:der\s+|la\s+|el\s+|le\s+)?)
    (?P<name>[^\W\d_a-z][^·—–|,\n\t]{{3,80}})
    """,
    re.VERBOSE,
)
_BODY_WORDS = re.compile(
    r"\b(?:Service|Services|Servicio|Bureau|Agency|Authority|Police|Customs|Board|Office|Ministry|Directorate|Guard|Commission|"
    r"Force|Department|Administration|Organization|Organisation|Centre|Center|Council|League|Unit|Union|Secretariat|Constabulary|"
    r"Administración|Administração|Dirección|Direcção|Aduanas?|Alfândegas?|Polic[ií]a|Polícia|Direction|Douanes?|Gendarmerie|"
    r"Guardia|Guarda|Receita|Zoll|Zollverwaltung|Carinska|Carinski|Uprava|Policija)\b"
)
_SEPARATOR = re.compile(r"\s[—–·|•]\s|\s{2,}")
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_HEAD_BLOCKS = 6
_LONGEST_PART = 90
_TITLE_PARTS = 4
"""The title is among so many parts of the masthead."""
_SENTENCE_WORDS = 7


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a masthead gives; None for what it does not."""

    title: str | None
    publisher: str | None
    issue: str | None


def read_masthead(document: Document, organizations: Sequence[Organization]) -> Masthead:
    """Title, publisher and issue, by the first blocks, then by the running heads and feet."""
    blocks = list(document.blocks())
    heads = _head_blocks([b for b in blocks if b.kind not in FURNITURE])
    parts = [part for block in heads for part in parts_of(block)]
    edges = [part for block in blocks if block.kind in {"header", "footer"} for part in parts_of(block)]
    title = _title(heads, parts)
    numbers = (match[0].strip() for part in (*parts, *edges) if (match := ISSUE.search(part)))
    return Masthead(title, _publisher(parts, edges, title, heads, organizations), next(numbers, None))


def _head_blocks(body: Sequence[Block]) -> list[Block]:
    """The blocks of the masthead: the first ones, up to one that is text."""
    heads: list[Block] = []
    for block in body[:_HEAD_BLOCKS]:
        told = block.kind not in {"title", "heading"} and block.text.rstrip().endswith((".", "!", "?"))
        if block.kind == "table" or (
            told and len(block.text.split()) >= _SENTENCE_WORDS and not _GIVEN_BY.search(block.text)
        ):
            break
        heads.append(block)
    return heads


def parts_of(block: Block) -> list[str]:
    """The printed lines of a block, parted where a bar, a dot or white parts them; a title that wraps is one line."""
    if block.kind == "title":
        lines = [block.text]
    else:
        starts = [0, *(b.start for a, b in zip(block.tokens, block.tokens[1:], strict=False) if b.line > a.line)]
        ends = [*starts[1:], len(block.text)]
        lines = [block.text[a:b] for a, b in zip(starts, ends, strict=True)]
    return [part for line in lines for piece in _SEPARATOR.split(line) if (part := piece.strip(" .,"))]


def _title(heads: Sequence[Block], parts: Sequence[str]) -> str | None:
    """The line set as title, else the first with a word for a publication, else the first that is none of the rest."""
    title = next((b for b in heads if b.kind == "title"), None)
    if title:
        return title.text
    first = [part for part in parts[:_TITLE_PARTS] if not _is_number(part)]
    publications = [p for p in first if pattern("masthead").search(p)]
    others = [p for p in first if not _BODY_WORDS.search(p) and not _starts_given(p) and not _DATED.search(p)]
    told = [p for p in parts[:_TITLE_PARTS] if _is_number(p) or _BODY_WORDS.search(p) or _DATED.search(p)]
    ranked = [*(p for p in publications if not _starts_given(p)), *(others if told else ()), *publications]
    return _without_number(ranked[0]) if ranked else None


def _without_number(part: str) -> str:
    """A title without the number and date of the issue behind it: "Frontier Notes No. 22 - October 2019"."""
    number = ISSUE.search(part)
    title = part[: number.start()].strip(" ,-–—·|(") if number else ""
    return title if len(title.split()) > 1 else part


def _is_number(part: str) -> bool:
    """Whether a part is no more than a number of an issue, with a date or not."""
    rest = _DATED.sub("", ISSUE.sub("", part))
    return ISSUE.search(part) is not None and len(re.findall(r"[^\W\d_]{3,}", rest)) <= 2


def _starts_given(part: str) -> bool:
    match = _GIVEN_BY.match(part.removeprefix("the ").removeprefix("The "))
    return match is not None and not match[0].isupper()


_BRACKET_AT_END = re.compile(r"\s*\([^)]*\d[^)]*\)?$")
"""The period behind a name: "Notes of the Guard (Q2 2019)"."""


def _publisher(
    parts: Sequence[str],
    edges: Sequence[str],
    title: str | None,
    heads: Sequence[Block],
    organizations: Sequence[Organization],
) -> str | None:
    for part in (*parts, *edges):
        if match := _GIVEN_BY.search(part):
            return _BRACKET_AT_END.sub("", match["name"]).strip(" .")
    for part in parts:
        if part != title and len(part) < _LONGEST_PART and _BODY_WORDS.search(part) and not ISSUE.search(part):
            return part
    ids = {b.id for b in heads[:3] if not b.text.endswith(".")}
    return next((o.name for o in organizations if o.provenance and o.provenance.block in ids), None)
