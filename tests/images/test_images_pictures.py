"""Media in several sizes, from their bytes."""

from __future__ import annotations

import sys
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from explainer.images import FolderDepot, MemoryDepot, Picture, Recipe, encode, make_picture, pictures, variant_data
from tests.images.pixels import noise_png

RECIPE = Recipe((40, 80), ("webp",), 80)


def picture(data: bytes, recipe: Recipe = RECIPE, name: str = "content/media/a photo.png") -> Picture:
    made = make_picture(data, name, recipe, MemoryDepot()).picture
    assert made is not None
    return made


def image_in(data: bytes, number: int = 0, recipe: Recipe = RECIPE) -> Image.Image:
    """A variant as a reader's browser decodes it."""
    url = picture(data, recipe).variants[number].url
    return Image.open(BytesIO(variant_data(data, "content/media/a photo.png", recipe, MemoryDepot(), url)))


def jpeg(image: Image.Image, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def photo(width: int = 100, height: int = 60, mode: str = "RGB") -> Image.Image:
    return Image.open(BytesIO(noise_png(width, height))).convert(mode)


def test_each_width_and_the_image_itself() -> None:
    made = picture(noise_png(100, 60))
    assert (made.width, made.height) == (100, 60)
    assert [(v.width, v.height, v.type) for v in made.variants] == [(40, 24, "image/webp"), (80, 48, "image/webp")]
    assert [v.width for v in picture(noise_png(60, 20)).variants] == [40, 60]
    assert [v.width for v in picture(noise_png(30, 20)).variants] == [30]


def test_names_have_a_fingerprint_of_the_bytes() -> None:
    first, second = (picture(noise_png(100, 60, seed)).variants[0] for seed in (0, 1))
    assert first.url == f"/assets/images/a-photo.40.{first.sha256[:10]}.webp"
    assert first.url != second.url


def test_what_is_not_smaller_than_the_original_is_not_offered() -> None:
    flat = BytesIO()
    Image.new("RGB", (2000, 1000), "white").save(flat, "WEBP", lossless=True)
    assert picture(flat.getvalue(), Recipe((1900,), ("webp",), 100)).variants == ()


def test_a_drawing_is_kept_without_loss_where_that_is_smaller() -> None:
    out = BytesIO()
    drawing = Image.new("RGB", (300, 300), "white")
    drawing.paste((140, 29, 24), (50, 50, 250, 250))
    drawing.save(out, "PNG", compress_level=0)
    assert image_in(out.getvalue(), recipe=Recipe((300,), ("webp",), 30)).convert("RGB").getpixel((60, 60)) == (
        140,
        29,
        24,
    )


def test_both_formats_the_smaller_files_first() -> None:
    made = picture(jpeg(photo(400, 300)), Recipe((100, 300), ("webp", "avif"), 80))
    sums = {t: sum(v.size for v in made.variants if v.type == t) for t in ("image/webp", "image/avif")}
    assert [v.type for v in made.variants] == [t for t in sorted(sums, key=sums.__getitem__) for _ in range(2)]


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_cameras_turn_is_made_and_not_told(turn: int) -> None:
    """Whatever the turn says, the red corner ends where a viewer of the original sees it."""
    upright = Image.new("RGB", (100, 60), "white")
    upright.paste((255, 0, 0), (0, 0, 30, 30))
    inverse = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # of what a viewer does: EXIF 2.3, table 6
    stored = upright.transpose(Image.Transpose(inverse[turn])) if turn > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = turn
    data = jpeg(stored, exif=exif)
    made, small = picture(data), image_in(data, -1)
    assert (made.width, made.height) == (100, 60)
    assert small.size == (80, 48)
    assert small.convert("RGB").getpixel((8, 8))[0] > 200
    assert min(small.convert("RGB").getpixel((70, 40))) > 200
    assert not small.getexif()


def test_metadata_stays_behind() -> None:
    exif, text = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x010F] = "A camera"
    text.add_text("Comment", "where it was taken")
    out = BytesIO()
    photo().save(out, "PNG", exif=exif, pnginfo=text)
    for data in (jpeg(photo(), exif=exif, comment=b"taken there"), out.getvalue()):
        small = image_in(data)
        assert not small.getexif()
        assert {"exif", "comment", "Comment", "icc_profile"}.isdisjoint(small.info)


