"""Every way to edit a site: a named function of the site and two numbers, which choose what is edited and how.

Any numbers will do, so that an edit means something on every site, a list of edits can be shortened anywhere, and a
failing one can be written down.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

import yaml

from explainer.render.theme import default_theme
from tests.images.pixels import noise_png
from tests.incremental import values
from tests.incremental.workshop import (
    ARTICLES,
    GLOSSARY,
    MEDIA,
    PAGES,
    REVIEW,
    SETTINGS,
    TEMPLATES,
    NothingToEdit,
    Text,
    Workshop,
    nth,
)

Editing: TypeAlias = Callable[[Workshop, int, int], None]
"""Edits a site. May raise `NothingToEdit`, and has then changed nothing."""

MOST_FILES = 12
"""Of a folder: sites stay small however many steps are made."""
TEMPLATE_ENDINGS = (".html", ".xml", ".txt")


class Edit(NamedTuple):
    """One edit, as it can be written down."""

    kind: str
    which: int = 0
    """Chooses the file, where there are several."""
    value: int = 0
    """Chooses what is written."""


def apply(workshop: Workshop, edits: Iterable[Edit]) -> None:
    """Make the edits; those that find nothing to work on are passed over."""
    for kind, which, value in edits:
        if not workshop.spoiled:
            workshop.remember()
        try:
            EDITS[kind](workshop, which, value)
        except NothingToEdit:
            continue


# ---- front matter and settings --------------------------------------------------------------------------------------


def set_key(site: Workshop, which: int, value: int, *, folder: str, key: str, options: tuple[object, ...]) -> None:
    path = nth(site.files(folder, ending=".md"), which)
    text = site.text(path)
    site.write_text(path, text._replace(front=_with(text.front, key, nth(options, value))))


def set_setting(site: Workshop, _which: int, value: int, *, key: str) -> None:
    site.write_settings(_with(site.settings(), key, nth(values.SETTINGS[key], value)))


def _with(data: Mapping[str, object], key: str, value: object) -> dict[str, object]:
    rest = {k: v for k, v in data.items() if k != key}
    return rest if value is None else {**rest, key: value}


# ---- bodies ---------------------------------------------------------------------------------------------------------


def append_block(site: Workshop, which: int, value: int, *, folder: str) -> None:
    path, text = _chosen_text(site, folder, which)
    site.write_text(path, text._replace(body=(*text.body[:8], nth(values.BLOCKS, value))))


def insert_block(site: Workshop, which: int, value: int, *, folder: str) -> None:
    """At the beginning: everything behind it moves on."""
    path, text = _chosen_text(site, folder, which)
    site.write_text(path, text._replace(body=(nth(values.BLOCKS, value), *text.body[:8])))


def remove_block(site: Workshop, which: int, value: int, *, folder: str) -> None:
    path, text = _chosen_text(site, folder, which)
    gone = nth(range(len(text.body)), value)
    site.write_text(path, text._replace(body=tuple(b for n, b in enumerate(text.body) if n != gone)))


def change_image(site: Workshop, which: int, value: int, *, folder: str) -> None:
    """Other words for an image: what it shows, its caption, its credit; or none."""
    path, (front, body) = _chosen_text(site, folder, which)
    images = [n for n, block in enumerate(body) if "![" in block]
    chosen = nth(images, value)
    changed = body[chosen].replace("![A", nth(("![The", "![A new", "!["), value), 1)
    changed = changed.replace("credit=", nth(("credit=a", "title=", "id="), value // 3), 1)
    site.write_text(path, Text(front, (*body[:chosen], changed, *body[chosen + 1 :])))


def _chosen_text(site: Workshop, folder: str, which: int) -> tuple[str, Text]:
    path = nth(site.files(folder, ending=".md"), which)
    return path, site.text(path)


# ---- files that come, go and move -----------------------------------------------------------------------------------


def create_article(site: Workshop, which: int, value: int) -> None:
    front = {"title": f"New {which % 5}", "date": nth(values.ARTICLE["date"], value), "summary": "New."}
    _create(site, f"{ARTICLES}/new-{which % 5}.md", front, (nth(values.BLOCKS, value), nth(values.BLOCKS, which)))


def create_entry(site: Workshop, which: int, value: int) -> None:
    stem, name = nth(
        (("carl-roth", "Carl Roth"), ("the-night", "The Night"), ("nobody", "Nobody"), ("x", "Lund")), which
    )
    front = {"name": name, "kind": nth(values.ENTRY["kind"], value), "summary": f"New: {name}."}
    _create(site, f"{GLOSSARY}/{stem}.md", front, (nth(values.BLOCKS, value),))


def create_page(site: Workshop, which: int, value: int) -> None:
    _create(site, f"{PAGES}/new-{which % 3}.md", {"title": f"New page {which % 3}"}, (nth(values.BLOCKS, value),))


def _create(site: Workshop, path: str, front: dict[str, object], body: tuple[str, ...]) -> None:
    folder = "/".join(path.split("/")[:2])
    if (site.root / path).exists() or len(site.files(folder)) >= MOST_FILES:
        raise NothingToEdit
    site.write_text(path, Text(front, body))


def create_medium(site: Workshop, which: int, value: int) -> None:
    if len(site.files(MEDIA)) >= MOST_FILES:
        raise NothingToEdit
    name = nth(("new-0.svg", "new-1.svg", "sub/map.svg", "data.csv", "harbour.svg", "dot.svg"), which)
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{value + 1}" height="2"/>\n'
    if value % 3 == 0:  # another image in the place of the one that is there, as heavy as it or broken
        name = nth(("photo.png", "quay.png"), which)
        site.write(f"{MEDIA}/{name}", noise_png(24 + which % 3, 20, value)[: -40 if value % 4 == 3 else None])
        return
    script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n'
    site.write(f"{MEDIA}/{name}", script if value % 7 == 6 else drawing)


def set_boundaries(site: Workshop, which: int, value: int) -> None:
    """The file that `maps.boundaries` names: right, changed, wrong."""
    site.write(f"{MEDIA}/areas.geojson", nth(values.BOUNDARIES, which + value))


def delete(site: Workshop, which: int, _value: int, *, folder: str) -> None:
    (site.root / nth(site.files(folder), which)).unlink()


def rename(site: Workshop, which: int, value: int, *, folder: str) -> None:
    path = PurePosixPath(nth(site.files(folder), which))
    site.move(str(path), str(path.with_stem(f"renamed-{value % 4}")))


def change_case(site: Workshop, which: int, _value: int, *, folder: str) -> None:
    """A rename that some file systems do not even notice."""
    path = PurePosixPath(nth(site.files(folder), which))
    site.move(str(path), str(path.with_stem(path.stem.swapcase())))


def move(site: Workshop, which: int, value: int, *, folder: str) -> None:
    path = PurePosixPath(nth(site.files(folder), which))
    below = nth(("", "moved/", "moved/on/"), value)
    site.move(str(path), f"{folder}/{below}{path.name}")


def copy(site: Workshop, which: int, value: int, *, folder: str) -> None:
    """Two files of one id, or of one address."""
    path = PurePosixPath(nth(site.files(folder), which))
    if len(site.files(folder)) >= MOST_FILES:
        raise NothingToEdit
    site.write(f"{folder}/copies-{value % 2}/{path.name}", site.bytes_of(str(path)))


# ---- what file systems tell of an edit ------------------------------------------------------------------------------


def edit_quietly(site: Workshop, which: int, value: int) -> None:
    """Size and time of change stay as they are: only the inode's own time tells."""
    path = nth([p for p in _sources(site) if _quiet_places(site, p)], which)
    before, data = (site.root / path).stat(), site.bytes_of(path)
    at = nth(_quiet_places(site, path), value)
    site.write(path, data[:at] + _OTHER[data[at : at + 1]] + data[at + 1 :])
    os.utime(site.root / path, ns=(before.st_atime_ns, before.st_mtime_ns))


