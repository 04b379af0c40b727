"""Images decoded, turned, made smaller and encoded again. The only module that decodes what authors put into media."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby

from PIL import Image, ImageCms, ImageOps

from explainer.images.pictures import Encoded, Recipe

MOST_PIXELS = 80_000_000
"""A larger image is left as it is: decoded it would take more than 300 MB."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})
"""Of others, such as 16 bits a channel, Pillow would change the colours."""
_DRAWN = frozenset({"PNG", "GIF"})
"""Formats of drawings and screenshots, for which a lossless file is often the smaller one."""

# What Pillow raises over a file that is not what it should be: decoders of many authors, each in its own way.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    OverflowError,
    AttributeError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)

Result = tuple[tuple[int, int] | None, str, tuple[Encoded, ...]]
"""Size as shown, what is wrong, and files: all that is told of an image."""


def probe(data: bytes) -> tuple[tuple[int, int] | None, str]:
    """The size of an image, and what is wrong with it as far as its beginning tells: `broken`, `large` or nothing."""
    try:
        with _opened(data) as image:
            size = _shown_size(image)
    except _BROKEN:
        return None, "broken"
    return size, "large" if size[0] * size[1] > MOST_PIXELS else ""


def encode(data: bytes, recipe: Recipe) -> Result:
    """The files that are offered instead of an image; only such as are smaller than it."""
    size, problem = probe(data)
    if size is None or problem or not (recipe.widths and recipe.formats):
        return size, problem, ()
    try:
        with _opened(data) as image:
            if getattr(image, "is_animated", False) and image.format != "MPO":
                return size, "", ()
            if image.mode not in _MODES:
                image.load()
                return size, "", ()
            drawn = image.format in _DRAWN
            whole = _decoded(image, max(recipe.widths))
    except _BROKEN:
        return size, "broken", ()
    files = [one for one in _files(whole, size, recipe, drawn=drawn) if len(one.data) < len(data)]
    return size, "", tuple(_worth_offering(files))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on odd metadata
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            yield image


def _shown_size(image: Image.Image) -> tuple[int, int]:
    """With the turn that a camera notes: values from 5 on exchange width and height."""
    width, height = image.size
    return (height, width) if 5 <= image.getexif().get(0x0112, 1) <= 8 else (width, height)


def _decoded(image: Image.Image, widest: int) -> Image.Image:
    """The pixels upright and in sRGB; without metadata, since none is handed on."""
    if image.format in {"JPEG", "MPO"}:
        # A JPEG can be decoded at a half, a quarter, an eighth: never below twice what is wanted.
        image.draft(image.mode, (2 * widest, 2 * widest))
    upright = ImageOps.exif_transpose(image)
    clear = upright.mode in {"LA", "PA", "RGBA"} or "transparency" in upright.info
    return _in_srgb(upright, "RGBA" if clear else "RGB")


def _in_srgb(image: Image.Image, mode: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    plain = image if image.mode == "CMYK" and profile else image.convert(mode)
    if profile:
        try:
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(plain, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):  # not a profile for these pixels
            return plain.convert(mode)
        return turned or plain.convert(mode)
    return plain


def _files(whole: Image.Image, size: tuple[int, int], recipe: Recipe, *, drawn: bool) -> Iterator[Encoded]:
    """Each width in each format; at most as wide as the image."""
    widest = min(size[0], max(recipe.widths))
    for width in sorted({*(w for w in recipe.widths if w < size[0]), widest}):
        height = max(1, round(size[1] * width / size[0]))
        small = whole.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for form in recipe.formats:
            yield Encoded(form, width, height, _saved(small, form, recipe.quality, drawn=drawn))


def _saved(image: Image.Image, form: str, quality: int, *, drawn: bool) -> bytes:
    """An image as a file; of a drawing's lossy and lossless file the smaller one."""
    if form == "avif":
        # One thread: with more, tiles and so bytes would depend on the machine.
        return _written(image, "AVIF", quality=quality - 15, speed=6, max_threads=1)
    lossy = _written(image, "WEBP", quality=quality, method=4)
    if not drawn:
        return lossy
    return min(lossy, _written(image, "WEBP", lossless=True, quality=70, method=4), key=len)


def _written(image: Image.Image, form: str, **options: int) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _worth_offering(files: list[Encoded]) -> Iterator[Encoded]:
    """The formats from the smallest to the largest in all; a browser takes the first that it knows."""
    ordered = sorted(files, key=lambda one: (one.format, one.width))
    groups = [list(group) for _, group in groupby(ordered, key=lambda one: one.format)]
    most = max(map(len, groups), default=0)
    whole = [group for group in groups if len(group) == most]
    for group in sorted(whole, key=lambda g: sum(len(one.data) for one in g)):
        yield from group
