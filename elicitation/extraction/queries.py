"""What waits, and for how long."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Avg,
    BooleanField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
)
from django.utils import timezone

from elicitation.extraction.instructions import version_of
from elicitation.extraction.models import (
    Asking,
    Candidate,
    Edit,
    GoldenAnswer,
    Lane,
    Located,
    Mark,
    NormQuote,
    OwnPrompt,
    Quote,
    RawReply,
    Reading,
    ReadingRequest,
    ReadingSwitch,
    Reservation,
    Spend,
    Trial,
)
from elicitation.interview.models import Revision

# Words others may see: released by their author, hidden by nobody, of a card that stands.
SHOWABLE = Q(public=True, hidden_at=None) & ~Q(
    policy__candidate__state__in=[Candidate.State.REJECTED, Candidate.State.SUPERSEDED]
)


def waiting() -> QuerySet[ReadingRequest]:
    """Answers no engine has finished with yet: the worker's whole to-do list."""
    return ReadingRequest.objects.filter(state=ReadingRequest.State.WAITING)


def due() -> QuerySet[ReadingRequest]:
    """Waiting answers whose bell should ring now."""
    return waiting().filter(ring_at__lte=timezone.now())


def oldest_waiting() -> datetime | None:
    """When the answer that has waited longest was asked about; None where nothing waits."""
    oldest: datetime | None = waiting().aggregate(at=Min("asked_at"))["at"]
    return oldest


def counts(requests: QuerySet[ReadingRequest]) -> dict[str, int]:
    """How many of `requests` are in each state; every state is named."""
    found = dict(requests.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in ReadingRequest.State.values}


def counts_done() -> int:
    """How many answers are no longer waiting."""
    return ReadingRequest.objects.exclude(state=ReadingRequest.State.WAITING).count()


def outcomes(readings: QuerySet[Reading]) -> list[dict[str, object]]:
    """How readings ended, what they took and cost, by engine, model and prompt version; the busiest first.

    Keys: engine, model, prompt_version, readings, done, failed, tokens_in, tokens_out, cost (millionths), seconds (mean).
    """
    took = ExpressionWrapper(F("ended_at") - F("started_at"), DurationField())
    groups = (
        readings.order_by()
        .values("engine", "model", "prompt_version")
        .annotate(
            readings=Count("pk"),
            done=Count("pk", filter=Q(state="done")),
            failed=Count("pk", filter=Q(state="failed")),
            tokens_in=Sum("tokens_in"),
            tokens_out=Sum("tokens_out"),
            cost=Sum("cost"),
            took=Avg(took),
        )
    )
    return [
        {**group, "seconds": group["took"].total_seconds() if group["took"] else None}
        for group in groups.order_by("-readings")
    ]


def failures(readings: QuerySet[Reading]) -> list[tuple[str, int]]:
    """Classes of failure with their counts, the most frequent first."""
    failed = readings.filter(state=Reading.State.FAILED).order_by()
    counted = failed.values_list("failure").annotate(n=Count("pk"))
    return [(code, n) for code, n in counted.order_by("-n", "failure")]


def refused(readings: QuerySet[Reading]) -> Counter[str]:
    """Why proposals were not kept, with their counts."""
    found: Counter[str] = Counter()
    for refusals in readings.exclude(refusals={}).values_list("refusals", flat=True).iterator():
        found.update(refusals)
    return found


def taken_up(candidates: QuerySet[Candidate]) -> list[dict[str, object]]:
    """What authors said to the cards they were shown, by engine, model, prompt version and language of the answer.

    Keys: engine, model, prompt_version, language, proposed (all of them), confirmed, edited, rejected, unanswered.
    """
    state = Candidate.State
    groups = candidates.order_by().values(
        "language",
        engine=F("reading__engine"),
        model=F("reading__model"),
        prompt_version=F("reading__prompt_version"),
    )
    counted = groups.annotate(
        proposed=Count("pk"),
        confirmed=Count("pk", filter=Q(state=state.CONFIRMED)),
        edited=Count("pk", filter=Q(state=state.EDITED)),
        rejected=Count("pk", filter=Q(state=state.REJECTED)),
        unanswered=Count("pk", filter=Q(state=state.PROPOSED)),
    )
    return [dict(row) for row in counted.order_by("-proposed", "language")]


def budgets(inquiries: Iterable[object]) -> list[dict[str, object]]:
    """What was spent today and on each of these inquiries, with its cap: scope, key, spent, reserved, cap (millionths or None)."""
    today = timezone.now().date().isoformat()
    keys = [("day", today), *(("inquiry", str(key)) for key in inquiries)]
    rows = {(s.scope, s.key): s for s in Spend.objects.filter(key__in=[key for _, key in keys])}
    return [
        {
            "scope": scope,
            "key": key,
            "spent": rows[scope, key].spent if (scope, key) in rows else 0,
            "reserved": rows[scope, key].reserved if (scope, key) in rows else 0,
            "cap": settings.READING_BUDGETS[scope],
        }
        for scope, key in keys
    ]


