"""Images as HTML: what browsers choose from, the original for all others, caption and credit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml

from explainer.images import Picture
from explainer.types import Url


class Shown(NamedTuple):
    """An image on a page."""

    url: Url | None
    """Of the original; None where there is none."""
    size: tuple[int, int] | None
    """Width and height in pixels, where they can be told and `picture` does not say them."""
    picture: Picture | None
    """What there is besides the original."""


def image_markup(attributes: tuple[tuple[str, str], ...], shown: Shown, address: Callable[[Url], str]) -> str:
    """An `<img>`, in a `<picture>` where there are other files to choose from.

    `attributes` are those that the author's text gives; measures that are not among them are the image's own, so that
    the page does not jump while it loads.
    """
    size = shown.size if shown.picture is None else (shown.picture.width, shown.picture.height)
    source = "" if shown.url is None else address(shown.url)
    pairs = (("src", source), *_measures(dict(attributes), size), *attributes)
    image = f"<img{''.join(attribute(name, value) for name, value in pairs)}>"
    if shown.picture is None or not shown.picture.variants:
        return image
    wide = dict(attributes).get("width", "")
    sources = _sources(shown.picture, f"{wide}px" if wide.isdigit() else shown.picture.sizes, address)
    return f"<picture>{sources}{image}</picture>"


def attribute(name: str, value: str) -> str:
    """An attribute as it stands in a tag, with the space before it."""
    return f' {name}="{escapeHtml(value)}"'


def _measures(given: dict[str, str], size: tuple[int, int] | None) -> tuple[tuple[str, str], ...]:
    """Width and height; where one is given, the other in proportion."""
    if size is None or ("width" in given and "height" in given):
        return ()
    width, height = size
    if given.get("width", "").isdigit():
        return (("height", str(max(1, round(int(given["width"]) * height / width)))),)
    if given.get("height", "").isdigit():
        return (("width", str(max(1, round(int(given["height"]) * width / height)))),)
    return tuple((name, str(value)) for name, value in (("width", width), ("height", height)) if name not in given)


def _sources(picture: Picture, sizes: str, address: Callable[[Url], str]) -> str:
    out = ""
    for form, variants in groupby(picture.variants, key=lambda v: v.type):
        files = ", ".join(f"{address(v.url)} {v.width}w" for v in variants)
        out += f"<source{attribute('type', form)}{attribute('srcset', files)}{attribute('sizes', sizes)}>"
    return out
