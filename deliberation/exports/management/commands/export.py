"""manage.py export --assembly SLUG --out DIR: the whole data package of an assembly, in a folder or as one ZIP."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.assemblies.models import Assembly
from deliberation.exports import composing, copying, writing
from deliberation.exports.actions.noting import note_export
from deliberation.exports.leaks import Leaked
from deliberation.exports.progress import Progress


class Command(BaseCommand):
    help = "Write the data package of an assembly: tables, codebook, results, and what computes them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument(
            "--out",
            required=True,
            type=Path,
            metavar="DIR",
            help="a folder; or a new file FILE.zip",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        assembly, out = terminal.named(options["assembly"]), options["out"]
        try:
            manifest = _packed(assembly, out) if out.suffix == ".zip" else _write(assembly, out)
        except OSError as broken:
            raise CommandError(f"{out} cannot be written: {broken.strerror}.") from broken
        except Leaked as found:
            raise CommandError(
                f"This package would tell who somebody is, so it was not made: {found}."
            ) from found
        for table, rows in manifest["rows"].items():
            self.stdout.write(f"{rows:>8} {table}")
        for name in manifest["withheld"]:
            self.stdout.write(f"withheld {name}: told once weighing is over")
        self.stdout.write(f"content {manifest['content']}")


def _packed(assembly: Assembly, out: Path) -> dict[str, Any]:
    """Whole, or not there."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".export-") as bench:
        folder, file = Path(bench) / "files", Path(bench) / out.name
        manifest = _write(assembly, folder, file)
        file.replace(out)
    return manifest


def _write(assembly: Assembly, out: Path, archive: Path | None = None) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    progress = Progress()
    with composing.beside(out, archive, assembly.slug) as at_hand:
        with copying.snapshot():
            facts = writing.read_out(assembly, out, progress, at_hand)
        manifest = composing.compose(facts, out, progress, at_hand)
    note_export(assembly, sorted(manifest["files"]))
    return manifest
