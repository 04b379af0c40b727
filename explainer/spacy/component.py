"""The pipeline component: reads its glossary when it is first needed, decides, then writes.

Annotations are no strings here: spaCy checks what a config gives to `initialize` against them.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import srsly
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

from explainer.annotate.lexicon import Lexicon, build_lexicon
from explainer.diagnostics import did_you_mean
from explainer.spacy.entries import Entries, Row, entries_from_rows, read_entries, rows_of
from explainer.spacy.mentions import Mention, mentions_in
from explainer.spacy.options import Options
from explainer.spacy.spans import write_mentions

TITLE = "title"
"""The key of `doc.user_data` under which a text's title is looked for."""

_FILE = "entries.jsonl"

Scorer = Callable[..., dict[str, Any]]


class GlossaryLinker(Pipe):
    """Links the mentions of a glossary's entries: `doc.ents` with `kb_id_`, and `doc.spans` with every decision.

    `glossary` is read when it is first needed, not before: a pipeline loaded from disk brings its entries with it and
    needs no such path.
    """

    def __init__(
        self,
        name: str = "glossary_linker",
        *,
        options: Options,
        glossary: Path | None = None,
        scorer: Scorer | None = None,
    ) -> None:
        self.name = name
        self.options = options
        self.scorer = scorer
        self._path = glossary
        self._entries: Entries | None = None
        self._lexicon: Lexicon | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that entities can have."""
        return tuple(sorted({label for label in self.options.labels.values() if label}))

    # ---- annotating -------------------------------------------------------------------------------------------------

    def __call__(self, doc: Doc) -> Doc:
        """Write the mentions of one text on it."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Mention, ...]]:
        """The mentions of each text; nothing is written."""
        lexicon = self._ready()
        return [
            mentions_in(
                doc.text,
                lexicon,
                self.options,
                title=str(doc.user_data.get(TITLE, "")),
                entities=[(e.start_char, e.end_char, e.label_) for e in doc.ents],
            )
            for doc in docs
        ]

    def set_annotations(self, docs: Iterable[Doc], mentions: Iterable[Sequence[Mention]]) -> None:
        """Write what `predict` gave."""
        for doc, found in zip(docs, mentions, strict=True):
            write_mentions(doc, found, self.options)

    # ---- the glossary -----------------------------------------------------------------------------------------------

    @property
    def entries(self) -> Entries:
        """The entries by id."""
        if self._entries is None:
            self._entries = {} if self._path is None else read_entries(self._path)
        return self._entries

    def add_entries(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add entries given as plain data; an id that is there already is an error."""
        added = entries_from_rows(rows)
        taken = sorted(added.keys() & self.entries.keys())
        if taken:
            message = f"{self.name}: there is an entry “{taken[0]}” already"
            raise ValueError(message)
        self._take({**self.entries, **added})

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,  # noqa: ARG002  # nothing is learnt from them
        *,
        nlp: Language | None = None,  # noqa: ARG002
        entries: list[dict[str, Any]] | None = None,
    ) -> None:
        """Read the glossary at once and anew, or take the entries given in its place."""
        self._take(None if entries is None else entries_from_rows(entries))
        self._ready()

    def _take(self, entries: Entries | None) -> None:
        """Have these entries from now on; None: those of the glossary's path."""
        self._entries, self._lexicon = entries, None

    def _ready(self) -> Lexicon:
        if self._lexicon is None:
            self._check_resolve()
            self._lexicon = build_lexicon(self.entries, language=self.options.language)
        return self._lexicon

    def _check_resolve(self) -> None:
        for surface, entry in self.options.resolve.items():
            if entry not in self.entries:
                hint = did_you_mean(entry, self.entries)
                message = f"{self.name}: resolve: “{surface}” names “{entry}”, which is no entry; {hint}"
                raise ValueError(message.removesuffix("; "))
        if not self.entries:
            warnings.warn(f"{self.name} has no entries, so it finds nothing", UserWarning, stacklevel=4)

    # ---- storing ----------------------------------------------------------------------------------------------------

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The entries, as msgpack. The options are in the pipeline's config."""
        stored: bytes = srsly.msgpack_dumps({} if "entries" in exclude else {"entries": rows_of(self.entries)})
        return stored

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Take the entries that `to_bytes` wrote."""
        stored = srsly.msgpack_loads(data)
        if "entries" in stored and "entries" not in exclude:
            self._take(entries_from_rows(stored["entries"]))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the entries into the folder `path`, one a line."""
        if "entries" in exclude:
            return
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_jsonl(Path(path) / _FILE, rows_of(self.entries))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Take the entries that `to_disk` wrote."""
        if "entries" not in exclude:
            self._take(read_entries(Path(path) / _FILE))
        return self

    def __reduce__(self) -> tuple[Callable[..., Pipe], tuple[Any, ...]]:
        """For the processes of `nlp.pipe(n_process=…)` where they are not forked; an automaton cannot be sent."""
        path = None if self._path is None else str(self._path)
        rows = None if self._entries is None else rows_of(self._entries)
        return _restored, (self.name, self.options, path, self.scorer, rows)


def _restored(
    name: str, options: Options, path: str | None, scorer: Scorer | None, rows: list[Row] | None
) -> GlossaryLinker:
    linker = GlossaryLinker(name, options=options, glossary=None if path is None else Path(path), scorer=scorer)
    if rows is not None:
        linker._take(entries_from_rows(rows))  # noqa: SLF001  # a part of the class, apart because pickle wants a function
    return linker
