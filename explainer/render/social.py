"""The pictures that other sites show beside links to pages: which there are, and what is on them."""

from __future__ import annotations

from typing import NamedTuple

from explainer.images import has_pillow
from explainer.images.cards import HEIGHT, WIDTH, CardText, can_draw, card_url
from explainer.read.content import SETTINGS_FILE
from explainer.render.dates import date_in_words
from explainer.render.parts import CAST_SIZE, entry_links
from explainer.render.theme import Theme, direction_of
from explainer.render.typography import smarten
from explainer.render.views import ShareImage
from explainer.site import Site, SiteArticle
from explainer.site.links import find_target
from explainer.site.story import most_mentioned
from explainer.types import SourcePath


class Social(NamedTuple):
    """A picture of a page, or of the whole site."""

    image: ShareImage
    text: CardText | None
    """What is drawn; None where it is a file of the site."""


def draws_cards(site: Site, *, preview: bool) -> bool:
    """Whether pictures are drawn at all. In a preview nobody would see them."""
    return site.settings.social.cards and not preview and has_pillow()


def article_social(article: SiteArticle, site: Site, theme: Theme) -> Social | None:
    """The card of an article; None where the theme's fonts lack letters of its title."""
    meta, settings = article.document.meta, site.settings
    cast = entry_links(site, most_mentioned(article.story, CAST_SIZE))
    return _drawn(
        CardText(
            title=smarten(meta.title, article.language),
            site=settings.title,
            date=date_in_words(meta.date, article.language, theme.words(article.language)),
            cast=tuple(entry.name for entry in cast),
            direction=direction_of(article.language),
        ),
        theme,
    )


def site_social(site: Site, theme: Theme, *, draws: bool) -> Social | None:
    """The picture of all other pages: the file that the settings name, else a card with the site's title."""
    settings = site.settings
    if settings.social.image:
        url = find_target(settings.social.image, SourcePath(SETTINGS_FILE), site.urls).url
        source = site.urls.source.get(url) if url is not None else None
        if url is None or source is None or not url.startswith("/media/"):
            return None
        width, height = site.image_size(source) or (0, 0)
        return Social(ShareImage(url, width, height, settings.title), None)
    publisher = settings.publisher if settings.publisher != settings.title else ""
    title = smarten(settings.title, settings.language)
    return _drawn(CardText(title, publisher, "", (), direction_of(settings.language)), theme) if draws else None


def _drawn(text: CardText, theme: Theme) -> Social | None:
    if not can_draw(text.title, theme.fonts):
        return None
    return Social(ShareImage(card_url(text, theme.fonts_digest), WIDTH, HEIGHT, text.title), text)
