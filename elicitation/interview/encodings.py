"""Which encoding a file of text is in, told from its beginning. Free of Django.

Strict and in order: a mark at the start, UTF-8, UTF-16 without a mark, then the two that cannot be told by decoding alone (Shift-JIS and
Windows-1252), for which charset-normalizer is asked.
"""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

SAMPLE = 256 * 1024  # bytes
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """A Python codec name. The whole file is read where only that can tell; memory stays flat."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    for mark, marked in MARKS:
        if start.startswith(mark):
            return marked
    if codec := _without_mark(start):
        return codec
    if _decodes(path, "utf-8"):
        return "utf-8"
    return _eight_bit(path, start)


def _without_mark(start: bytes) -> str | None:
    """UTF-16 shows as zero bytes on every other place wherever Latin letters, digits or commas stand."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even + odd <= len(start) // 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(path: Path, start: bytes) -> str:
    """Shift-JIS if the file is valid in it and a guess says so; else Windows-1252, which knows nearly every byte."""
    if _decodes(path, "cp932"):
        cut = start.rfind(b"\n") + 1 or len(start)
        best = from_bytes(start[:cut], cp_isolation=["cp932", "cp1252"]).best()
        if best and best.encoding in {"cp932", "shift_jis"}:
            return "cp932"
    return "cp1252"


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as file:
        try:
            while block := file.read(SAMPLE):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
