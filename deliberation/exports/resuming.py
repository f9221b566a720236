"""A large file that can be gone on with where a download broke off (RFC 9110, one range of bytes), for pages and the API alike.

What changed meanwhile begins anew; several ranges at once, which nobody goes on with, get the whole, as the standard allows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from deliberation.exports.errors import BeyondTheEnd

RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")
BLOCK = 1 << 16  # bytes


class Part:
    """So many bytes of an open file, read block by block."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        file.seek(start)
        self._file, self._left = file, length

    def read(self, most: int = BLOCK) -> bytes:
        """The next bytes; none at the end."""
        block = self._file.read(min(most, self._left) if most >= 0 else self._left)
        self._left -= len(block)
        return block

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Taken:
    """What is given of a file, with the status and headers that say so; `begins`: whether its beginning is."""

    file: BinaryIO | Part
    status: int
    headers: Mapping[str, str]
    begins: bool


def taken(method: str | None, asked: Mapping[str, str], path: Path, etag: str) -> Taken:
    """The file, or the part of it that is `asked` for by headers. Raises FileNotFoundError, BeyondTheEnd."""
    told = {"Accept-Ranges": "bytes", "ETag": etag}
    of = RANGE.fullmatch(asked.get("Range", ""))
    if of is None or method != "GET" or asked.get("If-Range", etag) != etag:
        return Taken(path.open("rb"), 200, told, begins=method == "GET")
    size = path.stat().st_size
    start, end = _within(of, size)
    if start > end:
        raise BeyondTheEnd(size)
    length = end - start + 1
    told |= {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(length)}
    return Taken(Part(path.open("rb"), start, length), 206, told, begins=not start)


def _within(of: re.Match[str], size: int) -> tuple[int, int]:
    """The first and the last byte of a range; `bytes=-5` are the last five."""
    if of[3]:
        return (max(size - int(of[3]), 0) if int(of[3]) else size), size - 1
    return int(of[1]), min(int(of[2]) if of[2] else size - 1, size - 1)
