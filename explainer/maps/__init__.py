"""Maps, drawn when a site is built: from degrees to the paths of an SVG, without anything but this package's data.

    frame    what a map shows: a country, some places, the world
    ground   land and boundaries in a frame: window of degrees → projected → clipped → simplified → paths
    draw     dots, names that keep clear of each other, a scale

Everything here is pure; the data are Natural Earth's, which is in the public domain, by way of world-atlas.
"""

from explainer.maps.draw import AreaName, Bar, Dot, Drawing, Label, Spot, draw
from explainer.maps.frame import SMALL, WIDE, Frame, Size, frame_at, frame_of_area, frame_of_places
from explainer.maps.project import DIRECTIONS, direction, distance, round_km
from explainer.maps.world import NO_BOUNDARIES, Boundaries, OwnArea, world

__all__ = [
    "DIRECTIONS",
    "NO_BOUNDARIES",
    "SMALL",
    "WIDE",
    "AreaName",
    "Bar",
    "Boundaries",
    "Dot",
    "Drawing",
    "Frame",
    "Label",
    "OwnArea",
    "Size",
    "Spot",
    "direction",
    "distance",
    "draw",
    "frame_at",
    "frame_of_area",
    "frame_of_places",
    "round_km",
    "world",
]
