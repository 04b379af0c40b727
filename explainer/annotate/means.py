"""What the texts of a site are annotated with: its glossary's forms and, where it has one, its model."""

from __future__ import annotations

from msgspec import Struct

from explainer.annotate.decide import Witness
from explainer.annotate.lexicon import Lexicon, build_lexicon
from explainer.annotate.witness import Answers, is_installed, load_witness
from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import SETTINGS_FILE, Content
from explainer.read.schema import NlpSettings
from explainer.types import SourcePath


class Means(Struct, frozen=True):
    """What texts are annotated with. It depends on the glossary and the settings alone, so it may be kept."""

    lexicon: Lexicon
    """The glossary's forms."""
    witness: Witness | None
    """None where the site has no model, or one that is not installed."""
    diagnostics: tuple[Diagnostic, ...]
    """What was wrong with the model."""


def means_of(content: Content, *, answers: Answers | None = None) -> Means:
    """The means for a site. `answers` are what its model said before, and get what it says now."""
    lexicon = build_lexicon(content.entries, language=content.settings.language)
    return Means(lexicon, *_witness(content, {} if answers is None else answers))


def _witness(content: Content, answers: Answers) -> tuple[Witness | None, tuple[Diagnostic, ...]]:
    nlp = content.settings.nlp
    problems = model_problems(nlp)
    return load_witness(nlp.model, answers) if nlp.model and not problems else None, problems


def model_problems(nlp: NlpSettings) -> tuple[Diagnostic, ...]:
    """That the model of a site is not installed."""
    if not nlp.model or is_installed(nlp.model):
        return ()
    message = f"the model “{nlp.model}” is not installed; contested names stay undecided"
    hint = "install it beside explainer, or remove nlp.model"
    return (Diagnostic(Kind.NO_MODEL, SourcePath(SETTINGS_FILE), message, hint),)
