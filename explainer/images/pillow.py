"""Whether Pillow is there, and which."""

from __future__ import annotations

import importlib.util
from functools import cache

_PARTS = ("webp", "avif", "libjpeg_turbo", "zlib_ng", "zlib", "freetype2", "raqm", "fribidi", "harfbuzz", "littlecms2")


@cache
def has_pillow() -> bool:
    """Found out without importing it."""
    return importlib.util.find_spec("PIL") is not None


@cache
def version() -> str:
    """Of Pillow and of the libraries that draw and encode for it: equal versions make equal bytes."""
    import PIL  # noqa: PLC0415
    from PIL import features  # noqa: PLC0415

    parts = (f"{name} {features.version(name) or features.check(name)}" for name in _PARTS)
    return " ".join((f"pillow {PIL.__version__}", *parts))


@cache
def drawing() -> frozenset[str]:
    """What it can draw with: `freetype` for fonts, `raqm` for letters that join."""
    from PIL import features  # noqa: PLC0415

    names = {"freetype": "freetype2", "raqm": "raqm"}
    return frozenset(name for name, feature in names.items() if features.check(feature))
