"""manage.py read_text FILE: one text read, and what holds of it as JSON. Needs no database and no server."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elicitation.extraction import at_work, telling
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask
from elicitation.interview.texts import fault


class Command(BaseCommand):
    help = "Read one text (UTF-8; - for standard input) and write candidates with their quotes as JSON."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--engine", choices=["offline", "openai"], default="offline")
        parser.add_argument("--language", default="", help="language tag of the text, where known")
        parser.add_argument("--question", default="", help="what was asked")
        parser.add_argument(
            "--context", action="append", default=[], help="a situation, to follow 'when'"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = _text(options["file"])
        if found := fault(text):
            raise CommandError(f"This text cannot be kept as it is: {found}.")
        ask = Ask(text, options["language"], options["question"], tuple(options["context"]))
        told = telling.read(build(options["engine"], at_work.options()), ask)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _text(name: str) -> str:
    """The file's text, exactly, without a byte order mark. Raises CommandError."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as missing:
        raise CommandError(f"{name} cannot be read: {missing.strerror}.") from missing
    except UnicodeDecodeError as other:
        raise CommandError(f"{name} is not UTF-8 from byte {other.start} on.") from other
