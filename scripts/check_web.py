"""Whether the scripts and style of the review pages are what their sources build, where Node is at hand.

python scripts/check_web.py     0 they are, or there is no Node to tell; 1 they are not
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
STATIC = ROOT / "src/newsletter_extract/review/static"


def main() -> int:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        print("check_web: no Node here; the built assets are taken as they are.", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder, built = Path(name) / "web", Path(name) / "built"
        shutil.copytree(WEB, folder, ignore=shutil.ignore_patterns("node_modules"))
        built.mkdir()
        command = [npm, "ci", "--no-audit", "--no-fund"]
        installed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if installed.returncode:
            print(f"check_web: npm ci failed, so nothing is told.\n{installed.stderr[-500:]}", file=sys.stderr)
            return 0
        subprocess.run([node, "build.mjs", str(built)], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        names = sorted({path.name for path in (*built.iterdir(), *STATIC.iterdir())})
        stale = filecmp.cmpfiles(built, STATIC, names, shallow=False)
    wrong = [*stale[1], *stale[2]]
    if wrong:
        print(f"check_web: {', '.join(wrong)}: not what web/ builds; run `make web` and commit.", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
