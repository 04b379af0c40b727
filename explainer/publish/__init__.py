"""Moves a rendered site into `output/`, whole at every instant, and deletes only what an earlier build wrote.

In this order: `guard` says whether the folder may be touched, `record` what earlier builds left there, `scan` what lies
there now, `source` what is wanted, `plan` what has to be done, `apply` does it. `publish` names the steps.
"""

from explainer.publish.answers import kept_answers
from explainer.publish.lock import build_lock, cache_folder
from explainer.publish.publish import Published, publish_changes, publish_site
from explainer.publish.record import Entry
from explainer.publish.source import Content, open_source

__all__ = [
    "Content",
    "Entry",
    "Published",
    "build_lock",
    "cache_folder",
    "kept_answers",
    "open_source",
    "publish_changes",
    "publish_site",
]
