"""A site's own templates: what they override, what goes wrong in them, dates."""

from __future__ import annotations

import re

import pytest

from explainer.render import template_diagnostic, views
from explainer.render.theme import TemplateProblem, load_theme
from explainer.theme_folder import default_theme
from tests.render.theme_views import DAY, NOON, SITE, URL, page


def write(folder, **files: str):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css").replace(
            "_yaml", ".yaml"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def render(folder, template: str = "page.html", *, language: str = "en") -> str:
    theme = load_theme(folder, site_url=URL)
    return theme.render(
        template, site=SITE, page=page("/about/", language=language), view=views.PlainPage("T", "<p>b</p>")
    )


def test_a_site_overrides_file_by_file(tmp_path):
    write(tmp_path, page_html="{% extends 'base.html' %}{% block main %}mine {{ view.title }}{% endblock %}")
    html = render(tmp_path)
    assert "mine T" in html
    assert 'class="masthead"' in html


def test_a_site_overrides_words_key_by_key(tmp_path):
    write(tmp_path, words__en_yaml="skip: Jump!\n", words__eo_yaml="skip: Salti\n")
    assert "Jump!" in render(tmp_path)
    assert "Salti" in render(tmp_path, language="eo")
    assert 'aria-label="Main"' in render(tmp_path, language="eo")


def test_a_site_overrides_assets(tmp_path):
    write(tmp_path, assets__style_css="body { color: red }")
    css = {url: data for url, data in load_theme(tmp_path, site_url=URL).assets.items() if url.endswith(".css")}
    assert list(css.values()) == [b"body { color: red }"]


@pytest.mark.parametrize("folder", [None, "missing", "empty"])
def test_a_site_needs_no_templates(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    assert "<h1>T</h1>" in render(folder and tmp_path / folder)


def test_hidden_files_are_left_alone(tmp_path):
    write(tmp_path, **{"assets__.DS_Store": "x", ".git__page_html": "x"})
    theme = load_theme(tmp_path, site_url=URL)
    assert not [url for url in theme.assets if "DS_Store" in url]


@pytest.mark.parametrize("name", ["assets/secret.txt", "page.html", "assets/folder"])
def test_links_that_lead_out_of_the_folder_are_refused(tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("secret")
    link = tmp_path / "templates" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside if name.endswith("folder") else outside / "file")
    with pytest.raises(TemplateProblem, match="leads out of the folder"):
        load_theme(tmp_path / "templates", site_url=URL)


def test_a_link_inside_the_folder_is_followed(tmp_path):
    write(tmp_path, assets__a_css="a{}")
    (tmp_path / "assets/b.css").symlink_to("a.css")
    assert sum(data == b"a{}" for data in load_theme(tmp_path, site_url=URL).assets.values()) == 2


def test_the_digest_knows_every_file(tmp_path):
    digests = {load_theme(tmp_path, site_url=URL).digest, load_theme(tmp_path, site_url="https://other.example").digest}
    for files in ({"page_html": "x"}, {"page_html": "y"}, {"assets__a_css": "x"}, {"words__en_yaml": "skip: x"}):
        digests.add(load_theme(write(tmp_path, **files), site_url=URL).digest)
    assert len(digests) == 6
    assert load_theme(tmp_path, site_url=URL).digest in digests


# ---- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("a\n{% if %}", 2, "Expected an expression"),
        ("a\nb {{ nope }}", 2, "there is no “nope” here"),
        ("{{ view.nope }}", 1, "PlainPage has no field “nope”"),
        ("{{ view.titel }}", 1, "PlainPage has no field “titel”; did you mean “title”?"),
        ("{{ site.has_entry }}", 1, "SiteView has no field “has_entry”; did you mean “has_entries”"),
        ("{{ pages.title }}", 1, "there is no “pages” here; did you mean “page”?"),
        ("{{ {'a': 1}.b }}", 1, "dict has no field “b”"),
        ("{{ [page] | map(attribute='titel') | join }}", 1, "PageView has no field “titel”; did you mean “title”?"),
        ("{{ page.title | datte }}", 1, "there is no filter “datte”; did you mean “date”"),
        ("{% if page is defind %}{% endif %}", 1, "there is no test “defind”"),
        (
            "{% include 'partials/cats.html' %}",
            1,
            "there is no template “partials/cats.html”; did you mean “partials/cast.html”",
        ),
        ("{% extends 'bse.html' %}", 1, "there is no template “bse.html”; did you mean “base.html”"),
        ("{{ words('in_this_stori') }}", 1, "there is no word “in_this_stori”; did you mean “in_this_story”"),
        ("{{ page.title }}\n\n{% include 'nope.html' %}", 3, "there is no template “nope.html”"),
        ("{{ words('nope') }}", 1, "there is no word “nope”"),
        ("{{ words('by') }}", 1, "needs a value for “authors”"),
        ("{{ asset('stile.css') }}", 1, "there is no asset “stile.css”; did you mean “style.css”"),
        ("\n{{ 1 + 'a' }}", 2, "unsupported operand"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ [] | random }}", 1, "there is no filter “random”"),
        ("{{ range(3) }}", 1, "there is no “range” here"),
        ("{% include 'page.html' %}", 1, "recursion"),
    ],
)
def test_an_error_in_a_template_has_its_place(tmp_path, source, line, message):
    with pytest.raises(TemplateProblem, match=re.escape(message)) as caught:
        render(write(tmp_path / "templates", page_html=source))
    problem = caught.value
    assert (problem.path, problem.line) == ("templates/page.html", line)
    start, end = problem.span
    assert problem.source[start:end] == (problem.word or source.split("\n")[line - 1])
    assert problem.word in source
    assert problem.way == ()


