"""Search: an index of the pages, made by Pagefind where it is installed, and asked by the reader's browser.

`offer` says whether a site has search, `pages` what of a page is searched, `index` what the index consists of and
whether the one that was made before is still right.
"""

from explainer.search.index import (
    FOLDER,
    IndexFiles,
    SearchProblem,
    bytes_of,
    index_for_preview,
    index_of,
    is_right_for,
)
from explainer.search.offer import offers_search, search_problems
from explainer.search.pages import digest_of_searched

__all__ = [
    "FOLDER",
    "IndexFiles",
    "SearchProblem",
    "bytes_of",
    "digest_of_searched",
    "index_for_preview",
    "index_of",
    "is_right_for",
    "offers_search",
    "search_problems",
]
