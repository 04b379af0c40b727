"""Templates of the default theme are translated once for all processes; those of a site by every process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import jinja2
import pytest

from explainer.render import compiled
from explainer.render.environment import AssetFinder, make_environment
from explainer.render.template_errors import TemplateProblem
from explainer.render.theme import load_theme
from tests.render.theme_views import ENTRY, SITE, URL, page

THEIRS, OWN = "<default theme>", "templates"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """The files that are kept; at first there are none."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return lambda: sorted(path for path in (tmp_path / "kept").rglob("*") if path.is_file())


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are translated."""
    names, compiling = [], jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, *args, **named: names.append(args[1]) or compiling(self, *args, **named),
    )
    return names


def environment(texts: dict[str, str], folder: str = THEIRS, url: str = URL) -> jinja2.Environment:
    return make_environment(texts, {name: f"{folder}/{name}" for name in texts}, AssetFinder({}), url)


def rendered(text: str, folder: str = THEIRS, url: str = URL, name: str = "a/b.html") -> str:
    return environment({name: text}, folder, url).get_template(name).render(x="&")


def test_a_template_of_the_theme_is_translated_once(kept, translated):
    assert [rendered("<{{ x }}>") for _ in range(3)] == ["<&amp;>"] * 3
    assert translated == ["a/b.html"]
    (file,) = kept()
    assert file.name.startswith("template.a.b.html.")
    assert file.suffix == ".pyc"


def test_what_is_kept_lies_beside_the_compiled_modules(kept):
    rendered("1")
    assert [file.parent for file in kept()] == [
        Path(compiled.cache_from_source(str(Path(compiled.__file__).resolve()))).parent
    ]


def test_the_whole_theme_is_ready_for_the_next_process(kept, translated):
    first = load_theme(None, site_url=URL)
    first.compile_all()
    assert len(kept()) == len(translated) > 40
    translated.clear()
    second = load_theme(None, site_url=URL)
    second.compile_all()
    assert translated == []
    shown = {"site": SITE, "page": page("/glossary/homs/", "entry"), "view": ENTRY}
    assert first.render("entry.html", **shown) == second.render("entry.html", **shown)


def test_no_code_comes_from_a_site_or_is_kept_of_it(kept, translated, tmp_path):
    assert [rendered("<{{ x }}>", OWN) for _ in range(2)] == ["<&amp;>"] * 2
    assert kept() == []
    assert rendered("<{{ x }}>") == "<&amp;>"
    assert rendered("<{{ x }}>", OWN) == "<&amp;>"
    assert translated == ["a/b.html"] * 4
    own = tmp_path / "templates"
    own.mkdir()
    (own / "404.html").write_text("own", encoding="utf-8")
    theme = load_theme(own, site_url=URL)
    theme.compile_all()
    assert not [file for file in kept() if "404" in file.name]
    assert [path.name for path in own.iterdir()] == ["404.html"]


def test_another_template_takes_the_place_of_what_was_kept(kept, translated):
    assert [rendered(text) for text in ("1", "2", "2", "1")] == ["1", "2", "2", "1"]
    assert len(translated) == 3
    assert len(kept()) == 1


def test_names_that_share_a_file_are_kept_apart(kept, translated):
    for name in ("a/b.html", "a.b.html", "a/b.html"):
        assert environment({name: "{{ self._TemplateReference__context.name }}"}).get_template(name).render() == name
    assert len(translated) == 3
    assert len(kept()) == 1


def test_nothing_of_a_site_is_in_what_is_kept(kept, translated):
    for url in ("https://one.example/", "https://two.example/"):
        assert rendered("{{ '/c' | absolute }}", url=url) == f"{url}c"
    assert len(translated) == 1
    assert kept()


def test_another_jinja_or_another_way_to_translate_is_another_template(kept, translated, monkeypatch):
    texts = {"a.html": "{{ 'x' | known }}"}
    results = []
    for known in (lambda value: value, jinja2.pass_context(lambda context, value: f"{context.name} {value}")):
        one = environment(texts)
        one.filters["known"] = known
        results.append(one.get_template("a.html").render())
    assert results == ["x", "a.html x"]
    monkeypatch.setattr(jinja2, "__version__", "0")
    rendered("x", name="a.html")
    assert len(translated) == 3
    monkeypatch.setattr(compiled, "_digest_of_file", lambda path: path.name)
    rendered("x", name="a.html")
    assert len(translated) == 4
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda d: d[:40], lambda d: d[:-1], lambda d: d[:32] + b"x" + d[33:]]
)
def test_a_damaged_file_counts_as_none_and_is_written_again(kept, translated, damage):
    rendered("<{{ x }}>")
    (file,) = kept()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert [rendered("<{{ x }}>") for _ in range(2)] == ["<&amp;>"] * 2
    assert len(translated) == 2
    assert len(file.read_bytes()) == len(whole)


@pytest.mark.usefixtures("kept")
def test_nothing_is_written_where_python_writes_nothing(translated, monkeypatch):
    rendered("1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [rendered(text) for text in ("1", "2", "2")] == ["1", "2", "2"]
    assert len(translated) == 3, "what is there is read"
    assert rendered("1") == "1"
    assert len(translated) == 3


@pytest.mark.parametrize("reason", ["a file in the way", "no place", "no source"])
def test_nothing_is_kept_where_it_cannot_be(kept, translated, monkeypatch, tmp_path, reason):
    if reason == "a file in the way":
        (tmp_path / "kept").write_bytes(b"")
    elif reason == "no place":
        monkeypatch.setattr(sys.implementation, "cache_tag", None)
    else:
        monkeypatch.setattr(compiled, "_digest_of_file", lambda _path: "")
    assert [rendered("1") for _ in range(2)] == ["1"] * 2
    assert len(translated) == 2
    assert not [file for file in kept() if file.stat().st_size]


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(kept, monkeypatch):
    monkeypatch.setattr(Path, "replace", Mock(side_effect=PermissionError))
    assert [rendered("1") for _ in range(2)] == ["1"] * 2
    assert kept() == []


@pytest.mark.usefixtures("kept")
def test_mistakes_have_their_place_all_the_same(translated):
    problems = []
    for _ in range(2):
        with pytest.raises(TemplateProblem) as caught:
            load_theme(None, site_url=URL).render("entry.html", site=SITE, page=page(), view="no view")
        problem = caught.value
        problems.append((problem.path, problem.line, problem.message, problem.span, problem.word, problem.way))
    assert problems[0] == problems[1]
    assert problems[0][0].startswith("<default theme>/")
    assert problems[0][1] > 0
    assert len(set(translated)) == len(translated)


def test_a_template_with_mistakes_is_not_kept(kept):
    for _ in range(2):
        with pytest.raises(jinja2.TemplateSyntaxError):
            rendered("{% if %}")
    assert kept() == []
