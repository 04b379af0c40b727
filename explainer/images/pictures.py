"""A medium in several sizes: what a page offers to browsers, and the bytes behind it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import PurePosixPath
from typing import NamedTuple

from explainer.images import pillow
from explainer.images.depot import Depot
from explainer.types import Url

_SHAPE = 1
"""Counts the ways in which pictures have been made: each makes other bytes."""

_RASTER = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


class Recipe(NamedTuple):
    """How pictures are made."""

    widths: tuple[int, ...]
    """In pixels; of those that are smaller than the image."""
    formats: tuple[str, ...]
    """`webp`, `avif`."""
    quality: int
    """From 1 to 100."""


class Variant(NamedTuple):
    """One file of a picture."""

    url: Url
    """With a fingerprint of its bytes."""
    type: str
    """`image/webp`."""
    width: int
    height: int
    sha256: str
    size: int
    """In bytes."""


class Picture(NamedTuple):
    """An image as pages offer it."""

    width: int
    height: int
    """Of the original in pixels, as it is shown: a camera's turn is allowed for."""
    variants: tuple[Variant, ...]
    """By format, the smaller files first, then by width; none where the original is the best there is."""
    sizes: str = ""
    """How wide it is shown: the attribute of that name."""


class Encoded(NamedTuple):
    """A file before it has a name."""

    format: str
    width: int
    height: int
    data: bytes


class Made(NamedTuple):
    """What was made of a medium."""

    picture: Picture | None
    """None where it is no image that can be read."""
    problem: str = ""
    """`broken`, `large`, or empty."""


def is_raster(name: str) -> bool:
    """Whether a file is made of pixels, by its name."""
    return name.lower().endswith(_RASTER)


def make_picture(data: bytes, name: str, recipe: Recipe | None, depot: Depot) -> Made:
    """The picture of a medium with these bytes. Without a recipe, only its size and what is wrong with it at first sight.

    An image that moves, or whose colours Pillow would change, is left as it is.
    """
    from explainer.images import encode  # noqa: PLC0415  # Pillow is imported where there is something to do

    if recipe is None:
        return _made(*encode.probe(data), (), name)
    key = key_of(data, recipe)
    kept = depot.get(key)
    unpacked = None if kept is None else _unpack(kept)
    if unpacked is None:
        unpacked = encode.encode(data, recipe)
        depot.put(key, _pack(*unpacked))
    return _made(*unpacked, name)


def variant_data(data: bytes, name: str, recipe: Recipe, depot: Depot, url: Url) -> bytes:
    """The bytes of a variant of the medium with these bytes. Raises `OSError` where it has no such variant,
    for then the medium has changed.
    """
    from explainer.images import encode  # noqa: PLC0415

    kept = depot.get(key_of(data, recipe))
    unpacked = None if kept is None else _unpack(kept)
    _, _, encoded = unpacked or encode.encode(data, recipe)
    for one in encoded:
        if _variant(one, name).url == url:
            return one.data
    message = f"{name} has changed since it was looked at"
    raise OSError(message)


def key_of(data: bytes, recipe: Recipe) -> str:
    """What a picture is made of: the image, the recipe, and who makes it."""
    whole = repr((_SHAPE, hashlib.sha256(data).hexdigest(), recipe, pillow.version()))
    return hashlib.sha256(whole.encode()).hexdigest()


def _made(size: tuple[int, int] | None, problem: str, encoded: tuple[Encoded, ...], name: str) -> Made:
    return Made(Picture(*size, tuple(_variant(one, name) for one in encoded)) if size else None, problem)


def _variant(encoded: Encoded, name: str) -> Variant:
    digest = hashlib.sha256(encoded.data).hexdigest()
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", PurePosixPath(name).stem)
    url = Url(f"/assets/images/{stem}.{encoded.width}.{digest[:10]}.{encoded.format}")
    size = len(encoded.data)
    return Variant(url, f"image/{encoded.format}", encoded.width, encoded.height, digest, size)


# ---- for the depot --------------------------------------------------------------------------------------------------


def _pack(size: tuple[int, int] | None, problem: str, encoded: tuple[Encoded, ...]) -> bytes:
    """One line of JSON, then the files one after the other."""
    files = [(one.format, one.width, one.height, len(one.data)) for one in encoded]
    head = json.dumps([size, problem, files]).encode()
    return b"\n".join((head, b"".join(one.data for one in encoded)))


def _unpack(packed: bytes) -> tuple[tuple[int, int] | None, str, tuple[Encoded, ...]]:
    head, _, rest = packed.partition(b"\n")
    size, problem, files = json.loads(head)
    encoded, start = [], 0
    for form, width, height, length in files:
        encoded.append(Encoded(form, width, height, rest[start : start + length]))
        start += length
    return (size[0], size[1]) if size else None, problem, tuple(encoded)
