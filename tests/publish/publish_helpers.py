"""A site folder to publish from, and what its output holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.diagnostics import Diagnostic
from explainer.publish import Content, Published, publish_site


@dataclass(frozen=True, slots=True)
class Site:
    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    def publish(self, files: Mapping[str, Content], *, keep: Sequence[str] = ()) -> Published:
        result = publish_site(files, output=self.output, site_root=self.root, keep=keep)
        assert isinstance(result, Published), result
        return result

    def refusal(
        self, files: Mapping[str, Content] | None = None, *, output: Path | None = None, keep: Sequence[str] = ()
    ) -> Diagnostic:
        """The one diagnostic that publishing ends in."""
        wanted = {"index.html": b"new"} if files is None else files
        result = publish_site(wanted, output=output or self.output, site_root=self.root, keep=keep)
        assert isinstance(result, tuple), result
        assert len(result) == 1
        return result[0]

    def tree(self) -> dict[str, bytes]:
        """Every file of output, but for names with a dot at the top. Fails on empty folders."""
        paths = [path for path in self.output.rglob("*") if not path.relative_to(self.output).parts[0].startswith(".")]
        assert all(path.is_file() or any(path.iterdir()) for path in paths)
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in paths if p.is_file()}

    def dots(self) -> set[str]:
        """The names with a dot at output's top."""
        return {path.name for path in self.output.iterdir() if path.name.startswith(".")}

    def write(self, path: str, data: bytes = b"foreign") -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target


def make_site(root: Path) -> Site:
    for folder in ("content/articles", "templates"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    return Site(root)
