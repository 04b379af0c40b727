"""Images in whole sites: what pages offer, what is published, what is told."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from explainer import images
from explainer.diagnostics import Kind
from explainer.images import MemoryDepot, encode
from explainer.incremental.again import build_again
from explainer.incremental.pictures import PictureWork
from explainer.incremental.store import Store
from explainer.incremental.verify import differences
from explainer.incremental.workers import Processes
from explainer.site import pictures
from tests.images.pixels import noise_png
from tests.sites import NOW, SITE_YAML, Site, article

SMALL = f"{SITE_YAML}images: {{widths: [40, 80]}}\n"


@pytest.fixture
def pictured(site: Site) -> Site:
    return site.write(f"-- site.yaml --\n{SMALL}").write_bytes("content/media/quay.png", noise_png(100, 60))


def prose(site: Site, text: str) -> str:
    page = site.write(f"-- content/articles/x.md --\n{article(text)}\n").page("articles/x/")
    return page.partition('<div class="prose">\n')[2].partition("\n</div>")[0].rstrip()


def kinds(site: Site) -> list[str]:
    return [d.kind for d in site.build().diagnostics if d.kind is not Kind.MISSING_SUMMARY]


def test_browsers_choose_and_all_others_have_the_original(pictured: Site) -> None:
    out = prose(pictured, '![A quay](../media/quay.png \'A "quay"\'){credit="Ada & Co"}')
    assert re.sub(r"\.[0-9a-f]{10}\.", ".#.", out) == (
        '<figure>\n<picture><source type="image/webp" srcset="../../assets/images/quay.40.#.webp 40w, '
        '../../assets/images/quay.80.#.webp 80w" sizes="(min-width: 42rem) 36.5rem, 92vw">'
        '<img src="../../media/quay.png" width="100" height="60" alt="A quay" decoding="async"></picture>\n'
        '<figcaption>A “quay” <span class="credit">Ada &amp; Co</span></figcaption>\n</figure>'
    )


def test_all_that_pages_name_is_published(pictured: Site) -> None:
    out = prose(pictured, "![A quay](../media/quay.png)")
    files = pictured.build().files
    named = re.findall(r"\.\./\.\./(\S+) \d+w", out)
    assert len(named) == 2
    assert set(named) == {path for path in files if path.startswith("assets/images/")}
    assert files["media/quay.png"] == pictured.root / "content/media/quay.png"


def test_images_of_entries_and_pages(pictured: Site) -> None:
    pictured.write("-- content/pages/p.md --\n---\ntitle: P\n---\n\n![A quay](../media/quay.png)\n")
    assert "<picture>" in pictured.page("p/")


def test_an_image_that_no_text_shows_is_published_alone(pictured: Site) -> None:
    prose(pictured, "See [the quay](../media/quay.png).")
    assert not [path for path in pictured.build().files if "assets/images" in path]


def test_only_the_first_image_is_loaded_at_once(pictured: Site) -> None:
    out = prose(pictured, "![A](../media/quay.png)\n\nText ![B](../media/quay.png).\n\n- ![C](../media/quay.png)")
    assert re.findall(r'alt="(\w)"( loading="lazy")?', out) == [
        ("A", ""),
        ("B", ' loading="lazy"'),
        ("C", ' loading="lazy"'),
    ]


def test_in_a_line_caption_and_credit_are_the_title(pictured: Site) -> None:
    out = prose(pictured, 'Here ![A](../media/quay.png "A quay"){credit=Ada width=20}.')
    assert 'sizes="20px"><img src="../../media/quay.png" height="12" alt="A" width="20" ' in out
    assert 'title="A quay Ada"' in out


def test_formats_may_be_none(pictured: Site) -> None:
    pictured.write(f"-- site.yaml --\n{SITE_YAML}images: {{formats: []}}\n")
    assert "<picture>" not in prose(pictured, "![A quay](../media/quay.png)")


def test_drawings_are_shown_as_they_are(pictured: Site) -> None:
    pictured.write('-- content/media/d.svg --\n<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>\n')
    assert '<figure>\n<img src="../../media/d.svg" width="4" height="2" alt="A"' in prose(
        pictured, "![A](../media/d.svg)"
    )


def test_raw_html_around_images_is_made_harmless_and_they_stay(pictured: Site) -> None:
    pictured.write(f"-- site.yaml --\n{SMALL}markdown: {{html: sanitised}}\n")
    out = prose(pictured, "<b onclick=x>![A](../media/quay.png)</b> [![B](../media/quay.png)](/)")
    assert "<p><b><picture><source " in out
    assert '<a href="../../"><picture><source ' in out


# ---- what is told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text ![](../media/quay.png).", ["content/articles/x.md:7:6 missing-alt"]),
        ("- A\n- B ![ ](../media/quay.png)", ["content/articles/x.md:8:5 missing-alt"]),
        ("![](../media/quay.png){.decorative}", []),
        ("[word]{credit=x}", ["content/articles/x.md:7:1 unsafe-attribute"]),
    ],
)
def test_images_without_a_description(pictured: Site, text: str, found: list[str]) -> None:
    prose(pictured, text)
    assert pictured.problems() == found


def test_a_decorative_image_says_nothing(pictured: Site) -> None:
    assert 'alt="" class="decorative"' in prose(pictured, "![A flourish](../media/quay.png){.decorative}")


@pytest.mark.parametrize("preview", [False, True])
def test_a_broken_image_is_told_and_published(pictured: Site, preview: bool) -> None:  # noqa: FBT001
    pictured.write_bytes("content/media/quay.png", b"\x89PNG\r\n\x1a\nno")
    assert "<picture>" not in prose(pictured, "![A quay](../media/quay.png)")
    built = pictured.build(preview=preview)
    assert [(d.path, d.kind) for d in built.diagnostics if "image" in d.kind] == [
        ("content/media/quay.png", Kind.BROKEN_IMAGE)
    ]
    assert "media/quay.png" in built.files


def test_a_large_image_is_told(pictured: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MOST_PIXELS", 10)
    prose(pictured, "![A quay](../media/quay.png)")
    assert kinds(pictured) == [Kind.LARGE_IMAGE]


def test_the_preview_encodes_nothing(pictured: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    prose(pictured, "![A quay](../media/quay.png)")
    monkeypatch.setattr(encode, "encode", lambda *_: pytest.fail("encoded"))
    page = pictured.build(preview=True).files["articles/x/index.html"]
    assert isinstance(page, bytes)
    assert b'<img src="../../media/quay.png" width="100" height="60"' in page


def test_without_pillow_images_are_as_they_are_and_that_is_told_once(
    pictured: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    prose(pictured, "![A quay](../media/quay.png) ![A quay](../media/quay.png)")
    for module in (pictures, images):
        monkeypatch.setattr(module, "has_pillow", lambda: False)
    for name in ("again", "rules"):
        monkeypatch.setattr(f"explainer.incremental.{name}.has_pillow", lambda: False)
    clean = pictured.build()
    assert [d.kind for d in clean.diagnostics if d.kind is not Kind.MISSING_SUMMARY] == [Kind.NO_PILLOW]
    page = clean.files["articles/x/index.html"]
    assert isinstance(page, bytes)
    assert b'<img src="../../media/quay.png" width="100" height="60"' in page
    assert list(differences(build_again(pictured.root, store=Store(), now=NOW), clean)) == []


# ---- builds from what was kept --------------------------------------------------------------------------------------


def test_a_rebuild_encodes_only_what_is_new(pictured: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    prose(pictured, "![A quay](../media/quay.png) ![A pier](../media/pier.png)")
    pictured.write_bytes("content/media/pier.png", noise_png(90, 50, 1))
    encoded: list[int] = []
    real = encode.encode
    monkeypatch.setattr(encode, "encode", lambda data, recipe: (encoded.append(len(data)), real(data, recipe))[1])
    store, depot = Store(), MemoryDepot()

    def build() -> list[str]:
        built = build_again(pictured.root, store=store, now=NOW, depot=depot)
        list(built.files.items())
        count = len(encoded)
        found = list(differences(built, pictured.build()))
        del encoded[count:]
        return found

    assert build() == []
    assert len(encoded) == 2
    assert build() == []
    assert len(encoded) == 2
    pictured.write_bytes("content/media/pier.png", noise_png(90, 50, 2))
    assert build() == []
    assert len(encoded) == 3
    pictured.write_bytes("content/media/pier.png", noise_png(90, 50, 1))  # taken back: the depot has it
    assert build() == []
    assert len(encoded) == 3


def test_what_workers_encode_is_the_same(pictured: Site, tmp_path: Path) -> None:
    names = [f"p{n}.png" for n in range(4)]
    for number, name in enumerate(names):
        pictured.write_bytes(f"content/media/{name}", noise_png(90, 50, number))
    prose(pictured, " ".join(f"![A](../media/{name})" for name in names))
    depot = images.FolderDepot(tmp_path / "drawn")
    built = build_again(pictured.root, store=Store(), now=NOW, depot=depot, workers=Processes(2))
    assert len(list((tmp_path / "drawn").iterdir())) == 4 + len({"a card", "the card of the site"})
    assert list(differences(built, pictured.build())) == []
    for file in (tmp_path / "drawn").iterdir():
        file.unlink()
    assert list(differences(built, pictured.build())) == []


def test_an_image_can_be_sent_elsewhere_and_its_files_come_back(
    pictured: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As to a cluster: what goes and what comes back is pickled."""
    prose(pictured, "![A quay](../media/quay.png)")
    store, depot = Store(), MemoryDepot()
    built = build_again(pictured.root, store=store, now=NOW)
    portable = PictureWork(store, pictured.root, depot).portable()
    context = pickle.loads(pickle.dumps(portable.context))  # noqa: S301 -- made here
    back = pickle.loads(pickle.dumps(context(portable.parcel("content/media/quay.png"))))  # noqa: S301
    monkeypatch.setattr(encode, "encode", lambda *_: pytest.fail("encoded here"))
    _, made, reads, _ = portable.take(back)
    assert made.cells[("picture", "content/media/quay.png")] == store.cell(("picture", "content/media/quay.png"))
    assert ("file", "content/media/quay.png") in reads
    assert len(depot.kept) == 1
    assert built.files
