"""What a build that goes on makes: its files and texts, each read or rendered when somebody asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import field

from explainer.build import Built
from explainer.incremental.pages import FILE, PageFile, PageTools
from explainer.incremental.pictures import PictureFiles
from explainer.incremental.social import CardWork
from explainer.incremental.timings import Timings
from explainer.types import SourcePath


class BuiltAgain(Built, frozen=True):
    """What was built, and how much of it was made in this run."""

    rendered: tuple[str, ...] = ()
    """Output paths of the pages that were rendered."""
    relinked: tuple[str, ...] = ()
    """The texts that were read and linked."""
    changed: Mapping[str, bytes] | None = None
    """Of two good builds: the files that are not as the one before made them, by output path; None where nobody knows."""
    number: int = 0
    """Which build of the store it is."""
    timings: Timings = field(default_factory=Timings)
    timezone: str = "UTC"
    """The site's."""
    day: dt.date = dt.date.min
    """The day of the build there."""
    depends_on_folder: bool = False
    """Whether it depends on a folder that is not the site's: a model that is no package."""

    def sizes(self) -> dict[str, PageFile]:
        """What the manifest says of every page, by output path."""
        return self.files.sizes() if isinstance(self.files, Files) else {}


class Files(Mapping[str, bytes | Path]):
    """The site's files by path in the output folder. What is not at hand is rendered or drawn when it is asked for."""

    def __init__(
        self,
        tools: PageTools,
        others: Callable[[], Mapping[str, bytes | Path]],
        pictures: PictureFiles,
        cards: CardWork,
    ) -> None:
        """`others`: media, and what templates use."""
        self._tools, self._find_others, self._pictures, self._cards = tools, others, pictures, cards

    @cached_property
    def _others(self) -> Mapping[str, bytes | Path]:
        return self._find_others()

    @cached_property
    def _pages(self) -> dict[str, tuple[str, PageFile]]:
        """Job and file by output path: of two pages with one path the last."""
        made: dict[str, PageFile] = dict(self._tools.store.cells_of(FILE))
        jobs: tuple[str, ...] = self._tools.store.cell(("jobs", ""))
        return {made[job].path: (job, made[job]) for job in jobs if job in made}

    @cached_property
    def _drawn(self) -> dict[str, tuple[PageFile, Callable[[], bytes]]]:
        """Images and cards: the file, and how its bytes are had."""
        return {file.path: (file, data) for file, data in (*self._pictures.files(), *self._cards.files())}

    @cached_property
    def _paths(self) -> list[str]:
        return sorted({*self._pages, *self._drawn, *self._others})

    def sizes(self) -> dict[str, PageFile]:
        """What the manifest says of every page, image and card."""
        drawn = {path: file for path, (file, _) in self._drawn.items()}
        return {**drawn, **{path: file for path, (_, file) in self._pages.items()}}

    def __getitem__(self, path: str) -> bytes | Path:
        if path in self._others:
            return self._others[path]
        if path in self._drawn:
            return self._drawn[path][1]()
        job, _ = self._pages[path]
        data = self._tools.store.pages.get(job)
        return self._tools.data(job) if data is None else data

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class Texts(Mapping[SourcePath, str]):
    """The text of every file; one that this build did not read is read when it is asked for."""

    def __init__(self, read: Mapping[SourcePath, str], root: Path) -> None:
        self._read, self._root = read, root

    def __getitem__(self, path: SourcePath) -> str:
        if path in self._read:
            return self._read[path]
        try:
            return (self._root / path).read_bytes().decode()
        except (OSError, ValueError) as error:
            raise KeyError(path) from error

    def __iter__(self) -> Iterator[SourcePath]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
