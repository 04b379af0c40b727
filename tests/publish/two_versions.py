"""Two versions of a site, and a process that publishes them in turn until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from explainer.publish import publish_site


def version(turn: int) -> dict[str, bytes]:
    """A site of 300 files; a third changes from version to version, a tenth has other paths."""
    files = {"index.html": b"home %d" % turn}
    for number in range(299):
        path = f"{turn}/{number}.html" if number % 10 == 0 else f"all/{number}.html"
        files[path] = b"%d %d " % (number, turn if number % 3 == 0 else 2) * (number * 8)
    return files


if __name__ == "__main__":
    root = Path(sys.argv[1])
    versions = version(0), version(1)
    if not sys.stdin.readline():
        sys.exit("nobody wants it to begin")
    for turn in range(10_000):
        publish_site(versions[turn % 2], output=root / "output", site_root=root)
