"""What is outside a build and may have changed since the last one: files, templates, the day, the model.

All of it is put where rules read it (`Engine.put`); what is as it was changes nothing there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from explainer.annotate.witness import identify, is_installed
from explainer.build import TEMPLATES
from explainer.incremental.engine import Engine
from explainer.incremental.fresh import is_young, looks_below, looks_of
from explainer.incremental.inputs import (
    Seen,
    Sources,
    as_text,
    changed_since,
    digest_of_folder,
    find_sources,
    from_text,
    look_at,
    only_edited,
)
from explainer.incremental.store import Made, Run, Store
from explainer.incremental.texts import problem_shares
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, PAGES, settings_zone
from explainer.read.schema import Settings
from explainer.search import offers_search
from explainer.theme_folder import default_theme
from explainer.types import SourcePath


class Looked(NamedTuple):
    """What there is, and how it looked."""

    sources: Sources
    seen: dict[str, Seen]


def look_at_files(engine: Engine, root: Path, *, touched: Collection[str] | None, stamps: Mapping[str, str]) -> Looked:
    """Every file of the site and of the theme. `touched` and `stamps` as in `build_again`."""
    known: Looked | None = engine.store.at_hand.pop("looked", None)
    edited = None if known is None or touched is None else only_edited(touched, root, known.sources)
    engine.put("templates", Made(cells={("templates", ""): _templates(engine.store, root)}))
    if known is None or edited is None:
        before = from_text(engine.store.state.get("seen", "")) if known is None else known.seen
        return _look_at_all(engine, find_sources(root), before, stamps)
    young = (known.sources.found[SourcePath(path)] for path, seen in known.seen.items() if not seen.stamp)
    looked = look_at((*edited, *young), known.seen, stamps)
    _put_files(engine, looked, known.seen)
    return Looked(known.sources, {**known.seen, **looked})


def _look_at_all(engine: Engine, sources: Sources, before: Mapping[str, Seen], stamps: Mapping[str, str]) -> Looked:
    looked = look_at(sources.found.values(), before, stamps)
    for path in before.keys() - looked.keys():
        engine.drop(Run("input", path))
    _put_files(engine, looked, before)
    for folder, problems in sources.problems.items():
        engine.put(f"folder {folder}", Made(shares={**problem_shares(problems)}))
    paths: dict[str, Iterable[str]] = {folder: sources.texts(folder) for folder in (ARTICLES, GLOSSARY, PAGES)}
    paths[MEDIA] = sources.media()
    engine.put("paths", Made({("paths", folder): _digest_of(some) for folder, some in paths.items()}))
    return Looked(sources, looked)


def _put_files(engine: Engine, looked: Mapping[str, Seen], before: Mapping[str, Seen]) -> None:
    for path, seen in looked.items():
        if before.get(path) != seen:
            engine.put(path, Made(cells={("file", path): seen.digest}))


def _digest_of(paths: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(paths).encode("utf-8", "surrogatepass")).hexdigest()


def _templates(store: Store, root: Path) -> tuple[str, str]:
    """Digests of the site's templates and of the default ones; read only where one looks different from before."""
    folders = (root / TEMPLATES, default_theme())
    looks = looks_of(look for folder in folders for look in looks_below(str(folder)))
    known: tuple[str, tuple[str, str]] | None = store.at_hand.get("templates")
    if known is not None and known[0] == looks.digest:
        return known[1]
    site, default = map(digest_of_folder, folders)
    if not is_young(looks.newest):
        store.at_hand["templates"] = (looks.digest, (site, default))
    return site, default


def look_at_world(engine: Engine, settings: Settings, now: dt.datetime) -> None:
    """The day in the site's time zone, its model, and whether there can be a search."""
    engine.put("today", Made(cells={("today", ""): now.astimezone(settings_zone(settings)).date()}))
    model = settings.nlp.model
    identity = identify(model) if model and is_installed(model) else ""
    engine.put("model", Made(cells={("model", ""): identity}))
    engine.put("search", Made(cells={("search", ""): offers_search(settings.search)}))


def remember_looks(engine: Engine, root: Path, looked: Looked) -> None:
    """Keep how files looked for the next build, but for those that were changed while they were read."""
    store, seen = engine.store, looked.seen
    for path in changed_since(engine.files, seen, root):
        seen[path] = Seen("", "changed")
    store.at_hand["looked"] = looked
    if store.is_kept:
        store.state["seen"] = as_text(seen)
