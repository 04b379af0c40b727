"""Gets what the tests need besides Python packages: Chromium, and the Node tools where Node is present.

Chromium is taken from the system; where there is none, it is Debian's package where apt and root are at hand, else the
build that Playwright brings. With it comes `pdftotext`, which reads printed pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of the system's Chromium; None means that Playwright's own is used."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch_options() -> dict[str, object]:
    """What Playwright's `chromium.launch` is called with."""
    args = ["--disable-gpu", "--disable-background-networking"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    found = chromium()
    return {"args": args, **({"executable_path": found} if found else {})}


def install_chromium() -> None:
    """Make `chromium()` or Playwright's own browser work, and `pdftotext` where that is easy."""
    wanted = [] if chromium() else ["chromium", "fonts-noto-core"]
    wanted += [] if shutil.which("pdftotext") else ["poppler-utils"]
    if wanted and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *wanted]):
            subprocess.run(["apt-get", *command], env=environment, check=False, stdout=subprocess.DEVNULL)
    if chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def install_node_tools() -> None:
    """`npm ci`, where npm is; the tests that need its tools skip themselves elsewhere."""
    npm = shutil.which("npm")
    if npm is None or not (ROOT / "package-lock.json").exists():
        return
    stamp = ROOT / "node_modules" / ".stamp"
    lock = (ROOT / "package-lock.json").read_bytes()
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    done = subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=False)
    if done.returncode == 0:
        stamp.write_bytes(lock)


if __name__ == "__main__":
    install_chromium()
    install_node_tools()
