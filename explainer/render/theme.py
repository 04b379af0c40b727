"""The theme: templates, assets and words.

A theme is one or two folders read once into memory: the site's own `templates/` goes before the default theme, file by
file. What templates can reach is closed: `environment` tells.

    load_theme(folder) → Theme        Theme.render(template, …) → page        Theme.assets → files

Whatever goes wrong in a template is raised as `TemplateProblem`, with its place.
"""

from __future__ import annotations

import contextlib
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import jinja2
from msgspec import Struct

from explainer.images.fonts import Font, digest_of
from explainer.render.environment import AssetFinder, make_environment
from explainer.render.referred import referred
from explainer.render.template_errors import TemplateProblem, translated
from explainer.render.views import PageView, SiteView
from explainer.render.words import Forms, Wordbook, base_language, load_words, parse_words, read_words
from explainer.theme_folder import DEFAULT, default_theme
from explainer.types import Html, SourcePath, Url

PARTIALS = frozenset({"context-box", "cast", "timeline", "relations", "map", "in-this-story"})
"""Partials that are rendered on their own, into an article's body or a feed."""

RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})

THEIRS = "theme/"
"""What the default theme's own templates can be extended and included by: `theme/article.html`."""

_TEMPLATES = frozenset({".html", ".xml", ".json", ".txt"})
_CSS_URL = re.compile(r"""url\(\s*(["']?)([\w./-]+)\1\s*\)""")


class ThemeFile(Struct, frozen=True):
    """One file of a theme's folder."""

    name: str
    """Within the folder, with `/`: `partials/facts.html`."""
    path: str
    """As its author knows it."""
    data: bytes


class Theme(Struct, frozen=True):
    """A theme, ready to render."""

    assets: Mapping[Url, bytes]
    """Every asset by its fingerprinted address."""
    digest: str
    """Changes with any file of the theme, and with the address of the site."""
    wordbook: Wordbook
    finder: AssetFinder
    """What templates call to get the address of an asset."""
    _environment: jinja2.Environment
    _sources: Mapping[str, str]
    _templates: Mapping[str, tuple[str, str]]
    """Path and text of every template."""
    _site_url: str
    files: tuple[ThemeFile, ...]
    """What it was made from."""
    fonts: tuple[Font, ...] = ()
    """Of `social/`: what cards are drawn with."""
    fonts_digest: str = ""

    @property
    def recipe(self) -> tuple[tuple[ThemeFile, ...], str]:
        """What `make_theme` makes it from."""
        return self.files, self._site_url

    def closures(self) -> dict[str, str]:
        """For every template a digest of all that it is made of: itself, what it extends, includes and imports, and so
        on. One whose name is computed could be any.
        """
        refers = {name: self._referred(text) for name, (_, text) in self._templates.items()}
        return {name: self._closure(name, refers) for name in self._templates}

    def _referred(self, text: str) -> frozenset[str]:
        found = referred(text, self._environment, self._templates)
        return frozenset(self._templates if None in found else (name for name in found if name))

    def _closure(self, name: str, refers: Mapping[str, frozenset[str]]) -> str:
        reached, ahead = {name}, [name]
        while ahead:
            new = refers.get(ahead.pop(), frozenset()) - reached
            reached |= new
            ahead += new
        parts = [(one, self._templates.get(one)) for one in sorted(reached)]
        return hashlib.sha256(repr((self._site_url, parts)).encode()).hexdigest()

    def compile_all(self) -> None:
        """Compile every template now, so that processes which are forked later need not. Those with mistakes are left."""
        for name in self._templates:
            with contextlib.suppress(jinja2.TemplateError):
                self._environment.get_template(name)

    def words(self, language: str) -> Callable[..., str]:
        """The interface's words on a page in a language."""
        return self.wordbook.words(language)

    def render(
        self, template: str, *, site: SiteView, page: PageView, view: object, words: Callable[..., str] | None = None
    ) -> str:
        """The whole page or feed. `words`: other than those of its language. Raises `TemplateProblem`."""
        names, filters = self._templates, self._environment.filters
        words = words or self.words(page.language)
        with translated(template, self._sources, templates=names, filters=filters):
            return self._environment.get_template(template).render(site=site, page=page, view=view, words=words)

    def render_partial(self, partial: str, *, site: SiteView, page: PageView, view: object) -> Html:
        """A part of an article's body: one of `PARTIALS`. Raises `TemplateProblem`."""
        return Html(self.render(f"partials/{partial}.html", site=site, page=page, view=view))


# ---- loading --------------------------------------------------------------------------------------------------------


def load_theme(site_templates: Path | None, *, site_url: str) -> Theme:
    """Read the default theme and, over it, the site's own templates where there are any.

    Words are overridden key by key, everything else file by file. Raises `TemplateProblem`.
    """
    layers = [_read_folder(default_theme(), shown_as=DEFAULT)]
    if site_templates is not None and site_templates.is_dir():
        layers.append(_read_folder(site_templates, shown_as=site_templates.name))
    return make_theme([file for layer in layers for file in layer], site_url)


