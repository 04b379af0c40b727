"""What a template refers to."""

from __future__ import annotations

import re

import jinja2
from jinja2.meta import find_referenced_templates

_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_PLAIN_REFERENCE = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\s*(["'])([\w ./-]+)\1"""
    r"""(?=\s*[-+]?%\}|\s+(?:ignore|with|without|import|as)\b)"""
)


def referred(text: str, environment: jinja2.Environment) -> frozenset[str | None]:
    """The templates that one extends, includes or imports; None among them where a name is computed.

    Where each is named in so many words, it need not be parsed for that, which takes most of the time of translating it;
    then what stands in comments counts, too.
    """
    plain = [match[2] for match in _PLAIN_REFERENCE.finditer(text)]
    if len(plain) == len(_REFERENCE.findall(text)):
        return frozenset(plain)
    try:
        return frozenset(find_referenced_templates(environment.parse(text)))
    except jinja2.TemplateSyntaxError:
        return frozenset()
