"""Chromium for the browser tests and pictures: find it, and install it where it is missing and that is allowed.

python scripts/chromium.py     prints the program's path; installs it first where need be
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "NEWSLETTER_EXTRACT_CHROMIUM"
"""Environment variable that names the program where it is none of NAMES."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip


def find() -> str | None:
    """The path of Chromium or Chrome, or None where there is neither."""
    named = os.environ.get(VARIABLE)
    return named or next((path for name in NAMES if (path := shutil.which(name))), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def install() -> None:
    """Install Debian's package where apt-get is there and may be used, else Playwright's own build."""
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for command in ("apt-get update -q", "apt-get install -qy --no-install-recommends chromium"):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run([*root, *command.split()], env=environment, stdout=sys.stderr, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)


def main() -> None:
    if not find():
        print("No Chromium found; installing it for the browser tests.", file=sys.stderr)
        install()
    path = find()
    if not path:
        sys.exit(f"No Chromium could be installed; install it, or name one in {VARIABLE}.")
    print(path)


if __name__ == "__main__":
    main()
