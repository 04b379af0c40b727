"""What edits write: for every key the values that it is set to in turn. None takes the key away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

Values = Mapping[str, tuple[object, ...]]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


_SOURCES: tuple[object, ...] = (
    None,
    [{"title": "A paper", "url": "https://example.com/paper"}],
    [{"id": "s1", "title": "A register"}, {"id": "s2", "title": "Another", "accessed": day("2024-01-02")}],
)

ARTICLE: Values = {
    "title": ("A night", "Ada Roth speaks", 'A "quoted" title', "Where it was", "Lund"),
    "date": (day("2024-01-05"), day("2024-02-01"), day("2024-06-01"), day("2024-06-02"), day("2024-07-01")),
    "updated": (None, day("2024-03-03"), day("2024-05-05")),
    "as_of": (None, day("2023-01-01"), day("2024-01-11"), day("2024-06-15")),
    "draft": (None, True, False),
    "language": (None, "fr", "ar", "en"),
    "translation_of": (None, "a-fire", "b-inquiry", "nowhere"),
    "slug": (None, "an-address", "An-Address", "a-fire"),
    "authors": (None, ["Desk"], "Ada"),
    "summary": (None, "Short.", "It's another “summary” of Lund."),
    "tags": (None, ["harbour"], ["Harbour", "new topic"], ["fire", "family"], ["fire", "fire"]),
    "context": (None, ["lund"], ["ada-roth", "river-guard"], ["nobody"]),
    "linking": (
        None,
        {"resolve": {"Mercury": "mercury-planet"}},
        {"resolve": {"Roth": "ben-roth", "Mercury": "nobody"}},
        {"never": ["lund"]},
        {"links": "all", "max_per_entry": 9, "max_per_100_words": 90},
        {"quotations": False, "demonyms": False},
    ),
    "sources": _SOURCES,
    "corrections": (
        None,
        [{"date": day("2024-04-01"), "text": "It was 'night', not day."}],
        [{"date": day("2024-05-20"), "text": "A name.", "type": "clarification"}],
    ),
}

ENTRY: Values = {
    "name": ("Ada Roth", "Lund", "Mercury", "Roth", "New Name", "The Night", "Émile Évrard"),
    "kind": ("person", "place", "organisation", "event", "work", "concept"),
    "language": (None, "fr", "ar"),
    "aliases": (
        None,
        ["Roth"],
        ["Mercury", "RG"],
        [{"text": "لوند", "language": "ar"}],
        ["the law", "his town"],
        [{"text": "RG", "from": "2024-02~", "to": "2024-05"}],
    ),
    "hidden_aliases": (None, ["Lundh"], ["harbour"], ["sea"]),
    "summary": (None, "Changed.", "A summary with Lund in it.", "x" * 300),
    "sort": (None, "Zz", "aa"),
    "context": (None, True, False),
    "history": (
        None,
        [{"from": day("2024-01-01"), "summary": "From the new year."}],
        [{"from": day("2024-06-02"), "summary": "From tomorrow."}, {"from": day("2023-01-01"), "summary": "Long ago."}],
        [{"from": day("2024-05-30"), "summary": "Lately, in Lund."}, {"from": day("2024-02-10"), "summary": ""}],
    ),
    "facts": (
        None,
        [{"label": "Age", "value": "40", "from": "2024-01-01", "source": "s2"}],
        [{"label": "Age", "value": '"41"', "to": "2024-02", "source": "s1"}, {"label": "Home", "value": "Lund"}],
        [{"label": "Post", "value": "keeper", "from": "2023/2024-02", "source": "s1"}],
        [
            {"label": "Post", "value": "guard", "from": "2024-02-10?", "to": "2024-06-05"},
            {"label": "Born", "value": "x"},
        ],
        [
            {"label": "Size", "value": "1", "source": "s1"},
            {"label": "Size", "value": "2", "source": "s2", "to": "2023"},
        ],
    ),
    "relations": (
        None,
        [{"type": "friend of", "entry": "ada-roth"}],
        [{"type": "near", "entry": "lund", "from": "2024"}, {"type": "under", "entry": "tide-law"}],
        [{"type": "friend of", "entry": "nobody"}],
        [{"type": "keeper of", "entry": "lund", "from": "2024-02-15", "to": "2024-06-01"}],
        [{"type": "son of", "entry": "ada-roth", "from": "202X"}, {"type": "married to", "entry": "anders-lund"}],
        [{"type": "under", "entry": "river-guard", "from": "2024-06-10", "to": "2023"}],
    ),
    "location": (
        None,
        {"lat": 1.0, "lon": 2.0},
        {"lat": -3.5, "lon": 4.25},
        {"lat": 55.6, "lon": 13.0},
        {"lat": 56.0, "lon": 9.2, "wide": True},
    ),
    "same_as": (None, ["wikidata:Q1"], ["https://example.com/same"]),
    "sources": _SOURCES,
    "corrections": (
        None,
        [{"date": day("2024-04-01"), "text": "It is 'Lund', not Lunt."}],
        [
            {"date": day("2024-01-15"), "text": "A date."},
            {"date": day("2024-05-20"), "text": "A name.", "type": "update"},
        ],
    ),
}

PAGE: Values = {
    "title": ("About us", "A page on Lund"),
    "summary": (None, "A page."),
    "slug": (None, "who", "articles"),
    "language": (None, "fr"),
}

SETTINGS: Values = {
    "title": ("Harbour files", "Other files", 'Files "quoted"'),
    "url": ("https://example.org/files/", "https://example.net/", "https://example.org/other/path/"),
    "language": (None, "fr", "ar", "en"),
    "timezone": (None, "Pacific/Kiritimati", "Pacific/Pago_Pago"),
    "description": (None, "Another line", "A 'third' line"),
    "publisher": (None, "The press"),
    "footer": (None, "At the foot", "All 'rights'"),
    "nav": (
        None,
        [{"title": "About", "url": "content/pages/about.md"}],
        [{"title": "Fire", "url": "content/articles/a-fire.md#the-night"}, {"title": "Out", "url": "https://a.org/"}],
        [{"title": "Nowhere", "url": "content/pages/nowhere.md"}],
    ),
    "lead": (None, "a-fire", "c-family", "nowhere"),
    "linking": (
        None,
        {"resolve": {"Mercury": "mercury-ship"}},
        {"resolve": {"Roth": "ada-roth"}},
        {"never": ["lund", "ada-roth"]},
        {"links": "first-in-article"},
        {"links": "all", "max_per_entry": 9, "max_per_100_words": 90},
        {"max_per_entry": 1, "quotations": False},
    ),
    "context": (None, {"boxes": "off"}, {"boxes": "manual"}, {"max_per_article": 0}),
    "ignore": (None, ["ambiguous-mention"], ["missing-summary", "missing-alt"]),
    "publish": (None, {"keep": ["CNAME"]}),
    "markdown": (None, {"html": "sanitised"}, {"html": "trusted"}),
    "images": (None, {"widths": [16]}, {"widths": [24, 32], "quality": 40}, {"formats": []}, {"sizes": "50vw"}),
    "social": (
        None,
        "off",
        {"image": "content/media/quay.png"},
        {"image": "content/media/nowhere.png", "cards": False},
    ),
    "nlp": (None, {"model": "a_model_that_is_not_there"}),
    "maps": (
        None,
        {"draw": "off"},
        {"boundaries": "content/media/areas.geojson"},
        {"boundaries": "content/media/areas.geojson", "replace": True},
    ),
    "search": (None, "off", "on", "auto"),
}

BLOCKS = (
    "A sentence that names nobody.",
    "Ada Roth met Ben Roth.",
    "Roth was in Lund.",
    "Mercury rose over the Lundian sea.",
    "The RG and the Guard were there.",
    "Carl Roth and Anders Lund came; Lund spoke.",
    "## The night",
    "## Another part {.lead}",
    "See [the night](a-fire.md#the-night) and [the inquiry](/articles/b-inquiry/).",
    "See [far](../articles/later/e-soon.md) and [about](../pages/about.md#another-part).",
    "![The harbour](../media/harbour.svg)",
    "![](../media/new-0.svg)",
    "![](../media/photo.png){.decorative}",
    '![A photo](../media/photo.png "Lund"){credit="Ada Roth" width=20}',
    "![A quay](../media/quay.png) and ![a quay](../media/quay.png){credit=Desk}",
    "[His town](entry:lund){#his} and [[river-guard]] and [[nobody]] and [Lund]{.nolink}.",
    '> Ada Roth said: "No."',
    "::: context river-guard {.closed}\nWith *text* on Lund.\n:::",
    "::: context mercury-ship\n:::",
    "::: cast\n:::",
    "::: cast ben-roth carl-roth\n:::",
    "::: timeline\n:::",
    "::: relations ada-roth ben-roth anders-lund lund\n:::",
    "::: map\n:::",
    "::: mystery\n:::",
    "A note.[^9]\n\n[^9]: On Ada Roth.",
    "<b>Bold</b> and <script>alert(1)</script>, a `code` of Lund.",
    "| a | b |\n|---|---|\n| Lund | Roth |",
    "Новый абзац, فقرة جديدة, 𝕌 and Évrard.",
)

_AREA = '{"type": "Feature", "id": "lund", "geometry": {"type": "Polygon", "coordinates": [[[12, 55], %s, [14, 57], [12, 55]]]}}'
BOUNDARIES = tuple(
    f'{{"type": "FeatureCollection", "features": [{_AREA % p}]}}' for p in ("[14, 55]", "[15, 54]", "[99]")
)
BOUNDARIES += ('{"type": "FeatureCollection", "features": []}', '{"type": ')

QUOTED = ("RG", "Lund", "Roth", "Mercury", "Ada Roth", "the fire")
"""What verdicts of a review are about."""

MEANT = ("lund", "mercury-ship", "mercury-planet", "ben-roth", None, "nobody")

WORDS = ("home: Start\n", "in_this_story: Who is who\n", "by: From {authors}\n", "home: 'Begin'\nnotes: x\n")
WORD_FILES = ("en", "fr", "ar", "EN", "de")

BROKEN_TEXTS = (
    b"---\ntitle: [unclosed\n---\n\nText.\n",
    b"---\ntitle: No end\n",
    b"---\nnmae: Misspelt\n---\n\nLund.\n",
    b"",
    b"\xff\xfe not UTF-8",
    b"---\ntitle: A\ntitle: B\n---\n\n::: \n",
)
BROKEN_SETTINGS = (b"title: [\n", b"titel: A\n", b"title: A\nurl: nowhere\n", b"", None)
BROKEN_TEMPLATES = (
    b"{% if %}",
    b"{{ view.nothing.more }}",
    b"\xff",
    b"{% include 'nothing.html' %}",
    b"{{ asset('no.css') }}",
)
BROKEN_WORDS = (b"[broken\n", b"home: {one: a}\n", b"\xff")
BROKEN_REVIEWS = (b"- article: [\n", b"- article: c-family\n  exact: Lund\n", b"word\n", b"\xff")

SPOILED = ("home.html", "article.html", "partials/foot.html", "partials/context-box.html", "unused.html", "feed.xml")
"""Templates that are spoiled."""

SHADOWS = (
    "base.html",
    "article.html",
    "feed.xml",
    "partials/badge.html",
    "partials/kicker.html",
    "partials/appears-in.html",
)
SHADOWS += ("partials/context-box.html", "partials/article-card.html", "partials/in-this-story.html", "page.html")
"""Files of the default theme that a site's own come to stand before.

Every page whose template uses one of them shows it: a page depends on its template with all that this may use, and such
a file changes no page that does not depend on it, nor leaves one that does as it was.
"""

EXTRA_PARTIALS = ("partials/extra.html", "partials/aside.html", "partials/unused.html")
"""What the bare theme includes where it is there."""
