"""The queue: cards that wait for a moderator."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Membership, Phase
from deliberation.moderation.inverse import chain
from deliberation.moderation.models import Claim, Decision, Reason, Touch
from deliberation.moderation.reasons import DEFAULTS, Draft
from elicitation.extraction.models import Candidate, CandidateQuerySet, NormCandidate
from elicitation.graph.models import Evidence, NormEvidence, Value
from elicitation.interview.models import Response, wording
from elicitation.interview.queries import thread_ids

AUTHOR_OF_CARD = "reading__revision__response__respondent"
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
    author = Membership.objects.filter(respondent=OuterRef(AUTHOR_OF_CARD))
    placed = Evidence.objects.filter(candidate=OuterRef("pk"))
    return (
        cards_of(assembly)
        .standing()
        .filter(owned | ~Exists(author), ~Exists(placed), ~Exists(decided))
        .annotate(answered=F("answered_at"))
        .order_by(F("answered_at").asc(nulls_last=True), "proposed_at", "id")
    )


def rules_waiting(assembly: Assembly) -> QuerySet[NormCandidate]:
    """People's rules to decide on: released for all to read, owned by their authors or of authors who cannot be asked, in no norm yet.

    A rule comes back when its author changed it after the last decision.
    """
    decided = Decision.objects.settling_rules().filter(
        rule=OuterRef("pk"), card_version=OuterRef("version")
    )
    owned = Q(state__in=[NormCandidate.State.CONFIRMED, NormCandidate.State.EDITED])
    author = Membership.objects.filter(respondent=OuterRef(AUTHOR_OF_CARD))
    placed = NormEvidence.objects.filter(candidate=OuterRef("pk"))
    here = NormCandidate.objects.filter(
        reading__revision__response__prompt__inquiry__assemblies=assembly
    )
    return here.released().filter(owned | ~Exists(author), ~Exists(placed), ~Exists(decided))


def next_card(assembly: Assembly, moderator: AbstractBaseUser) -> Candidate | None:
    """The card that has waited longest and that nobody else holds."""
    held = Claim.objects.filter(assembly=assembly, until__gt=timezone.now())
    others = held.exclude(moderator_id=moderator.pk).values("thing")
    return queue(assembly).exclude(pk__in=others).first()


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
    return own.select_related("candidate", "rule", "value").order_by("-at").first()


def decisions_on(value: Value) -> QuerySet[Decision]:
    """What was decided on a value or with it, the newest first; undone ones too."""
    about = Q(value=value) | Q(other=value)
    found = Decision.objects.filter(about).select_related("grounds", "candidate", "value", "other")
    return found.order_by("-at")


def hiding_of(answer: Response) -> Decision | None:
    """The decision by which the quotes of an answer are kept from others."""
    found: Decision | None = answer.decisions.living().filter(kind=Decision.Kind.HIDE).first()
    return found


def worded_by(answer: Response) -> QuerySet[Value]:
    """Values that carry the words of a card of this answer."""
    standing = Value.objects.standing()
    return standing.filter(worded_from__reading__revision__response__in=thread_ids(answer.pk))


def ruled_by(answer: Response) -> QuerySet[NormCandidate]:
    """Rules of this answer that stand in a shared one."""
    standing = NormCandidate.objects.filter(evidence__isnull=False)
    return standing.filter(reading__revision__response__in=thread_ids(answer.pk))


def dependents(decision: Decision) -> list[Decision]:
    """Later decisions that still stand and took as given what this one wrote, newest first.

    Where a card or rule stood is its author's matter since they changed it: nothing depends on that any more.
    """
    wrote = decision.touches.filter(wrote=True, thing=OuterRef("thing"), aspect=OuterRef("aspect"))
    for own in (decision.candidate, decision.rule):
        if own and own.version != decision.card_version:
            wrote = wrote.exclude(thing=own.pk)
    took = Touch.objects.filter(Exists(wrote), wrote=False).values("decision")
    later = Decision.objects.living().filter(pk__in=took, at__gt=decision.at)
    return list(later.exclude(pk=decision.pk).order_by("-at"))


def chain_of(decision: Decision) -> list[Decision]:
    """A decision with all that depends on it, in the order in which they are to be undone."""
    return chain(decision, dependents, lambda one: one.at)


def reasons_for(assembly: Assembly, kinds: Iterable[str], language: str) -> list[tuple[str, str]]:
    """The reasons for any of these kinds of decision, as (code, words). Those of the house where the assembly has no list of its own yet."""
    wanted = set(kinds)
    own = list(assembly.reasons.all())
    listed: Iterable[Reason | Draft] = own or DEFAULTS
    told = [one for one in listed if wanted & set(one.kinds)]
    return [(one.code, wording(dict(one.wording), language)) for one in told]


def reasons_are_fixed(assembly: Assembly) -> bool:
    """Whether answering has begun, or something was decided, so that people rely on the list of reasons."""
    begun = assembly.phases.filter(kind=Phase.Kind.ANSWERING, starts_at__lte=timezone.now())
    return begun.exists() or assembly.decisions.exists()


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
