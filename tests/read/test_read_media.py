"""Media: what would run script is not published."""

import pytest

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<ScRiPt/>",
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        '<rect onclick="alert(1)"/>',
        "<rect\nonload = 'alert(1)'/>",
        '<a href="javascript:alert(1)"/>',
        '<a href="java&#x73;cript:alert(1)"/>',
        '<a href="java&#9;script:alert(1)"/>',
        '<set attributeName="href" to="JavaScript:alert(1)"/>',
        "<foreignObject/>",
        "<iframe/>",
        "<scr\x1b(Bipt/>",
        '<!DOCTYPE svg [<!ENTITY x "y">]>',
        '<?xml-stylesheet href="x.xsl"?>',
    ],
)
def test_a_drawing_with_script_is_refused(site, inside):
    site.write_bytes("content/media/a.svg", DRAWING.format(inside).encode())
    assert site.problems() == ["content/media/a.svg unsafe-media"]


def test_a_drawing_in_utf_16_is_refused(site):
    site.write_bytes("content/media/a.svg", DRAWING.format("<script/>").encode("utf-16"))
    assert site.problems() == ["content/media/a.svg unsafe-media"]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.js", "a.mjs", "a.xml", "a.svgz", "a.swf", "a.wasm"])
def test_a_file_that_is_a_page_or_a_program_is_refused(site, name):
    site.write_bytes(f"content/media/{name}", b"x")
    assert site.problems() == [f"content/media/{name} unsafe-media"]


def test_other_media_are_published_as_they_are(site):
    drawing = DRAWING.format('<text>on = &#233; "script"</text><a href="https://example.org/"/>').encode()
    site.write_bytes("content/media/a.svg", drawing)
    site.write_bytes("content/media/sub/data.csv", b"<script>,onload=\n")
    built = site.build()
    assert built.diagnostics == ()
    assert built.files["media/a.svg"].read_bytes() == drawing
    assert "media/sub/data.csv" in built.files
