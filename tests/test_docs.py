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

from newsletter_extract.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]


def test_the_example_of_the_readme_prints_what_it_says() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    match = re.search(r"```python\n(?P<code>.*?)```\n\n(?P<output>(?:    [^\n]*\n)+)", readme, re.DOTALL)
    assert match
    result = subprocess.run([sys.executable, "-c", match["code"]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [line.strip() for line in match["output"].splitlines()]


def test_the_configuration_of_the_docs_is_that_of_the_sample() -> None:
    text = (ROOT / "docs/extending.md").read_text("utf-8")
    path = ROOT / "samples/own_agency/agency.toml"
    assert f"```toml\n{path.read_text('utf-8')}```" in text
    assert load_settings(path) != Settings()


def test_every_resource_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE.md").read_text("utf-8")
    for name in ("gazetteer.sqlite", "words_en.txt.gz", "months.csv", "iso3166-1.txt"):
        assert name in notice


def test_links_between_documents_resolve() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands of a page's console blocks, each with the lines it should print; `> ` goes on with a command."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            length = next((k for k, line in enumerate(lines[1:], 1) if not line.startswith("> ")), len(lines))
            yield "\n".join([lines[0], *(line[2:] for line in lines[1:length])]), lines[length:]


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/extending.md"])
def test_commands_of_a_page_print_what_it_says(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path, dirs_exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, expected in sessions(ROOT / page):
        result = subprocess.run(
            ["bash", "-c", f"{command} 2>&1"], cwd=tmp_path, env={**os.environ, "PATH": path},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout
        pattern = "\n".join(re.escape(line).replace("…", ".*") for line in expected)
        assert re.fullmatch(pattern, result.stdout.strip()), f"{command}\nprinted\n{result.stdout}"
