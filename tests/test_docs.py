"""What the documents say is what the program does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter_extract.review.corrections import load_corrections
from newsletter_extract.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("page", "folder"), [("README.md", "."), ("docs/python.md", "samples")])
def test_the_examples_in_python_print_what_is_said(page: str, folder: str) -> None:
    """Each block, and the indented lines behind it."""
    text = (ROOT / page).read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", text, re.DOTALL)
    assert len(examples) == text.count("```python")
    for code, output in examples:
        command = [sys.executable, "-c", code]
        result = subprocess.run(command, cwd=ROOT / folder, capture_output=True, text=True, check=True)
        assert matches([line.strip() for line in output.splitlines()], result.stdout), result.stdout


def test_the_configuration_of_the_docs_is_that_of_the_sample() -> None:
    text = (ROOT / "docs/extending.md").read_text("utf-8")
    path = ROOT / "samples/own_agency/agency.toml"
    assert f"```toml\n{path.read_text('utf-8')}```" in text
    assert load_settings(path) != Settings()


def test_the_corrections_of_the_docs_can_be_read(tmp_path: Path) -> None:
    match = re.search(r"```json\n(.*?)```", (ROOT / "docs/review.md").read_text("utf-8"), re.DOTALL)
    assert match
    (tmp_path / "it.corrections.json").write_text(match[1], "utf-8")
    found = load_corrections(tmp_path / "it.corrections.json")
    assert [part.action for part in found.corrections] == ["accept", "reject", "edit", "add"]


def test_every_resource_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE.md").read_text("utf-8")
    for name in ("gazetteer.sqlite", "words_en.txt.gz", "months.csv", "iso3166-1.txt"):
        assert name in notice


def test_links_between_documents_resolve() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for name, heading in re.findall(r"\]\((?!http)([^)#]*)(?:#([^)]*))?\)", path.read_text("utf-8")):
            target = path.parent / name if name else path
            assert target.exists(), f"{path.name}: {name}"
            assert not heading or heading in anchors(target), f"{path.name}: {name}#{heading}"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are linked by, as GitHub makes it."""
    headings = re.findall(r"^#+ (.*)", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_document_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [path.name for path in (ROOT / "docs").rglob("*.md") if f"{path.relative_to(ROOT)})" not in readme] == []


def matches(expected: list[str], printed: str) -> bool:
    """Whether the lines are those that a document gives; … stands for anything."""
    pattern = "\n".join(re.escape(line).replace("…", ".*") for line in expected)
    return re.fullmatch(pattern, printed.strip()) is not None


def sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands of a page's console blocks, each with the lines it should print; `> ` goes on with a command.

    A block of Python that begins with the name of a file is that file.
    """
    for kind, block in re.findall(r"```(console|python)\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if kind == "python" and (name := re.match(r"# (\w+\.py)\n", block)):
            yield f"cat > {name[1]} <<'END'\n{block}END", []
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            length = next((k for k, line in enumerate(lines[1:], 1) if not line.startswith("> ")), len(lines))
            yield "\n".join([lines[0], *(line[2:] for line in lines[1:length])]), lines[length:]


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/extending.md", "docs/regression.md"])
def test_commands_of_a_page_print_what_it_says(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path, dirs_exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, expected in sessions(ROOT / page):
        result = subprocess.run(
            ["bash", "-c", f"{{ {command}\n}} 2>&1"], cwd=tmp_path, env={**os.environ, "PATH": path},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout
        assert matches(expected, result.stdout), f"{command}\nprinted\n{result.stdout}"
