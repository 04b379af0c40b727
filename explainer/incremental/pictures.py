"""The rule that makes pictures of the images that texts show; their bytes lie in a depot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from explainer.images import Depot, MemoryDepot, Recipe, has_pillow, make_picture, variant_data
from explainer.incremental.engine import Done, Reader, apply
from explainer.incremental.pages import PageFile
from explainer.incremental.store import Made, Store
from explainer.incremental.texts import problem_shares
from explainer.incremental.workers import Portable
from explainer.render import output_path
from explainer.site.pictures import bytes_of, problem_of, recipe_of
from explainer.types import SourcePath, Url


class PictureWork(Struct, frozen=True):
    """The picture of a medium, by its path."""

    store: Store
    root: Path
    depot: Depot
    fewest: ClassVar[int] = 2
    """To encode a photograph takes longer than to start a process."""

    def __call__(self, path: str) -> Done:
        return apply(self._make, self.store, path)

    def _make(self, reader: Reader, path: str) -> Made:
        reader.note(("file", path))
        settings, preview = reader.cell("setting", "images"), reader.cell("preview")
        recipe = None if preview else recipe_of(settings)
        made = make_picture(bytes_of(self.root / path), path, recipe, self.depot)
        shown = None if made.picture is None else made.picture._replace(sizes=settings.sizes)
        cells = {} if shown is None else {("picture", path): shown}
        return Made(cells, problem_shares(problem_of(SourcePath(path), made)))

    def portable(self) -> Portable:
        """The same for another machine: the image goes there, and its files come back."""
        return Portable(PictureContext(self._recipe()), self._parcel, self._take)

    def _recipe(self) -> Recipe | None:
        return None if self.store.cell(("preview", "")) else recipe_of(self.store.cell(("setting", "images")))

    def _parcel(self, path: str) -> tuple[str, bytes]:
        return path, bytes_of(self.root / path)

    def _take(self, sent: tuple[str, Mapping[str, bytes]]) -> Done:
        path, made = sent
        for key, data in made.items():
            self.depot.put(key, data)
        return self(path)


class PictureContext(Struct, frozen=True):
    """What making pictures needs, where the images are not."""

    recipe: Recipe | None

    def __call__(self, parcel: tuple[str, bytes]) -> tuple[str, Mapping[str, bytes]]:
        path, data = parcel
        depot = MemoryDepot()
        if has_pillow():  # else the machine that has the image makes it
            make_picture(data, path, self.recipe, depot)
        return path, depot.kept


class PictureFiles(Struct, frozen=True):
    """The files of all pictures, by path in the output folder. Their bytes are taken from the depot, or made again."""

    store: Store
    root: Path
    depot: Depot

    def files(self) -> Iterator[tuple[PageFile, Callable[[], bytes]]]:
        """What the manifest says of each, and how its bytes are had."""
        for medium, picture in self.store.cells_of("picture"):
            for v in picture.variants:
                yield PageFile(output_path(v.url), v.sha256, v.size), partial(self._data, medium, v.url)

    def _data(self, medium: str, url: Url) -> bytes:
        """A file's bytes. Raises `OSError` where the medium has changed since."""
        recipe = recipe_of(self.store.cell(("setting", "images")))
        return variant_data(bytes_of(self.root / medium), medium, recipe, self.depot, url)
