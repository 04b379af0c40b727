"""The page of an article: its body with links and boxes, and what stands around it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace

from explainer.annotate import Decision
from explainer.read.directives import Directive
from explainer.render.body import Address, BodyView, render_body
from explainer.render.parts import (
    article_card,
    entry_link,
    entry_links,
    fact_views,
    history_events,
    native_names,
    own_relations,
    place_of,
    source_views,
)
from explainer.render.theme import Theme
from explainer.render.typography import smarten, smarten_parts
from explainer.render.views import (
    ArticlePage,
    ContextBox,
    Correction,
    DirectiveView,
    Link,
    PageView,
    SiteView,
    StoryEntry,
)
from explainer.site import Site, SiteArticle, SiteEntry, SitePage
from explainer.site.as_of import facts_on, summary_on
from explainer.site.boxes import PlacedBox
from explainer.site.story import StoryItem
from explainer.types import EntryId, Html


@dataclass(frozen=True, slots=True)
class Around:
    """What a body is rendered for: the page, and how it writes addresses."""

    site: SiteView
    page: PageView
    address: Address


def article_page(article: SiteArticle, site: Site, theme: Theme, around: Around) -> ArticlePage:
    """The view of an article's page."""
    meta = article.document.meta
    position = site.articles.index(article)
    newer = site.articles[position - 1] if position else None
    older = site.articles[position + 1] if position + 1 < len(site.articles) else None
    return ArticlePage(
        card=article_card(article, site),
        body=article_body(article, site, theme, around),
        updated=meta.updated,
        as_of=article.as_of,
        story=tuple(story_entry(item, article, site) for item in article.story),
        sources=source_views(meta.sources),
        corrections=tuple(Correction(c.date, c.type, smarten(c.text, article.language)) for c in meta.corrections),
        newer=_link(newer),
        older=_link(older),
    )


def _link(article: SiteArticle | None) -> Link | None:
    return Link(smarten(article.document.meta.title, article.language), article.url) if article else None


def story_entry(item: StoryItem, article: SiteArticle, site: Site) -> StoryEntry:
    entry = site.entries[item.entry]
    return StoryEntry(
        id=f"story-{item.entry}",
        entry=entry_link(entry),
        names=native_names(entry, beside=article.language),
        summary=smarten(summary_on(entry.document.meta, article.as_of), entry.language),
        as_of=article.as_of,
        mentions=item.mentions,
        count=item.count,
    )


def article_body(article: SiteArticle, site: Site, theme: Theme, around: Around) -> Html:
    """The body with its boxes."""
    boxes = _Boxes(article, site, theme, around)
    return render_body(
        replace(
            body_view(article, site, theme, around),
            mention_ids=article.mention_ids,
            has_story=True,
            tethers=boxes.tethers(),
            boxes_after=boxes.after_blocks(),
            directive=boxes.directive,
        )
    )


def body_view(text: SiteArticle | SiteEntry | SitePage, site: Site, theme: Theme, around: Around) -> BodyView:
    """What the body of any text depends on: links, but no boxes and no *In this story*."""
    return BodyView(
        document=text.document,
        annotation=text.annotation,
        language=text.language,
        urls=site.urls,
        media=site.media,
        address=around.address,
        words=theme.wordbook.words(text.language),
        html=site.settings.markdown.html,
    )


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The boxes and directives of one article, rendered."""

    article: SiteArticle
    site: Site
    theme: Theme
    around: Around

    def tethers(self) -> Mapping[int, tuple[str, str]]:
        return {
            b.phrase: (b.id, self.site.entries[b.entry].document.meta.name)
            for b in self.article.boxes
            if b.phrase is not None
        }

    def after_blocks(self) -> dict[int, tuple[Html, ...]]:
        out: dict[int, tuple[Html, ...]] = {}
        for box in self.article.boxes:
            if not box.directive:
                out[box.block] = (*out.get(box.block, ()), self._box(box, Html(""), ()))
        return out

    def directive(self, directive: Directive, index: int, inner: Html) -> Html:
        if directive.name != "context":
            return self._partial(directive.name, directive_view(directive, self.article, self.site, inner))
        box = next((b for b in self.article.boxes if b.directive and b.block == index), None)
        # Without a box, which site.yaml may rule out, what the author wrote for it stays in the text.
        return self._box(box, inner, directive.classes) if box else inner

    def _box(self, box: PlacedBox, inner: Html, classes: tuple[str, ...]) -> Html:
        return self._partial("context-box", self._box_view(box, inner, classes))

    def _box_view(self, box: PlacedBox, inner: Html, classes: tuple[str, ...]) -> ContextBox:
        entry = self.site.entries[box.entry]
        meta, day = entry.document.meta, self.article.as_of
        phrase = self.article.annotation.decisions[box.phrase] if box.phrase is not None else None
        summary = html.escape(smarten(summary_on(meta, day), entry.language))
        return ContextBox(
            id=box.id,
            entry=entry_link(entry),
            html=inner if inner.strip() else Html(f"<p>{summary}</p>" if summary else ""),
            as_of=day,
            facts=fact_views(facts_on(meta, day), meta.sources),
            sources=source_views(meta.sources),
            phrase=self.article.mention_ids[box.phrase] if box.phrase is not None else "",
            phrase_text=self._phrase_text(phrase) if phrase else "",
            classes=classes,
        )

    def _phrase_text(self, phrase: Decision) -> str:
        """As the article shows it."""
        text = self.article.annotation.passages[phrase.passage].text
        parts = (text[: phrase.begin], text[phrase.begin : phrase.stop], text[phrase.stop :])
        return smarten_parts(parts, self.article.language)[1]

    def _partial(self, name: str, view: object) -> Html:
        return self.theme.render_partial(name, site=self.around.site, page=self.around.page, view=view)


def directive_view(directive: Directive, article: SiteArticle, site: Site, inner: Html) -> DirectiveView:
    """What a list directive shows: the entries that its author names, else those that the article mentions."""
    named: tuple[EntryId, ...] = directive.entries or tuple(item.entry for item in article.story)
    entries = tuple(site.entries[i] for i in named if i in site.entries)
    if directive.name == "cast" and not directive.entries:
        entries = tuple(e for e in entries if e.document.meta.kind == "person")
    among = {e.id for e in entries}
    events = [event for entry in entries for event in history_events(entry)]
    return DirectiveView(
        name=directive.name,
        entries=entry_links(site, (e.id for e in entries)),
        events=tuple(sorted(events, key=lambda e: (e.date, e.entry.name))),
        relations=tuple(r for e in entries for r in own_relations(e, site) if r.object.id in among),
        places=tuple(p for p in map(place_of, entries) if p is not None),
        html=inner,
    )
