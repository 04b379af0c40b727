"""The site that every sequence of edits begins with: small, and with one of everything that pages can depend on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FIRST_SITE = """\
-- site.yaml --
title: Harbour files
url: https://example.org/files/
images: {widths: [16, 24]}
description: What happened at the harbour
nav:
- {title: About, url: content/pages/about.md}
- {title: Glossary, url: /glossary/}
-- content/articles/a-fire.md --
---
title: A fire at the harbour
date: 2024-01-10
as_of: 2024-01-12
summary: The harbour burned for a night.
tags: [fire, harbour]
authors: [Desk]
context: [tide-law]
sources:
- {title: Report, url: https://example.com/report, accessed: 2024-01-11}
---

Ada Roth saw the Harbour Fire from Lund. Roth ran to the River Guard.

## The night

The Guard came late, as [the law](entry:tide-law) says, and Mercury was up.

::: timeline harbour-fire ada-roth
:::
-- content/articles/b-inquiry.md --
---
title: The inquiry
date: 2024-02-01
summary: Who was where.
tags: [harbour]
---

Ben Roth, her brother, told of [the night](a-fire.md#the-night) and of [[lund|his town]].

Roth had served in the RG.[^1] See ![the harbour](../media/harbour.svg) too.

![A quay](../media/quay.png "The quay"){credit="Desk"}

[^1]: So says Anders Lund.

::: cast
:::
-- content/articles/c-family.md --
---
title: The Roth family
date: 2024-02-20
summary: A family of three.
tags: [family]
linking:
  resolve: {Mercury: mercury-ship}
---

Ada Roth and Ben Roth grew up by the Old Light in Lund. Mercury took them to sea.

::: context ada-roth
A sister of Ben Roth.
:::

::: relations
:::
-- content/articles/d-places.md --
---
title: Where it was
date: 2024-03-01
tags: [fire]
---

> Lund is small, said Anders Lund.

::: map lund harbour-fire
:::

Nothing here but [Lund]{.nolink} and [more](../pages/about.md).
-- content/articles/later/e-soon.md --
---
title: What comes
date: 2024-06-20
summary: A text of the future.
tags: [harbour]
---

The River Guard will leave Lund. [Before](../b-inquiry.md) that, Ada Roth speaks.
-- content/articles/later/f-draft.md --
---
title: Unfinished
date: 2024-05-01
draft: true
summary: A draft.
---

Carl Roth knows.
-- content/glossary/ada-roth.md --
---
name: Ada Roth
kind: person
aliases: [Dr. Roth, {text: أدا روث, language: ar}]
summary: A keeper of the harbour.
context: true
history:
- {from: 2024-01-11, summary: A witness of the fire.}
- {from: 2024-06-10, summary: A keeper on leave.}
facts:
- {label: Rank, value: keeper, from: 2020, to: 2024-01, source: s1}
- {label: Rank, value: witness, from: 2024-02}
relations:
- {type: sister of, entry: ben-roth}
- {type: served in, entry: river-guard, to: 2023}
sources:
- {id: s1, title: A register}
---

She knows Ben Roth and [the fire](../articles/a-fire.md).
-- content/glossary/people/ben-roth.md --
---
name: Ben Roth
kind: person
summary: A brother.
sort: Roth, Ben
---

He lives in Lund.
-- content/glossary/people/anders-lund.md --
---
name: Anders Lund
kind: person
hidden_aliases: [Andreas Lund]
summary: A mayor.
relations:
- {type: mayor of, entry: lund}
---
-- content/glossary/lund.md --
---
name: Lund
kind: place
aliases: [{text: Lundian, demonym: true}]
summary: A town by the sea.
location: {lat: 55.7, lon: 13.2}
---
-- content/glossary/river-guard.md --
---
name: River Guard
kind: organisation
aliases: [RG]
summary: They guard the river.
same_as: [wikidata:Q42]
---
-- content/glossary/harbour-fire.md --
---
name: Harbour Fire
kind: event
summary: It burned.
location: {lat: 55.71, lon: 13.21}
history:
- {from: 2024-01-10, summary: It began.}
---
-- content/glossary/tide-law.md --
---
name: Tide Law
kind: concept
summary: A law on tides.
---
-- content/glossary/mercury-planet.md --
---
name: Mercury
kind: place
summary: A planet.
---
-- content/glossary/mercury-ship.md --
---
name: Mercury
kind: work
summary: A ship.
---
-- content/pages/about.md --
---
title: About
summary: Who we are.
---

We write on [the fire](../articles/a-fire.md) and [what came of it](/articles/b-inquiry/) in Lund. ![A dot](../media/dot.svg)
-- content/pages/imprint.md --
---
title: Imprint
---

Harbour street.
-- content/media/harbour.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>
-- content/media/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>
-- content/review.yaml --
- article: b-inquiry
  exact: RG
  entry: river-guard
"""

_FRAME = """\
<html lang="{{ page.language }}"><link href="{{ page.url | absolute }}"><link href="{{ asset('style.css') | relative }}"><p>{{ words('home') }}</p>
<p>{{ site.title }} {{ site.description }} {{ site.publisher }} {{ site.language }} {{ site.preview }}</p>
<p>{{ site.nav }} {{ site.has_articles }} {{ site.has_entries }} {{ site.has_tags }} {{ site.has_search }} {{ site.image }}</p><p>{{ page }}</p>
{% block main %}<p>{{ view }}</p>{% endblock %}
{% include 'partials/foot.html' %}
{% include 'partials/extra.html' ignore missing %}
</html>
"""

_EXTENDS = "{% extends 'base.html' %}\n{% block main %}<p>{{ view }}</p>{% endblock %}\n"
"""What it is given stands in the page's own block, and shows in whatever frame."""

_ARTICLE = """\
{% extends 'base.html' %}
{% from 'partials/macros.html' import shout %}
{% block main %}{{ shout(view.card.title) }}<p>{{ words('by', authors='us') }}</p>{{ view.body | safe }}
{% include 'partials/in-this-story.html' %}{% include ['partials/aside.html', 'partials/foot.html'] %}
<p>{{ view }}</p>{% endblock %}
"""

_ENTRY = "{% extends 'base.html' %}\n{% block main %}{{ view.body | safe }}<p>{{ view }}</p>{% endblock %}\n"

BARE_THEME: Mapping[str, str] = {
    "base.html": _FRAME,
    "article.html": _ARTICLE,
    "entry.html": _ENTRY,
    "page.html": _ENTRY,
    "home.html": _EXTENDS,
    "glossary.html": _EXTENDS,
    "tag.html": _EXTENDS,
    "tags.html": _EXTENDS,
    "404.html": _EXTENDS,
    "feed.xml": "<feed>{{ site.title }} {{ view }}</feed>\n",
    "sitemap.xml": "<urlset>{{ view }}</urlset>\n",
    "robots.txt": "Sitemap: {{ '/sitemap.xml' | absolute }}\n",
    "partials/foot.html": "<p>{{ site.footer }}</p>\n",
    "partials/macros.html": "{% macro shout(text) %}<h1>{{ text | upper }}</h1>{% endmacro %}\n",
    "partials/in-this-story.html": "<p>{{ words('in_this_story') }} {{ view.story }}</p>\n",
    "partials/context-box.html": '<p id="{{ view.id }}">{{ view }}</p>\n',
    "partials/cast.html": "<p>{{ view.entries }}</p>\n",
    "partials/timeline.html": "<p>{{ view.events }}</p>\n",
    "partials/relations.html": "<p>{{ view.relations }}</p>\n",
    "partials/map.html": "<p>{{ view.places }} {{ view.map }}</p>\n",
    "assets/style.css": "p { margin: 0 }\n",
}
"""A theme that is quick to render and whose pages show all that they are given: whatever a view holds, bytes tell."""


def write_bare_theme(root: Path) -> None:
    for name, text in BARE_THEME.items():
        path = root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
