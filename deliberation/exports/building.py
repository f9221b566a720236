"""Make the files of an export, as streams or in a folder. A file is never seen half-written."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from deliberation.artifacts.statuses import funnel
from deliberation.assemblies.models import Assembly
from deliberation.exports.actions import note_export
from deliberation.exports.errors import StillWeighing
from deliberation.exports.queries import ROWS
from deliberation.exports.tables import TABLES
from deliberation.opinion.queries import is_yet_to_be_weighed
from deliberation.opinion.withholding import is_few
from elicitation.interview.models import Respondent
from elicitation.record.queries import latest_head, said_of

UNTIL_WEIGHED = ("endorsements", "norm_endorsements", "judgements")
IN_MEMORY = 8 * 2**20  # bytes of a package before it goes to disk


def withheld(assembly: Assembly) -> Collection[str]:
    """The tables nobody gets now: what people say, until weighing is over."""
    return UNTIL_WEIGHED if is_yet_to_be_weighed(assembly) else ()


def lines(assembly: Assembly, table: str) -> Iterator[str]:
    """The rows of a table as JSON Lines, columns in the order of the data dictionary.

    Raises KeyError for no such table, and StillWeighing, both before the first row is asked for.
    """
    columns = TABLES[table].columns
    if table in withheld(assembly):
        raise StillWeighing
    return _lines(assembly, table, list(columns))


def _lines(assembly: Assembly, table: str, columns: Sequence[str]) -> Iterator[str]:
    for row in ROWS[table](assembly):
        yield json.dumps({name: row[name] for name in columns}, ensure_ascii=False) + "\n"


def write(assembly: Assembly, out: Path) -> dict[str, Any]:
    """Write every table that is not withheld and manifest.json into `out`; each file takes its name only when it is whole.

    Returns the manifest. Raises OSError where `out` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    files, kept_back = {}, withheld(assembly)
    for table in TABLES:
        if table in kept_back:
            continue
        target = out / f"{table}.jsonl"
        unfinished = target.with_suffix(".part")
        rows, seal = 0, hashlib.sha256()
        with unfinished.open("wb") as file:
            for line in lines(assembly, table):
                rows += 1
                seal.update(line.encode())
                file.write(line.encode())
        unfinished.replace(target)
        files[target.name] = {"rows": rows, "sha256": seal.hexdigest()}
    manifest = about(assembly, files, kept_back)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    return manifest


def package(assembly: Assembly) -> IO[bytes]:
    """All files in one ZIP, as an open temporary file at its start."""
    packed: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the caller streams and closes it
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        write(assembly, Path(folder))
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, f"{assembly.slug}/{path.name}")
    packed.seek(0)
    return packed


def left_out(assembly: Assembly) -> int | None:
    """How many who said something here did not agree to be studied; None where they are so few that one could be known."""
    people = Respondent.objects.filter(membership__assembly=assembly, in_research=False)
    number = people.filter(responses__isnull=False).distinct().count()
    return None if is_few(number) and number else number


def about(assembly: Assembly, files: dict[str, Any], kept_back: Collection[str]) -> dict[str, Any]:
    """What the export is of: the files with their checksums, what is withheld and why, and the count from received to used."""
    entry = note_export(assembly, sorted(files))
    return {
        "assembly": assembly.slug,
        "is_sample": assembly.is_sample,
        "made_at": timezone.now().isoformat(),
        "record_entry": entry.pk,
        "record_head": said_of(latest_head()),
        "files": files,
        "not_in_research": left_out(assembly),
        "withheld": {f"{table}.jsonl": StillWeighing.code for table in kept_back},
        "funnel": {step.key: step.count for step in funnel(assembly)},
        "columns": {name: dict(table.columns) for name, table in TABLES.items()},
    }
