"""A folder as a ZIP that is the same byte for byte whenever its files are: names in order, one date, nothing of the machine. Free of Django.

Deflate is zlib's: where another build of zlib packs differently, the files within are still the same.
"""

import hashlib
import shutil
import zipfile
from pathlib import Path

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
PACKED = {".xlsx", ".parquet"}  # compressed as they are
LEVEL = 1  # six packs a tenth tighter and takes four times as long
BLOCK = 1 << 20  # bytes
LARGE = 1 << 30  # bytes from which a member needs the long form
LEVEL_OF = "compress_level" if hasattr(zipfile.ZipInfo(""), "compress_level") else "_compresslevel"


def pack(folder: Path, out: Path, inside: str) -> str:
    """Write all files below `folder` into `out`, below a folder named `inside`. Returns the SHA-256 of the ZIP."""
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            add(archive, path, f"{inside}/{path.relative_to(folder).as_posix()}")
    with out.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()


def add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add one file."""
    told = member(name, stored=path.suffix in PACKED)
    with (
        path.open("rb") as file,
        archive.open(told, "w", force_zip64=path.stat().st_size >= LARGE) as into,
    ):
        shutil.copyfileobj(file, into, BLOCK)


def member(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """A member with nothing in it that differs from run to run."""
    told = zipfile.ZipInfo(name, BEGINNING)
    told.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    setattr(told, LEVEL_OF, LEVEL)
    told.create_system, told.external_attr = 3, 0o644 << 16  # a plain file on Unix, everywhere
    return told
