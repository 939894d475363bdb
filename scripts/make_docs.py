"""Write the pages of docs/reference from the program: its commands, output, tables, findings, repairs and exit codes.

--check writes nothing and fails where a page is stale.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

os.environ |= {"COLUMNS": "110", "TERM": "dumb", "NO_COLOR": "1"}

from typer.main import get_command

from newsletter_extract import resources
from newsletter_extract.cli import app
from newsletter_extract.document import FindingCode
from newsletter_extract.errors import ExitCode
from newsletter_extract.schema import Extraction

PAGES = Path(__file__).parents[1] / "docs" / "reference"
PACKAGE = Path(resources.__file__).parents[1]
BUILT_RULES = {"glyph.X_Y", "glyph.euro"}
"""Rules whose names the program puts together."""
MADE = "<!-- Written by scripts/make_docs.py; `make docs` writes it anew. -->\n\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stale = 0
    pages = {
        "commands.md": commands(),
        "output.md": output(),
        "tables.md": tables(),
        "findings.md": findings(),
        "repair-rules.md": repair_rules(),
        "exit-codes.md": exit_codes(),
    }
    for name, text in pages.items():
        path = PAGES / name
        now = path.read_text("utf-8") if path.exists() else ""
        if options.check and now != text:
            stale += 1
            sys.stdout.writelines(difflib.unified_diff(now.splitlines(True), text.splitlines(True), name, "today", n=1))
        elif not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        print("docs/reference is stale; run `make docs`.", file=sys.stderr)
    return int(stale > 0)


def commands() -> str:
    """The help of the program and of each command, as it is printed."""
    parts = ["# Commands\n\n", MADE]
    names = sorted(get_command(app).commands)  # type: ignore[attr-defined]
    for name in ["", *names]:
        title = f"extract {name}".strip() if name != "file" else "extract FILE…"
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
            app([*([name] if name else []), "--help"], prog_name="extract")
        lines = "\n".join(line.rstrip() for line in shown.getvalue().strip("\n").splitlines())
        parts.append(f"## {title}\n\n```text\n{lines}\n```\n\n")
    return "".join(parts).rstrip() + "\n"


def output() -> str:
    """The models of the contract, a table each, from their descriptions and examples."""
    schema = Extraction.model_json_schema(mode="serialization")
    parts = ["# Fields of the output\n", MADE.strip() + "\n", _table("Extraction", schema)]
    parts += [_table(name, model) for name, model in schema["$defs"].items() if model.get("type") == "object"]
    return "\n".join(parts).rstrip() + "\n"


def tables() -> str:
    """The tables of `extract export` and what their columns hold."""
    from newsletter_extract.export.tables import TABLES

    parts = [
        "# Tables\n\n",
        MADE,
        "`extract export OUT --to …` makes these of the results of a batch. A `decimal` is exact to six places\n"
        "(in SQLite and JSON a number), a `date` is ISO 8601 text where a format has no dates, and null is an empty\n"
        "cell in CSV.\n\n",
    ]
    for table in TABLES:
        rows = "".join(f"| `{c.name}` | {c.type} | {_cell(c.about)} |\n" for c in table.all_columns)
        parts.append(f"## {table.name}\n\n{table.about}\n\n| column | type | what it is |\n|---|---|---|\n{rows}\n")
    return "".join(parts).rstrip() + "\n"


def findings() -> str:
    """The codes of findings; a code without a line in the table is an error."""
    told = {row["code"]: row for row in resources.rows("finding_codes.csv")}
    same(set(told), set(get_args(FindingCode)), "finding_codes.csv", "document.FindingCode")
    rows = "".join(f"| `{code}` | {_cell(row['says'])} | {_cell(row['to_do'])} |\n" for code, row in told.items())
    return f"# Findings\n\n{MADE}| code | what it says | what to do |\n|---|---|---|\n{rows}"


def repair_rules() -> str:
    """The rules of repair; the names in the source and those in the table are the same."""
    told = {row["rule"]: row for row in resources.rows("repair_rules.csv")}
    families = "|".join(sorted({rule.partition(".")[0] for rule in told}))
    source = "".join(p.read_text("utf-8") for part in ("repair", "reading/ocr") for p in (PACKAGE / part).glob("*.py"))
    used = set(re.findall(rf'"((?:{families})\.[a-z_]+)"', source))
    same(set(told) - BUILT_RULES, used, "repair_rules.csv", "the source")
    rows = "".join(
        f"| `{rule}` | {_cell(row['does'])} | {_example(row['read'])} | {_example(row['printed'])} |\n"
        for rule, row in told.items()
    )
    about = (
        "Rules that touch the same words are joined by `+`, as `glyph.added+hyphen.join`. ⏎ is the end of a line.\n"
        "What each rule asks for before it changes anything: [Repair](../repair.md).\n\n"
    )
    return f"# Rules of repair\n\n{MADE}{about}| rule | what it does | read | printed |\n|---|---|---|---|\n{rows}"


def exit_codes() -> str:
    rows = "".join(f"| {int(code)} | {code.about} |\n" for code in ExitCode)
    return f"# Exit codes\n\n{MADE}| code | what happened |\n|---|---|\n{rows}"


def same(told: set[str], used: set[str], table: str, program: str) -> None:
    """End with a sentence where a table of the resources and the program differ."""
    if told != used:
        sys.exit(f"Only in {table}: {sorted(told - used)}; only in {program}: {sorted(used - told)}.")


def _example(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""


def _table(name: str, model: dict[str, Any]) -> str:
    words = " ".join((model.get("description") or "").split())
    head = f"## {name}\n\n" + (f"{words}\n\n" if words else "")
    return head + "| field | type | what it is | example |\n|---|---|---|---|\n" + "".join(_rows(model))


def _rows(model: dict[str, Any]) -> Iterator[str]:
    for field, about in model["properties"].items():
        examples = about.get("examples") or []
        example = f"`{_cell(examples[0])}`" if examples and not isinstance(examples[0], dict | list) else ""
        yield f"| `{field}` | {_type(about)} | {_cell(about.get('description', ''))} | {example} |\n"


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _type(about: dict[str, Any]) -> str:
    """A type as a person says it."""
    if "$ref" in about:
        name = about["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in about:
        return " or ".join(dict.fromkeys(_type(part) for part in about["anyOf"]))
    if "enum" in about:
        return ", ".join(f"`{value}`" for value in about["enum"])
    if "const" in about:
        return f"`{about['const']}`"
    if "prefixItems" in about:
        return f"{len(about['prefixItems'])} numbers"
    if about.get("type") == "array":
        return f"list of {_type(about.get('items', {}))}"
    names = {"integer": "whole number", "string": about.get("format", "text")}
    return names.get(about.get("type", ""), about.get("type", "anything"))


if __name__ == "__main__":
    sys.exit(main())
