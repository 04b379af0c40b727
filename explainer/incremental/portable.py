"""Work that can be sent to processes that share nothing with this one: other machines, and systems without `fork`.

What all items of a piece of work need is its context; it is sent once. It holds what earlier rules made, as a store of
some kinds alone, and the theme as files. With an item goes what it alone needs: the bytes of its file, or the bodies
that its page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from explainer.incremental.engine import Done, Reader, apply
from explainer.incremental.glossary import FORM_KINDS, Forms
from explainer.incremental.kinds import KINDS
from explainer.incremental.pages import PageTask, PageTools, Rendered, job_of
from explainer.incremental.store import Made, Name, Store
from explainer.incremental.texts import Tools
from explainer.incremental.workers import Portable
from explainer.render.theme import Theme, ThemeFile, make_theme
from explainer.types import SourcePath

TextRule: TypeAlias = Callable[[Tools, Reader, str], Made | None]

FOR_TEXTS = (
    *("setting", "verdicts", "profile", "tells apart", "model", "entry"),
    *("entries", *FORM_KINDS, "namesake", "named"),
)
"""Kinds that the rules for texts read."""

NOT_FOR_PAGES = frozenset(
    {"body", "plain", "facts", "references", "pictured", "namesake", "forms", "about", "tells apart", "profile"}
    | {*FORM_KINDS, "owners", "located", "place", "areas", "known places"}
)
"""Kinds that pages do not read, and the bodies, which are sent with the pages that show them."""


FEWEST_RULES = 400
"""With fewer runs of a `RuleWork` a second process costs more than it saves: one takes less than a millisecond."""


class RuleWork(Struct, frozen=True):
    """A rule whose runs are short, most of them for what they read of other rules: processes that are forked can help."""

    store: Store
    make: Callable[[Reader, str], Made]

    @property
    def fewest(self) -> int:
        """See `FEWEST_RULES`."""
        return FEWEST_RULES

    def __call__(self, arg: str) -> Done:
        return apply(self.make, self.store, arg)

    def portable(self) -> None:
        """None: it would take longer to send what it reads than to do it."""


# ---- texts ----------------------------------------------------------------------------------------------------------


class TextWork(Struct, frozen=True):
    """A rule that reads texts, for one of its arguments."""

    store: Store
    tools: Tools
    make: TextRule
    path_of: Callable[[str], str]
    """The file of an argument."""

    def __call__(self, arg: str) -> Done:
        return apply(partial(self.make, self.tools), self.store, arg)

    def portable(self) -> Portable:
        """The same for another machine."""
        store, theme = self.store.excerpt(FOR_TEXTS), self.tools.theme()
        return Portable(TextContext(store, theme.recipe, self.make), self._parcel, self._take)

    def _parcel(self, arg: str) -> tuple[str, str, bytes | None]:
        """None for the bytes of a file that cannot be read as a text: then this process says why."""
        found = self.tools.found[SourcePath(self.path_of(arg))]
        try:
            return arg, found.path, found.location.read_bytes() if found.is_file else None
        except OSError:
            return arg, found.path, None

    def _take(self, made: tuple[Done | None, dict[str, str], str]) -> Done:
        done, answers, arg = made
        self.tools.answers.update(answers)
        return self(arg) if done is None else done


@dataclass
class TextContext:
    """What reading and linking a text needs, where the text is not."""

    store: Store
    theme: tuple[tuple[ThemeFile, ...], str]
    make: TextRule
    _tools: Tools | None = field(default=None, repr=False)

    def __call__(self, parcel: tuple[str, str, bytes | None]) -> tuple[Done | None, dict[str, str], str]:
        arg, path, data = parcel
        if data is None or len(data) > _LARGEST:
            return None, {}, arg
        tools = replace(self._own(), sent={SourcePath(path): data}, answers={})
        done = apply(partial(self.make, tools), self.store, arg)
        return done, dict(tools.answers), arg

    def __reduce__(self) -> tuple[Any, ...]:
        """Without what was made of it: a worker hands it on to others."""
        return TextContext, (self.store, self.theme, self.make)

    def _own(self) -> Tools:
        if self._tools is None:
            theme = partial(_theme, *self.theme)
            self._tools = Tools(Path(), self.store, {}, {}, theme, Forms(self.store))
        return self._tools


_LARGEST = 1_000_000
"""Bytes: a larger text is read where it lies."""


@lru_cache(maxsize=2)
def _theme(files: tuple[ThemeFile, ...], site_url: str) -> Theme:
    return make_theme(files, site_url)


# ---- pages ----------------------------------------------------------------------------------------------------------


class PageWork(Struct, frozen=True):
    """The page of a job."""

    tools: PageTools

    def __call__(self, task: PageTask) -> Rendered:
        return self.tools.make(task)

    def portable(self) -> Portable:
        """The same for another machine."""
        context = PageContext(self.tools.store.excerpt(KINDS.keys() - NOT_FOR_PAGES), self.tools.theme.recipe)
        return Portable(context, self._parcel, lambda made: made)

    def _parcel(self, task: PageTask) -> tuple[PageTask, dict[Name, Any]]:
        kind, key = job_of(task.job)
        paths = [key] if kind in {"article", "page"} else []
        if kind == "entry":
            paths = [self.tools.store.cell(("entry facts", key)).path]
        return task, {("body", path): self.tools.store.cell(("body", path)) for path in paths}


@dataclass
class PageContext:
    """What making a page needs."""

    store: Store
    theme: tuple[tuple[ThemeFile, ...], str]

    def __call__(self, parcel: tuple[PageTask, dict[Name, Any]]) -> Rendered:
        task, bodies = parcel
        for name, body in bodies.items():
            self.store.put(name, body)
        tools = PageTools(self.store, _theme(*self.theme))
        try:
            return tools.make(task)
        finally:
            for name in bodies:
                self.store.forget(name)
