"""Where the default theme is."""

from __future__ import annotations

from pathlib import Path

import explainer

DEFAULT = "<default theme>"
"""What messages call that folder."""


def default_theme() -> Path:
    """The folder of the default theme: inside the installed package, or beside it in a checkout."""
    package = Path(explainer.__file__).parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent / "templates"
