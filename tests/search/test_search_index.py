"""What is searched, the index that is made of it, and when it is made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from explainer.publish import Content
from explainer.search import (
    SearchProblem,
    canonical,
    digest_of_searched,
    index,
    index_for_preview,
    index_of,
    is_right_for,
    offer,
)
from explainer.search.pages import searched_part
from tests.cli.runner import call
from tests.sites import SITE_YAML, Site, article, entry

PAGE = '<!DOCTYPE html>\n<html lang="{}" dir="ltr">\n<body class="is-article"><nav>{}</nav>\n{}\n</body></html>'
MAIN = (
    '<main id="x-main"><article data-pagefind-body data-pagefind-filter="kind:{}"><h1>{}</h1><p>{}</p></article></main>'
)


def page(title: str, text: str, *, language: str = "en", kind: str = "article", around: str = "Menu") -> bytes:
    return PAGE.format(language, around, MAIN.format(kind, title, text)).encode()


PAGES = {
    "articles/a/index.html": page("A night", "The harbour burned."),
    "articles/ب/index.html": page("ليلة", "احترق الميناء", language="ar"),
    "glossary/lund/index.html": page("Lund", "A harbour in the south.", kind="place"),
    "articles/c/index.html": page("Une nuit", "Le port a brûlé.", language="fr"),
}


# ---- what is searched -----------------------------------------------------------------------------------------------


def test_main_is_searched_and_nothing_around_it() -> None:
    part = searched_part(PAGES["articles/a/index.html"]).decode()
    assert part.startswith('<!DOCTYPE html><html lang="en"><body><main')
    assert "Menu" not in part
    assert digest_of_searched(page("A", "B", around="x")) == digest_of_searched(page("A", "B", around="y"))
    assert digest_of_searched(page("A", "B")) != digest_of_searched(page("A", "C"))
    assert digest_of_searched(page("A", "B")) != digest_of_searched(page("A", "B", language="fr"))


@pytest.mark.parametrize(
    "data", [b"", b"<main>x</main>", b"<p data-pagefind-body>", b"</main>data-pagefind-body<main>"]
)
def test_a_page_that_does_not_ask_for_it_is_not_searched(data: bytes) -> None:
    assert searched_part(data) == b""
    assert digest_of_searched(data) == ""


def test_lists_are_not_searched_and_texts_are(site: Site) -> None:
    site.write(FILES)
    searched = {path for path, data in site.build().files.items() if isinstance(data, bytes) and searched_part(data)}
    assert searched == {"about/index.html", "articles/fire/index.html", "glossary/lund/index.html"}


def test_what_other_pages_say_is_not_searched_twice(site: Site) -> None:
    """Summaries of entries and sentences of articles belong to the pages that they come from."""
    site.write(FILES)
    files = index_for_preview(site.build().files)
    told = [json.loads(gzip.decompress(d).removeprefix(b"pagefind_dcd")) for p, d in files.items() if "/fragment/" in p]
    searched = {page["url"]: page for page in told}
    fire, lund = searched["/articles/fire/"], searched["/glossary/lund/"]
    assert "burned in Lund" in fire["content"]
    assert "About Lund." not in fire["content"]
    assert "About Lund." in lund["content"]
    assert "burned in Lund" not in lund["content"]
    assert (fire["filters"], lund["filters"]) == ({"kind": ["article"]}, {"kind": ["place"]})
    assert (fire["meta"]["title"], lund["meta"]["title"]) == ("A fire", "Lund")


# ---- the index ------------------------------------------------------------------------------------------------------


def digests(pages: Mapping[str, bytes]) -> dict[str, str]:
    return {path: digest_of_searched(data) for path, data in pages.items()}


def contents(files: Mapping[str, Path]) -> dict[str, bytes]:
    return {path: file.read_bytes() for path, file in files.items()}


def test_each_language_has_a_folder_of_its_own(tmp_path: Path) -> None:
    made = contents(index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path).files)
    assert json.loads(made["search/pagefind/languages.json"]) == ["ar", "en", "fr"]
    for language in ("ar", "en", "fr"):
        below = f"search/pagefind/{language}/"
        told = json.loads(made[f"{below}pagefind-entry.json"])["languages"]
        assert list(told) == [language]
        assert told[language]["page_count"] == (2 if language == "en" else 1)
        assert f"{below}wasm.{language}.pagefind" in made
        assert {p.removeprefix(below).split("/")[0] for p in made if p.startswith(below) and p.count("/") > 3} == {
            "filter",
            "fragment",
            "index",
        }
    assert not [p for p in made if p.endswith(("-ui.js", ".css", "-worker.js"))]


def test_equal_pages_give_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order, the threads, the folder and the environment."""
    made = []
    for number, threads in enumerate(("1", "2", "7")):
        monkeypatch.setenv("RAYON_NUM_THREADS", threads)
        monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", ("", "ar", "fr")[number])
        cache = tmp_path / f"cache-{number}"
        cache.mkdir()
        pages = dict(sorted(PAGES.items(), reverse=number % 2 == 1))
        made.append(contents(index_of(digests(pages), pages.__getitem__, cache=cache).files))
    assert made[0] == made[1] == made[2] == index_for_preview({**PAGES, "media/x.svg": tmp_path})


