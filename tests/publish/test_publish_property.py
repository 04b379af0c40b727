"""Any sequence of file maps: output equals the last one, and nothing foreign is touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from publish_helpers import make_site

from explainer.publish import Published
from explainer.publish.paths import folders_of

NAMES = st.sampled_from(["a", "b", "index.html", "ä", "x.css"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def without_clashes(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without paths below which others lie."""
    folders = {folder for path in files for folder in folders_of(path)}
    return {path: data for path, data in files.items() if path not in folders}


FILE_MAPS = st.dictionaries(PATHS, st.sampled_from([b"", b"1", b"2", b"two"]), max_size=8).map(without_clashes)


@settings(max_examples=40, deadline=None)
@given(st.lists(FILE_MAPS, min_size=1, max_size=5))
def test_output_is_the_last_map(versions: list[dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder))
        foreign = [site.write(f"output/{name}") for name in (".git/HEAD", ".nojekyll", "CNAME")]
        before: dict[str, bytes] = {}
        for files in versions:
            result = site.publish(files, keep=["CNAME"])
            same = {path for path in files if before.get(path) == files[path]}
            assert result == Published(len(files) - len(same), len(same), len(before.keys() - files.keys()))
            assert site.tree() == {**files, "CNAME": b"foreign"}
            assert all(path.read_bytes() == b"foreign" for path in foreign)
            before = files
