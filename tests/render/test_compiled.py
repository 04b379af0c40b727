"""Templates are translated once, and what one refers to is what Jinja finds in it."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.meta import find_referenced_templates

from explainer.render.compiled import referred
from explainer.render.environment import AssetFinder, make_environment
from explainer.render.theme import load_theme

URL = "https://example.org/"


class Memory:
    """Translations that are kept."""

    def __init__(self):
        self.kept = {}

    def get(self, name, digest):
        return self.kept.get((name, digest))

    def put(self, name, digest, python):
        self.kept[name, digest] = python


def rendered(templates, kept, url=URL):
    environment = make_environment(templates, {name: name for name in templates}, AssetFinder({}), url, kept)
    return environment.get_template("a.html").render(x=1)


def test_a_translation_is_used_again_for_the_same_template_alone(monkeypatch):
    kept, made = Memory(), []
    compiling = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, *args, **named: made.append(args[1]) or compiling(self, *args, **named),
    )
    one = {"a.html": "{{ x }}{% include 'b.html' %}", "b.html": "&{{ '/c'|absolute }}"}
    assert [rendered(one, kept) for _ in range(2)] == ["1&https://example.org/c"] * 2
    assert made == ["a.html", "b.html"]
    assert rendered(one, kept, "https://other.example/") == "1&https://other.example/c"
    assert rendered({**one, "b.html": "2"}, kept) == "12"
    assert rendered({**one, "a.html": one["b.html"]}, kept) == "&https://example.org/c"


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
    assert referred(text, environment) >= wanted
    if "{% if %}" not in text:
        assert referred(text, environment) == wanted


def test_the_default_theme_need_not_be_parsed_for_that(monkeypatch):
    theme = load_theme(None, site_url=URL)
    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "parse", None)
        found = {name: referred(text, theme._environment) for name, (_, text) in theme._templates.items()}
    parsed = {
        n: frozenset(find_referenced_templates(theme._environment.parse(t))) for n, (_, t) in theme._templates.items()
    }
    assert found == parsed
    assert any(found.values())


def test_templates_with_mistakes_are_left_for_later(tmp_path):
    (tmp_path / "broken.html").write_text("{% if %}", encoding="utf-8")
    theme = load_theme(tmp_path, site_url=URL)
    theme.compile_all()
    with pytest.raises(jinja2.TemplateSyntaxError):
        theme._environment.get_template("broken.html")
