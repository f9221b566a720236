"""Bring a folder in Polis' export form into an assembly: read it through, see that all of it can be kept, keep it whole."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.opinion.actions import bringing
from deliberation.opinion.conversation import Conversation as Brought
from deliberation.opinion.conversation import Log, Statement
from deliberation.opinion.models import Conversation
from deliberation.opinion.polis_files import read_folder
from deliberation.opinion.polis_tables import PolisFileError
from elicitation.interview.texts import fault

LONGEST_NAME = 200
LATEST = 253_402_300_799_999  # the last millisecond of the year 9999


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to bring. `name`: "" for its topic; `signs_inverted`: its files hold agree as -1; `attribution`: to stand wherever it is shown."""

    path: Path
    name: str = ""
    signs_inverted: bool = False
    attribution: str = ""


def bring(assembly: Assembly, folder: Folder) -> Conversation:
    """Keep what is in a folder. Raises PolisFileError (where and what to do), ConversationThere, NameTaken."""
    return keep(assembly, folder, read(folder))


def read(folder: Folder) -> Brought:
    """What is in a folder, where all of it can be kept. Raises PolisFileError."""
    found = read_folder(folder.path, signs_inverted=folder.signs_inverted)
    _ensure_storable(found)
    return found


def keep(assembly: Assembly, folder: Folder, read: Brought) -> Conversation:
    """Keep what was read. Raises ConversationThere, NameTaken."""
    name = folder.name or read.summary.get("topic", "").strip() or folder.path.resolve().name
    return bringing.bring(
        assembly, name[:LONGEST_NAME], read, content_hash(read), folder.attribution
    )


def content_hash(read: Brought) -> str:
    """SHA-256 over what the files say, however they are named or packed."""
    told = hashlib.sha256()
    for column in (read.log.people, read.log.statements, read.log.times, read.log.signs):
        told.update(column.tobytes())
    statements = [_told(one) for one in read.statements.values()]
    told.update(json.dumps([statements, dict(read.summary)], sort_keys=True).encode())
    return told.hexdigest()


def _told(one: Statement) -> dict[str, Any]:
    """What a statement says, without who wrote it when: the hashes of what was brought before these were kept still hold."""
    return {name: told for name, told in asdict(one).items() if name not in ("author", "time")}


def _ensure_storable(read: Brought) -> None:
    """Raises PolisFileError where the database could not hold a time or a text."""
    for one in read.statements.values():
        _ensure_text(one.text, "comments.csv", f"statement {one.id}")
        if one.time is not None and not 0 <= one.time <= LATEST:
            raise _no_time(one.time, "comments.csv")
    for key, text in read.summary.items():
        _ensure_text(key, "summary.csv", "a key")
        _ensure_text(text, "summary.csv", key)
    if (row := _outside_time(read.log)) is not None:
        raise _no_time(read.log.times[row], read.source, row + 2)


def _no_time(time: int, file: str, line: int = 0) -> PolisFileError:
    why = f"{time} is no time of this era. Give milliseconds or seconds since 1970."
    return PolisFileError("no_time", file, why, line=line, column="timestamp")


def _ensure_text(text: str, file: str, where: str) -> None:
    if (reason := fault(text)) and reason != "empty":
        why = f"the text of {where} cannot be kept ({reason}). Change it there."
        raise PolisFileError("unstorable_text", file, why)


def _outside_time(log: Log) -> int | None:
    """The first vote whose time no calendar holds."""
    if len(log) and (min(log.times) < 0 or max(log.times) > LATEST):
        return next(row for row, time in enumerate(log.times) if not 0 <= time <= LATEST)
    return None
