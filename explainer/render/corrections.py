"""Corrections: what articles and entries say of their mistakes."""

from __future__ import annotations

import datetime as dt

from explainer.render.parts import entry_link
from explainer.render.typography import smarten
from explainer.render.views import Correction
from explainer.site import Site, SiteArticle, SiteEntry, changed_on, corrected_on, days_of


def corrections_of_article(article: SiteArticle, site: Site) -> tuple[Correction, ...]:
    """Its own, and those that its entries had on its day or later; oldest first."""
    meta = article.document.meta
    own = [Correction(c.date, c.type, smarten(c.text, article.language)) for c in meta.corrections]
    entries = (site.entries[item.entry] for item in article.story)
    of_entries = (c for e in entries for c in _of_entry(e, linked=True) if c.date >= meta.date)
    return tuple(sorted([*own, *of_entries], key=lambda c: c.date))


def corrections_of_entry(entry: SiteEntry) -> tuple[Correction, ...]:
    """Oldest first."""
    return tuple(sorted(_of_entry(entry, linked=False), key=lambda c: c.date))


def _of_entry(entry: SiteEntry, *, linked: bool) -> list[Correction]:
    link = entry_link(entry) if linked else None
    corrections = entry.document.meta.corrections
    return [Correction(c.date, c.type, smarten(c.text, entry.language), link) for c in corrections]


def modified_on(article: SiteArticle, site: Site) -> dt.date:
    """The day of the last change that the article tells of."""
    corrected = {item.entry: corrected_on(site.entries[item.entry].document.meta) for item in article.story}
    return changed_on(article.document.meta, days_of(article.story, corrected))
