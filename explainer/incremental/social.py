"""The rules for social cards: what each shows, and its file; the bytes lie in a depot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from explainer.images import Depot
from explainer.images.cards import CardText, card_data, key_of
from explainer.images.fonts import Font
from explainer.incremental.asked import AskedSite
from explainer.incremental.engine import Done, Reader, apply
from explainer.incremental.pages import PageFile
from explainer.incremental.store import Made, Store
from explainer.incremental.workers import Portable
from explainer.render import output_path
from explainer.render.social import Social, article_social, draws_cards, site_social
from explainer.render.theme import Theme
from explainer.types import SourcePath

SITE = ""
"""Stands for the whole site among the paths of articles."""


def make_social(theme: Callable[[], Theme], reader: Reader, key: str) -> Made:
    """What the card of an article shows, or that of the site."""
    site = AskedSite(reader)
    reader.cell("fonts")
    draws = draws_cards(site, preview=reader.cell("preview"))
    social: Social | None = None
    if key == SITE:
        social = site_social(site, theme(), draws=draws)
    elif draws:
        social = article_social(site.article(SourcePath(key)), site, theme())
    return Made(cells={} if social is None else {("social", key): social})


class CardWork(Struct, frozen=True):
    """The file of a card, by the path of its article."""

    store: Store
    fonts: tuple[Font, ...]
    digest: str
    """Of the fonts."""
    depot: Depot

    def __call__(self, path: str) -> Done:
        return apply(self._make, self.store, path)

    def _make(self, reader: Reader, path: str) -> Made:
        social: Social | None = reader.cell("social", path)
        reader.cell("fonts")
        if social is None or social.text is None:
            return Made()
        data = self.data(social.text)
        file = PageFile(output_path(social.image.url), hashlib.sha256(data).hexdigest(), len(data))
        return Made(cells={("drawn", path): file})

    def data(self, text: CardText) -> bytes:
        """A card's bytes: kept, or drawn."""
        key = key_of(text, self.digest)
        data = self.depot.get(key)
        if data is None:
            data = card_data(text, self.fonts)
            self.depot.put(key, data)
        return data

    def files(self) -> Iterator[tuple[PageFile, Callable[[], bytes]]]:
        """Of all cards: what the manifest says of each, and how its bytes are had."""
        for path, file in self.store.cells_of("drawn"):
            yield file, partial(self._again, path)

    def _again(self, path: str) -> bytes:
        social: Social = self.store.cell(("social", path))
        return b"" if social.text is None else self.data(social.text)

    def portable(self) -> Portable:
        """The same for another machine: what the card shows goes there, and the picture comes back."""
        return Portable(CardContext(self.fonts), self._parcel, self._take)

    def _parcel(self, path: str) -> tuple[str, CardText | None]:
        social: Social | None = self.store.cell(("social", path))
        return path, None if social is None else social.text

    def _take(self, sent: tuple[str, CardText | None, bytes]) -> Done:
        path, text, data = sent
        if text is not None and data:
            self.depot.put(key_of(text, self.digest), data)
        return self(path)


class CardContext(Struct, frozen=True):
    """What drawing cards needs."""

    fonts: tuple[Font, ...]

    def __call__(self, parcel: tuple[str, CardText | None]) -> tuple[str, CardText | None, bytes]:
        path, text = parcel
        return path, text, b"" if text is None else card_data(text, self.fonts)