def old_replies(before: datetime, most: int) -> list[UUID]:
    """Readings that ended before then whose raw reply is still kept."""
    kept = RawReply.objects.filter(reading__ended_at__lt=before)
    return list(kept.order_by("pk").values_list("pk", flat=True)[:most])


def to_read(revisions: Iterable[UUID]) -> list[Revision]:
    """Those of these revisions whose words still stand, with all that is told of them."""
    return list(
        Revision.objects.filter(pk__in=list(revisions))
        .select_related(
            "reading_request",
            "response__prompt__inquiry__reading_switched_off",
            "response__follows__root",
            "response__respondent",
        )
        .prefetch_related(
            "response__prompt__inquiry__contexts",
            Prefetch("response__prompt__inquiry__own_prompts", OwnPrompt.objects.in_use()),
        )
    )


def instructions_of(inquiry_id: UUID) -> str:
    """The text of an inquiry's own prompt, "" where answers are read with the standard one."""
    own = OwnPrompt.objects.in_use().filter(inquiry=inquiry_id)
    return own.values_list("text", flat=True).first() or ""


def version_in_use(inquiry_id: UUID) -> str:
    """Names the prompt a model would read an answer of this inquiry with now."""
    return version_of(instructions_of(inquiry_id), settings.READING_CRITIQUE)


def trials_that_hold(prompt: OwnPrompt) -> QuerySet[Trial]:
    """Trials of `prompt` beside the prompt that is in use now and, where a model reads, on the model that reads now."""
    beside = prompt.trials.filter(against=version_in_use(prompt.inquiry_id))
    if settings.GROUNDWORK_ENGINE == "openai":
        return beside.filter(model=reader_named("openai", settings.OPENAI_MODEL))
    return beside


def untried(prompt: OwnPrompt) -> QuerySet[GoldenAnswer]:
    """Golden answers no trial of `prompt` that holds is about."""
    tried = trials_that_hold(prompt).values("golden")
    return GoldenAnswer.objects.filter(inquiry=prompt.inquiry_id).exclude(pk__in=tried)


def reader_named(engine: str, model: str) -> str:
    """How a trial names the engine and model that made it."""
    return f"{engine} {model}"[:120]


def is_switched_off(inquiry_id: UUID) -> bool:
    """Whether no machine reads answers of this inquiry now."""
    return ReadingSwitch.objects.filter(pk=inquiry_id).exists()


def trials_due() -> QuerySet[OwnPrompt]:
    """Prompts whose trial waits or was lost with its worker, where machine reading is on."""
    waiting = OwnPrompt.objects.filter(state__in=["draft", "trying"], ring_at__lte=timezone.now())
    return waiting.filter(inquiry__reading_switched_off=None)


def rests_until(lane: str) -> datetime | None:
    """Until when an endpoint asked to be left alone; None where it may be asked."""
    now = timezone.now()
    return (
        Lane.objects.filter(pk=lane, rests_until__gt=now)
        .values_list("rests_until", flat=True)
        .first()
    )


def lost_reservations() -> QuerySet[Reservation]:
    """Money set apart for readings that never came back."""
    stale = timezone.now() - timedelta(seconds=2 * settings.READING_LEASE)
    return Reservation.objects.filter(made_at__lt=stale)


def is_reworded(card: Candidate) -> bool:
    """Whether its author has put a card in other words; of cards changed before their words were counted, the state tells."""
    edits = card.edits.all()
    return any(one.changed for one in edits) if edits else card.state == Candidate.State.EDITED


def reworded() -> "ExpressionWrapper[Any]":
    """The same as a column of cards."""
    counted = Edit.objects.filter(candidate=OuterRef("pk"))
    uncounted = Q(state=Candidate.State.EDITED) & ~Exists(counted)
    changed = Exists(counted.filter(changed__gt=0)) | uncounted
    return ExpressionWrapper(changed, output_field=BooleanField())


def broken_spans() -> Iterator[Located]:
    """Quotes and marks that differ from their span. There must be none; checks and tests ask."""
    for located in (Quote, NormQuote, Mark):
        for span in located.objects.select_related("revision").iterator():
            if span.revision.text[span.start : span.end] != span.text:
                yield span


def askings_due(kind: type[Asking]) -> QuerySet[Any]:
    """What a model is to be asked now: it waits and its time has come, or its worker is gone."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return askings(kind).filter(free, state="waiting", ring_at__lte=now)


def askings(kind: type[Asking]) -> QuerySet[Any]:
    """All of one kind of what models are asked."""
    return QuerySet(kind)
