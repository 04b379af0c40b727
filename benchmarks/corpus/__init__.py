"""Sites of any size, made up, and the same in every run.

`make_site` gives a `Site`, whose entries are made at once and whose articles one by one, so that a hundred thousand of
them never are in memory together. Nothing here knows of any tool: what a tool reads is written by `benchmarks.tools`.
"""

from benchmarks.corpus.site import Article, Entry, Nickname, Relation, Site, make_site

__all__ = ["Article", "Entry", "Nickname", "Relation", "Site", "make_site"]
