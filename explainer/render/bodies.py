"""The parts of every text's body: what `render.body` is given for an article, and for an entry or a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from explainer.read.schema import RawHtml
from explainer.render.body import BodySource, body_parts
from explainer.render.gaps import Parts
from explainer.site import SiteArticle, SiteEntry, SitePage
from explainer.types import EntryId

Words: TypeAlias = Callable[..., str]
"""The interface's words in the text's language."""


def article_parts(article: SiteArticle, names: Mapping[EntryId, str], words: Words, html: RawHtml) -> Parts:
    """The body of an article, with the gaps for its boxes. `names` are those of the entries that have a box."""
    return body_parts(
        BodySource(
            document=article.document,
            annotation=article.annotation,
            language=article.language,
            url=article.url,
            words=words,
            html=html,
            mention_ids=article.mention_ids,
            has_story=True,
            tethers={b.phrase: (b.id, names[b.entry]) for b in article.boxes if b.phrase is not None},
            boxed_blocks=frozenset(b.block for b in article.boxes if not b.directive),
            directives=True,
        )
    )


def plain_parts(text: SiteEntry | SitePage, words: Words, html: RawHtml) -> Parts:
    """The body of a text that is no article: links, but no boxes and no *In this story*."""
    return body_parts(BodySource(text.document, text.annotation, text.language, text.url, words, html))
