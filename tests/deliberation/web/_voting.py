"""What tests of pages of votes share."""

from deliberation.artifacts.actions import drafting, ratifying
from deliberation.artifacts.models import Version
from elicitation.graph.models import Value
from tests.deliberation.artifacts.conftest import set_ratifying


def put_to_vote(assembly, texts=("Doors stay open.", "Nights are quiet.")):
    """A version with these clauses, put to the vote. Its value stands on a card of `read_answer`, or on nobody's."""
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    for text in texts:
        drafting.write_clause(version, text, list(Value.objects.standing()))
    set_ratifying(assembly)
    ratifying.open_ballot(version)
    return Version.objects.get(pk=version.pk)


def filled_in(version, whole="approve", **by_number):
    """What a browser sends: one choice a clause, and the whole."""
    sent = {
        str(clause.pk): by_number.get(f"c{number}", whole)
        for number, clause in enumerate(version.clauses.all(), start=1)
    }
    return {**sent, "whole": whole}
