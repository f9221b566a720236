"""Cards that wait for a moderator, decisions taken, and the reasons there are to take them."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Phase
from deliberation.moderation.inverse import chain
from deliberation.moderation.models import Decision, Reason, Touch
from deliberation.moderation.reasons import DEFAULTS
from elicitation.extraction.models import Candidate, CandidateQuerySet
from elicitation.interview.models import Response

PRESENT_AUTHOR = Q(reading__revision__response__respondent__membership__isnull=False)


def cards_of(assembly: Assembly) -> CandidateQuerySet:
    """Every card read in this assembly."""
    here: CandidateQuerySet = Candidate.objects.filter(
        reading__revision__response__prompt__inquiry__assemblies=assembly
    )
    return here.select_related("reading__revision__response__prompt__inquiry")


def queue(assembly: Assembly) -> QuerySet[Candidate]:
    """Cards to decide on: owned by their authors first, then those whose authors cannot be asked.

    A card whose author can still be asked waits for that author, not for a moderator. A card comes back when its author
    changed it after the last decision.
    """
    decided = Decision.objects.settling().filter(
        candidate=OuterRef("pk"), card_version=OuterRef("version")
    )
    owned = Q(state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])
    return (
        cards_of(assembly)
        .standing()
        .filter(owned | ~PRESENT_AUTHOR, evidence=None)
        .filter(~Exists(decided))
        .annotate(answered=F("answered_at"))
        .order_by(F("answered_at").asc(nulls_last=True), "proposed_at", "id")
    )


def decided_cards() -> QuerySet[Decision, UUID | None]:
    """Keys of cards a moderator has decided on as they stand."""
    standing = Decision.objects.settling().filter(card_version=F("candidate__version"))
    return standing.values_list("candidate", flat=True)


def waiting_for_author(assembly: Assembly) -> QuerySet[Candidate]:
    """Cards whose authors have not said yet whether that is what they meant."""
    return cards_of(assembly).filter(PRESENT_AUTHOR, state=Candidate.State.PROPOSED)


def last_decision(assembly: Assembly, moderator: AbstractBaseUser) -> Decision | None:
    """The newest decision of this moderator that still stands."""
    own = Decision.objects.living().filter(assembly=assembly, moderator_id=moderator.pk)
    return own.select_related("candidate", "value").order_by("-at").first()


def is_hidden(answer: Response) -> bool:
    """Whether the quotes of an answer are kept from others by a moderator."""
    return answer.decisions.living().filter(kind=Decision.Kind.HIDE).exists()


def dependents(decision: Decision) -> list[Decision]:
    """Later decisions that still stand and took as given what this one wrote, newest first.

    Where a card stood is its author's matter since they changed it: nothing depends on that any more.
    """
    wrote = decision.touches.filter(wrote=True, thing=OuterRef("thing"), aspect=OuterRef("aspect"))
    if decision.candidate and decision.candidate.version != decision.card_version:
        wrote = wrote.exclude(thing=decision.candidate.pk)
    took = Touch.objects.filter(Exists(wrote), wrote=False).values("decision")
    later = Decision.objects.living().filter(pk__in=took, at__gt=decision.at)
    return list(later.exclude(pk=decision.pk).order_by("-at"))


def chain_of(decision: Decision) -> list[Decision]:
    """A decision with all that depends on it, in the order in which they are to be undone."""
    return chain(decision, dependents, lambda one: one.at)


def open_question(candidate: Candidate) -> Decision | None:
    """The question a moderator sent this card back with, while it waits for its author."""
    sent = candidate.decisions.living().filter(
        kind=Decision.Kind.SEND_BACK, card_version=candidate.version
    )
    return sent.first()


def answers_needing_attention(assembly: Assembly) -> QuerySet[Response]:
    """Answers no engine could read: a person has to look."""
    return Response.objects.standing().filter(
        prompt__inquiry__assemblies=assembly, revisions__reading_request__state="needs_person"
    )


def reasons_of(assembly: Assembly) -> list[Reason]:
    """The reasons moderators may give here: the assembly's own list, or the one every assembly begins with, not kept yet."""
    return list(assembly.reasons.all()) or [
        Reason(code=draft.code, wording=dict(draft.wording), kinds=list(draft.kinds))
        for draft in DEFAULTS
    ]


def may_change_reasons(assembly: Assembly) -> bool:
    """Whether the list may still be changed: before answering begins, and before anything is decided."""
    begun = assembly.phases.filter(kind=Phase.Kind.ANSWERING, starts_at__lte=timezone.now())
    return not (begun.exists() or assembly.decisions.exists())
