"""Outcomes of a check as text for people, JSON, JUnit XML, or annotations for GitHub's workflows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal
from xml.etree import ElementTree

from newsletter_extract.golden.check import Outcome
from newsletter_extract.golden.compare import Difference
from newsletter_extract.golden.facts import Value
from newsletter_extract.golden.runs import sum_up

Form = Literal["text", "json", "junit", "github"]
FORMS: tuple[Form, ...] = ("text", "json", "junit", "github")

_CONTEXT = 30
"""Characters kept on both sides of the first and last difference of two long texts."""
_SHORT = 80
_BREAKS = "%\r\n"
"""What ends a workflow command of GitHub's, and the mark that stands for it."""
_SIGNS = {"added": "+", "lost": "-", "changed": "~", "moved": ">"}


def report(outcomes: Sequence[Outcome], form: Form) -> str:
    """All outcomes in one of the forms, ending with a newline."""
    return {"text": _text, "json": _json, "junit": _junit, "github": _github}[form](outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line: how many are the same, drifted, failed, and what changed in all."""
    count = Counter(o.status for o in outcomes)
    changes = Counter(d.change for o in outcomes for d in o.differences)
    changed = ", ".join(f"{changes[c]} {c}" for c in ("added", "lost", "changed", "moved") if changes[c])
    documents = "1 document" if len(outcomes) == 1 else f"{len(outcomes)} documents"
    line = f"{documents}: {count['same']} the same, {count['drift']} drifted, {count['error']} failed"
    line += f", {count['new']} new" if count["new"] else ""
    return f"{line}; {changed}." if changed else f"{line}."


def sums_table(outcomes: Sequence[Outcome]) -> str:
    """Differences by kind of fact and field over all documents, the most frequent first."""
    sums = sum((sum_up(o.differences) for o in outcomes), start=Counter[tuple[str, str, str]]())
    rows = [(f"{kind}.{field}" if field else kind, change, n) for (kind, field, change), n in sums.most_common()]
    width = max((len(name) for name, _, _ in rows), default=0)
    return "".join(f"{name:{width}}  {change:8}{n:>8}\n" for name, change, n in rows)


def _text(outcomes: Sequence[Outcome]) -> str:
    lines: list[str] = []
    for outcome in outcomes:
        if outcome.status == "same":
            continue
        lines.append(f"{outcome.golden}: {outcome.problem or outcome.status}")
        lines += [f"  {line}" for line in told(outcome.differences)]
    return "\n".join([*lines, summary(outcomes)]) + "\n"


def told(differences: Sequence[Difference]) -> list[str]:
    """Lines for people: a line a fact, and one for each of its fields that changed."""
    lines: list[str] = []
    last = ""
    for difference in differences:
        page = f" (page {difference.page})" if difference.page else ""
        head = f"{_SIGNS[difference.change]} {difference.kind} {_quoted(_cut(difference.name))}{page}"
        if head != last or difference.field is None:
            lines.append(head)
        last = head
        if difference.field == "order":
            lines.append("    stands elsewhere in the order")
        elif difference.field:
            before, after = excerpts(difference.before, difference.after)
            lines.append(f"    {difference.field}: {before} → {after}")
    return lines


def excerpts(before: Value, after: Value) -> tuple[str, str]:
    """Both values for people; of two long texts only the part that differs, with some words round it."""
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) <= _SHORT:
        return _quoted(before), _quoted(after)
    shared = next(
        (k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    tail = 0
    while tail < min(len(before), len(after)) - shared and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = max(0, shared - _CONTEXT)
    parts = []
    for text in (before, after):
        end = min(len(text), len(text) - tail + _CONTEXT)
        parts.append(_quoted(("…" if start else "") + _cut(text[start:end]) + ("…" if end < len(text) else "")))
    return parts[0], parts[1]


def _cut(text: str) -> str:
    return text if len(text) <= 2 * _SHORT else f"{text[:_SHORT]} … {text[-_SHORT:]}"


def _quoted(value: Value) -> str:
    """A value as JSON writes it, so that nothing in a document can steer a terminal."""
    return "nothing" if value is None else json.dumps(value, ensure_ascii=not str(value).isprintable())


def _json(outcomes: Sequence[Outcome]) -> str:
    documents = [
        {"golden": str(o.golden), "status": o.status, "problem": o.problem or None,
         "differences": [asdict(d) for d in o.differences]}
        for o in outcomes
    ]  # fmt: skip
    return json.dumps({"summary": summary(outcomes), "documents": documents}, indent=2, ensure_ascii=False) + "\n"


def _junit(outcomes: Sequence[Outcome]) -> str:
    count = Counter(o.status for o in outcomes)
    suite = ElementTree.Element("testsuite", {"name": "newsletter-extract", "tests": str(len(outcomes))})
    suite.set("failures", str(count["drift"]))
    suite.set("errors", str(count["error"]))
    for outcome in outcomes:
        case = ElementTree.SubElement(suite, "testcase", classname="golden", name=_xml_text(str(outcome.golden)))
        if outcome.status in {"drift", "error"}:
            tag = "failure" if outcome.status == "drift" else "error"
            found = ElementTree.SubElement(case, tag, message=_xml_text(outcome.problem or summary([outcome])))
            found.text = _xml_text("\n".join(told(outcome.differences)))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def _xml_text(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(c if c in "\t\n" or (c.isprintable() or c == " ") else "�" for c in text)


def _github(outcomes: Sequence[Outcome]) -> str:
    lines = []
    for outcome in outcomes:
        file = _github_escaped(str(outcome.golden), f"{_BREAKS}:,")
        title = "Extraction failed" if outcome.problem else "Extraction drifted"
        texts = [outcome.problem] if outcome.problem else _facts(told(outcome.differences))
        lines += [f"::error file={file},title={title}::{_github_escaped(text, _BREAKS)}" for text in texts]
    return "\n".join([*lines, summary(outcomes)]) + "\n"


def _facts(lines: Sequence[str]) -> list[str]:
    """What is told of each fact, its fields on lines of their own."""
    return re.split(r"\n(?!    )", "\n".join(lines)) if lines else []


def _github_escaped(text: str, marks: str) -> str:
    """Percent-encoded as GitHub's workflow commands ask: these marks in data, `:` and `,` too in properties."""
    return "".join(f"%{ord(c):02X}" if c in marks else c for c in text)
