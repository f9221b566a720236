"""Restore a backup: refuse what does not fit, put files and rows in their places, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from deliberation.exports import archives, copying, withdrawals
from deliberation.exports.actions import restoring
from deliberation.exports.archives import Archive, BackupUnfit, Manifest
from deliberation.exports.backing_up import migrations, site


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `unread`: lines of the list of withdrawals that cannot be read; `until`: the time of its last line."""

    manifest: Manifest
    withdrawn_again: int
    held: int
    programs_ended: int
    unread: int
    until: str
    same_site: bool


def restore(file: Path, withdrawn: Path | None) -> Restored:
    """Fill an empty database and MEDIA_ROOT from a backup; nothing is done where anything fails.

    `withdrawn`: the list of what people took back, None where nobody took anything back since. Raises BackupUnfit, OSError.
    """
    listed, unread = withdrawals.read(withdrawn) if withdrawn else ([], 0)
    with archives.opened(file) as archive:
        ensure_fits(archive.manifest)
        with _files_in_place(archive):
            entry = restoring.restore(archive, _since(listed))
    body = entry.body or {}
    return Restored(
        archive.manifest,
        body["withdrawn_again"],
        len(body["held"]),
        body["programs_ended"],
        unread,
        listed[-1].at if listed else "",
        archive.manifest.site == site(),
    )


def ensure_fits(manifest: Manifest) -> None:
    """Raises BackupUnfit, which says what to do, unless this database is empty and as migrated as the backup was."""
    if migrations() != manifest.migrations:
        raise BackupUnfit(_difference(manifest.migrations, migrations()))
    there = copying.tables()
    if there != sorted(manifest.tables) or any(
        copying.columns(table) != list(manifest.tables[table].columns) for table in there
    ):
        raise BackupUnfit("The tables of this database are not those of the backup.")
    full = [t for t in there if t not in copying.MADE_BY_MIGRATING and not copying.is_empty(t)]
    if full:
        raise BackupUnfit(
            f"This database is not empty ({full[0]} has rows). Restore into a new one."
        )
    for path in manifest.files:
        if not archives.inside(path):
            raise BackupUnfit(f"{path} in this backup leads out of its folder.")
        if (Path(settings.MEDIA_ROOT) / path).exists():
            raise BackupUnfit(f"{path} is in MEDIA_ROOT already. Restore into an empty folder.")


def _difference(wanted: dict[str, list[str]], there: dict[str, list[str]]) -> str:
    if not there:
        return "This database has no tables yet. Run manage.py migrate first."
    told = {(app, name) for app, names in wanted.items() for name in names}
    had = {(app, name) for app, names in there.items() for name in names}
    app, name = min(told ^ had)
    if (app, name) in had:
        return f"The backup is older than this version: it has no {app}.{name}. Restore it with the version that made it, then update."
    return (
        f"The backup is newer than this database: it has {app}.{name}. Update first, and migrate."
    )


def _since(listed: list[withdrawals.Withdrawal]) -> Iterator[withdrawals.Withdrawal]:
    """What the restored database does not know to be taken back; asked only once its rows are there."""
    yield from withdrawals.not_in_this_database(listed)


@contextmanager
def _files_in_place(archive: Archive) -> Iterator[None]:
    """The files of a backup, below MEDIA_ROOT; gone again where what follows fails."""
    put: list[Path] = []
    try:
        for name in archive.manifest.files:
            path = Path(settings.MEDIA_ROOT) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600, exist_ok=False)
            put.append(path)
            with path.open("wb") as out:
                for block in archive.file(name):
                    out.write(block)
        yield
    except BaseException:
        for path in put:
            path.unlink(missing_ok=True)
        raise
