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
from deliberation.exports import csv_form
from deliberation.exports.actions.noting import note_export
from deliberation.exports.datapackage import codebook, described
from deliberation.exports.errors import StillWeighing
from deliberation.exports.queries import ROWS
from deliberation.exports.tables import TABLES
from deliberation.opinion.queries import is_yet_to_be_weighed
from deliberation.opinion.withholding import is_few
from elicitation.interview.models import Respondent
from elicitation.record.queries import latest_head, said_of

UNTIL_WEIGHED = ("endorsements", "norm_endorsements", "judgements")
CSV = "csv"  # the folder of the spreadsheets' form
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
    """Write every table that is not withheld, as JSON Lines and as CSV, with manifest.json, datapackage.json and codebook.md into `out`.

    A file takes its name only when it is whole. Returns the manifest. Raises OSError where `out` cannot be written.
    """
    (out / CSV).mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    kept_back = withheld(assembly)
    for table in TABLES:
        if table not in kept_back:
            files |= _table(assembly, table, out)
    manifest = about(assembly, files, kept_back)
    told = {**manifest, "title": assembly.titled_in(assembly.languages[0])}
    _put(out / "datapackage.json", _json(described(told)))
    _put(out / "codebook.md", codebook(told))
    _put(out / "manifest.json", _json(manifest))
    return manifest


def _table(assembly: Assembly, table: str, out: Path) -> dict[str, Any]:
    """Write one table in both forms. Returns what the manifest says of the two files."""
    columns = list(TABLES[table].columns)
    with Whole(out / f"{table}.jsonl") as exact, Whole(out / CSV / f"{table}.csv") as safe:
        safe.add(csv_form.line(columns), rows=0)
        for text in lines(assembly, table):
            exact.add(text)
            safe.add(csv_form.line(csv_form.cells(json.loads(text))))
    return {f"{table}.jsonl": exact.told, f"{CSV}/{table}.csv": safe.told}


class Whole:
    """A file that takes its name only when all of it is there, and knows how long it is and its SHA-256."""

    def __init__(self, path: Path) -> None:
        self.path, self.unfinished = path, path.with_suffix(".part")
        self.seal, self.rows, self.bytes = hashlib.sha256(), 0, 0

    def __enter__(self) -> "Whole":
        self.file = self.unfinished.open("wb")
        return self

    def add(self, text: str, rows: int = 1) -> None:
        """Add a line."""
        written = text.encode()
        self.file.write(written)
        self.seal.update(written)
        self.rows, self.bytes = self.rows + rows, self.bytes + len(written)

    def __exit__(self, failed: object, *_: object) -> None:
        self.file.close()
        if failed is None:
            self.unfinished.replace(self.path)

    @property
    def told(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"rows": self.rows, "bytes": self.bytes, "sha256": self.seal.hexdigest()}


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def package(assembly: Assembly) -> IO[bytes]:
    """All files in one ZIP, as an open temporary file at its start."""
    packed: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the caller streams and closes it
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        write(assembly, Path(folder))
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                archive.write(path, f"{assembly.slug}/{path.relative_to(folder)}")
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
