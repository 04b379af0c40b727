"""The page of an article: its body with links and boxes, and what stands around it."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from explainer.images import is_raster
from explainer.read.directives import Directive
from explainer.render.corrections import corrections_of_article, modified_on
from explainer.render.drawing import draw_relations
from explainer.render.gaps import BoxGap, DirectiveGap, Gap, ImageGap, LinkGap, Parts, join_body
from explainer.render.generations import once_each
from explainer.render.infobox import in_order
from explainer.render.maps import located, locator_map, places_map
from explainer.render.parts import (
    article_card,
    entry_item,
    fact_views,
    kind_in,
    kind_link,
    names_on,
    own_relations,
    place_of,
    source_views,
    translation_views,
)
from explainer.render.pictures import Shown, attribute, image_markup
from explainer.render.theme import Theme, direction_of
from explainer.render.timeline import Written, box_events, events_on, happened_next, with_written
from explainer.render.typography import smarten, smarten_parts
from explainer.render.views import (
    ArticlePage,
    ContextBox,
    DirectiveView,
    Link,
    MapView,
    PageView,
    SiteView,
    StoryEntry,
)
from explainer.site import Neighbour, Site, SiteArticle
from explainer.site.as_of import facts_on, published_by, summary_on
from explainer.site.boxes import PlacedBox
from explainer.site.links import find_target
from explainer.site.story import StoryItem
from explainer.types import EntryId, Html, SourcePath, Url

Address: TypeAlias = Callable[[Url, str], str]
"""How a page writes the address of a `Url` with a fragment."""


class Around(Struct, frozen=True):
    """What a body is rendered for: the page, and how it writes addresses."""

    site: SiteView
    page: PageView
    address: Address
    drawn: bool = True
    """Whether there are maps: feeds have their lists alone."""


def article_page(article: SiteArticle, parts: Parts, site: Site, theme: Theme, around: Around) -> ArticlePage:
    """The view of an article's page. `parts` are its body's."""
    meta = article.document.meta
    newer, older = site.neighbours(article.document.path)
    return ArticlePage(
        card=article_card(article, site),
        body=article_body(article, parts, site, theme, around),
        updated=meta.updated,
        as_of=article.as_of,
        story=tuple(story_entry(item, article, site) for item in article.story),
        next=happened_next(article, site),
        sources=source_views(meta.sources),
        corrections=corrections_of_article(article, site),
        modified=modified_on(article, site),
        newer=_link(newer),
        older=_link(older),
        translations=translation_views(site.translations(article.document.path), article.url),
    )


def _link(neighbour: Neighbour | None) -> Link | None:
    return Link(smarten(neighbour.title, neighbour.language), neighbour.url) if neighbour else None


def story_entry(item: StoryItem, article: SiteArticle, site: Site) -> StoryEntry:
    entry = site.entries[item.entry]
    return StoryEntry(
        id=f"story-{item.entry}",
        entry=kind_link(entry),
        names=names_on(entry, article.language),
        summary=smarten(summary_on(entry.document.meta, article.as_of), entry.language),
        as_of=article.as_of,
        mentions=item.mentions,
        count=item.count,
    )


def article_body(article: SiteArticle, parts: Parts, site: Site, theme: Theme, around: Around) -> Html:
    """The body with its boxes."""
    boxes = _Boxes(article, site, theme, around)
    return join_body(parts, boxes.fill)


def plain_body(parts: Parts, path: SourcePath, site: Site, around: Around) -> Html:
    """The body of a text that is no article: its directives are nothing but their text."""
    return join_body(parts, lambda gap: fill_gap(gap, path, site, around))


def fill_gap(gap: Gap, path: SourcePath, site: Site, around: Around) -> str:
    """What the site says of an address or an image in the text `path`."""
    if not isinstance(gap, LinkGap | ImageGap):
        return ""
    target = find_target(gap.reference, path, site.urls)
    if isinstance(gap, ImageGap):
        source = site.urls.source.get(target.url) if target.url else None
        picture = site.picture(source) if source and is_raster(source) else None
        size = site.image_size(source) if source and picture is None else None
        shown = Shown(target.url, size, picture)
        return image_markup(gap.attributes, shown, lambda url: around.address(url, ""))
    return "" if target.url is None else attribute("href", around.address(target.url, target.fragment))


class _Boxes(Struct, frozen=True):
    """The boxes and directives of one article, rendered."""

    article: SiteArticle
    site: Site
    theme: Theme
    around: Around

    def fill(self, gap: Gap) -> str:
        if isinstance(gap, BoxGap):
            here = (b for b in self.article.boxes if not b.directive and b.block == gap.block)
            return "".join(self._box(b, Html(""), ()) for b in here)
        if isinstance(gap, DirectiveGap):
            written = tuple((date, join_body(parts, self.fill)) for date, parts in gap.dated)
            return self._directive(gap.directive, gap.block, join_body(gap.inner, self.fill), written)
        return fill_gap(gap, self.article.document.path, self.site, self.around)

    def _directive(self, directive: Directive, index: int, inner: Html, written: Written) -> Html:
        if directive.name != "context":
            view = self._directive_view(directive, index, inner)
            return self._partial(directive.name, with_written(view, directive, written) if written else view)
        box = next((b for b in self.article.boxes if b.directive and b.block == index), None)
        # Without a box, which site.yaml may rule out, what the author wrote for it stays in the text.
        return self._box(box, inner, directive.classes) if box else inner

    def _directive_view(self, directive: Directive, index: int, inner: Html) -> DirectiveView:
        view = directive_view(directive, self.article, self.site, inner)
        if directive.name != "map" or not self.around.drawn:
            return view
        places = located(self.site, (EntryId(p.entry.id) for p in view.places))
        drawn = places_map(places, self.site, identifier=f"x-map-{index}", language=self.article.language)
        return replace(view, map=drawn)

    def _locator_map(self, box: PlacedBox) -> MapView | None:
        if not self.around.drawn:
            return None
        known = self.site.locator(box.entry)
        return locator_map(known, self.site, identifier=f"x-map-{box.id}", language=self.article.language)

    def _box(self, box: PlacedBox, inner: Html, classes: tuple[str, ...]) -> Html:
        return self._partial("context-box", self._box_view(box, inner, classes))

    def _box_view(self, box: PlacedBox, inner: Html, classes: tuple[str, ...]) -> ContextBox:
        entry = self.site.entries[box.entry]
        meta, day = entry.document.meta, self.article.as_of
        sources = published_by(meta.sources, self.article.document.meta.date)
        summary = html.escape(smarten(summary_on(meta, day), entry.language))
        return ContextBox(
            id=box.id,
            entry=kind_link(entry),
            name=names_on(entry, self.article.language)[0],
            html=inner if inner.strip() else Html(f"<p>{summary}</p>" if summary else ""),
            as_of=day,
            facts=fact_views(in_order(facts_on(meta, day), meta.kind), sources, day),
            sources=source_views(sources),
            events=box_events(entry, self.site, day),
            phrase=self.article.mention_ids[box.phrase] if box.phrase is not None else "",
            phrase_text=smarten_parts(box.phrase_in, self.article.language)[1],
            classes=classes,
            map=self._locator_map(box),
        )

    def _partial(self, name: str, view: object) -> Html:
        return self.theme.render_partial(name, site=self.around.site, page=self.around.page, view=view)


def directive_view(directive: Directive, article: SiteArticle, site: Site, inner: Html) -> DirectiveView:
    """What a list directive shows: the entries that its author names, else those that the article mentions."""
    named: tuple[EntryId, ...] = directive.entries or tuple(item.entry for item in article.story)
    entries = tuple(site.entries[i] for i in named if i in site.entries)
    if directive.name == "cast" and not directive.entries:
        entries = tuple(e for e in entries if e.document.meta.kind == "person")
    among, day = {e.id for e in entries}, article.as_of
    found = (r for e in entries for r in own_relations(e, site, day) if r.object.id in among)
    relations = once_each(found) if directive.name == "relations" else ()
    return DirectiveView(
        name=directive.name,
        entries=tuple(entry_item(e, day) for e in entries),
        events=events_on(entries, site, day) if directive.name == "timeline" else (),
        relations=relations,
        places=tuple(p for e in entries if (p := place_of(e, site, article.language)) is not None),
        html=inner,
        map=None,
        picture=draw_relations(relations, kind_in(site), mirrored=direction_of(article.language) == "rtl"),
    )
