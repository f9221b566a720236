"""A backup as one file: a member a table, the files beside them, and a manifest of what each has to be. Knows no database."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT: Literal["groundwork-backup/1"] = "groundwork-backup/1"
MANIFEST = "manifest.json"
BLOCK = 1 << 16  # bytes


class BackupUnfit(ValueError):
    """A backup cannot be made or restored; the message is one line for the operator."""


class Rows(BaseModel):
    """What a table holds: its columns in order, how many rows, and the SHA-256 of them as COPY writes them, by primary key."""

    model_config = ConfigDict(frozen=True)
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. `sequences`: the last number given, by name; `files`: SHA-256 by path below MEDIA_ROOT; `site`: tells one SECRET_KEY from another."""

    model_config = ConfigDict(frozen=True)
    format: Literal["groundwork-backup/1"] = FORMAT
    made_at: str
    migrations: dict[str, list[str]]
    tables: dict[str, Rows]
    sequences: dict[str, int]
    files: dict[str, str]
    site: str
    head: dict[str, Any] | None


class Writer:
    """An archive in the making."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    def keep(self, name: str, blocks: Iterable[bytes]) -> str:
        """Write a member of unknown length. Returns its SHA-256."""
        seen = hashlib.sha256()
        with self._packed.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                seen.update(block)
                member.write(block)
        return seen.hexdigest()

    def end(self, manifest: Manifest) -> None:
        """Write what the archive has to be: its last member, so that an archive cut off has none."""
        self._packed.writestr(MANIFEST, manifest.model_dump_json(indent=1))


class Archive:
    """A backup that is there."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        try:
            self.manifest = Manifest.model_validate(json.loads(packed.read(MANIFEST)))
        except (KeyError, ValueError, ValidationError) as wrong:
            raise BackupUnfit("This is no whole backup of Groundwork.") from wrong

    def table(self, name: str) -> Iterator[bytes]:
        """The rows of a table as COPY wrote them."""
        return self._blocks(f"tables/{name}")

    def file(self, path: str) -> Iterator[bytes]:
        """A file as it was below MEDIA_ROOT. Raises BackupUnfit where it is not what the manifest says, after its last block."""
        seen = hashlib.sha256()
        for block in self._blocks(f"files/{path}"):
            seen.update(block)
            yield block
        if seen.hexdigest() != self.manifest.files[path]:
            raise BackupUnfit(f"The file {path} in this backup is not what was backed up.")

    def _blocks(self, name: str) -> Iterator[bytes]:
        try:
            with self._packed.open(name) as member:
                yield from blocks_of(member)
        except (KeyError, zipfile.BadZipFile) as broken:
            raise BackupUnfit(f"{name} in this backup is damaged.") from broken


@contextmanager
def written_whole(out: Path) -> Iterator[Writer]:
    """A new archive at `out`, for its owner alone, which is there once it is whole, or not at all. Raises BackupUnfit, OSError."""
    if out.exists():
        raise BackupUnfit(f"{out} is there already; nothing was changed.")
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")  # mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                yield Writer(packed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(out)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """The archive in a file. Raises BackupUnfit, OSError."""
    try:
        with zipfile.ZipFile(file) as packed:
            yield Archive(packed)
    except zipfile.BadZipFile as wrong:
        raise BackupUnfit(f"{file} is no whole backup of Groundwork.") from wrong


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file, block by block."""
    while block := file.read(BLOCK):
        yield block


def inside(path: str) -> bool:
    """Whether a path of a manifest stays below the folder it is for."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()
