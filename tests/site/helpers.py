"""Sites as `render` gets them."""

from __future__ import annotations

from explainer.annotate import annotate_content
from explainer.site import Site as Assembled
from explainer.site import SiteArticle, assemble_site
from tests.sites import Site, article, entry


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


def messages(site: Site) -> list[str]:
    """`kind: message = hint` for every problem."""
    return [f"{d.kind}: {d.message} = {d.hint}" for d in site.build().diagnostics]


def words(count: int) -> str:
    """A paragraph of so many words."""
    return " ".join(["word"] * count)