def test_an_error_in_a_partial_is_shown_where_it_is(tmp_path):
    write(tmp_path / "templates", page_html="\n{% include 'partials/x.html' %}", partials__x_html="\n\n{{ nope }}")
    with pytest.raises(TemplateProblem) as caught:
        render(tmp_path / "templates")
    assert (caught.value.path, caught.value.line) == ("templates/partials/x.html", 3)
    assert caught.value.way == ("templates/page.html:2",)


def test_a_template_can_extend_what_it_stands_in_for(tmp_path):
    own = "{% extends 'theme/page.html' %}{% block main %}{{ super() }}<p>More</p>{% endblock %}"
    before, after = render(None), render(write(tmp_path, page_html=own))
    assert after == before.replace("</main>", "<p>More</p></main>")
    partial = "{% include 'theme/partials/site-lang.html' %}!"
    assert "!" in render(write(tmp_path, page_html=own, partials__site_lang_html=partial))


def test_a_frame_can_be_added_to(tmp_path):
    frame = "{% extends 'theme/base.html' %}{% block footer %}<p>Before</p>{{ super() }}{% endblock %}"
    html = render(write(tmp_path, base_html=frame))
    assert html.index("<p>Before</p>") < html.index('<footer class="colophon">')


def test_templates_of_the_theme_stay_apart_where_nobody_asks(tmp_path):
    assert "theme/base.html" not in load_theme(write(tmp_path, page_html="x"), site_url=URL).closures()
    asked = load_theme(write(tmp_path, page_html="{% extends 'theme/base.html' %}"), site_url=URL).closures()
    assert "theme/base.html" in asked


BLOCKS = re.findall(r"\{% block (\w+) %\}", (default_theme() / "base.html").read_text(encoding="utf-8"))


def test_the_docs_name_the_blocks_in_their_order():
    docs = (default_theme().parent / "docs/templates.md").read_text(encoding="utf-8")
    section = docs.partition("## Blocks")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == BLOCKS


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_can_be_overridden_and_added_to(tmp_path, block):
    own = f"{{% extends 'base.html' %}}{{% block {block} %}}<!-- own -->{{% endblock %}}"
    assert render(write(tmp_path, page_html=own)).count("<!-- own -->") == 1
    more = f"{{% extends 'theme/page.html' %}}{{% block {block} %}}{{{{ super() }}}}<!-- own -->{{% endblock %}}"
    assert render(write(tmp_path, page_html=more)).replace("<!-- own -->", "").split() == render(None).split()


def test_the_way_to_an_error_leaves_out_the_frame(tmp_path):
    """page → base → page's block → a partial → another: of these, readers of the message want the last three."""
    write(
        tmp_path / "templates",
        page_html="{% extends 'base.html' %}\n{% block main %}\n{% include 'partials/x.html' %}{% endblock %}",
        partials__x_html="\n{% include 'partials/y.html' %}",
        partials__y_html="{{ view.boddy }}",
    )
    with pytest.raises(TemplateProblem, match=r"PlainPage has no field “boddy”; did you mean “body”") as caught:
        render(tmp_path / "templates")
    assert caught.value.path == "templates/partials/y.html"
    assert caught.value.way == ("templates/page.html:3", "templates/partials/x.html:2")
    diagnostic = template_diagnostic(caught.value, "/a/", "/b/", "/c/")
    assert diagnostic.message.endswith("(rendering /a/ and 2 more)")
    assert diagnostic.hint.startswith(
        "asked for by templates/partials/x.html:2, which is asked for by templates/page.html:3; "
    )
    assert (diagnostic.start, diagnostic.end) == (8, 13)


