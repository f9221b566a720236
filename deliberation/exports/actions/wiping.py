"""Delete a rehearsal whole: every row that came of it, in every room, and what the record says of it (decision 0041)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone

from deliberation.assemblies.errors import RehearsalBusy, RehearsalTooLate
from deliberation.assemblies.models import Agent, Assembly, Membership, Rehearsal
from deliberation.exports.wiped import Gone, Wiped, table
from deliberation.moderation.models import Decision
from elicitation.extraction.models import Reservation, Spend
from elicitation.graph.models import Norm, Value
from elicitation.interview.models import Inquiry, Prompt, Respondent, Response
from elicitation.record.actions import append, erase, recorded
from elicitation.record.models import Entry

STAY = ("rehearsal.begun", "rehearsal.wiped")  # that there was one is no secret


@recorded
def wipe(rehearsal: Rehearsal) -> int:
    """Delete a rehearsal with all that came of it, and erase what the record says of it: its leaves stay and say nothing. Returns how many rows went.

    Raises RehearsalBusy while a worker fills it, RehearsalTooLate for what is no sample.
    """
    held = Rehearsal.objects.select_for_update().get(pk=rehearsal.pk)
    if held.leased_until and held.leased_until > timezone.now():
        raise RehearsalBusy
    copy = Assembly.objects.select_for_update().get(pk=held.copy_id)
    if not copy.is_sample:
        raise RehearsalTooLate
    since, original = copy.created_at, held.original.slug
    gone = _delete_all(copy)
    erase(_said_of(Wiped(copy.slug, gone), since))
    append("rehearsal.wiped", assembly=original, rehearsal=copy.slug, rows=len(gone))
    return len(gone)


def _delete_all(copy: Assembly) -> Gone:
    """From what rests on others to what others rest on; whatever else hangs on them goes with them."""
    inquiries = list(copy.inquiries.select_for_update().values_list("pk", flat=True))
    members = Membership.objects.filter(assembly=copy).select_for_update()
    people = list(members.values_list("respondent", flat=True))
    people += Agent.objects.filter(assembly=copy).values_list("respondent", flat=True)
    prompts = Prompt.objects.filter(inquiry__in=inquiries)
    keys = [str(key) for key in (*inquiries, *people)]
    gone: Gone = set()
    for rows in (
        Decision.objects.filter(assembly=copy),
        copy.artifacts.all(),
        Assembly.objects.filter(pk=copy.pk),
        Response.objects.filter(prompt__in=prompts),
        Norm.objects.filter(inquiry__in=inquiries),
        Value.objects.filter(inquiry__in=inquiries),
        Respondent.objects.filter(pk__in=people),
        *_one_by_one(prompts),
        Inquiry.objects.filter(pk__in=inquiries),
        Spend.objects.filter(key__in=keys),
        Reservation.objects.filter(inquiry__in=keys),
    ):
        gone |= _delete(rows)
    return gone


def _one_by_one(prompts: QuerySet[Prompt]) -> Iterable[QuerySet[Prompt]]:
    """Each wording before the one it was replaced by."""
    for pk in prompts.order_by("version").values_list("pk", flat=True):
        yield Prompt.objects.filter(pk=pk)


def _delete(rows: QuerySet[Any]) -> Gone:
    """Delete rows and all that hangs on them. Returns the table and key of each."""
    collector = Collector(using="default", origin=rows)
    collector.collect(rows)
    gone = {(table(kind), str(one.pk)) for kind, found in collector.data.items() for one in found}
    for fast in collector.fast_deletes:
        gone |= {(table(fast.model), str(pk)) for pk in fast.values_list("pk", flat=True)}
    collector.delete()
    return gone


def _said_of(wiped: Wiped, since: Any) -> list[int]:
    """The entries that name what is gone, or the assembly itself."""
    entries = Entry.objects.filter(at__gte=since, erased_at=None).exclude(kind__in=STAY)
    return [
        pk
        for pk, kind, body in entries.values_list("pk", "kind", "body").iterator()
        if any(wiped.names(kind, name, said) for name, said in (body or {}).items())
    ]
