"""Object to a clause under review, stand behind somebody's objection; answer in public; say whether that satisfies."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.artifacts import contests
from deliberation.artifacts.actions.drafting import rewrite_clause
from deliberation.artifacts.actions.keeping import About, hold_draft
from deliberation.artifacts.errors import (
    AlreadyObjected,
    NotUnderReview,
    ObjectionFaulty,
    ObjectionGone,
)
from deliberation.artifacts.models import Clause, Objection, Seconding
from deliberation.artifacts.models.contesting import LONGEST
from deliberation.assemblies.conditions import ensure_agreed, ensure_open
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

State = Objection.State


@recorded
def object_to(member: Membership, clause: Clause, reason: str, rewording: str = "") -> Objection:
    """Say what one has against a clause, with other words for it if one likes.

    Raises PhaseClosed, ConsentMissing, NotUnderReview, ObjectionFaulty, AlreadyObjected.
    """
    held = _hold_reviewed(member, clause)
    objection = Objection(
        clause=held,
        respondent_id=member.respondent_id,
        reason=_sound(reason),
        rewording=_sound(rewording) if rewording.strip() else "",
        language=member.language,
        as_it_read=held.text,
    )
    try:
        with transaction.atomic():
            objection.save(force_insert=True)
    except IntegrityError as there:
        raise AlreadyObjected from there
    append("objection.made", objection=str(objection.pk), clause=str(held.pk))
    return objection


@recorded
def second(member: Membership, objection: Objection) -> None:
    """Stand behind somebody else's objection; twice is once, and one's own is one's own. Raises as object_to, and ObjectionGone."""
    _hold_reviewed(member, objection.clause)
    held = _hold(objection)
    if held.respondent_id != member.respondent_id:
        Seconding.objects.get_or_create(objection=held, respondent_id=member.respondent_id)
    append("objection.seconded", objection=str(held.pk))


@recorded
def unsecond(member: Membership, objection: Objection) -> None:
    """Stand behind an objection no more. Open at any time; twice is once."""
    Seconding.objects.filter(objection=objection, respondent=member.respondent_id).delete()
    append("objection.unseconded", objection=str(objection.pk))


@recorded
def take_back(member: Membership, objection: Objection) -> None:
    """Take one's own objection back: its words are erased. Open at any time. Raises NotHere (somebody else's), ObjectionGone."""
    if objection.respondent_id != member.respondent_id:
        raise NotHere
    _erase(_hold(objection))


@recorded
def say_satisfied(member: Membership, objection: Objection, satisfied: bool) -> Objection:
    """Say of the answer to one's own objection whether it satisfies. Open until the version is fixed.

    Raises NotHere (somebody else's, or not answered yet), ObjectionGone, Fixed, BallotOpened.
    """
    hold_draft(objection.clause.version)
    held = _hold(objection)
    if held.respondent_id != member.respondent_id or held.state == State.OPEN:
        raise NotHere
    held.satisfied = satisfied
    held.save(update_fields=["satisfied"])
    append("objection.weighed", objection=str(held.pk), satisfied=satisfied)
    return held


@recorded
def answer(objection: Objection, by: Any, words: str, sustain: bool) -> Objection:
    """Answer an objection in public, and sustain it (the clause is open again) or not. Answered anew, its author is asked anew.

    Raises Fixed, BallotOpened, ObjectionGone, ObjectionFaulty.
    """
    hold_draft(objection.clause.version)
    held = _hold(objection)
    held.answer, held.state = _sound(words), State.SUSTAINED if sustain else State.ANSWERED
    held.answered_by_id, held.answered_at, held.satisfied = by.pk, timezone.now(), None
    held.save()
    append("objection.answered", objection=str(held.pk), state=held.state)
    return held


@recorded
def adopt(objection: Objection, by: Any, words: str, seen: int) -> Clause:
    """Sustain an objection and let the clause, as it stood after `seen` edits, read as its author would have it; with an answer in public.

    Raises what `answer` and `rewrite_clause` raise, all of it undone, and ObjectionFaulty where no other words were offered.
    """
    if not objection.rewording:
        raise ObjectionFaulty(most=LONGEST)
    held = answer(objection, by, words, sustain=True)
    clause = Clause.objects.select_related("version__artifact").get(pk=held.clause_id)
    about = About(clause.section, list(clause.norms.all()), by)
    return rewrite_clause(clause, seen, held.rewording, list(clause.values.all()), about)


@recorded
def forget(member: Membership) -> None:
    """Erase the objections of a member, and that it stands behind any. Open at any time."""
    own = Objection.objects.filter(respondent=member.respondent_id)
    for objection in own.filter(withdrawn_at=None).select_for_update().order_by("pk"):
        _erase(objection)
    own.update(respondent=None)
    Seconding.objects.filter(respondent=member.respondent_id).delete()
    append("objections.forgotten", assembly=member.assembly.slug)


def _hold_reviewed(member: Membership, clause: Clause) -> Clause:
    """The clause as it reads now, where the member may object to it. The version is locked first, so that no vote opens meanwhile."""
    ensure_open(member.assembly, Phase.Kind.REVIEWING)
    ensure_agreed(member)
    reviewed = contests.under_review(member.assembly).select_for_update(of=("self",))
    version = reviewed.filter(pk=clause.version_id).first()
    if version and (found := version.clauses.filter(pk=clause.pk).first()):
        return found
    raise NotUnderReview


def _hold(objection: Objection) -> Objection:
    held = Objection.objects.standing().select_for_update(of=("self",)).select_related("clause")
    if found := held.filter(pk=objection.pk).first():
        return found
    raise ObjectionGone


def _sound(text: str) -> str:
    if fault(text) or len(text.strip()) > LONGEST:
        raise ObjectionFaulty(most=LONGEST)
    return text.strip().replace("\r\n", "\n")


def _erase(objection: Objection) -> None:
    objection.reason = objection.rewording = ""
    objection.withdrawn_at = timezone.now()
    objection.save(update_fields=["reason", "rewording", "withdrawn_at"])
    objection.secondings.all().delete()
    append("objection.taken_back", objection=str(objection.pk))
