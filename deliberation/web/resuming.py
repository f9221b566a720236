"""A large file that can be gone on with where a download broke off (RFC 9110, one range of bytes); what changed meanwhile begins anew."""

import re
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")
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


def goes_on(response: HttpResponseBase) -> bool:
    """Whether this goes on after a beginning that was given before."""
    told = response.headers.get("Content-Range", "bytes 0-")
    return not told.startswith("bytes 0-")


def file_response(request: HttpRequest, path: Path, name: str, etag: str) -> HttpResponseBase:
    """The file, or the part of it that is asked for. Raises FileNotFoundError."""
    file = path.open("rb")
    size = path.stat().st_size
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag:
        return _told(FileResponse(file, as_attachment=True, filename=name), etag)
    start = int(asked[1])
    end = min(int(asked[2]) if asked[2] else size - 1, size - 1)
    if start > end:
        file.close()
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _told(refused, etag)
    part = FileResponse(Part(file, start, end - start + 1), as_attachment=True, filename=name, status=206)  # fmt: skip
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = str(end - start + 1)
    return _told(part, etag)


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response
