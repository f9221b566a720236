"""How a document was made, in plain words with the numbers: from what people wrote to what was published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.artifacts import polls
from deliberation.artifacts.models import Objection, Version
from deliberation.artifacts.queries import decided_on
from deliberation.artifacts.statuses import funnel
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import readings_of, voices_of
from deliberation.moderation.models import Appeal, Decision
from deliberation.opinion.queries import counts_are_public, turnout
from deliberation.opinion.withholding import FEWEST
from elicitation.graph.models import Value


def steps(version: Version) -> list[str]:
    """Sentences in the language in force, the first thing that happened first. Numbers are those of today, for answers can be taken back."""
    assembly = version.artifact.assembly
    return [
        *_written(assembly),
        *_read(assembly),
        *_reconciled(assembly),
        *_weighed(assembly),
        *_drafted(version),
        *_contested(version),
        *_ratified(version),
        *_signed(version),
    ]


def _written(assembly: Assembly) -> Iterator[str]:
    counts = {step.key: step.count for step in funnel(assembly)}
    people, received = voices_of(assembly), counts["received"]
    yield ngettext("One person took part.", "%(n)s people took part.", people) % {"n": people}
    yield ngettext("One answer was received.", "%(n)s answers were received.", received) % {"n": received}  # fmt: skip
    if counts["withdrawn"]:
        yield ngettext(
            "One answer was taken back, with every word read from it.",
            "%(n)s answers were taken back, with every word read from them.",
            counts["withdrawn"],
        ) % {"n": counts["withdrawn"]}  # fmt: skip


def _read(assembly: Assembly) -> Iterator[str]:
    engines = set(readings_of(assembly).values_list("engine", flat=True))
    if "endpoint" in engines:
        yield _("A language model proposed cards from answers; a program looked up every quote in the text itself.")  # fmt: skip
    if "offline" in engines:
        yield _("A reading program that writes no sentence of its own proposed cards from answers.")
    yield _("Authors said of their cards whether they are right, changed them, or set them aside.")


def _reconciled(assembly: Assembly) -> Iterator[str]:
    made = Decision.objects.filter(assembly=assembly)
    undone = made.filter(undone_at__isnull=False).count()
    values = Value.objects.standing().filter(inquiry__assemblies=assembly).count()
    told = {"decisions": made.count(), "undone": undone, "values": values}
    yield _("Moderators, who are people, took %(decisions)s decisions, each with a reason, of which %(undone)s were undone; %(values)s shared values stand.") % told  # fmt: skip
    appeals = Appeal.objects.filter(decision__assembly=assembly)
    if number := appeals.count():
        open_ones = appeals.filter(state=Appeal.State.OPEN).count()
        yield ngettext(
            "One decision was appealed against; %(open)s of that waits for an answer.",
            "%(n)s decisions were appealed against; %(open)s of these wait for an answer.",
            number,
        ) % {"n": number, "open": open_ones}  # fmt: skip


def _weighed(assembly: Assembly) -> Iterator[str]:
    told = turnout(assembly)
    if counts_are_public(assembly) and told.people >= FEWEST:
        yield _("%(people)s people said of each other's values whether they agree: %(votes)s times in all.") % {"people": told.people, "votes": told.votes}  # fmt: skip


def _drafted(version: Version) -> Iterator[str]:
    clauses = version.clauses
    proposed = clauses.exclude(origin="person").count()
    told = {"n": clauses.count(), "proposed": proposed}
    yield ngettext(
        "The document has one clause.", "The document has %(n)s clauses.", told["n"]
    ) % told  # fmt: skip
    if proposed:
        yield ngettext(
            "One was proposed by a program and accepted by a person as it reads.",
            "%(proposed)s were proposed by a program and accepted by a person as they read.",
            proposed,
        ) % told  # fmt: skip


def _contested(version: Version) -> Iterator[str]:
    contested = decided_on(version)
    if contested.put_at is None:
        return
    made = Objection.objects.standing().filter(clause__version=contested)
    number = made.count()
    if not number:
        yield _("The draft was put before the assembly, and nobody objects to a clause of it.")
        return
    yield ngettext(
        "The draft was put before the assembly: one objection was made.",
        "The draft was put before the assembly: %(n)s objections were made.",
        number,
    ) % {"n": number}  # fmt: skip
    if sustained := made.filter(state=Objection.State.SUSTAINED).count():
        yield ngettext("One was sustained.", "%(n)s were sustained.", sustained) % {"n": sustained}
    if unsatisfied := made.filter(satisfied=False).count():
        yield ngettext(
            "The author of one says that the answer does not satisfy them.",
            "The authors of %(n)s say that the answer does not satisfy them.",
            unsatisfied,
        ) % {"n": unsatisfied}  # fmt: skip


def _ratified(version: Version) -> Iterator[str]:
    voted = decided_on(version)
    result = polls.result_of(voted)
    if result is None:
        yield _("The assembly did not vote on it.")
        return
    told = polls.turnout(voted)
    yield _("In a secret ballot %(ballots)s of %(roll)s who might vote did.") % {"ballots": told.ballots, "roll": told.roll}  # fmt: skip
    if result.left_out:
        yield ngettext(
            "One clause was not adopted and is marked as that.",
            "%(n)s clauses were not adopted and are marked as that.",
            len(result.left_out),
        ) % {"n": len(result.left_out)}  # fmt: skip


def _signed(version: Version) -> Iterator[str]:
    if version.corrected is not None:
        yield _("This version was made by the site itself: it is the version before, without what was taken back since.")  # fmt: skip
    elif number := version.sign_offs.count():
        yield ngettext(
            "One person who runs the assembly stands by it.",
            "%(n)s people who run the assembly stand by it.",
            number,
        ) % {"n": number}  # fmt: skip
    yield _("Every step is an entry of the public record, and every quote can be checked against it.")  # fmt: skip
