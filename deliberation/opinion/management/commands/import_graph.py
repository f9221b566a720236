"""manage.py import_graph GRAPH --assembly SLUG: bring a moral graph made elsewhere into an assembly."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deliberation.assemblies import terminal
from deliberation.opinion.actions.graphs import keep_graph
from deliberation.opinion.fetching import Files, fetch
from elicitation.errors import DomainError
from elicitation.graph.formats.shape import GraphUnreadable
from elicitation.graph.ranked import Rule

LONGEST_NAME = 200


class Command(BaseCommand):
    help = (
        "Bring a moral graph made elsewhere into an assembly, whole or not at all: Groundwork's own JSON, the published JSON, "
        "or a CSV table of judgements, which is ranked here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("graph", type=Path, metavar="GRAPH")
        parser.add_argument("--assembly", required=True, metavar="SLUG")
        parser.add_argument("--values", type=Path, help="JSON list of id, title and policies")
        parser.add_argument("--name", default="", help="the file's, where none is given")
        parser.add_argument("--attribution", default="", help="to stand wherever it is shown")
        rules = [rule.value for rule in Rule]
        parser.add_argument("--rule", choices=rules, default=Rule.GROUNDWORK.value)

    def handle(self, *args: Any, **options: Any) -> None:
        assembly = terminal.named(options["assembly"])
        files = Files(
            options["graph"], options["values"], Rule(options["rule"]), options["attribution"]
        )
        name = (options["name"] or files.graph.stem)[:LONGEST_NAME]
        try:
            kept = keep_graph(assembly, name, fetch(files))
        except (GraphUnreadable, DomainError) as refused:
            raise CommandError(f"{refused} Nothing was kept.") from refused
        values, edges = len(kept.document["values"]), len(kept.document["edges"])
        self.stdout.write(f"{kept.name}: {values} values, {edges} transitions.")
