"""The images that texts show, in the sizes and formats that the site wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explainer.diagnostics import Diagnostic, Kind
from explainer.images import Depot, Made, Picture, Recipe, has_pillow, is_raster, make_picture, variant_data
from explainer.read.content import SETTINGS_FILE
from explainer.read.schema import ImageSettings
from explainer.site import SiteArticle, SiteEntry, SitePage, WholeSite
from explainer.site.links import Reference, find_target, references_in
from explainer.site.urls import Urls
from explainer.types import SourcePath, Url


class Pictured(Struct, frozen=True):
    """A site whose images were made."""

    site: WholeSite
    files: Mapping[Url, bytes]
    """What is published besides the originals."""
    diagnostics: tuple[Diagnostic, ...]


def make_pictures(site: WholeSite, depot: Depot, *, preview: bool) -> Pictured:
    """Every image that a text shows. In a preview they stay as they are, and are looked at only."""
    recipe = None if preview else recipe_of(site.settings.images)
    shown = {path for source, found in _references(site) for path in images_in(source, found, site.urls)}
    pictures: dict[SourcePath, Picture] = {}
    files: dict[Url, bytes] = {}
    problems = list(missing_pillow(shown, site.settings.images))
    for path in sorted(shown) if has_pillow() else ():
        data = bytes_of(site.media[path])
        made = make_picture(data, path, recipe, depot)
        problems += problem_of(path, made)
        if made.picture is not None:
            pictures[path] = made.picture._replace(sizes=site.settings.images.sizes)
            files |= {v.url: variant_data(data, path, recipe, depot, v.url) for v in made.picture.variants if recipe}
    return Pictured(replace(site, pictures=pictures), files, tuple(problems))


def _references(site: WholeSite) -> Iterator[tuple[SourcePath, tuple[Reference, ...]]]:
    texts: tuple[SiteArticle | SiteEntry | SitePage, ...] = (*site.articles, *site.entries.values(), *site.pages)
    for text in texts:
        yield text.document.path, references_in(text.document)


def images_in(source: SourcePath, found: Iterable[Reference], urls: Urls) -> Iterator[SourcePath]:
    """The media of pixels that a text shows."""
    for reference in found:
        if reference.is_image and is_raster(reference.target):
            url = find_target(reference.target, source, urls).url
            path = urls.source.get(url) if url is not None and url.startswith("/media/") else None
            if path is not None:
                yield path


def recipe_of(settings: ImageSettings) -> Recipe:
    """How images are made."""
    return Recipe(settings.widths, tuple(map(str, settings.formats)), settings.quality)


def bytes_of(location: Path) -> bytes:
    """A medium; empty where it cannot be read, which publishing reports."""
    try:
        return location.read_bytes()
    except OSError:
        return b""


def problem_of(path: SourcePath, made: Made) -> tuple[Diagnostic, ...]:
    """What is wrong with an image. It is published as it is."""
    if made.problem == "broken":
        hint = "export it again as JPEG, PNG or WebP"
        return (Diagnostic(Kind.BROKEN_IMAGE, path, "this image cannot be read, or is not whole", hint),)
    if made.problem == "large":
        hint = "make it smaller: no page shows more than some thousand pixels a side"
        return (Diagnostic(Kind.LARGE_IMAGE, path, "this image has more than 80 million pixels", hint),)
    return ()


def missing_pillow(shown: Iterable[object], settings: ImageSettings) -> tuple[Diagnostic, ...]:
    """That images stay as they are, where nothing can make them smaller; once for a site."""
    if has_pillow() or not settings.formats or not any(True for _ in shown):
        return ()
    hint = "pip install 'explainer-site[images]', or set “images: {formats: []}”"
    message = "Pillow is not installed: images are published in their own size only"
    return (Diagnostic(Kind.NO_PILLOW, SourcePath(SETTINGS_FILE), message, hint),)
