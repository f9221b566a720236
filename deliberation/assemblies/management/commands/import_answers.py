"""manage.py import_answers FILE --assembly SLUG: take in answers somebody already has."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import importing, terminal
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.importing import Preview
from deliberation.assemblies.models import Import
from elicitation.interview.opening import open_table
from elicitation.interview.tables import TableUnreadable, parse_mapping

BAR = 32
NAMED = 20


class Command(BaseCommand):
    help = (
        "Take in a file of answers (CSV, TSV, JSON Lines, XLSX). Columns are guessed and shown first; rows that cannot be "
        "taken are named with their line; doing it twice adds nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument("--map", metavar="text=reason,id=...", help="field=column, with commas")
        parser.add_argument("--language", default="en", help="of rows that do not say their own")
        parser.add_argument("--dry-run", action="store_true", help="show, and write nothing")
        parser.add_argument(
            "--quotes-public",
            action="store_true",
            help="the people agreed that their words may be shown in public",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shown = self._shown(options)
        try:
            if options["map"]:
                columns = open_table(options["file"]).columns
                shown.mapping = parse_mapping(options["map"], columns)
            seen = importing.preview(shown)
        except (TableUnreadable, ValueError, OSError) as broken:
            raise CommandError(str(broken)) from broken
        self._show(seen)
        if "text" not in seen.mapping:
            raise CommandError("No column looks like answers. Name it: --map text=COLUMN")
        if not options["dry_run"]:
            self._take_in(shown, seen)

    def _shown(self, options: dict[str, Any]) -> Import:
        """An import that is not stored yet: a dry run leaves nothing behind."""
        assembly = terminal.named(options["assembly"])
        return Import(
            assembly=assembly,
            file_name=options["file"].name,
            path=str(options["file"].resolve()),
            language=options["language"],
            quotes_public=options["quotes_public"],
        )

    def _show(self, seen: Preview) -> None:
        say = self.stdout.write
        say(f"Read as {seen.encoding}. Columns: {', '.join(seen.columns)}")
        for field, column in seen.mapping.items():
            samples = [s[column][:60].replace("\n", " ") for s in seen.samples if s.get(column)]
            say(f"  {field:<10} = {column}   e.g. {' | '.join(samples[:3])}")
        for question, count in seen.questions.items():
            new = " (new)" if question in seen.new_questions else ""
            say(f"  {count:>7} answers to {question[:90] or 'the first question'}{new}")
        say(", ".join(f"{count} {name}" for name, count in seen.counts.items()))
        for problem in seen.problems[:NAMED]:
            say(f"  line {problem.line}: {problem.why}")
        if len(seen.problems) > NAMED:
            say(f"  and {len(seen.problems) - NAMED} more; all are kept with the import")

    def _take_in(self, unsaved: Import, seen: Preview) -> None:
        shown = taking_in.show_import(
            unsaved.assembly, unsaved.file_name, unsaved.path, unsaved.language
        )
        taking_in.map_import(shown, seen.mapping, unsaved.quotes_public)
        started = taking_in.start_import(shown)
        taken = importing.take_in_file(started, lambda read: self._bar(read, seen.counts["rows"]))
        self.stderr.write("")
        if taken.state == Import.State.FAILED:
            raise CommandError(f"{taken.failure} What was taken in before is kept.")
        self.stdout.write(", ".join(f"{count} {name}" for name, count in taken.counts.items()))

    def _bar(self, read: int, rows: int) -> None:
        full = BAR * read // max(rows, 1)
        self.stderr.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {read} of {rows} rows", ending="")
