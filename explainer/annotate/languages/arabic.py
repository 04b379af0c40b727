"""Arabic."""

from __future__ import annotations

from explainer.annotate.languages.tables import Language

ARABIC = Language(code="ar", has_capitals=False)
