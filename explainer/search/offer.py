"""Whether a site has search: its settings want it, and Pagefind is there."""

from __future__ import annotations

import importlib.util

from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import SETTINGS_FILE
from explainer.read.schema import SearchMode
from explainer.types import SourcePath

PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
"""The packages that bring Pagefind's program; the first divides Chinese, Japanese and Korean into words as well."""


def installed_package() -> str | None:
    """The package whose program is used, without importing it."""
    return next((name for name in PACKAGES if importlib.util.find_spec(name) is not None), None)


def offers_search(mode: SearchMode) -> bool:
    """Whether the site has a page of search, and links to it."""
    return mode is not SearchMode.OFF and installed_package() is not None


def search_problems(mode: SearchMode) -> tuple[Diagnostic, ...]:
    """That the settings ask for a search that cannot be made."""
    if mode is not SearchMode.ON or installed_package() is not None:
        return ()
    message = "Pagefind is not installed; the site has no search"
    hint = "install it: pip install 'explainer-site[search]', or remove “search: on”"
    return (Diagnostic(Kind.NO_SEARCH, SourcePath(SETTINGS_FILE), message, hint),)