def test_a_mistake_in_many_pages_is_told_once(site):
    for name in "abc":
        site.write(f"-- content/pages/{name}.md --\n---\ntitle: {name}\nsummary: S.\n---\n\nText.\n")
    site.write("-- templates/page.html --\n{{ view.titel }}\n{{ view.boddy }}\n")
    (found,) = site.build().diagnostics
    assert "(rendering /a/ and 2 more)" in found.message


def test_an_unknown_template_and_bad_files(tmp_path):
    with pytest.raises(TemplateProblem, match=r"there is no template “nope\.html”") as caught:
        render(None, "nope.html")
    assert caught.value.span == (-1, -1)
    with pytest.raises(TemplateProblem, match=r"templates/words/en\.yaml: expected a mapping"):
        render(write(tmp_path / "templates", words__en_yaml="- a"))
    (tmp_path / "templates/words/en.yaml").unlink()
    (tmp_path / "templates/page.html").write_bytes(b"\xff")
    with pytest.raises(TemplateProblem, match="not UTF-8"):
        render(tmp_path / "templates")


def test_all_mistakes_in_words_are_told_with_their_places(site):
    site.write("""\
-- templates/words/en.yaml --
home: Start
tags: [a]
home: Front
minutes: {one: "{n} minute"}
-- templates/words/de.yaml --
- Startseite
-- templates/words/fr.yaml --
home: "Accueil
""")
    built = site.build()
    assert built.files == {}
    assert [(d.kind.value, d.path, d.message) for d in built.diagnostics] == [
        ("bad-value", "templates/words/de.yaml", "expected a mapping of keys to words"),
        ("duplicate-key", "templates/words/en.yaml", "“home” is set twice"),
        (
            "bad-yaml",
            "templates/words/fr.yaml",
            "this is not YAML: found unexpected end of stream while scanning a quoted scalar",
        ),
    ]
    twice = built.diagnostics[1]
    assert built.texts[twice.path][twice.start - 4 : twice.end] == "[a]\nhome"


def test_words_that_are_neither_texts_nor_plural_forms(site):
    site.write("""\
-- templates/words/en.yaml --
tags: [a]
home:
minutes: {one: "{n} minute"}
read_on: {other: [x]}
by: {other: }
""")
    built = site.build()
    assert [d.message.partition(" is ")[0] for d in built.diagnostics] == [
        "the word “tags”",
        "the word “minutes”",
        "the word “read_on”",
    ]
    found = built.diagnostics[0]
    assert built.texts[found.path][found.start : found.end] == "[a]"
    assert found.hint == "write “tags: text”, or “tags: {one: text, other: text}”"


def test_texts_are_escaped_unless_marked_safe(tmp_path):
    source = "{{ view.title }}{{ page.title }}{{ view.body | safe }}"
    assert (
        render(write(tmp_path, page_html=source)) == "TPage &lt;script&gt;alert(&#34;&amp;&#34;)&lt;/script&gt;<p>b</p>"
    )


# ---- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "language", "words", "iso"),
    [
        (DAY, "en", "July 6, 2012", "2012-07-06"),
        (DAY, "en-GB", "6 July 2012", "2012-07-06"),
        (DAY, "fr", "6 juillet 2012", "2012-07-06"),
        (NOON, "en", "July 6, 2012", "2012-07-06T12:00:00+00:00"),
        ("2012-07-06", "fr", "6 juillet 2012", "2012-07-06"),
        ("2012-07", "fr", "juillet 2012", "2012-07"),
        ("1976", "fr", "1976", "1976"),
        ("2012-13", "fr", "2012-13", ""),
        ("0000", "en", "1 BC", ""),
        ("2012-07~", "fr", "environ juillet 2012", "2012-07"),
        ("1972/2004", "fr", "1972–2004", ""),
        ("about 1900", "en", "about 1900", ""),
        ("", "en", "", ""),
    ],
)
def test_dates(tmp_path, value, language, words, iso):
    write(tmp_path, page_html="{{ view | date }}|{{ view | iso }}")
    theme = load_theme(tmp_path, site_url=URL)
    assert theme.render("page.html", site=SITE, page=page(language=language), view=value) == f"{words}|{iso}"