def test_filters_are_put_in_one_order() -> None:
    """By hand: Pagefind's own order is by chance."""
    pages = [["en_aaaaaaa", 300], ["en_bbbbbbb", 70_000], ["en_ccccccc", 5]]
    values = [["place", [0, -2]], ["article", [1]], ["ünder", [24, 256]]]

    def made(values: list[object], names: list[str]) -> tuple[bytes, str, dict[str, bytes]]:
        filters = {f"en_{n}": canonical._pack([name, values], "en_0000000")[0] for n, name in enumerate(names)}
        meta = ["1.5.2", pages, [], [[name, f"en_{n}"] for n, name in enumerate(names)], [], ["title"]]
        return canonical.in_one_order(canonical._pack(meta, "en_0000000000")[0], filters, "en_0000000000")

    one, other = made(values, ["kind", "era"]), made(values[::-1], ["era", "kind"])
    assert one == other
    assert len(one[1]) == len("en_0000000000")
    about = canonical._unpack(one[0])
    assert (about[1], about[5]) == (pages, ["title"])
    assert [name for name, _ in about[3]] == ["era", "kind"]
    found = {name: canonical._unpack(one[2][digest]) for name, digest in about[3]}
    assert found["kind"] == ["kind", [["article", [1]], ["place", [0, -2]], ["ünder", [24, 256]]]]


@pytest.mark.parametrize(
    "data",
    [b"", b"x", gzip.compress(b"other"), gzip.compress(b"pagefind_dcd\xff")],
    ids=["empty", "not compressed", "not marked", "not CBOR"],
)
def test_a_file_that_is_not_understood_stays(data: bytes) -> None:
    assert canonical.in_one_order(data, {"en_1": data}, "en_2") == (data, "en_2", {"en_1": data})


def test_an_index_is_made_once(tmp_path: Path) -> None:
    first = index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    again = index_of(digests(PAGES), {}.__getitem__, cache=tmp_path)  # asks for no page
    assert (first.made, again.made) == (True, False)
    assert again.files == first.files
    assert {p: (e.sha256, e.size) for p, e in again.sizes.items()} == {
        p: (e.sha256, e.size) for p, e in first.sizes.items()
    }
    changed = {**PAGES, "articles/a/index.html": page("A day", "The harbour burned.")}
    assert index_of(digests(changed), changed.__getitem__, cache=tmp_path).made


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    first = index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    before = contents(first.files)
    next(p for p in first.files.values() if p.name.endswith(".pf_meta")).write_bytes(b"")
    assert contents(index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path).files) == before
    (tmp_path / "search" / "made.json").write_text("[]", encoding="utf-8")
    assert index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path).made


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "search-x" / "pages").mkdir(parents=True)
    index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["search"]


def test_a_program_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no room >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(index, "_program", lambda: program)
    with pytest.raises(SearchProblem, match="no room"):
        index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    program.chmod(0o644)
    with pytest.raises(SearchProblem, match="Permission denied"):
        index_for_preview(PAGES)


# ---- whole sites ----------------------------------------------------------------------------------------------------

FILES = (
    f"-- content/articles/fire.md --\n{article('The harbour burned in Lund.', title='A fire', front='context: [lund]' + chr(10))}\n"
    f"-- content/glossary/lund.md --\n{entry('Lund', 'place', body='A harbour town.')}\n"
    "-- content/pages/about.md --\n---\ntitle: About\nsummary: S.\n---\n\nText.\n"
)
LINK = 'href="../../search/"'


def test_a_site_has_search_where_pagefind_is(site: Site) -> None:
    site.write(FILES)
    assert LINK in site.page("articles/fire/")
    assert 'data-pagefind-filter="kind:place"' in site.page("glossary/lund/")
    assert site.problems() == []


def test_without_pagefind_there_is_no_trace_of_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(FILES)
    monkeypatch.setattr(offer, "PACKAGES", ("a_package_that_is_not_there",))
    assert_without_search(site)
    assert site.problems() == []
    site.write(f"-- site.yaml --\n{SITE_YAML}search: on\n")
    assert_without_search(site)
    assert site.problems() == ["site.yaml no-search"]


