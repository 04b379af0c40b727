"""The theme's colours: whatever is read on whatever lies behind it, in light and in dark."""

from __future__ import annotations

import re
from itertools import product

import pytest

from explainer.theme_folder import default_theme

STYLES = (default_theme() / "assets" / "style.css").read_text(encoding="utf-8")
DARK = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", STYLES, re.DOTALL)

READ = [
    *product(("ink", "soft", "accent"), ("paper", "tint")),
    *product(("ink", "soft", "accent"), ("mark",)),  # a paragraph that a link led to
    *product(("ink", "soft"), ("water", "land", "here")),  # names on maps
]
"""What is read, and what lies behind it."""


def colours_of(styles: str) -> dict[str, str]:
    """By name, the first of each."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"--(\w+): (#[0-9a-f]{6});", styles):
        found.setdefault(name, value)
    return found


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), READ)
def test_texts_stand_out(text, behind, dark):
    assert DARK is not None
    colours = colours_of(DARK[1] if dark else STYLES)
    assert contrast(colours[text], colours[behind]) >= 4.5