_OTHER = {b"a": b"e"} | {b"%d" % n: b"%d" % ((n + 1) % 10) for n in range(10)}
"""What each letter or digit becomes."""


def _quiet_places(site: Workshop, path: str) -> list[int]:
    """Letters; of a template marks alone, for another letter may show on few of the pages that are made from it."""
    is_template = path.startswith(f"{TEMPLATES}/") and path.endswith(TEMPLATE_ENDINGS)
    pattern = rb"(?<=<!-- )\d(?= -->)" if is_template else rb"a"
    return [found.start() for found in re.finditer(pattern, site.bytes_of(path))]


def edit_in_the_past(site: Workshop, which: int, value: int) -> None:
    """As when a file comes out of an archive: it is new, and older than what it replaces."""
    path, text = _chosen_text(site, "content", which)
    site.write_text(path, text._replace(body=(*text.body[:8], f"Old text {value % 3}, in Lund.")))
    os.utime(site.root / path, (1_000_000_000, 1_000_000_000))


def touch(site: Workshop, which: int, value: int) -> None:
    """Another time, the same text."""
    path = site.root / nth(_sources(site), which)
    os.utime(path, (1_500_000_000 + value, 1_500_000_000 + value))


def replace_whole(site: Workshop, which: int, value: int) -> None:
    """As editors save: a new file takes the old one's name."""
    path, text = _chosen_text(site, "content", which)
    before = (site.root / path).stat()
    new = site.root / f"{path}.tmp"
    site.write_text(f"{path}.tmp", text._replace(body=(*text.body[:8], nth(values.BLOCKS, value))))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(site.root / path)