def test_search_can_be_switched_off(site: Site) -> None:
    site.write(f"{FILES}-- site.yaml --\n{SITE_YAML}search: off\n")
    assert_without_search(site)


def assert_without_search(site: Site) -> None:
    files = site.build().files
    assert "search/index.html" not in files
    pages = [data for path, data in files.items() if path.endswith((".html", ".xml")) and isinstance(data, bytes)]
    assert not [data for data in pages if b"/search/" in data or b"data-pagefind-body" in data]


def test_the_navigation_of_an_author_may_name_it(site: Site) -> None:
    site.write(f"{FILES}-- site.yaml --\n{SITE_YAML}nav: [{{title: Find, url: /search/}}]\n")
    assert site.page("articles/fire/").count(LINK) == 1
    assert site.problems() == []
    site.write(f"-- site.yaml --\n{SITE_YAML}search: off\nnav: [{{title: Find, url: /search/}}]\n")
    assert site.problems() == ["site.yaml:4:26 broken-link"]


def test_its_address_is_taken_while_there_is_search(site: Site) -> None:
    site.write("-- content/pages/search.md --\n---\ntitle: Mine\nsummary: S.\n---\n\nText.\n")
    assert site.problems() == ["content/pages/search.md duplicate-url"]
    site.write(f"-- site.yaml --\n{SITE_YAML}search: off\n")
    assert site.problems() == []


def test_a_build_publishes_the_index_and_makes_it_only_where_it_must(site: Site) -> None:
    site.write(FILES)
    assert call("build", site=site).exit_code == 0
    output = site.root / "output"
    first = published(output)
    assert "search/pagefind/en/pagefind-entry.json" in first
    manifest = json.loads((output / ".explainer-manifest.json").read_text("utf-8"))
    assert first.keys() <= set(str(manifest).replace("'", '"').split('"'))
    site.write("-- templates/assets/style.css --\np { color: red }\n")  # every page has other bytes
    kept = (site.root / ".explainer" / "search" / "made.json").stat().st_mtime_ns
    assert call("build", site=site).exit_code == 0
    assert (site.root / ".explainer" / "search" / "made.json").stat().st_mtime_ns == kept
    assert published(output) == first
    site.write(f"-- content/articles/fire.md --\n{article('It snowed in Lund.', title='A fire')}\n")
    assert "index for search" in call("build", "--timings", site=site).stderr
    again = published(output)
    assert again.keys() != first.keys()
    # as a build in another folder makes it, without anything that was kept
    elsewhere = Site(site.root.parent / "elsewhere")
    for path in ("site.yaml", "content/articles/fire.md", "content/glossary/lund.md", "content/pages/about.md"):
        elsewhere.write_bytes(path, (site.root / path).read_bytes())
    elsewhere.write("-- templates/assets/style.css --\np { color: red }\n")
    assert call("build", site=elsewhere).exit_code == 0
    assert published(elsewhere.root / "output") == again
    site.write(f"-- site.yaml --\n{SITE_YAML}search: off\n")
    assert call("build", site=site).exit_code == 0
    assert not (output / "search").exists()


def test_pages_that_are_searched_as_before_need_no_index(tmp_path: Path) -> None:
    index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    around = {
        "articles/a/index.html": page("A night", "The harbour burned.", around="Other menu"),
        "index.html": b"<p>",
    }
    assert is_right_for(around, cache=tmp_path)
    assert not is_right_for({"articles/a/index.html": page("A night", "It did not burn.")}, cache=tmp_path)
    assert not is_right_for({"articles/a/index.html": b"<main></main>"}, cache=tmp_path)
    assert is_right_for({"index.html": b"<main></main>"}, cache=tmp_path / "nothing")
    assert not is_right_for(around, cache=tmp_path / "nothing")


def published(output: Path) -> dict[str, bytes]:
    below = output / "search" / "pagefind"
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in below.rglob("*") if p.is_file()}


def test_where_pagefind_fails_nothing_is_published(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(FILES)

    def broken() -> Path:
        message = "it is not there"
        raise SearchProblem(message)

    monkeypatch.setattr(index, "_program", broken)
    done = call("build", site=site)
    assert done.exit_code == 1
    assert "error[search-failed]: Pagefind made no index: it is not there" in done.stderr
    assert not (site.root / "output").exists()


def test_pages_and_index_in_one_mapping(tmp_path: Path) -> None:
    pages: dict[str, Content] = dict(PAGES)
    made = index_of(digests(PAGES), PAGES.__getitem__, cache=tmp_path)
    both = made.beside(pages)
    assert set(both) == {*pages, *made.files}
    assert len(both) == len(set(both))
    assert both["articles/a/index.html"] == PAGES["articles/a/index.html"]
    assert "nothing" not in both
    with pytest.raises(KeyError):
        both["nothing"]
