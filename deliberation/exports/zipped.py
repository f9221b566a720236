"""Files in a ZIP that is the same byte for byte whenever they are: one date, nothing of the machine. Free of Django.

Deflate is ISA-L's where it is installed, four times as fast as zlib's and no larger; else zlib's. Where another build packs differently, the files
within are still the same.
"""

import hashlib
import zipfile
from pathlib import Path
from typing import IO, Any

try:
    from isal import isal_zlib as deflate  # an extra of the worker
except ImportError:
    import zlib as deflate  # type: ignore[no-redef]

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
PACKED = {".xlsx", ".parquet"}  # compressed as they are
LEVEL = 1  # six packs a tenth tighter and takes four times as long
BLOCK = 1 << 18  # bytes
LARGE = 1 << 30  # bytes from which a member needs the long form
LEVEL_OF = "compress_level" if hasattr(zipfile.ZipInfo(""), "compress_level") else "_compresslevel"


def add(archive: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    """Add one file. Returns what a manifest says of it, found in the same reading: its length and its SHA-256."""
    told, size = member(name, stored=path.suffix in PACKED), path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file, opened(archive, told, size) as into:
        while block := file.read(BLOCK):
            digest.update(block)
            into.write(block)
    return {"bytes": size, "sha256": digest.hexdigest()}


def opened(archive: zipfile.ZipFile, told: zipfile.ZipInfo, size: int) -> IO[bytes]:
    """A member to be written, of about `size` bytes."""
    into = archive.open(told, "w", force_zip64=size >= LARGE)
    if told.compress_type == zipfile.ZIP_DEFLATED:  # zipfile offers no other way to name what packs
        vars(into)["_compressor"] = deflate.compressobj(LEVEL, deflate.DEFLATED, -deflate.MAX_WBITS)
    return into


def member(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """A member with nothing in it that differs from run to run."""
    told = zipfile.ZipInfo(name, BEGINNING)
    told.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    setattr(told, LEVEL_OF, LEVEL)
    told.create_system, told.external_attr = 3, 0o644 << 16  # a plain file on Unix, everywhere
    return told
