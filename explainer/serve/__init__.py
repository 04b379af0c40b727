"""The preview: the site served from memory, built again at each change, with open browsers told at once.

`watcher` sees changes, `coordinator` runs one build at a time, `shown` compares what it made with what is shown,
`answers` and `inject` say what a request gets, `handlers` and `app` put that on Tornado and livereload.
"""

from explainer.serve.app import serve_site
from explainer.serve.shown import LateFiles, PreviewBuild, Waiting
from explainer.serve.watcher import Touched

__all__ = ["LateFiles", "PreviewBuild", "Touched", "Waiting", "serve_site"]
