"""`glossary_linker`: the linker as a spaCy component, usable without the rest of the site generator.

    rows or files → entries → mentions of a text → spans and entities of a Doc

Importing this package registers the factory and the extension `Span._.decision`. `import spacy` in here is spaCy itself:
imports are absolute.
"""

from __future__ import annotations

from explainer.spacy.factory import make_glossary_linker

__all__ = ["make_glossary_linker"]
