"""How accurate and how fast the linking is: precision, recall and F1 on the development sites, and words per second.

The development data lies beside the repository, in `../shared/eval`; without it this says so and ends. Each site is
unpacked into a temporary folder, linked by `explainer links`, and scored by the data's own `score.py`.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from explainer.annotate import annotate_articles
from explainer.read.content import read_content

DATA = Path(__file__).parents[2] / "shared" / "eval"
BASELINE = {"none": 76.7, "others": 77.6, "editor": 89.8}
"""F1 of the longest exact match with a last-name rule."""
RUNS = 5


def main() -> int:
    if not (DATA / "score.py").exists():
        print(f"skipped: the development data is not in {DATA}")
        return 0
    print(f"{'condition':<10}{'P':>7}{'R':>7}{'F1':>7}{'baseline':>10}{'P linked':>10}{'words/s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for condition, baseline in BASELINE.items():
            with tarfile.open(DATA / f"wiki-fair-{condition}.tar.gz") as archive:
                archive.extractall(folder, filter="data")
            site = Path(folder) / f"wiki-{condition}"
            predictions = site.with_suffix(".jsonl")
            predictions.write_bytes(explainer_links(site))
            every, linked = score(site, predictions), score(site, predictions, "--linked-only")
            print(
                f"{condition:<10}{100 * every['precision']:>7.1f}{100 * every['recall']:>7.1f}{100 * every['f1']:>7.1f}"
                f"{baseline:>10.1f}{100 * linked['precision']:>10.1f}{words_per_second(site):>10,.0f}"
            )
    return 0


def explainer_links(site: Path) -> bytes:
    command = [sys.executable, "-m", "explainer", "links", "--format", "jsonl", "--site", str(site)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def score(site: Path, predictions: Path, *options: str) -> dict[str, float]:
    command = [sys.executable, str(DATA / "score.py"), str(site), str(predictions), "--json", *options]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["exact"]


def words_per_second(site: Path) -> float:
    """Matching and deciding on one core, the building of the lexicon included; the median of several runs."""
    content = read_content(site, now=dt.datetime.now(dt.UTC)).content
    speeds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        annotations = annotate_articles(content)
        seconds = time.perf_counter() - begun
        speeds.append(sum(a.words for a in annotations.by_path.values()) / seconds)
    return statistics.median(speeds)


if __name__ == "__main__":
    sys.exit(main())
