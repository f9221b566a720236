"""Draft how an assembly may begin, from one sentence: ask, claim, keep what a model said or why it said nothing. Nothing is founded by it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from deliberation.assemblies import ready
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.errors import OutlineClaimed, SentenceUnfit
from deliberation.assemblies.models import Assembly, Outline
from elicitation.extraction.actions import asking_keeping, spending
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import Usage
from elicitation.extraction.engines.outlines import OutlineProposal
from elicitation.extraction.errors import BudgetBusy, OverBudget
from elicitation.extraction.queries import askings_due
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded, recorded_at_once

LONGEST = 500  # code points of a sentence
WAITING, DONE, FAILED = "waiting", "done", "failed"


@recorded
def ask(account: AbstractBaseUser, sentence: str, language: str) -> Outline:
    """Draft from a sentence: at once by the nearest template, and by a model too where there is one. It takes the place of one's last. Raises SentenceUnfit."""
    said = " ".join(sentence.split())
    if fault(said) or len(said) > LONGEST:
        raise SentenceUnfit
    by_model = settings.GROUNDWORK_ENGINE == "openai"
    Outline.objects.filter(account_id=account.pk).delete()
    asked = Outline.objects.create(
        account_id=account.pk,
        sentence=said,
        language=language,
        template=ready.nearest(said),
        state=WAITING if by_model else DONE,
        ring_at=timezone.now() if by_model else None,
    )
    append("outline.asked", outline=str(asked.pk), by_model=by_model)
    return asked


@recorded
def ring(most: int) -> list[UUID]:
    """Take up to `most` that are due, and put off their next ring. Returns their ids. One tried too often ends as failed."""
    ids, lost = asking_keeping.ring(askings_due(Outline), most)
    append("outlines.rung", count=len(ids), lost=[str(pk) for pk in lost])
    return ids


@recorded_at_once
def open_outline(outline_id: UUID, outliner: Who) -> Outline | None:
    """Claim one and set apart what it may cost of the day's budget. None where there is no money: it ends as failed. Raises OutlineClaimed."""
    if not asking_keeping.claim(Outline, outline_id, outliner):
        raise OutlineClaimed
    append("outline.opened", outline=str(outline_id), by=outliner.engine)
    opened = Outline.objects.get(pk=outline_id)
    try:
        with transaction.atomic():
            if outliner.at_most:
                day = {"day": timezone.now().date().isoformat()}
                spending.set_apart(opened.pk, day, outliner.at_most)
    except (OverBudget, BudgetBusy):
        asking_keeping.end(opened, Usage(), None, state=FAILED, failure="over_budget")
        return None
    return opened


@recorded_at_once
def close_outline(outline: Outline, told: OutlineProposal, cost: int | None) -> None:
    """Keep what the model drafted, for its person to look at. Raises OutlineClaimed where the worker was too slow."""
    _ensure_held(outline)
    words = {
        "title": told.title,
        "question": told.question,
        "contexts": list(told.contexts),
        "prompts": list(told.prompts),
    }
    asking_keeping.end(outline, told.usage, cost, state=DONE, words=words, template=told.template)
    append("outline.closed", outline=str(outline.pk))


@recorded_at_once
def fail_outline(outline: Outline, why: str, usage: Usage, cost: int | None) -> None:
    """Write down why no model drafted: it is not asked again, for somebody waits, and the template is there. Raises OutlineClaimed."""
    _ensure_held(outline)
    asking_keeping.end(outline, usage, cost, state=FAILED, failure=why)
    append("outline.failed", outline=str(outline.pk), failure=why)


@recorded
def found(draft: AssemblyDraft, outline: Outline, facilitator: AbstractBaseUser) -> Assembly:
    """Found an assembly with what became of an outline, which is gone with it. Raises what setting_up.found raises."""
    assembly = setting_up.found(draft, facilitator)
    Outline.objects.filter(pk=outline.pk).delete()
    return assembly


@recorded
def forget_outlines(days: int) -> int:
    """Erase what was asked so many days ago. Returns how many went."""
    old = Outline.objects.filter(asked_at__lt=timezone.now() - timedelta(days=days))
    number, _ = old.delete()
    append("outlines.forgotten", count=number)
    return number


def _ensure_held(outline: Outline) -> None:
    if not asking_keeping.is_held(outline):
        raise OutlineClaimed
