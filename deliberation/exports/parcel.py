"""The files of a package, sealed and packed one after the other while the rest is still being written. Free of Django.

A thread of its own reads each file once, for its checksum and for the ZIP. The ZIP is the same byte for byte whenever the files are and are taken in
the same order: one date, nothing of the machine, names as they come.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deliberation.exports.whole import seal
from deliberation.exports.zipped import add

Seal = Mapping[str, Any]


class Parcel:
    """What was taken of the files below `folder`, each only once it is whole; `archive`: where they are packed as well, below `inside`."""

    def __init__(
        self,
        folder: Path,
        at_work: ThreadPoolExecutor,
        archive: zipfile.ZipFile | None = None,
        inside: str = "",
    ) -> None:
        self._folder, self._at_work, self._archive, self._inside = folder, at_work, archive, inside
        self._taken: dict[str, Future[Seal]] = {}

    def take(self, *names: str) -> None:
        """Take files that are whole, in this order, and go on at once."""
        for name in names:
            self._taken[name] = self._at_work.submit(self._add, name)

    def take_rest(self) -> None:
        """Take what is in the folder and was not taken, by name."""
        files = (path for path in self._folder.rglob("*") if path.is_file())
        names = {path.relative_to(self._folder).as_posix() for path in files}
        self.take(*sorted(names - self._taken.keys()))

    def seals(self) -> Mapping[str, Seal]:
        """What a manifest says of each file that was taken, by name. Raises what went wrong with any."""
        return {name: self._taken[name].result() for name in sorted(self._taken)}

    def _add(self, name: str) -> Seal:
        path = self._folder / name
        return add(self._archive, path, f"{self._inside}/{name}") if self._archive else seal(path)


@contextmanager
def sealing(folder: Path) -> Iterator[Parcel]:
    """The files of a package that stays a folder."""
    with _one_at_work() as at_work:
        yield Parcel(folder, at_work)


@contextmanager
def packing(folder: Path, out: Path, inside: str) -> Iterator[Parcel]:
    """The files of a package that becomes the ZIP `out`, which is whole when this ends without a fault."""
    with zipfile.ZipFile(out, "w") as archive, _one_at_work() as at_work:
        parcel = Parcel(folder, at_work, archive, inside)
        yield parcel
        parcel.seals()


def sha256(path: Path) -> str:
    """Of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _one_at_work() -> Iterator[ThreadPoolExecutor]:
    """A thread that does one thing after the other, and where what it serves fails nothing more."""
    at_work = ThreadPoolExecutor(1)
    try:
        yield at_work
    finally:
        at_work.shutdown(cancel_futures=True)
