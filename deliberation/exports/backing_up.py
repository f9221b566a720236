"""Back everything up: one snapshot of the database, and the files beside it, into one archive."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from deliberation.exports import archives, copying
from deliberation.exports.archives import Manifest, Rows, Writer
from deliberation.exports.models import folder
from elicitation.record.queries import latest_head, said_of


def back_up(out: Path) -> Manifest:
    """Write a backup to `out`, whole or not at all. Raises BackupUnfit, OSError."""
    with archives.written_whole(out) as archive:
        with copying.snapshot():
            tables = {table: _table(archive, table) for table in copying.tables()}
            head = said_of(latest_head())
            applied = migrations()
        manifest = Manifest(
            made_at=timezone.now().isoformat(),
            migrations=applied,
            tables=tables,
            sequences=copying.sequences(),  # never behind the snapshot, for they only go on
            files=dict(_files(archive)),
            site=site(),
            head=head,
        )
        archive.end(manifest)
    return manifest


def migrations() -> dict[str, list[str]]:
    """The migrations this database has had, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def site() -> str:
    """Tells whether two sites have the same SECRET_KEY, and nothing of it."""
    return salted_hmac("groundwork.backup", "site", algorithm="sha256").hexdigest()[:16]


def _table(archive: Writer, table: str) -> Rows:
    tally = copying.Tally(names := copying.columns(table))
    archive.keep(f"tables/{table}", tally.passing(copying.rows(table, names)))
    return tally.rows


def _files(archive: Writer) -> Iterator[tuple[str, str]]:
    """Every file below MEDIA_ROOT; one that is erased meanwhile, and packages, which are made again, are left out."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.is_relative_to(folder()):
            continue
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        name = path.relative_to(root).as_posix()
        with file:
            yield name, archive.keep(f"files/{name}", archives.blocks_of(file))
