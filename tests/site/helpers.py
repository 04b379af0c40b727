"""Sites as `render` gets them."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.annotate import annotate_content
from explainer.diagnostics import Diagnostic, sort_diagnostics
from explainer.read.content import read_content
from explainer.site import Site as Assembled
from explainer.site import SiteArticle, assemble_site
from explainer.types import SourcePath
from tests.sites import NOW, Site, article, entry, place


def assembled(site: Site) -> Assembled:
    content = site.content()
    whole, _problems = assemble_site(content, annotate_content(content))
    return whole


def only_article(site: Site) -> SiteArticle:
    (one,) = assembled(site).articles
    return one


def write_article(site: Site, body: str, *, front: str = "", path: str = "x.md") -> Site:
    return site.write(f"-- content/articles/{path} --\n{article(body, front=front)}\n")


def write_entries(site: Site, *names: str, kind: str = "place", front: str = "") -> Site:
    """One entry for each name; its id is the name in small letters."""
    for name in names:
        identifier = name.lower().replace(" ", "-")
        site.write(f"-- content/glossary/{identifier}.md --\n{entry(name, kind, front=front)}\n")
    return site


def diagnose(site: Site, *, unpublished: bool = False) -> tuple[tuple[Diagnostic, ...], Mapping[SourcePath, str]]:
    """Every problem that is found before pages are rendered."""
    read = read_content(site.root, now=NOW, unpublished=unpublished)
    assert read.content is not None
    annotations = annotate_content(read.content)
    _site, found = assemble_site(read.content, annotations)
    return sort_diagnostics((*read.diagnostics, *annotations.diagnostics, *found)), read.texts


def problems(site: Site, *, unpublished: bool = False) -> list[str]:
    """`path:line:column kind` for every problem."""
    found, texts = diagnose(site, unpublished=unpublished)
    return [place(d, texts) for d in found]


def messages(site: Site) -> list[str]:
    """`kind: message = hint` for every problem."""
    return [f"{d.kind}: {d.message} = {d.hint}" for d in diagnose(site)[0]]


def words(count: int) -> str:
    """A paragraph of so many words."""
    return " ".join(["word"] * count)