def test_colours_are_turned_into_those_that_screens_expect() -> None:
    """A profile that exchanges nothing leaves the pixels; one of another kind of image is passed over."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = Image.new("RGB", (100, 60), (200, 30, 30))
    for profile in (srgb, b"no profile"):
        got = image_in(jpeg(red, icc_profile=profile)).convert("RGB").getpixel((5, 5))
        assert max(abs(a - b) for a, b in zip(got, (200, 30, 30), strict=True)) < 8


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_every_kind_of_pixel(mode: str) -> None:
    out = BytesIO()
    photo(mode="RGBA").convert(mode).save(
        out, "JPEG" if mode == "CMYK" else "PNG", **({"quality": 95} if mode == "CMYK" else {})
    )
    made = make_picture(out.getvalue(), "x.png", RECIPE, MemoryDepot())
    assert made.problem == ""
    assert made.picture is not None


def test_transparency_is_kept() -> None:
    out = BytesIO()
    photo().convert("RGBA").save(out, "PNG")
    clear = photo().convert("RGBA")
    clear.putalpha(0)
    out = BytesIO()
    clear.save(out, "PNG")
    assert image_in(out.getvalue()).convert("RGBA").getpixel((3, 3))[3] == 0


def test_what_moves_and_deep_colours_stay_as_they_are() -> None:
    moving, deep = BytesIO(), BytesIO()
    photo().save(moving, "GIF", save_all=True, append_images=[Image.new("RGB", (100, 60), "red")])
    Image.new("I;16", (100, 60), 40_000).save(deep, "PNG")
    for data in (moving.getvalue(), deep.getvalue()):
        assert make_picture(data, "x.png", RECIPE, MemoryDepot()) == (Picture(100, 60, ()), "")


def test_an_image_too_large_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MOST_PIXELS", 5_999)
    assert make_picture(noise_png(100, 60), "x.png", RECIPE, MemoryDepot()) == (Picture(100, 60, ()), "large")


def test_a_bomb_is_not_decoded() -> None:
    """A header that promises 900 million pixels."""
    data = noise_png(10, 10).replace((10).to_bytes(4) * 2, (30_000).to_bytes(4) * 2, 1)
    assert make_picture(data, "x.png", RECIPE, MemoryDepot()).picture is None


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", noise_png(100, 60)[:-800], b"%!PS-Adobe-3.0 EPSF-3.0\n"]
)
def test_a_broken_image_is_a_problem(data: bytes) -> None:
    made = make_picture(data, "x.png", RECIPE, MemoryDepot())
    assert made.problem == "broken"


FORMATS = {"JPEG": {}, "PNG": {}, "WEBP": {}, "GIF": {}, "AVIF": {}}


def _file(form: str) -> bytes:
    out = BytesIO()
    photo(24, 18).save(out, form)
    return out.getvalue()


FILES = {form: _file(form) for form in FORMATS}


@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(1, 12))
def test_no_spoiled_file_raises(form: str, seed: int, count: int) -> None:
    """Bytes exchanged, taken away and cut."""
    random, data = Random(seed), bytearray(FILES[form])  # noqa: S311
    for _ in range(count):
        data[random.randrange(len(data))] = random.randrange(256)
    del data[random.randrange(len(data)) :][: random.randrange(9)]
    made = make_picture(bytes(data), "x.png", Recipe((8,), ("webp",), 80), MemoryDepot())
    assert made.problem in {"", "broken", "large"}


def test_what_is_kept_is_not_made_again(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    depot, data = FolderDepot(tmp_path / "drawn"), noise_png(100, 60)
    first = make_picture(data, "x.png", RECIPE, depot)
    monkeypatch.setattr(encode, "encode", lambda *_: pytest.fail("encoded again"))
    assert make_picture(data, "x.png", RECIPE, depot) == first
    assert variant_data(data, "x.png", RECIPE, depot, first.picture.variants[0].url)  # type: ignore[union-attr]


def test_what_was_spoiled_is_made_again(tmp_path: Any) -> None:
    depot, data = FolderDepot(tmp_path / "drawn"), noise_png(100, 60)
    first = make_picture(data, "x.png", RECIPE, depot)
    (kept,) = (tmp_path / "drawn").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    assert make_picture(data, "x.png", RECIPE, depot) == first
    kept.unlink()
    (tmp_path / "drawn").rmdir()
    (tmp_path / "drawn").touch()  # nothing can be kept there
    assert make_picture(data, "x.png", RECIPE, depot) == first


def test_the_key_names_all_that_bytes_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    data = noise_png(20, 20)
    keys = [pictures.key_of(data, RECIPE), pictures.key_of(data + b"x", RECIPE)]
    keys += [pictures.key_of(data, RECIPE._replace(quality=81)), pictures.key_of(data, RECIPE._replace(widths=(40,)))]
    monkeypatch.setattr(pictures.pillow, "version", lambda: "another")
    assert len({*keys, pictures.key_of(data, RECIPE)}) == 5


def test_what_is_old_goes(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    depot = FolderDepot(tmp_path)
    depot.put("key", b"x")
    depot.prune()
    assert depot.get("key") == b"x"
    monkeypatch.setattr("time.time", lambda: (tmp_path / "key").stat().st_mtime + 61 * 86_400)
    depot.prune()
    assert depot.get("key") is None


def test_without_pillow_nothing_imports_it() -> None:
    import subprocess

    code = "import sys; import explainer.build, explainer.incremental.again; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
