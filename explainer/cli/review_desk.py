"""What a review in the terminal stands on: the site as it is now, the keys, the editor, the file of verdicts."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import click
from msgspec.structs import replace

from explainer.annotate import Annotations, Means, annotate_articles, means_of
from explainer.annotate.review import quote
from explainer.cli import terminal
from explainer.cli.editor import open_editor
from explainer.cli.review_ask import ask_entry
from explainer.diagnostics import Diagnostic, did_you_mean, has_errors, line_and_column
from explainer.read.content import ARTICLES, SETTINGS_FILE, Article, Content, read_content
from explainer.read.review import REVIEW_FILE, ReviewResult, Verdict, check_entries, read_review
from explainer.report.review import (
    Ask,
    Effect,
    Item,
    Matter,
    Open,
    Quit,
    Say,
    Session,
    Withdraw,
    Write,
    decide,
    items_in,
    items_of,
    renew,
    resume,
    retract,
    stale_verdicts,
    verdict_item,
)
from explainer.report.verdicts import Item as VerdictItem
from explainer.report.verdicts import UneditableError, add_verdict, alter_verdict, remove_verdicts
from explainer.types import EntryId, SourcePath


class VerdictFile:
    """`content/review.yaml`, read anew before every change and put in place whole."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        """Verdicts of this run that are in the file."""

    def read(self) -> ReviewResult:
        return read_review(self.root, articles=ARTICLES)

    def keep(self, item: VerdictItem) -> None:
        """Add the verdict, or alter the one on the same quotation."""
        read = self.read()
        known = _same(read, item)
        if known is None:
            self._put(add_verdict(read.text, item))
            self.written += 1
        else:
            self._put(alter_verdict(read.text, known.number, item["entry"]))

    def withdraw(self, item: VerdictItem) -> None:
        """Take the verdict on a quotation out of the file."""
        read = self.read()
        known = _same(read, item)
        if known is not None:
            self._put(remove_verdicts(read.text, [known.number]))
            self.written -= 1

    def remove(self, numbers: list[int]) -> None:
        self._put(remove_verdicts(self.read().text, numbers))

    def _put(self, text: str) -> None:
        """Write beside the file, then take its place: whoever reads sees the old text or the new.

        Raises `UneditableError` where the folder cannot be written to.
        """
        location = (self.root / REVIEW_FILE).resolve()
        beside = location.with_name(f".{location.name}.{os.getpid()}~")
        try:
            location.parent.mkdir(exist_ok=True)
            beside.write_text(text, encoding="utf-8", newline="")
            with suppress(FileNotFoundError):
                beside.chmod(location.stat().st_mode)
            beside.replace(location)
        except OSError as error:
            raise UneditableError(error.strerror or str(error)) from error
        finally:
            beside.unlink(missing_ok=True)


def _same(read: ReviewResult, item: VerdictItem) -> Verdict | None:
    """The verdict with the same quotation; of several the last, which is the one that holds."""
    wanted = (item["article"], item["exact"], item.get("prefix") or "", item.get("suffix") or "")
    same = [v for v in read.review.verdicts if (v.meta.article, v.meta.exact, v.meta.prefix, v.meta.suffix) == wanted]
    return same[-1] if same else None


class Desk:
    """Does what a key of the reviewer asks for."""

    def __init__(
        self,
        root: Path,
        *,
        only: tuple[str, ...],
        matters: tuple[Matter, ...],
        key: Callable[[], str] = click.getchar,
        ask: Callable[[str], str] = input,
    ) -> None:
        self.root, self.only, self.matters = root, only, matters
        self.key, self.ask = key, ask
        self.file = VerdictFile(root)
        self.is_closed = False
        self.content: Content | None = None
        self.means: Means | None = None
        """Made anew only where the glossary may have changed: with 4,000 entries it takes a second."""
        self.annotations = Annotations({}, ())
        self.texts: Mapping[SourcePath, str] = {}
        self.met: frozenset[SourcePath] = frozenset()
        """The files that were read, and the files and folders that could not be."""
        self.is_usable = False
        """Whether the settings and the file of verdicts can be read, so that verdicts can be added."""

    def load(self) -> tuple[Diagnostic, ...]:
        """Read and annotate the site as it is now; what is wrong in it."""
        with terminal.progress(self.root) as step, terminal.answers(self.root) as answers:
            read = read_content(self.root, now=terminal.current_time(), unpublished=True, step=step)
            content, self.texts = read.content, read.texts
            self.met = frozenset({*read.texts, *(d.path for d in read.diagnostics)})
            if content is None:
                self.is_usable = False
                return read.diagnostics
            self.content, self.means = content, means_of(content, answers=answers)
            self.annotations = annotate_articles(content, means=self.means, step=step)
        unknown = check_entries(content.review, content.entries)
        problems = (*read.diagnostics, *self.annotations.diagnostics, *unknown)
        self.is_usable = not has_errors(p for p in problems if p.path == REVIEW_FILE)
        return problems

    @property
    def site(self) -> Content:
        if self.content is None:
            message = "the site was not loaded"
            raise RuntimeError(message)
        return self.content

    def require_articles(self) -> None:
        """End with a usage error where an article that was asked for is not there."""
        known = {_name(p) for p in self.met if p.startswith(f"{ARTICLES}/")}
        for name in map(_name, self.only):
            if self.content is not None and name not in known:
                hint = did_you_mean(name, known)
                message = f"there is no article “{name}”{'; ' if hint else ''}{hint}"
                raise click.UsageError(message)

    def items(self) -> tuple[Item, ...]:
        """What there is to review, in the articles that were asked for."""
        wanted = {f"{ARTICLES}/{_name(n)}.md" for n in self.only}
        return tuple(i for i in items_of(self.site, self.annotations, self.matters) if not wanted or i.source in wanted)

    def stale(self) -> Iterator[tuple[Verdict, int]]:
        """The stale verdicts, each with its line in the file."""
        for verdict in stale_verdicts(self.site, self.annotations, self.met):
            yield verdict, line_and_column(self.texts[REVIEW_FILE], verdict.place("exact")[0])[0]

    def show(self, text: str) -> None:
        """A screen: its first line and the mention stand out where there are colours."""
        text = terminal.visible(text)
        click.echo(f"\n{'─' * 79}\n{text if os.environ.get('NO_COLOR') else _coloured(text)}")

    def do(self, session: Session, effect: Effect) -> Session:
        """The session after an effect."""
        match effect:
            case Write(item, entry):
                return self._write(session, item, entry)
            case Withdraw(item):
                return self._withdraw(session, item)
            case Ask():
                return self._ask(session)
            case Open(item):
                return self._open(session, item)
            case Say(message):
                click.echo(message)
            case Quit():
                self.is_closed = True
            case None:
                pass
        return session

    def _write(self, session: Session, item: Item, entry: EntryId | None) -> Session:
        quoted = self._quoted(item, entry)
        if quoted is None:
            click.echo("the text repeats itself, so that no quotation tells this place; write the link in the text")
            return retract(session, item)
        self.file.keep(quoted)
        click.echo(f"→ {entry or 'no entry'}")
        return self._renewed(session, item)

    def _withdraw(self, session: Session, item: Item) -> Session:
        quoted = self._quoted(item, None)
        if quoted is not None:
            self.file.withdraw(quoted)
        click.echo("taken back")
        return self._renewed(session, item)

    def _quoted(self, item: Item, entry: EntryId | None) -> VerdictItem | None:
        quotation = quote(self.annotations.by_path[item.source].passages, item.spot)
        return verdict_item(_name(item.source), quotation, entry) if quotation else None

    def _renewed(self, session: Session, item: Item) -> Session:
        """The session after the verdicts on an article were changed: the article alone is annotated anew."""
        article = next(a for a in self.site.articles if a.path == item.source)
        self.content = replace(self.site, review=self.file.read().review)
        fresh = annotate_articles(replace(self.content, articles=(article,)), means=self.means)
        self.annotations = replace(self.annotations, by_path={**self.annotations.by_path, **fresh.by_path})
        return renew(session, item.source, self._items_in(article))

    def _items_in(self, article: Article) -> Iterator[Item]:
        return items_in(article, self.annotations.by_path[article.path], self.site.entries, self.matters)

    def _ask(self, session: Session) -> Session:
        entry = ask_entry(session.item, self.site.entries, read=self.ask)
        return self.do(*decide(session, entry)) if entry is not None else session

    def _open(self, session: Session, item: Item) -> Session:
        """Let the file be edited; where anything of the site was saved, the walk goes on in what is there now."""
        before = _stamps(self.root)
        message = open_editor(self.root / item.source, line=item.line, column=item.column)
        if message:
            click.echo(message)
        if _stamps(self.root) == before:
            return session
        self.load()
        if not self.is_usable:
            click.echo(f"site.yaml or {REVIEW_FILE} has errors now: explainer check names them")
            self.is_closed = True
            return session
        return resume(self.items(), item)


def _stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """When each file that authors write was saved, and its size."""
    found = {}
    for path in (root / SETTINGS_FILE, *(root / "content").rglob("*")):
        with suppress(OSError):  # it went in between
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):  # editors leave traces in folders even where nothing is saved
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _name(article: str) -> str:
    """An article as the file of verdicts names it, from a path or from that name."""
    return article.replace(os.sep, "/").removeprefix("./").removeprefix(f"{ARTICLES}/").removesuffix(".md")


def _coloured(text: str) -> str:
    head, newline, rest = text.partition("\n")
    marked = re.sub(r"\[\[.*?\]\]", lambda m: click.style(m.group(), fg="cyan", bold=True), rest, flags=re.DOTALL)
    return click.style(head, bold=True) + newline + marked
