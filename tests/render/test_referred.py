"""What a template refers to is what Jinja finds in it."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.meta import find_referenced_templates

from explainer.render.referred import referred
from explainer.render.theme import load_theme

URL = "https://example.org/"


REFERENCES = [
    "{% extends 'a.html' %}",
    "{%- include \"b/c-d.html\" -%}{%+ include 'e.html' +%}",
    "{%include'a.html'%}{%\n  from 'f.html'\n  import g, h\n%}",
    "{% import 'i.html' as i with context %}{% include 'j.html' ignore missing without context %}",
    "{% include ['a.html', 'b.html'] %}{% include 'c.html' %}",
    "{% include 'a' ~ x %}{% include 'b' if x else 'c' %}{% extends x %}",
    "{% include 'a' 'b' %}{% include 'a'|upper %}{% include '\\x61' %}",
    "{% raw %}{% include x %}{% endraw %}{% included %}",
    "{% include 'a.html' %}{% if %}",
    "nothing",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_what_a_template_refers_to_is_what_jinja_finds(text):
    environment = jinja2.Environment(autoescape=True)
    try:
        wanted = frozenset(find_referenced_templates(environment.parse(text)))
    except jinja2.TemplateSyntaxError:
        wanted = frozenset()
    assert referred(text, environment, ()) >= wanted
    if "{% if %}" not in text:
        assert referred(text, environment, ()) == wanted


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ((), {"a", "b", None, "c"}),
        (("a", "b"), {"a"}),
        (("b", "c"), {"a", "b"}),
        (("c",), {"a", "b", None, "c"}),
    ],
)
def test_of_several_to_choose_from_those_as_far_as_the_first_that_is_there(known, wanted):
    environment = jinja2.Environment(autoescape=True)
    assert referred("{% include ['a', 'b', x, 'c'] %}", environment, known) == wanted


def test_the_default_theme_need_not_be_parsed_for_that(monkeypatch):
    theme = load_theme(None, site_url=URL)
    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "parse", None)
        found = {
            name: referred(text, theme._environment, theme._templates) for name, (_, text) in theme._templates.items()
        }
    parsed = {
        n: frozenset(find_referenced_templates(theme._environment.parse(t))) for n, (_, t) in theme._templates.items()
    }
    assert found == parsed
    assert any(found.values())
