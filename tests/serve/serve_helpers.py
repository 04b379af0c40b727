"""A preview that runs in a thread, with a build and a watcher that tests hold in their hands."""

from __future__ import annotations

import http.client
import queue
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from livereload.watcher import Watcher

from explainer.publish import Content
from explainer.serve import PreviewBuild, Waiting
from explainer.serve.app import PreviewServer

PATIENCE = 10
"""Seconds after which a test that waits has failed; none ever waits that long."""

PAGE = b"<!doctype html><html lang=en><head><title>t</title></head><body><p>%s</p></body></html>"
SITE: dict[str, Content] = {
    "index.html": PAGE % b"home",
    "404.html": PAGE % b"nothing here",
    "articles/x/index.html": PAGE % b"x",
    "feed.xml": b"<feed/>",
    "assets/site.0123abcd.css": b"p{}",
}


def good(files: Mapping[str, Content] = SITE, summary: str = "built") -> PreviewBuild:
    return PreviewBuild(files, (), summary)


def bad(*problems: str, summary: str = "failed") -> PreviewBuild:
    return PreviewBuild(None, problems or ("x.md:1: error",), summary)


class FakeWatcher(Watcher):
    """Files are saved when a test says so."""

    def start(self, callback: Callable[[], None]) -> bool:
        self.save = callback
        return True

    def stop(self) -> None:
        pass


@dataclass
class Running:
    """A preview and its site."""

    root: Path
    watcher: FakeWatcher = field(default_factory=FakeWatcher)
    next: PreviewBuild = field(default_factory=good)
    said: queue.Queue[str] = field(default_factory=queue.Queue)
    port: int = 0

    def __post_init__(self) -> None:
        self.build: Callable[[Waiting], PreviewBuild] = lambda _waiting: self.next
        self.server = PreviewServer(
            lambda waiting: self.build(waiting),  # noqa: PLW0108 -- tests put another in its place
            site_root=self.root,
            watcher=self.watcher,
            announce=self.said.put,
        )
        self.thread = threading.Thread(target=self.server.serve, kwargs={"port": 0})

    def begin(self) -> None:
        self.thread.start()
        greeting = re.search(r":(\d+)/", self.heard())
        assert greeting is not None
        self.port = int(greeting[1])

    def start(self, build: PreviewBuild) -> None:
        self.next = build
        self.begin()
        self.wait_for(build)

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()

    def save(self, build: PreviewBuild) -> None:
        """Saves a file, and waits until the build that it leads to is shown."""
        self.next = build
        self.watcher.save()
        self.wait_for(build)

    def heard(self) -> str:
        return self.said.get(timeout=PATIENCE)

    def wait_for(self, build: PreviewBuild) -> None:
        while self.heard() != build.summary:
            pass

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Response:
        """One request, its path sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Response(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes
