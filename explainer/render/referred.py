"""What a template refers to."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

import jinja2
from jinja2 import nodes

_REFERRING: tuple[Any, ...] = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_PLAIN_REFERENCE = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\s*(["'])([\w ./-]+)\1"""
    r"""(?=\s*[-+]?%\}|\s+(?:ignore|with|without|import|as)\b)"""
)


def referred(text: str, environment: jinja2.Environment, known: Container[str]) -> frozenset[str | None]:
    """The templates that one extends, includes or imports; None among them where a name is computed. Of those that an
    `include` has to choose from, the first that is `known`, and those before it, which would be chosen if they were.

    Where each is named in so many words, it need not be parsed for that, which takes most of the time of translating it;
    then what stands in comments counts, too.
    """
    plain = [match[2] for match in _PLAIN_REFERENCE.finditer(text)]
    if len(plain) == len(_REFERENCE.findall(text)):
        return frozenset(plain)
    try:
        tree = environment.parse(text)
    except jinja2.TemplateSyntaxError:
        return frozenset()
    return frozenset(name for node in tree.find_all(_REFERRING) for name in _names(node.template, known))


def _names(template: nodes.Expr, known: Container[str]) -> Iterator[str | None]:
    if not isinstance(template, nodes.List | nodes.Tuple):
        yield template.value if isinstance(template, nodes.Const) else None
        return
    for item in template.items:
        name = item.value if isinstance(item, nodes.Const) else None
        yield name
        if name in known:
            return
