"""The page of an entry."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.render.article import Around, plain_body
from explainer.render.corrections import corrections_of_entry
from explainer.render.drawing import draw_relations
from explainer.render.gaps import Parts
from explainer.render.infobox import in_order
from explainer.render.maps import locator_map
from explainer.render.parts import (
    appearance,
    entry_item,
    fact_views,
    incoming_relations,
    kin_of,
    kind_in,
    names_of,
    own_relations,
    place_of,
    source_views,
)
from explainer.render.theme import direction_of
from explainer.render.timeline import entry_events
from explainer.render.typography import smarten
from explainer.render.views import ArticleLink, EntryPage, Link, PlainPage
from explainer.site import Site, SiteEntry, SitePage
from explainer.types import SourcePath, Url


def entry_page(
    entry: SiteEntry, parts: Parts, site: Site, links: Mapping[SourcePath, ArticleLink], around: Around
) -> EntryPage:
    """The view of an entry's page: what holds now, and everything that was. `parts` are its body's."""
    meta = entry.document.meta
    relations = (*own_relations(entry, site), *incoming_relations(entry, site))
    return EntryPage(
        entry=entry_item(entry),
        names=names_of(entry, site),
        body=plain_body(parts, entry.document.path, site, around),
        facts=fact_views(in_order(entry.present.facts, meta.kind), meta.sources),
        relations=relations,
        history=entry_events(entry, site),
        place=place_of(entry, site, entry.language),
        map=locator_map(site.locator(entry.id), site, identifier="x-map", language=entry.language),
        same_as=tuple(_same_as(reference) for reference in meta.same_as),
        appears_in=tuple(appearance(found, links) for found in site.appears_in(entry.id)),
        sources=source_views(meta.sources),
        corrections=corrections_of_entry(entry),
        kin=kin_of(entry, relations),
        picture=draw_relations(relations, kind_in(site), main=entry.id, mirrored=direction_of(entry.language) == "rtl"),
    )


def plain_page(page: SitePage, parts: Parts, site: Site, around: Around) -> PlainPage:
    body = plain_body(parts, page.document.path, site, around)
    return PlainPage(smarten(page.document.meta.title, page.language), body)


def _same_as(reference: str) -> Link:
    scheme, _, identifier = reference.partition(":")
    if scheme == "wikidata":
        return Link(f"Wikidata {identifier}", Url(f"https://www.wikidata.org/wiki/{identifier}"))
    return Link(reference, Url(reference))
