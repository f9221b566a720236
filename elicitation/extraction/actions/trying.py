"""A prompt's trial on the golden answers: claimed by one worker, kept answer by answer, ended."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import GoldenAnswer, OwnPrompt, Trial
from elicitation.interview.models import Inquiry
from elicitation.record.actions import append, recorded

RING_AGAIN = timedelta(seconds=30)
State = OwnPrompt.State


@recorded
def ring_trials(most: int) -> list[UUID]:
    """Take up to `most` prompts whose trial is due, and put off their next ring. Returns their ids."""
    due = queries.trials_due().select_for_update(of=("self",), skip_locked=True)
    ids = [prompt.pk for prompt in due.order_by("ring_at")[:most]]
    OwnPrompt.objects.filter(pk__in=ids).update(ring_at=timezone.now() + RING_AGAIN)
    append("own_prompts.rung", count=len(ids))
    return ids


@transaction.atomic(durable=True)
@recorded
def start_trial(prompt_id: UUID) -> OwnPrompt:
    """Claim a prompt to be tried. Raises AlreadyClaimed where another has it, it no longer waits, or machine reading is off."""
    now = timezone.now()
    free = Q(state=State.DRAFT) | Q(state=State.TRYING, leased_until__lt=now)
    waiting = OwnPrompt.objects.filter(free, pk=prompt_id)
    off = waiting.exclude(inquiry__reading_switched_off=None)
    if off.exists() or not waiting.update(state=State.TRYING, **_lease(now)):
        raise AlreadyClaimed
    append("own_prompt.trial_started", prompt=str(prompt_id))
    return OwnPrompt.objects.select_related("inquiry").get(pk=prompt_id)


@transaction.atomic(durable=True)
@recorded
def keep_trial(trial: Trial) -> Trial:
    """Keep what one golden answer became, in place of an older trial of it, and hold the claim a while longer.

    Raises Outlived where the prompt or the golden answer no longer stands, or another prompt came into use meanwhile.
    """
    prompt = trial.prompt
    list(Inquiry.objects.select_for_update(no_key=True).filter(pk=prompt.inquiry_id))
    standing = GoldenAnswer.objects.filter(pk=trial.golden_id).exists()
    held = OwnPrompt.objects.filter(pk=prompt.pk, state=State.TRYING)
    if not standing or trial.against != queries.version_in_use(prompt.inquiry_id):
        raise Outlived
    if not held.update(**_lease(timezone.now())):
        raise Outlived
    Trial.objects.filter(prompt=prompt, golden=trial.golden_id).delete()
    trial.save()
    append("own_prompt.tried_on", prompt=str(prompt.pk), golden=str(trial.golden_id))
    return trial


@recorded
def put_off_trial(prompt_id: UUID, until: datetime) -> None:
    """Let a trial wait until `until`: its endpoint rests."""
    on_trial = OwnPrompt.objects.filter(pk=prompt_id, state__in=["draft", "trying"])
    on_trial.update(state=State.DRAFT, ring_at=until, leased_until=None)
    append("own_prompt.put_off", prompt=str(prompt_id))


@recorded
def end_trial(prompt: OwnPrompt) -> None:
    """A prompt read every golden answer; where one is left, or was added meanwhile, the trial goes on."""
    list(Inquiry.objects.select_for_update(no_key=True).filter(pk=prompt.inquiry_id))
    held, now = OwnPrompt.objects.filter(pk=prompt.pk, state=State.TRYING), timezone.now()
    if queries.untried(prompt).exists():
        held.update(state=State.DRAFT, ring_at=now, leased_until=None)
    else:
        held.update(state=State.TRIED, ring_at=None, leased_until=None, tried_at=now)
    append("own_prompt.trial_ended", prompt=str(prompt.pk))


def _lease(now: datetime) -> dict[str, datetime]:
    """Long enough for two readings of one answer."""
    until = now + timedelta(seconds=2 * settings.READING_LEASE)
    return {"leased_until": until, "ring_at": until}
