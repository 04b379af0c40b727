"""Raster images: smaller sizes for pages, and the cards that other sites show beside a link.

Pillow does the work; it is an extra, imported only where there is something to draw. Everything here is a function of
bytes and values to bytes; what was made is kept in a `Depot`, by a key that names all that it was made of.
"""

from explainer.images.depot import Depot, FolderDepot, MemoryDepot
from explainer.images.pictures import Made, Picture, Recipe, Variant, is_raster, make_picture, variant_data
from explainer.images.pillow import has_pillow

__all__ = [
    "Depot",
    "FolderDepot",
    "Made",
    "MemoryDepot",
    "Picture",
    "Recipe",
    "Variant",
    "has_pillow",
    "is_raster",
    "make_picture",
    "variant_data",
]
