"""Keep what somebody is writing until they send it: no act of theirs yet, so the record says nothing of it (decision 0047)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from deliberation.assemblies.conditions import ensure_agreed, ensure_open
from deliberation.assemblies.models import Membership, Phase, Unsent
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import FollowUp, Response
from elicitation.interview.texts import fault

KEPT = timedelta(days=30)


@transaction.atomic
def keep_unsent(member: Membership, about: UUID, text: str) -> Unsent | None:
    """Keep the text in place of what was kept of it before; a text that is empty now is forgotten.

    Raises PhaseClosed, ConsentMissing, UnstorableText.
    """
    ensure_open(member.assembly, Phase.Kind.ANSWERING)
    ensure_agreed(member)
    if not text:
        forget_unsent(member, about)
        return None
    if found := fault(text):
        raise UnstorableText(fault=found)
    kept, _ = Unsent.objects.update_or_create(
        membership=member, about=about, defaults={"text": text, "at": timezone.now()}
    )
    return kept


def forget_unsent(member: Membership, about: UUID | None = None) -> None:
    """Erase what this member has not sent, about one thing or about all."""
    theirs = Unsent.objects.filter(membership=member)
    (theirs if about is None else theirs.filter(about=about)).delete()


def forget_unsent_about(response: Response) -> None:
    """Erase what the author of an answer has begun to put beside it or in its place."""
    beneath = response.follow_ups.values_list("pk", flat=True)
    theirs = Unsent.objects.filter(membership__respondent=response.respondent_id)
    theirs.filter(about__in=[response.pk, response.prompt_id, *beneath]).delete()


def forget_unsent_beneath(follow_up: FollowUp) -> None:
    """Erase what its author has begun to say more, and now leaves."""
    Unsent.objects.filter(about=follow_up.pk).delete()


def forget_old_unsent() -> None:
    """Erase what nobody went on with for so long."""
    Unsent.objects.filter(at__lt=timezone.now() - KEPT).delete()
