"""A site as it stands in a revision of its git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

import click

_READ = ("site.yaml", "content")
_NOT_READ = ":(exclude)content/media"
"""Media have no mentions, and may be large."""


def write_revision(site: Path, revision: str, folder: Path) -> None:
    """Write the site's settings and texts as they were into a folder. What cannot be had is a usage error."""
    commit = _commit(site, revision)
    found = _git(site, "ls-tree", "-z", "--name-only", commit, *_READ).decode("utf-8", "replace").split("\0")
    if "site.yaml" not in found:
        message = f"{revision} has no site.yaml in this folder; name a revision that has the site"
        raise click.UsageError(message)
    paths = [p for p in _READ if p in found]
    _unpack(_git(site, "archive", "--format=tar", commit, "--", *paths, _NOT_READ), folder)


def _commit(site: Path, revision: str) -> str:
    """The full name of a commit."""
    _git(site, "rev-parse", "--show-prefix", otherwise=f"git finds no repository in {site.resolve()}")
    if revision.startswith("-"):
        message = f"“{revision}” is no revision; name a commit, a branch or a tag"
        raise click.UsageError(message)
    unknown = f"there is no revision “{revision}” in the repository; name a commit, a branch or a tag"
    return _git(site, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", otherwise=unknown).decode().strip()


def _git(site: Path, *arguments: str, otherwise: str = "") -> bytes:
    """What git prints; where it refuses, `otherwise` says why, with git's own words behind it."""
    try:
        done = subprocess.run(["git", "-C", str(site), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        message = "git is not installed, or not on the path; the site is compared with one of its revisions"
        raise click.UsageError(message) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        message = " – ".join(filter(None, (otherwise or f"git {arguments[0]} failed", said)))
        raise click.UsageError(message)
    return done.stdout


def _unpack(archive: bytes, folder: Path) -> None:
    """Write the files of an archive below a folder; links become what they lead to, if that is in the archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            location = folder / member.name
            if not (member.isfile() or member.issym()) or not location.resolve().is_relative_to(folder.resolve()):
                continue
            try:
                file = tar.extractfile(member)
            except KeyError:
                continue  # a link that leads elsewhere
            if file is not None:
                location.parent.mkdir(parents=True, exist_ok=True)
                location.write_bytes(file.read())
