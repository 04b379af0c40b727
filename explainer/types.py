"""Strings that must not be mixed up, each with one place that makes it."""

from __future__ import annotations

from typing import NewType

SourcePath = NewType("SourcePath", str)
"""A file of the site as its author knows it: relative to the site's folder, with `/`. Made by `read.files`."""

EntryId = NewType("EntryId", str)
"""The stem of a glossary file's name. Made by `read.content`."""

Url = NewType("Url", str)
"""A page or asset inside the site, from its root: `/articles/x/`, `/feed.xml`. Made by `site.urls`."""

Html = NewType("Html", str)
"""Markup that is safe to put on a page. Made by `render.body` and by templates."""
