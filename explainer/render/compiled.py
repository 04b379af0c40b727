"""Templates of the default theme as Python compiled them, kept where Python keeps compiled modules.

To translate a template takes many times as long as to load what was made of it. These templates come with the package, so
their code lies beside that of the package's modules: whoever can change the one can change the other. A site's own
templates are translated by every process: a site may come from elsewhere, and no code is read from its folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from explainer.theme_folder import DEFAULT

_DIGEST = 32
"""Bytes before the code in a file: a digest of it, and of all that it was made from."""


class CompiledTheme(BytecodeCache):
    """What Python made of the default theme's templates.

    `translator` is the module that decides how they are translated; their code is kept beside its own, one file for each
    template, which is replaced when any of this is another. A file that holds anything else counts as none. Where none can
    be written, none are.
    """

    def __init__(self, translator: Path) -> None:
        self._translator = translator
        self._rules = _digest_of_file(translator)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """`key` is the file for the code, empty where none is kept; `checksum` stands for all that it is made from."""
        if filename is None or not filename.startswith(f"{DEFAULT}/") or not self._rules:
            return Bucket(environment, "", "")
        bucket = Bucket(environment, self._place(name), self._checksum(environment, name, filename, source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, where there is a file that holds what is wanted."""
        try:
            data = Path(bucket.key).read_bytes() if bucket.key else b""
        except OSError:
            return
        digest, code = data[:_DIGEST], data[_DIGEST:]
        if digest == _digest(bucket.checksum, code):
            bucket.code = marshal.loads(code)  # noqa: S302 -- as Python loads its compiled modules

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code for other processes."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        code = marshal.dumps(bucket.code)
        place = Path(bucket.key)
        temporary = place.with_name(f"{place.name}.{os.getpid()}-{id(bucket)}")  # others may write the same file now
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_digest(bucket.checksum, code) + code)
            temporary.replace(place)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _place(self, name: str) -> str:
        beside = self._translator.with_name(f"template.{name.replace('/', '.')}.py")
        try:
            return cache_from_source(str(beside))
        except NotImplementedError:  # this Python keeps no compiled modules
            return ""

    def _checksum(self, environment: jinja2.Environment, name: str, filename: str, source: str) -> str:
        called = {**environment.filters, **environment.tests}
        given = {key: str(getattr(function, "jinja_pass_arg", "")) for key, function in called.items()}
        parts = (jinja2.__version__, MAGIC_NUMBER, self._rules, given, name, filename, source)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def _digest(checksum: str, code: bytes) -> bytes:
    return hashlib.sha256(checksum.encode() + code).digest()


@cache
def _digest_of_file(path: Path) -> str:
    """Empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
