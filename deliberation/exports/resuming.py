"""A large file that can be gone on with where a download broke off (RFC 9110, one range of bytes), for pages and the API alike.

What changed meanwhile begins anew; several ranges at once, which nobody goes on with, get the whole, as the standard allows.
"""

import re
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

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


def begins(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the file is taken from its beginning here: not where a download goes on, nor where only its head is asked for."""
    told = response.headers.get("Content-Range", "bytes 0-")
    return request.method == "GET" and told.startswith("bytes 0-")


def file_response(request: HttpRequest, path: Path, name: str, etag: str) -> HttpResponseBase:
    """The file, or the part of it that is asked for. Raises FileNotFoundError."""
    file, size = path.open("rb"), path.stat().st_size
    asked = _asked(request, etag)
    if asked is None:
        return _told(FileResponse(file, as_attachment=True, filename=name), etag)
    start, end = _within(asked, size)
    if start > end:
        file.close()
        return _told(_beyond(size), etag)
    part = FileResponse(Part(file, start, end - start + 1), as_attachment=True, filename=name, status=206)  # fmt: skip
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = str(end - start + 1)
    return _told(part, etag)


def _asked(request: HttpRequest, etag: str) -> re.Match[str] | None:
    """The range that is asked for of this very file; None for the whole."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    return RANGE.fullmatch(request.headers.get("Range", ""))


def _within(asked: re.Match[str], size: int) -> tuple[int, int]:
    """The first and the last byte of a range; `bytes=-5` are the last five."""
    if asked[3]:
        return (max(size - int(asked[3]), 0), size - 1) if int(asked[3]) else (size, size - 1)
    return int(asked[1]), min(int(asked[2]) if asked[2] else size - 1, size - 1)


def _beyond(size: int) -> HttpResponseBase:
    refusal = BeyondTheEnd()
    return JsonResponse(refusal.problem, status=refusal.status, content_type="application/problem+json", headers={"Content-Range": f"bytes */{size}"})  # fmt: skip


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response
