"""French."""

from __future__ import annotations

from explainer.annotate.languages.tables import Language

FRENCH = Language(code="fr", elided=("d", "l"))
