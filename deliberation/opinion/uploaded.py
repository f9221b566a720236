"""Files somebody uploads of a conversation or a graph held elsewhere: by which names they are kept, how large they may unpack, and what of them is not kept. Free of Django."""

import gzip
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deliberation.opinion.polis_matrix import FACTS
from deliberation.opinion.polis_tables import PolisFileError, open_polis

LARGEST_PLAIN = 512 * 2**20  # bytes, of all files of a conversation together, unpacked
MOST_TIMES = 200  # as large as it was packed: exports come to 60, a bomb to 1,000
BLOCK = 2**20
PACKED = b"\x1f\x8b"
NAMES: Mapping[str, str] = {
    "votes": "votes.csv",
    "comments": "comments.csv",
    "participants": "participants-votes.csv",
    "summary": "summary.csv",
    "graph": "graph.json",
    "values": "values.json",
}
# The columns that go out again as they came in (docs/researchers/polis.md).
KEPT: Mapping[str, frozenset[str]] = {
    "votes.csv": frozenset(["timestamp", "datetime", "comment-id", "voter-id", "vote"]),
    "comments.csv": frozenset(
        ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body", "is-meta", "is-seed"]
    ),
    "participants-votes.csv": frozenset(FACTS) - {"xid"},
}  # fmt: skip


def put(folder: Path, kind: str, blocks: Iterable[bytes]) -> None:
    """Keep what was uploaded as `kind`, by the name its content wants."""
    folder.mkdir(parents=True, exist_ok=True)
    into = folder / NAMES[kind]
    with into.open("wb") as out:
        for block in blocks:
            out.write(block)
    with into.open("rb") as back:
        packed = back.read(2) == PACKED
    if packed:
        into.rename(folder / f"{NAMES[kind]}.gz")


def ensure_bounded(folder: Path) -> None:
    """Raises PolisFileError where files unpack to more than is read here."""
    left = LARGEST_PLAIN
    for path in sorted(folder.glob("*.csv*")):
        size = path.stat().st_size
        most = min(left, size * MOST_TIMES) if path.suffix == ".gz" else left
        taken = _unpacked(path, most) if path.suffix == ".gz" else size
        if taken > most:
            why = f"unpacked it is larger than {most // 2**20} MB. Divide the conversation, or bring it by manage.py import_polis."
            raise PolisFileError("too_large", path.name, why)
        left -= taken


def _unpacked(path: Path, most: int) -> int:
    """How many bytes a .gz file holds; of one that holds more than `most`, a number above that. Raises PolisFileError."""
    counted = 0
    try:
        with gzip.open(path) as packed:
            while counted <= most and (block := packed.read(BLOCK)):
                counted += len(block)
    except (gzip.BadGzipFile, EOFError, zlib.error) as broken:
        why = "the .gz file is broken or cut off. Download it again."
        raise PolisFileError("broken_gz", path.name, why) from broken
    return counted


def left_behind(folder: Path) -> Iterator[tuple[str, str]]:
    """The columns of the files that are not kept here: (file, column). Raises PolisFileError."""
    for name, kept in KEPT.items():
        for path in (folder / name, folder / f"{name}.gz"):
            for column in open_polis(path).columns if path.exists() else ():
                if column and column not in kept and not column.isdecimal():
                    yield name, column


def forget(folder: Path) -> None:
    """Delete what was uploaded."""
    shutil.rmtree(folder, ignore_errors=True)
