"""The text of a page as HTML."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from tests.sites import SITE_YAML, Site, article, entry
from tests.whole.pages import broken, pages_of

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 640, 360, 8, 0, 0, 0, 0) + b"\0\0\0\0"
    b"\0\0\0\0IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
)


def write(site: Site, text: str, *, front: str = "", name: str = "x") -> Site:
    return site.write(f"-- content/articles/{name}.md --\n{article(text, front=front)}\n")


def body(site: Site, url: str = "articles/x/") -> str:
    """What stands between the beginning of the prose and its end."""
    page = site.page(url)
    rest = page[page.index('<div class="prose">\n') + len('<div class="prose">\n') :]
    return re.split(r'\n*</div>\n(?:<section class="band|<section class="corr|</article>)', rest)[0].strip()


def rendered(site: Site, text: str, *, front: str = "") -> str:
    return body(write(site, text, front=front))


# ---- Markdown -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Some *text* with **weight**.", "<p>Some <em>text</em> with <strong>weight</strong>.</p>"),
        ("One\\\ntwo", "<p>One<br>\ntwo</p>"),
        ("---", "<hr>"),
        ("# A title", '<h2 id="a-title">A title</h2>'),
        ("## Étape", '<h2 id="étape">Étape</h2>'),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("[لبنان]{lang=ar dir=rtl}", '<p><span lang="ar" dir="rtl">لبنان</span></p>'),
    ],
)
def test_markdown(site: Site, text: str, markup: str) -> None:
    assert rendered(site, text) == markup


def test_table_in_a_region_that_the_keyboard_reaches(site: Site) -> None:
    out = rendered(site, "| a | b |\n|---|--:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |")
    assert '<section class="table" aria-label="Table 1" tabindex="0">\n<table>' in out
    assert '<section class="table" aria-label="Table 2" tabindex="0">\n<table>' in out
    assert out.count("</table>\n</section>") == 2
    assert '<th class="align-right">b</th>' in out
    assert "style=" not in out


def test_footnotes_lead_both_ways(site: Site) -> None:
    out = rendered(site, "One[^a], again[^a] and two[^b].\n\n[^a]: The *first*.\n[^b]: The second.")
    ids = re.findall(r'id="([^"]*)"', out)
    links = re.findall(r'href="#([^"]*)"', out)
    assert sorted(ids) == ["fn-1", "fn-2", "fnref-1", "fnref-1-2", "fnref-2"]
    assert set(links) == set(ids)
    assert 'id="fnref-1" role="doc-noteref">1</a>' in out
    assert out.count('role="doc-backlink" aria-label="Back to the text"') == 3
    assert '<section class="footnotes" aria-label="Notes">' in out


def test_definition_list(site: Site) -> None:
    out = rendered(site, "Homs\n: A city.\n\nRastan\n: A town.")
    assert out == "<dl>\n<dt>Homs</dt>\n<dd>A city.</dd>\n<dt>Rastan</dt>\n<dd>A town.</dd>\n</dl>"


# ---- images ---------------------------------------------------------------------------------------------------------


def test_lone_image_is_a_figure(site: Site) -> None:
    site.write_bytes("content/media/map.png", PNG)
    assert rendered(site, '![A map of "Homs"](../media/map.png "Homs & Rastan")') == (
        '<figure>\n<img src="../../media/map.png" width="640" height="360" alt="A map of &quot;Homs&quot;" '
        'decoding="async">\n<figcaption>Homs &amp; Rastan</figcaption>\n</figure>'
    )


def test_image_without_a_title_has_no_caption(site: Site) -> None:
    site.write_bytes("content/media/map.png", PNG)
    assert "figcaption" not in rendered(site, "![A map](../media/map.png)")


def test_image_in_a_line_stays_there(site: Site) -> None:
    site.write_bytes("content/media/map.png", PNG)
    out = rendered(site, "See ![A map](../media/map.png) here.")
    assert out.startswith('<p>See <img src="../../media/map.png" width="640" height="360" alt="A map"')
    assert "figure" not in out


def test_authors_may_give_the_size(site: Site) -> None:
    site.write_bytes("content/media/map.png", PNG)
    assert 'height="36" alt="A map" width="64"' in rendered(site, "![A map](../media/map.png){width=64}")
    assert 'alt="A map" width="64" height="9"' in rendered(site, "![A map](../media/map.png){width=64 height=9}")


def test_caption_has_the_marks_of_the_language(site: Site) -> None:
    site.write_bytes("content/media/map.png", PNG)
    assert "<figcaption>It’s “Homs”</figcaption>" in rendered(site, "![A map](../media/map.png 'It\\'s \"Homs\"')")


# ---- quotation marks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("en", "“Homs isn’t ‘far’”"),
        ("fr", "«\u202fHoms isn’t “far”\u202f»"),
        ("de", "„Homs isn’t ‚far‘“"),
        ("ar", "«Homs isn’t “far”»"),
        ("tlh", "“Homs isn’t ‘far’”"),
    ],
)
def test_marks_of_the_language(site: Site, language: str, quoted: str) -> None:
    assert rendered(site, "\"Homs isn't 'far'\"", front=f"language: {language}\n") == f"<p>{quoted}</p>"


def test_marks_come_after_linking(site: Site) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    out = rendered(site, '"Homs burns"\'s *"end"*')
    assert re.sub(r"<[^>]*>", "", out) == "“Homs burns”’s “end”"
    assert re.search(r'“<a class="entry-link"[^>]*>Homs</a> burns”', out)


def test_escaped_marks_and_code_stay_straight(site: Site) -> None:
    assert rendered(site, '\\"Homs\\" and 5\\\'9\\" and `"x"`') == (
        "<p>&quot;Homs&quot; and 5'9&quot; and <code>&quot;x&quot;</code></p>"
    )


def test_title_and_summary_have_them_too(site: Site) -> None:
    site.write("-- content/articles/x.md --\n---\ntitle: It's \"Homs\"\ndate: 2024-01-01\nsummary: It's.\n---\n")
    page = site.page("articles/x/")
    assert "<h1>It’s “Homs”</h1>" in page
    assert "It&#39;s" not in page


def test_quotations_of_articles_have_them_too(site: Site) -> None:
    """Marks may open before the mention and close behind it."""
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    write(site, 'He said: "It is Homs\'s end."')
    page = re.sub(r"</?(?:a|mark)\b[^>]*>", "", site.page("glossary/homs/"))
    assert ">He said: “It is Homs’s end.”</p>" in page


def test_phrase_of_the_back_link_is_as_the_text_shows_it(site: Site) -> None:
    site.write(f"-- content/glossary/guard.md --\n{entry(chr(34) + 'People' + chr(39) + 's Guard' + chr(34))}\n")
    out = rendered(site, "The People's Guard.\n\n::: context guard\n:::")
    assert "Back to “People’s Guard”" in out


# ---- links ----------------------------------------------------------------------------------------------------------


def test_link_to_an_entry(site: Site) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    assert rendered(site, "To Homs.") == (
        '<p>To <a class="entry-link" id="m-1" href="../../glossary/homs/" data-entry="homs" data-kind="place" '
        'aria-details="story-homs">Homs</a>.</p>'
    )


@pytest.mark.parametrize("link", ["[the *city*](entry:homs)", "[[homs|the *city*]]"])
def test_explicit_link(site: Site, link: str) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    out = rendered(site, f"To {link}.")
    assert 'data-entry="homs" data-kind="place" aria-details="story-homs">the <em>city</em></a>.</p>' in out
    assert out.count("<a ") == 1


def test_links_without_previews_on_entries_and_pages(site: Site) -> None:
    site.write(f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n")
    site.write(f"-- content/glossary/hama.md --\n{entry('Hama', 'place', body='Near Homs.')}\n")
    link = '<a class="entry-link" href="../homs/" data-entry="homs" data-kind="place">Homs</a>'
    assert f"<p>Near {link}.</p>" in site.page("glossary/hama/")


def test_outside_links_look_different(site: Site) -> None:
    assert rendered(site, "[x](https://example.com/)") == (
        '<p><a href="https://example.com/" class="outside">x</a></p>'
    )


def test_links_to_files_become_addresses(site: Site) -> None:
    write(site, "## Part", name="y")
    assert rendered(site, "[x](y.md#part)") == '<p><a href="../y/#part">x</a></p>'


# ---- boxes and directives -------------------------------------------------------------------------------------------

PEOPLE = (
    "-- content/glossary/munaf-tlass.md --\n"
    + entry(
        "Munaf Tlass",
        front="relations: [{type: son of, entry: mustafa-tlass}, {type: from, entry: rastan}]\n"
        "history: [{from: 2012-07-03, summary: Left Syria.}]\n",
    )
    + "-- content/glossary/mustafa-tlass.md --\n"
    + entry("Mustafa Tlass", front="facts: [{label: Minister, value: of defence, from: 1972, to: 2004}]\n")
    + "-- content/glossary/rastan.md --\n"
    + entry("Rastan", "place", front="location: {lat: 34.92, lon: 36.73}\n")
    + "-- content/glossary/santiago.md --\n"
    + entry("Santiago", "place", front="location: {lat: -33.45, lon: -70.67}\n")
)


def test_phrase_and_box_lead_to_each_other(site: Site) -> None:
    out = rendered(site.write(PEOPLE), "Of Rastan.\n\n::: context rastan\n:::")
    assert (
        'id="m-1" href="../../glossary/rastan/" data-entry="rastan" data-kind="place" aria-details="story-rastan">Rastan</a>'
        '<a class="tether" href="#box-rastan" aria-label="Context: Rastan"></a>.' in out
    )
    assert '<aside class="context-box kind-place" role="note" id="box-rastan"' in out
    assert '<a class="back" href="#m-1">Back to “Rastan”</a>' in out
    assert "<p>About Rastan.</p>" in out
    assert broken(site.build().files) == []


def test_tether_of_a_phrase_that_is_no_link_and_of_an_author_s_link(site: Site) -> None:
    site.write(PEOPLE)
    out = rendered(site, "Of Rastan.\n\n::: context rastan\n:::", front="linking: {never: [rastan]}\n")
    assert '<span class="phrase" id="m-1">Rastan</span><a class="tether" href="#box-rastan"' in out
    out = rendered(site, "Of [the town](entry:rastan).\n\n::: context rastan\n:::")
    assert '>the town</a><a class="tether" href="#box-rastan"' in out
    assert broken(site.build().files) == []


def test_text_of_a_box_is_the_author_s(site: Site) -> None:
    out = rendered(
        site.write(PEOPLE), "Of Rastan.\n\n::: context rastan {.closed}\nA *town* in Homs.\n\n- One\n:::\n\nEnd."
    )
    assert '<div class="box-text">\n<p>A <em>town</em> in Homs.</p>\n<ul>\n<li>One</li>\n</ul>' in out
    assert "<p>About Rastan.</p>" not in out
    assert 'class="context-box kind-place closed"' in out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Munaf Tlass.\n\n::: cast\nWho is who.\n:::", "<p>Who is who.</p>"),
        ("Munaf Tlass of Rastan.\n\n::: cast\n:::", '<a href="../../glossary/munaf-tlass/"><bdi>Munaf Tlass</bdi></a>'),
        ("::: cast rastan\n:::", '<a href="../../glossary/rastan/"><bdi>Rastan</bdi></a>'),
        ("::: timeline munaf-tlass mustafa-tlass\n:::", '<time datetime="2012-07-03">July 3, 2012</time>'),
        ("::: timeline munaf-tlass mustafa-tlass\n:::", '<time datetime="1972">1972–2004</time>'),
        ("::: relations munaf-tlass mustafa-tlass\n:::", '<span class="relation">son of</span>'),
        ("::: map rastan\n:::", "34.92° N, 36.73° E"),
        ("::: map santiago\n:::", "33.45° S, 70.67° W"),
        ("Munaf Tlass of Rastan.\n\n::: map\n:::", '<a href="../../glossary/rastan/"><bdi>Rastan</bdi></a>'),
    ],
)
def test_directives(site: Site, text: str, shown: str) -> None:
    assert shown in rendered(site.write(PEOPLE), text)
    assert broken(site.build().files) == []


def test_cast_without_names_shows_people_only(site: Site) -> None:
    out = rendered(site.write(PEOPLE), "Munaf Tlass of Rastan.\n\n::: cast\n:::")
    assert "glossary/rastan" not in out[out.index('class="directive cast"') :]


def test_relations_stay_among_those_that_are_named(site: Site) -> None:
    assert "from" not in rendered(site.write(PEOPLE), "::: relations munaf-tlass mustafa-tlass\n:::")


def test_directives_inside_directives(site: Site) -> None:
    out = rendered(site.write(PEOPLE), ":::: cast munaf-tlass\nBefore.\n\n::: map rastan\n:::\n\nAfter.\n::::")
    assert out.index("Before.") < out.index("34.92") < out.index("After.")


def test_directives_in_other_texts_leave_their_text(site: Site) -> None:
    site.write("-- content/pages/p.md --\n---\ntitle: P\n---\n\n::: cast\nThe *text*.\n:::\n")
    assert body(site, "p/") == "<p>The <em>text</em>.</p>"


# ---- raw HTML -------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)'>x</p>",
    "<style>body { display: none }</style>",
    '<div style="position: fixed">x</div>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://example.com/"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x.swf"></object><embed src="x.swf">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<math><mtext></p><style><img src=x onerror="alert(1)"></style></mtext></math>',
    '<form action="https://example.com/"><input name=q><button>x</button></form>',
    '<base href="https://example.com/">',
    '<meta http-equiv=refresh content="0;url=https://example.com/">',
    '<link rel=stylesheet href="https://example.com/x.css">',
    '<img src="https://example.com/x.png">',
    '<img src="//example.com/x.png">',
    "<!--><script>alert(1)</script>-->",
    "<scr<script>ipt>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    '<div id="x-main">x</div>',
    '<a id="box-homs" name="m-1">x</a>',
    "<textarea></textarea><title></title><plaintext>",
]


def settings(html: str) -> str:
    return f"-- site.yaml --\n{SITE_YAML}markdown: {{html: {html}}}\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_off_shows_it_as_text(site: Site, text: str) -> None:
    out = rendered(site, f"{text}\n\nEnd.")
    assert set(re.findall(r"<(\w+)", out)) <= {"p"}
    assert out.endswith("<p>End.</p>")


@pytest.mark.parametrize("text", [*HOSTILE, *(f"Inside {text} a line." for text in HOSTILE)])
def test_sanitised_keeps_no_harm(site: Site, text: str) -> None:
    site.write(settings("sanitised"))
    out = rendered(site, f"{text}\n\nEnd.")
    assert_harmless(out)
    assert "End." in out


def assert_harmless(out: str) -> None:
    page = pages_of({"x.html": f"<!doctype html><title>x</title>{out}".encode()})["x.html"]
    assert page is not None
    for element in page.tree.iter("body"):
        for one in element.iter():
            assert one.tag not in {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "input"}, out
            assert one.tag not in {"base", "meta", "link", "template", "textarea", "title", "noscript", "plaintext"}, (
                out
            )
            assert not any(name.startswith("on") or name in {"style", "srcdoc", "name"} for name in one.attrib), out
            assert not re.match(r"\W*(?:java\s*script|data|vbscript)\s*:", one.attrib.get("href", "")), out
            assert "example.com" not in one.attrib.get("src", ""), out
            assert one.attrib.get("id", "fn") == "fn", out


def test_sanitised_keeps_what_is_harmless(site: Site) -> None:
    site.write(settings("sanitised"))
    text = "<details open><summary>More</summary>Text &amp; <mark>mark</mark>, H<sub>2</sub>O</details>\n\nA <kbd>key</kbd>."
    out = rendered(site, text)
    assert '<details open=""><summary>More</summary>Text &amp; <mark>mark</mark>, H<sub>2</sub>O</details>' in out
    assert "<p>A <kbd>key</kbd>.</p>" in out


def test_sanitised_closes_what_is_open(site: Site) -> None:
    site.write(settings("sanitised"))
    page = write(site, "<div><b>open\n\n</section></article></main></body>\n\nText.").page("articles/x/")
    assert page.count("</article>") == page.count("<article")
    assert page.count("</main>") == 1
    assert page.count("</body>") == 1
    assert page.index("Text.") < page.index("</article>")


def test_sanitised_keeps_our_own_markup(site: Site) -> None:
    """Boxes, tables, figures, footnotes and links are as they would be without any raw HTML."""
    site.write(PEOPLE).write_bytes("content/media/map.png", PNG)
    text = (
        "## Part\n\nOf Rastan[^1] and [[munaf-tlass|him]].\n\n::: context rastan\n:::\n\n::: cast munaf-tlass\n:::\n\n"
        "![A map](../media/map.png 'Map')\n\n| a |\n|---|\n| 1 |\n\n[^1]: Note.\n"
    )
    plain = rendered(site, text)
    site.write(settings("sanitised"))
    assert rendered(site, text).replace('open=""', "open") == plain
    assert broken(site.build().files) == []


@pytest.mark.parametrize(
    "text",
    [
        '<div title="\n\n::: context rastan\n:::\n\n">\n\nEnd.',
        "<div title='\n\n::: context rastan\n:::\n\n'>\n\nEnd.",
        "<!--\n\n::: context rastan\n:::\n\nEnd.",
        "<table>\n\n::: context rastan\n:::\n\n</table>\n\nEnd.",
    ],
)
def test_no_box_comes_back_inside_a_tag(site: Site, text: str) -> None:
    """A tag that swallows a box may lose it; the box's own tags may not break out of it."""
    site.write(PEOPLE).write(settings("sanitised"))
    page = write(site, text).page("articles/x/")
    tags = [attributes for attributes in re.findall(r"<[a-z]+\b([^>]*)>", page) if "<" in attributes]
    assert tags == []
    assert page.count("<aside") == page.count("</aside>")


def test_nobody_can_ask_for_a_box_twice(site: Site) -> None:
    """The characters that mark the places of boxes mean nothing in an author's text."""
    site.write(PEOPLE).write(settings("sanitised"))
    marks = "".join(f"\ue010{n}\ue010 \ue010{n}\ue011 \ue010-{n}\ue010 " for n in range(3))
    out = rendered(site, f"Of Rastan. {marks}\n\n::: context rastan\n:::")
    assert out.count("<aside") == 1


def test_trusted_keeps_everything(site: Site) -> None:
    site.write(settings("trusted"))
    text = '<form action="/x"><input name="q"></form>'
    assert text in rendered(site, text)


# ---- where media come from ------------------------------------------------------------------------------------------


def test_svg_has_a_size(site: Site) -> None:
    site.write('-- content/media/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"/>\n')
    assert 'width="12" height="8"' in rendered(site, "![A dot](../media/a.svg)")


def test_media_are_copied_as_they_are(site: Site) -> None:
    site.write_bytes("content/media/sub/map.png", PNG)
    location = site.build().files["media/sub/map.png"]
    assert isinstance(location, Path)
    assert location.read_bytes() == PNG
