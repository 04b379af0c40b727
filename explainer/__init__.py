"""explainer: a static-site generator for annotated explainers."""

__version__ = "0.1.0"
