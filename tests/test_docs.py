"""What the documents say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from newsletter_extract.errors import ExitCode
from newsletter_extract.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]


def test_the_example_of_the_readme_prints_what_it_says() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    match = re.search(r"```python\n(?P<code>.*?)```\n\n(?P<output>(?:    [^\n]*\n)+)", readme, re.DOTALL)
    assert match
    result = subprocess.run([sys.executable, "-c", match["code"]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [line.strip() for line in match["output"].splitlines()]


def test_every_exit_code_is_documented() -> None:
    documented = {int(n) for n in re.findall(r"^\| (\d+) \|", (ROOT / "docs/exit-codes.md").read_text("utf-8"), re.M)}
    assert documented == {int(code) for code in ExitCode}


def test_the_configuration_of_the_docs_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "docs/extending.md").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1], "utf-8")  # type: ignore[index]
    assert load_settings(path) != Settings()


def test_every_resource_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE.md").read_text("utf-8")
    for name in ("gazetteer.sqlite", "words_en.txt.gz", "months.csv", "iso3166-1.txt"):
        assert name in notice


def test_links_between_documents_resolve() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
