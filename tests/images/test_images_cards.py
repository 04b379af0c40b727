"""Social cards: what they show, where they are, which pages name them."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from explainer.images import MemoryDepot, cards, draw, pillow
from explainer.images.cards import CardText, card_data, card_url
from explainer.images.draw import balanced, draw_card, fit_title
from explainer.images.fonts import Font, characters_of, font_for
from explainer.incremental.again import build_again
from explainer.incremental.store import Store
from explainer.incremental.verify import differences
from explainer.incremental.workers import Processes
from explainer.render.theme import default_theme
from tests.images.pixels import noise_png
from tests.sites import NOW, SITE_YAML, Site, article

FONTS = tuple(Font(p.name, p.read_bytes()) for p in sorted((default_theme() / "social").glob("*.ttf")))
TITLE = draw.of_role("title", FONTS)
CARD = CardText("Why it mattered", "A site", "6 July 2012", ("Ada Roth", "Lund"), "ltr")
PAPER, INK, ACCENT = (0xFD, 0xFC, 0xF9), (0x1D, 0x1B, 0x18), (0x8C, 0x1D, 0x18)


def drawn(card: CardText) -> Image.Image:
    return Image.open(BytesIO(draw_card(card, FONTS))).convert("RGB")


def columns_of(image: Image.Image, colour: tuple[int, int, int], top: int, bottom: int) -> list[int]:
    """Where a colour stands between two lines."""
    pixels = image.load()
    assert pixels is not None
    return [x for x in range(image.width) if any(pixels[x, y] == colour for y in range(top, bottom))]


# ---- fonts ----------------------------------------------------------------------------------------------------------


def test_which_letters_a_font_has() -> None:
    latin, arabic = (f for f in TITLE if f.name.startswith("title-"))
    assert {ord(c) for c in "Aéßőžž’“–·Жщα"} <= characters_of(latin.data)
    assert ord("م") not in characters_of(latin.data)
    assert {ord(c) for c in "مطلاس٢«؟"} <= characters_of(arabic.data)
    assert ord("A") not in characters_of(arabic.data)


def test_no_letter_is_a_box() -> None:
    """What the file promises, Pillow finds: no character has the mask of one that is not there."""
    for font in FONTS:
        loaded = draw._loaded(font.data, 24)
        box = bytes(loaded.getmask("\U0010fffe"))
        letters = sorted(c for c in characters_of(font.data) if chr(c).isalnum())
        assert not [chr(c) for c in letters[::7] if bytes(loaded.getmask(chr(c))) == box]


def test_the_first_font_with_every_letter() -> None:
    assert font_for("Lund", TITLE).name == "title-latin.ttf"  # type: ignore[union-attr]
    assert font_for("طلاس 2012", TITLE).name == "title-arabic.ttf"  # type: ignore[union-attr]
    assert font_for("日本", TITLE) is None
    assert font_for("طلاس Lund", TITLE) is None


def test_letters_that_join_need_raqm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pillow, "drawing", lambda: frozenset({"freetype"}))
    assert font_for("طلاس", TITLE) is None
    assert font_for("Lund", TITLE) is not None


@given(st.binary(max_size=400), st.integers(0, 200))
def test_no_spoiled_font_raises(noise: bytes, at: int) -> None:
    data = FONTS[0].data
    start = data.index(b"cmap") if b"cmap" in data else 0
    for spoiled in (noise, data[: start + at], data[:start] + noise + data[start + len(noise) :]):
        assert isinstance(characters_of(spoiled), frozenset)


# ---- drawing --------------------------------------------------------------------------------------------------------


def test_the_size_that_open_graph_wants() -> None:
    assert drawn(CARD).size == (1200, 630) == (cards.WIDTH, cards.HEIGHT)


def test_equal_cards_have_equal_bytes_and_others_others() -> None:
    assert draw_card(CARD, FONTS) == draw_card(CARD, FONTS)
    others = [CARD._replace(title="x"), CARD._replace(site="x"), CARD._replace(date="x"), CARD._replace(cast=("x",))]
    assert len({draw_card(card, FONTS) for card in (CARD, *others, CARD._replace(direction="rtl"))}) == 6
    assert len({card_url(card, "f") for card in (CARD, *others)} | {card_url(CARD, "g")}) == 6


def test_all_parts_are_there_in_their_colours() -> None:
    image = drawn(CARD)
    assert image.getpixel((5, 5)) == PAPER
    assert image.getpixel((600, 62)) == INK
    assert columns_of(image, ACCENT, 80, 140)
    assert columns_of(image, INK, 200, 450)
    assert columns_of(image, INK, 540, 570)


def test_right_to_left_pages_begin_at_the_right() -> None:
    left, right = drawn(CARD), drawn(CARD._replace(direction="rtl"))
    assert min(columns_of(left, INK, 200, 450)) < 100
    assert max(columns_of(right, INK, 200, 450)) > 1100
    assert min(columns_of(right, INK, 200, 450)) > 200


def test_what_no_font_can_write_is_left_out() -> None:
    same = draw_card(CARD._replace(cast=("Ada Roth",)), FONTS)
    assert draw_card(CARD._replace(cast=("Ada Roth", "日本")), FONTS) == same
    assert draw_card(CARD._replace(site="日本"), FONTS) == draw_card(CARD._replace(site=""), FONTS)


@pytest.mark.parametrize("title", ["x", "word " * 60, "Donau" * 60, "a " * 300, "W" * 30 + " x"])
def test_every_title_fits(title: str) -> None:
    size, lines = fit_title(title, TITLE[0])
    assert 1 <= len(lines) <= 4
    assert 48 <= size <= 92
    assert max(line.width for line in lines) <= draw._BODY


def test_a_title_that_was_cut_says_so() -> None:
    assert fit_title("word " * 60, TITLE[0])[1][-1].text.endswith("…")
    assert not fit_title("Why it mattered", TITLE[0])[1][-1].text.endswith("…")


def test_lines_are_as_equal_as_can_be() -> None:
    assert balanced([4, 4, 4, 1], 1, 14) == [(0, 2), (2, 4)]
    assert balanced([3], 1, 14) == [(0, 1)]
    assert balanced([20], 1, 14) == [(0, 1)]


# ---- whole sites ----------------------------------------------------------------------------------------------------


def write(site: Site, settings: str = "", title: str = "A quay", front: str = "") -> Site:
    text = article("Text.", title=title, front=front)
    return site.write(f"-- site.yaml --\n{SITE_YAML}{settings}-- content/articles/x.md --\n{text}\n")


def image_of(site: Site, url: str) -> tuple[str, str, str] | None:
    """Path in the output, size and description of the picture that a page names."""
    page = site.page(url)
    found = re.search(r'og:image" content="https://example.org/([^"]+)">', page)
    if found is None:
        assert "og:image" not in page
        return None
    size = "x".join(re.findall(r'og:image:(?:width|height)" content="(\d+)"', page))
    (alt,) = re.findall(r'og:image:alt" content="([^"]*)"', page)
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    return found[1], size, alt


def test_articles_have_their_own_and_all_other_pages_the_sites(site: Site) -> None:
    own, shared = image_of(write(site), "articles/x/"), image_of(site, "")
    assert own is not None
    assert shared is not None
    assert own[1:] == ("1200x630", "A quay")
    assert shared[1:] == ("1200x630", "Test site")
    assert own[0] != shared[0]
    files = site.build().files
    assert {p for p in files if "social" in p} == {own[0], shared[0]}
    assert bytes(files[own[0]]).startswith(b"\x89PNG")  # type: ignore[arg-type]


def test_a_title_without_letters_for_it_has_the_sites(site: Site) -> None:
    assert image_of(write(site, title="日本"), "articles/x/") == image_of(site, "")


@pytest.mark.parametrize("settings", ["social: off\n", "social: {cards: false}\n"])
def test_cards_can_be_turned_off(site: Site, settings: str) -> None:
    assert image_of(write(site, settings), "articles/x/") is None
    assert not [path for path in site.build().files if "social" in path]


def test_without_pillow_there_are_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.render.social.has_pillow", lambda: False)
    assert image_of(write(site), "articles/x/") is None
    assert site.problems() == []


def test_a_preview_draws_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "draw_card", lambda *_: pytest.fail("drawn"))
    assert "social" not in str(list(write(site).build(preview=True).files))


def test_the_site_may_have_a_picture_of_its_own(site: Site) -> None:
    site.write_bytes("content/media/share.png", noise_png(120, 63))
    write(site, "social: {cards: false, image: content/media/share.png}\n")
    assert image_of(site, "articles/x/") == ("media/share.png", "120x63", "Test site")
    assert image_of(site, "") == ("media/share.png", "120x63", "Test site")


def test_a_picture_that_is_not_there(site: Site) -> None:
    write(site, "social: {image: content/media/no.png}\n")
    assert [p for p in site.problems() if p.startswith("site.yaml")] == ["site.yaml:3:17 missing-media"]


def test_a_font_of_the_sites_own(site: Site) -> None:
    """In the place of the theme's, by its name: here one that has no Latin letters."""
    (arabic,) = (f for f in FONTS if f.name == "title-arabic.ttf")
    first = image_of(write(site), "articles/x/")
    site.write_bytes("templates/social/title-latin.ttf", arabic.data)
    second = image_of(site, "articles/x/")
    assert first is not None
    assert second is not None
    assert first[0] != second[0]


def test_only_what_shows_something_else_is_drawn_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    real = draw.draw_card
    monkeypatch.setattr(draw, "draw_card", lambda card, fonts: (titles.append(card.title), real(card, fonts))[1])
    write(site).write(f"-- content/articles/y.md --\n{article('Text.')}\n")
    store, depot = Store(), MemoryDepot()

    def build() -> list[str]:
        card_data.cache_clear()
        built = build_again(site.root, store=store, now=NOW, depot=depot)
        list(built.files.items())
        made = sorted(titles)
        assert list(differences(built, site.build())) == []
        titles.clear()
        return made

    assert build() == ["A quay", "An article", "Test site"]
    assert build() == []
    write(site, front="updated: 2024-02-02\n")
    assert build() == []
    write(site, title="A pier")
    assert build() == ["A pier"]
    write(site)
    assert build() == []


def test_what_workers_draw_is_the_same(site: Site) -> None:
    write(site)
    for number in range(60):
        site.write(f"-- content/articles/a{number}.md --\n{article('T.', title=f'N {number}')}\n")
    built = build_again(site.root, store=Store(), now=NOW, workers=Processes(2))
    assert list(differences(built, site.build())) == []