def swap(site: Workshop, which: int, value: int) -> None:
    """Two texts exchange their names, and keep their times."""
    folder = nth((ARTICLES, GLOSSARY, MEDIA), value)
    paths = site.files(folder)
    one, other = site.root / nth(paths, which), site.root / nth(paths, which + 1)
    third = one.with_name("third.tmp")
    one.rename(third)
    if other.exists():
        other.rename(one)
    third.rename(other)


def make_link(site: Workshop, which: int, value: int) -> None:
    """A text that stands elsewhere; later edits of it do not touch the link."""
    folder = nth((ARTICLES, GLOSSARY, "content/pages"), value)
    target = nth([p for p in site.files(folder, ending=".md") if not (site.root / p).is_symlink()], which)
    link = site.root / folder / f"linked-{value % 2}.md"
    if os.path.lexists(link) or len(site.files(folder)) >= MOST_FILES:
        raise NothingToEdit
    link.symlink_to(os.path.relpath(site.root / target, link.parent))


def _sources(site: Workshop) -> list[str]:
    folders = ("content", TEMPLATES)
    return [SETTINGS, *(p for folder in folders for p in site.files(folder))]


def go_back(site: Workshop, which: int, value: int) -> None:
    """The whole site as it was some edits ago."""
    site.restore(nth(site.past, which), old_times=value % 2 == 1)


# ---- review ---------------------------------------------------------------------------------------------------------


def set_verdict(site: Workshop, which: int, value: int) -> None:
    name = nth(site.files(ARTICLES, ending=".md"), which).removeprefix(f"{ARTICLES}/").removesuffix(".md")
    verdict = {"article": name, "exact": nth(values.QUOTED, value), "entry": nth(values.MEANT, which + value)}
    site.write(REVIEW, yaml.safe_dump([verdict, {"article": "b-inquiry", "exact": "RG", "entry": "lund"}]))


def delete_review(site: Workshop, _which: int, _value: int) -> None:
    (site.root / REVIEW).unlink(missing_ok=True)


# ---- theme ----------------------------------------------------------------------------------------------------------


def edit_template(site: Workshop, which: int, value: int) -> None:
    path = nth([p for p in site.files(TEMPLATES) if p.endswith(TEMPLATE_ENDINGS)], which)
    site.write(path, _marked(site.bytes_of(path).decode(), value))


def _marked(template: str, value: int) -> str:
    """The template with a mark that shows wherever it is used, beside all that showed: outside of blocks and macros it
    would not.
    """
    mark = f"<!-- {value % 5} -->"
    if "{% endmacro %}" in template:
        return template.replace("{% endmacro %}", mark + "{% endmacro %}", 1)
    if "{% extends" not in template:
        return template + mark
    block = "{% block main %}"
    if block in template:
        return template.replace(block, block + mark, 1)
    return f"{template}{block}{mark}{{{{ super() }}}}{{% endblock %}}"


def delete_template(site: Workshop, which: int, _value: int) -> None:
    """The theme's shows again; or nothing needs it."""
    needed = {f"{TEMPLATES}/partials/foot.html", f"{TEMPLATES}/partials/macros.html"}
    (site.root / nth([p for p in site.files(TEMPLATES) if p not in needed], which)).unlink()


def shadow(site: Workshop, which: int, value: int) -> None:
    """A template that comes to stand before the theme's."""
    name = nth(values.SHADOWS, which)
    if (site.root / TEMPLATES / name).exists():
        raise NothingToEdit
    original = (default_theme() / name).read_text(encoding="utf-8")
    site.write(f"{TEMPLATES}/{name}", _marked(original, value))


def add_partial(site: Workshop, which: int, value: int) -> None:
    site.write(f"{TEMPLATES}/{nth(values.EXTRA_PARTIALS, which)}", f"<p>Extra {value % 5} {{{{ page.title }}}}</p>")


def set_words(site: Workshop, which: int, value: int) -> None:
    site.write(f"{TEMPLATES}/words/{nth(values.WORD_FILES, which)}.yaml", nth(values.WORDS, value))


def set_asset(site: Workshop, which: int, value: int) -> None:
    name = nth(("style.css", "preview.js", "unused.css", "mark.svg", "sub/more.css"), which)
    site.write(f"{TEMPLATES}/assets/{name}", f"/* {value % 5} */ p {{ background: url(mark.svg) }}\n")


# ---- mistakes -------------------------------------------------------------------------------------------------------


