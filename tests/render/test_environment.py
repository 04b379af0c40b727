"""Templates as they are compiled here make what Jinja itself makes of them."""

from __future__ import annotations

import datetime as dt

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from explainer.render.environment import AssetFinder, Templates, absolute_url, escaped, make_environment

TEMPLATES = {
    "frame.html": "<{% set x = 1 %}{% block one %}base {{ x }}{% endblock %}|{% block two scoped %}{% endblock %}>",
    "child.html": "{% extends 'frame.html' %}lost{% block one %}({{ super() }}{{ self.two() }}){% endblock %}"
    "{% block two %}{{ value }}{% endblock %}",
    "maybe.html": "{% if value %}{% extends 'frame.html' %}{% endif %}{% block one %}own{% endblock %} outside",
    "alone.html": "a{{ asset('x') }}{{ value is defined }}",
    "included.html": "{% set y = value %}[{{ y }}{{ given is defined }}]",
    "includes.html": "1{% include 'alone.html' without context %}2{% include 'included.html' %}3"
    "{% with given=1 %}{% include ['none.html', 'included.html'] %}{% endwith %}"
    "{% include 'none.html' ignore missing %}4{% block b %}5{% include 'alone.html' without context %}6{% endblock %}",
    "macros.html": "{% macro m(a, b='<') %}{{ a }}{{ b }}{{ caller() if caller is defined }}{{ varargs }}{% endmacro %}"
    "{{ m(value) }}{% call m(1) %}<b>{{ value }}</b>{% endcall %}{% set n = m %}{% for i in [1, 2] %}{{ n(i) }}{% endfor %}",
    "imports.html": "{% from 'macros.html' import m with context %}{% import 'kit.html' as kit %}{{ m('&') }}{{ kit.k(1) }}",
    "kit.html": "{% macro k(a) %}{{ a }}&{{ asset('x') }}{% endmacro %}",
    "loops.html": "{% for i in [1, [2, [3]]] recursive %}{{ loop.depth }}{{ loop.cycle('a', '&') }}"
    "{% if i is sequence %}{{ loop(i) }}{% else %}{{ i }}{% endif %}{% else %}-{% endfor %}",
    "texts.html": "{% set t %}<i>{{ value }}</i>{% endset %}{{ t }}{{ t ~ value }}{% filter upper %}{{ value }}{% endfilter %}"
    "{{ value.upper() }}{{ 3.5 }}{{ none }}{{ [value] }}{{ value | safe }}{{ '%s' | format(value) }}",
    "turned.html": "{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}",
    "plain.txt": "{{ value }}{% include 'included.html' %}",
}


def both(template: str) -> tuple[str, str]:
    finder = AssetFinder({"x": "/x"})
    ours = make_environment(TEMPLATES, {name: name for name in TEMPLATES}, finder, "https://example.org/")
    plain = jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), autoescape=ours.autoescape)  # noqa: S701
    plain.globals["asset"] = finder
    rendered = (e.get_template(template).render(value="<&'\">") for e in (ours, plain))
    return tuple(rendered)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_make_what_jinja_makes(template):
    ours, plain = both(template)
    assert ours == plain


VALUES = st.one_of(st.text(), st.text("<>&'\"a"), st.integers(), st.none(), st.dates(), st.lists(st.text()))


@given(VALUES)
def test_values_stand_in_markup_as_markupsafe_has_them(value):
    assert escaped(value) == str(escape(value))
    assert escaped(Markup("<b>")) == "<b>"
    assert escaped(Templates().undefined(name="x")) == ""


def test_what_a_macro_or_a_block_gets_is_not_escaped_twice():
    assert both("macros.html")[0].count("<b>") == 1


@pytest.mark.parametrize("target", ["/a/", "/a%20b/?q=1#m-1", "/حمص/", "/a b/", "/ü/"])
def test_addresses_that_need_no_quoting_are_as_those_that_do(target):
    assert absolute_url("https://example.org/sub/", target).startswith("https://example.org/sub/")
    assert absolute_url("", target) == absolute_url("/", target)
    assert absolute_url("", target).isascii()
    assert " " not in absolute_url("", target)


def test_json_can_stand_in_a_script():
    environment = make_environment({}, {}, AssetFinder({}), "")
    made = environment.from_string("{{ value | tojson }}").render(value={"a": "</script>&'é", "b": [1, None]})
    assert made == '{"a":"\\u003c/script\\u003e\\u0026\\u0027é","b":[1,null]}'


def test_dates_in_tags_are_for_machines():
    environment = make_environment({}, {}, AssetFinder({}), "")
    assert environment.from_string("{{ value | iso }}").render(value=dt.date(2012, 7, 6)) == "2012-07-06"