def make_theme(every: Sequence[ThemeFile], site_url: str) -> Theme:
    """A theme from its files; of two with one name the later counts. Raises `TemplateProblem`."""
    files = {file.name: file for file in every}
    files |= _theirs(every)
    templates = {name: _text(file) for name, file in files.items() if _is_template(name)}
    paths = {name: files[name].path for name in templates}
    assets = fingerprint({name.removeprefix("assets/"): f.data for name, f in files.items() if _is_asset(name)})
    fonts = tuple(Font(f.name.removeprefix("social/"), f.data) for f in files.values() if _is_font(f.name))
    finder = AssetFinder({name: url for name, (url, _) in assets.items()})
    return Theme(
        assets=dict(assets.values()),
        digest=_digest(every, site_url),
        wordbook=_read_words(file for file in every if PurePosixPath(file.name).match("words/*.yaml")),
        finder=finder,
        _environment=make_environment(templates, paths, finder, site_url),
        _sources={paths[name]: text for name, text in templates.items()},
        _templates={name: (paths[name], text) for name, text in templates.items()},
        _site_url=site_url,
        files=tuple(every),
        fonts=fonts,
        fonts_digest=digest_of(fonts),
    )


def _theirs(every: Iterable[ThemeFile]) -> dict[str, ThemeFile]:
    """The default theme's templates under `theme/`, where a template of the site asks for one: so that it can extend what
    it stands in for.
    """
    theirs = {f"{THEIRS}{f.name}": f for f in every if f.path.startswith(DEFAULT) and _is_template(f.name)}
    asked = any(THEIRS.encode() in file.data for file in every if not file.path.startswith(DEFAULT))
    return theirs if asked else {}


def _read_folder(folder: Path, *, shown_as: str) -> list[ThemeFile]:
    """Every file below `folder`, sorted by name, without hidden ones. A link that leads out of the folder is refused."""
    root = folder.resolve()
    files = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if not path.resolve().is_relative_to(root):
            raise TemplateProblem(path=f"{shown_as}/{name}", message="this link leads out of the folder of templates")
        if path.is_file():
            files.append(ThemeFile(name=name, path=f"{shown_as}/{name}", data=path.read_bytes()))
    return sorted(files, key=lambda file: file.name)


def _is_template(name: str) -> bool:
    return PurePosixPath(name).suffix in _TEMPLATES and not _is_asset(name)


def _is_asset(name: str) -> bool:
    return name.startswith("assets/")


def _is_font(name: str) -> bool:
    return name.startswith("social/") and name.lower().endswith((".ttf", ".otf"))


def _text(file: ThemeFile) -> str:
    try:
        return file.data.decode()
    except UnicodeDecodeError as error:
        raise TemplateProblem(path=file.path, message="the file is not UTF-8") from error


def _read_words(files: Iterable[ThemeFile]) -> Wordbook:
    """Raises `TemplateProblem` with all that is wrong in any of the files."""
    sources, problems = list[tuple[str, Forms]](), list[TemplateProblem]()
    for file in files:
        language, text = PurePosixPath(file.name).stem, _text(file)
        if file.path.startswith(DEFAULT):
            sources.append((language, parse_words(text)))
            continue
        forms, wrong = read_words(text, SourcePath(file.path))
        sources.append((language, forms))
        if wrong:
            problems.append(TemplateProblem(path=file.path, message=wrong[0].message, source=text, diagnostics=wrong))
    if problems:
        problems[0].others = tuple(problems[1:])
        raise problems[0]
    return load_words(sources)


def _digest(files: Iterable[ThemeFile], site_url: str) -> str:
    """A fingerprint of everything that a theme depends on."""
    digest = hashlib.sha256(repr(site_url).encode())
    for file in files:
        digest.update(repr((file.path, len(file.data))).encode())
        digest.update(file.data)
    return digest.hexdigest()


# ---- assets ---------------------------------------------------------------------------------------------------------


def fingerprint(files: Mapping[str, bytes]) -> dict[str, tuple[Url, bytes]]:
    """Each file's address, which changes with its content, and its bytes.

    Stylesheets come last: where they refer to another file by `url(name)`, the name is replaced by the fingerprinted
    one, so that their own fingerprint depends on it. References between stylesheets stay as they are.
    """
    out: dict[str, tuple[Url, bytes]] = {}
    for name in sorted(files, key=lambda name: (name.endswith(".css"), name)):
        data = _rewrite_css(files[name], name, out) if name.endswith(".css") else files[name]
        path = PurePosixPath("/assets", name)
        mark = hashlib.sha256(data).hexdigest()[:10]
        out[name] = Url(str(path.with_name(f"{_slug(path.stem)}.{mark}{path.suffix}"))), data
    return out


def _rewrite_css(css: bytes, name: str, assets: Mapping[str, tuple[Url, bytes]]) -> bytes:
    folder = posixpath.dirname(name)

    def rewrite(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target not in assets:
            return match[0]
        return f"url({posixpath.relpath(assets[target][0], posixpath.join('/assets', folder))})"

    return _CSS_URL.sub(rewrite, css.decode(errors="surrogateescape")).encode(errors="surrogateescape")


def _slug(stem: str) -> str:
    """A file's stem as it can stand in an address."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", stem)


# ---- languages ------------------------------------------------------------------------------------------------------


@cache
def direction_of(language: str) -> str:
    """`rtl` or `ltr`, by the script of the language tag where it names one, else by its language."""
    scripts = [part.lower() for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()]
    rtl = scripts[0] in RTL_SCRIPTS if scripts else base_language(language) in RTL_LANGUAGES
    return "rtl" if rtl else "ltr"