def spoil_text(site: Workshop, which: int, value: int) -> None:
    _spoil(site, nth(site.files("content", ending=".md"), which), nth(values.BROKEN_TEXTS, value))


def spoil_settings(site: Workshop, _which: int, value: int) -> None:
    _spoil(site, SETTINGS, nth(values.BROKEN_SETTINGS, value))


def spoil_template(site: Workshop, which: int, value: int) -> None:
    _spoil(site, f"{TEMPLATES}/{nth(values.SPOILED, which)}", nth(values.BROKEN_TEMPLATES, value))


def spoil_words(site: Workshop, which: int, value: int) -> None:
    _spoil(site, f"{TEMPLATES}/words/{nth(values.WORD_FILES, which)}.yaml", nth(values.BROKEN_WORDS, value))


def spoil_review(site: Workshop, _which: int, value: int) -> None:
    _spoil(site, REVIEW, nth(values.BROKEN_REVIEWS, value))


def lose_template(site: Workshop, which: int, _value: int) -> None:
    _spoil(site, nth(site.files(TEMPLATES, ending=".html"), which), None)


def _spoil(site: Workshop, path: str, data: bytes | None) -> None:
    """None: the file is lost."""
    before = site.bytes_of(path) if (site.root / path).is_file() else None
    if data is None:
        (site.root / path).unlink()
    else:
        site.write(path, data)
    site.spoiled.setdefault(path, before)


def mend(site: Workshop, _which: int, _value: int) -> None:
    """All that was spoiled is as it was before."""
    for path, data in site.spoiled.items():
        if data is None:
            (site.root / path).unlink(missing_ok=True)
        else:
            site.write(path, data)
    site.spoiled.clear()


def put_odd_file(site: Workshop, which: int, value: int) -> None:
    """What is no text, or has no text's name."""
    folder = nth((ARTICLES, GLOSSARY, PAGES, MEDIA), which)
    names = ("notes.txt", "a text.md", "Other.MD", ".hidden.md", "backup.md~", "page.html", "folder.md/inner.md")
    site.write(f"{folder}/{nth(names, value)}", "---\ntitle: Odd\n---\n\nLund.\n")


# ---- time -----------------------------------------------------------------------------------------------------------


def move_clock(site: Workshop, which: int, value: int) -> None:
    """By hours or days, to and fro around the dates that texts name."""
    step = dt.timedelta(hours=nth((6, 24, 24 * 10, 24 * 30), which))
    site.now += step if value % 3 else -step


# ---- all of them ----------------------------------------------------------------------------------------------------

_FOLDERS = {"article": ARTICLES, "entry": GLOSSARY, "page": PAGES, "medium": MEDIA}
_KEYS = (("article", ARTICLES, values.ARTICLE), ("entry", GLOSSARY, values.ENTRY), ("page", PAGES, values.PAGE))
_ON_TEXTS: tuple[Callable[..., None], ...] = (append_block, insert_block, remove_block, change_image)
_ON_FILES: tuple[Callable[..., None], ...] = (delete, rename, change_case, move, copy)


def _named(*functions: Editing) -> dict[str, Editing]:
    return {function.__name__: function for function in functions}


FRONT_MATTER: Mapping[str, Editing] = {
    f"{noun}: {key}": partial(set_key, folder=folder, key=key, options=options)
    for noun, folder, keys in _KEYS
    for key, options in keys.items()
}
BODIES: Mapping[str, Editing] = {
    f"{noun}: {function.__name__}": partial(function, folder=folder)
    for noun, folder, _ in _KEYS
    for function in _ON_TEXTS
}
FILES: Mapping[str, Editing] = {
    f"{noun}: {function.__name__}": partial(function, folder=folder)
    for noun, folder in _FOLDERS.items()
    for function in _ON_FILES
} | _named(create_article, create_entry, create_page, create_medium, set_boundaries)
SITE: Mapping[str, Editing] = {f"site: {key}": partial(set_setting, key=key) for key in values.SETTINGS} | _named(
    set_verdict, delete_review, move_clock
)
THEME = _named(edit_template, delete_template, shadow, add_partial, set_words, set_asset)
FILE_SYSTEM = _named(edit_quietly, edit_in_the_past, touch, replace_whole, swap, make_link, go_back, put_odd_file)
MISTAKES = _named(spoil_text, spoil_settings, spoil_template, spoil_words, spoil_review, lose_template)
MENDING = _named(mend)

EDITS: Mapping[str, Editing] = {
    **FRONT_MATTER,
    **BODIES,
    **FILES,
    **SITE,
    **THEME,
    **FILE_SYSTEM,
    **MISTAKES,
    **MENDING,
}
