"""A file that takes its name only when all of it is there, and what a manifest says of a file. Free of Django."""

import hashlib
import json
from pathlib import Path
from typing import Any, TextIO

BUFFER = 1 << 20  # bytes


class Whole:
    """A text file in the making: UTF-8, line ends as they are written."""

    def __init__(self, path: Path) -> None:
        self._path, self._unfinished = path, path.with_name(f"{path.name}.part")

    def __enter__(self) -> TextIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = self._unfinished.open(
            "w", encoding="utf-8", newline="", buffering=BUFFER
        )
        return self._file

    def __exit__(self, failed: object, *_: object) -> None:
        self._file.close()
        if failed is None:
            self._unfinished.replace(self._path)


def put(path: Path, text: str) -> None:
    """Write a file, whole."""
    with Whole(path) as file:
        file.write(text)


def put_json(path: Path, told: Any) -> None:
    """Write a file of JSON, whole, keys in the order they were given."""
    put(path, json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def seal(path: Path) -> dict[str, Any]:
    """What a manifest says of a file: its length and its SHA-256."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}  # fmt: skip
