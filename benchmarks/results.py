"""What the benchmarks share: where things are, how other programs are asked, and tables put into the documents.

It needs nothing but Python, since the peers' environment uses it too.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "dev"
"""The development corpus, where it lies beside the project."""
PEERS = ROOT / ".venv-peers" / "bin" / "python"
OURS = "newsletter-extract"


def processor_s() -> float:
    """Processor time so far of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def ask(script: str, tool: str, paths: Sequence[Path]) -> dict[Path, Any]:
    """What another program, run by peer_text.py or peer_facts.py, says of each file."""
    command = [str(PEERS), str(ROOT / "benchmarks" / script), tool, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    return {path: answer[str(path)] for path in paths}


def put(name: str, text: str, page: str = "benchmarks.md") -> None:
    """Print a text, and put it into a document of docs/ between the marks <!-- name --> and <!-- /name -->."""
    print(text, flush=True)
    path = ROOT / "docs" / page
    before, rest = path.read_text("utf-8").split(f"<!-- {name} -->")
    after = rest.split(f"<!-- /{name} -->")[1]
    path.write_text(f"{before}<!-- {name} -->\n\n{text.rstrip()}\n\n<!-- /{name} -->{after}", "utf-8")
