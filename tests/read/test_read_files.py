"""Files: everything that cannot be read is a diagnostic, and nothing outside the site is read."""

import builtins
import os
import time

import pytest

from tests.sites import article, entry


def paths_of(site):
    return [a.path for a in site.content().articles]


def test_sub_folders_are_free_and_hidden_files_are_passed_over(site):
    for name in ("b", "sub/a", "sub/deep/c", ".hidden", ".folder/d"):
        site.write_bytes(f"content/articles/{name}.md", article("x").encode())
    for name in ("e.md~", "e.md.bak", ".#e.md", "e.txt"):
        site.write_bytes(f"content/articles/{name}", b"x")
    assert site.problems() == []
    assert paths_of(site) == ["content/articles/b.md", "content/articles/sub/a.md", "content/articles/sub/deep/c.md"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff", "not UTF-8 text: byte 0xFF at line 1, column 1"),
        (b"---\r\nx: \xc3\xa9\xe9\r\n", "not UTF-8 text: byte 0xE9 at line 2, column 5"),
        ("---\n".encode("utf-16"), "not UTF-8 text: byte 0xFF at line 1, column 1"),
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "the file is empty"),
    ],
)
def test_what_is_no_text(site, data, message):
    site.write_bytes("content/articles/a.md", data)
    assert [d.message for d in site.build().diagnostics] == [message]


def test_a_huge_file_is_not_read(site):
    site.write_bytes("content/articles/a.md", b"")
    os.truncate(site.root / "content/articles/a.md", 50_000_000)
    begin = time.perf_counter()
    diagnostics = site.build().diagnostics
    assert [d.message for d in diagnostics] == ["the file has 50.0 MB; texts up to 2 MB are read"]
    assert time.perf_counter() - begin < 2


def test_a_folder_with_a_texts_name(site):
    (site.root / "content/articles/a.md").mkdir(parents=True)
    assert site.problems() == ["content/articles/a.md not-a-file"]


def test_a_file_in_the_place_of_a_folder(site):
    site.write_bytes("content/articles", b"x")
    assert site.problems() == ["content/articles unreadable"]


def test_links_out_of_the_site_are_refused(site, tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.md").write_text(article("secret"))
    site.write_bytes("content/articles/sub/x.txt", b"")
    (site.root / "content/articles/a.md").symlink_to(tmp_path / "secret/a.md")
    (site.root / "content/articles/sub/b.md").symlink_to("../../../../secret/a.md")
    (site.root / "content/articles/folder").symlink_to(tmp_path / "secret")
    (site.root / "content/media").symlink_to(tmp_path / "secret")
    assert site.problems() == [
        "content/articles/a.md outside-site",
        "content/articles/folder outside-site",
        "content/articles/sub/b.md outside-site",
        "content/media outside-site",
    ]
    assert "secret" not in str(site.build().files)


def test_links_within_the_site_are_read(site):
    site.write_bytes("content/articles/a.md", article("x").encode())
    (site.root / "content/articles/b.md").symlink_to("a.md")
    assert paths_of(site) == ["content/articles/a.md", "content/articles/b.md"]


def test_a_site_behind_a_link(site, tmp_path):
    site.write_bytes("content/articles/a.md", article("x").encode())
    (tmp_path / "link").symlink_to(site.root)
    assert paths_of(type(site)(tmp_path / "link")) == ["content/articles/a.md"]


def test_links_that_lead_nowhere_or_in_a_circle(site):
    (site.root / "content/articles").mkdir(parents=True)
    (site.root / "content/articles/a.md").symlink_to("nothing.md")
    (site.root / "content/articles/b.md").symlink_to("b.md")
    (site.root / "content/articles/c").symlink_to("..")
    assert site.problems() == ["content/articles/a.md not-a-file", "content/articles/b.md not-a-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are made on POSIX")
def test_a_pipe_does_not_stop_the_build(site):
    (site.root / "content/articles").mkdir(parents=True)
    os.mkfifo(site.root / "content/articles/a.md")
    assert site.problems() == ["content/articles/a.md not-a-file"]


def test_a_file_and_a_folder_that_may_not_be_read(site, monkeypatch):
    site.write_bytes("content/articles/a.md", article("x").encode())
    site.write_bytes("content/glossary/sub/b.md", entry("B").encode())
    scan, read = os.scandir, open

    def refuse(real, name):
        def wrapped(path, *rest, **options):
            if str(path).endswith(name):
                raise PermissionError(13, "Permission denied")
            return real(path, *rest, **options)

        return wrapped

    monkeypatch.setattr(os, "scandir", refuse(scan, "glossary/sub"))
    monkeypatch.setattr(builtins, "open", refuse(read, "a.md"))
    built = site.build()
    assert [(d.path, d.message) for d in built.diagnostics] == [
        ("content/articles/a.md", "the file cannot be read: permission denied"),
        ("content/glossary/sub", "the folder cannot be read: permission denied"),
    ]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such names")
def test_a_name_that_is_no_text(site):
    for folder in ("articles", "media"):
        (site.root / "content" / folder).mkdir(parents=True)
        (site.root / "content" / folder / os.fsdecode(b"caf\xe9.md")).write_text(article("x"))
    assert [p.split(" ")[1] for p in site.problems()] == ["bad-name", "bad-name"]


@pytest.mark.parametrize("stem", ["a b", "a#b", "a?b", "-a", "100%", "a\tb", "a\u202eb"])
def test_a_name_that_is_no_address(site, stem):
    site.write_bytes(f"content/glossary/{stem}.md", entry("A").encode())
    assert [d.kind for d in site.build().diagnostics] == ["bad-name"]


@pytest.mark.parametrize("stem", ["é", "مناف", "北京", "a.b", "A_b-1"])
def test_a_name_in_any_script_is_an_address(site, stem):
    site.write_bytes(f"content/glossary/{stem}.md", entry("A").encode())
    assert site.problems() == []


def test_an_id_that_two_entries_have(site):
    site.write(f"-- content/glossary/people/x.md --\n{entry('X')}\n-- content/glossary/places/x.md --\n{entry('Y')}")
    assert site.problems() == ["content/glossary/places/x.md duplicate-id"]
    assert site.content().entries["x"].meta.name == "X"


def test_no_site(tmp_path, site):
    assert [d.kind for d in type(site)(tmp_path).build().diagnostics] == ["not-a-site"]


def test_a_text_with_another_ending_is_not_passed_over_in_silence(site):
    site.write(
        f"-- content/articles/a.markdown --\n{article('Text.')}\n-- content/articles/B.MD --\n{article('Text.')}"
    )
    assert site.problems() == ["content/articles/B.MD bad-name", "content/articles/a.markdown bad-name"]
