"""Take decisions back, exactly, whoever took them; and with one all that depends on it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from deliberation.moderation import queries
from deliberation.moderation.actions.keeping import grounds_of
from deliberation.moderation.actions.meaning import unask
from deliberation.moderation.actions.proposing import wait_again
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import NothingToUndo, UndoFirst
from deliberation.moderation.models import Decision, MachineProposal, Reason
from deliberation.moderation.why import BY_MISTAKE, Why
from elicitation.extraction.actions import hiding
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.actions import folding, norms, rewording, splitting
from elicitation.graph.actions.placing import dissolve, release
from elicitation.graph.models import Norm, Value
from elicitation.interview.models import Response
from elicitation.record.actions import append, recorded

K = Decision.Kind


@recorded
def undo(bench: Bench, decision: Decision, why: Why) -> Decision:
    """Take one decision back: all is as it was before, but for what people said since.

    Raises ReasonMissing; NothingToUndo where it stands no more; UndoFirst, which names what depends on it; ValueWeighed, ValueInUse or
    ValueShared where something else rests on the value that would go; of a norm NormWeighed, NormInUse or NormShared.
    """
    grounds = grounds_of(bench, why, "undo")
    held = _hold(bench, decision)
    if later := queries.dependents(held):
        raise UndoFirst(later)
    return _take_back(bench, held, why, grounds)


@recorded
def undo_chain(bench: Bench, decision: Decision, why: Why) -> list[Decision]:
    """Take a decision back with all that depends on it, newest first; all of it or nothing. Raises what undo raises."""
    grounds = grounds_of(bench, why, "undo")
    steps = queries.chain_of(_hold(bench, decision))
    return [_take_back(bench, _hold(bench, step), why, grounds) for step in steps]


@recorded
def undo_last(bench: Bench) -> Decision:
    """Take this moderator's newest decision back, as a slip of the hand. Raises NothingToUndo and what undo raises."""
    last = queries.last_decision(bench.assembly, bench.moderator)
    if last is None:
        raise NothingToUndo
    return undo(bench, last, BY_MISTAKE)


def _hold(bench: Bench, decision: Decision) -> Decision:
    """The decision, locked after all it touches: answers, cards, values, rules, norms, proposals, each by key. Raises NothingToUndo."""
    things = set(decision.touches.values_list("thing", flat=True))
    cards = Candidate.objects.filter(pk__in=things)
    rules = NormCandidate.objects.filter(pk__in=things)
    read = Q(revisions__readings__candidates__in=cards)
    answers = Response.objects.filter(read | Q(revisions__readings__normcandidates__in=rules))
    both = {*answers.values_list("pk", flat=True), *things}
    list(Response.objects.select_for_update().filter(pk__in=both).order_by("pk"))
    list(cards.select_for_update(no_key=True).order_by("pk"))
    list(Value.objects.select_for_update().filter(pk__in=things).order_by("pk"))
    list(rules.select_for_update(no_key=True).order_by("pk"))
    list(Norm.objects.select_for_update().filter(pk__in=things).order_by("pk"))
    list(MachineProposal.objects.select_for_update().filter(pk__in=things).order_by("pk"))
    living = Decision.objects.living().filter(pk=decision.pk, assembly=bench.assembly)
    held = living.select_for_update(of=("self",)).first()
    if held is None:
        raise NothingToUndo
    return held


def _take_back(bench: Bench, decision: Decision, why: Why, grounds: Reason | None) -> Decision:
    decision.undone_at = timezone.now()
    decision.undone_by_id = bench.moderator.pk
    decision.undone_grounds, decision.undone_reason = grounds, why.words.strip()
    decision.save(
        update_fields=["undone_at", "undone_by", "undone_grounds", "undone_reason"],
    )
    INVERSES[K(decision.kind)](decision)
    if decision.meanings.exists():
        unask(decision)
    append(
        "decision.undone",
        decision=str(decision.pk),
        undone=decision.kind,
        grounds=grounds.code if grounds else None,
    )
    return decision


def _unaccept(decision: Decision) -> None:
    if decision.candidate and decision.value:
        dissolve(decision.value, decision.candidate)


def _unmerge(decision: Decision) -> None:
    card, value = decision.candidate, decision.value
    if card and value and value.evidence.filter(candidate=card).exists():
        release(card)  # it may stand in another value by now, by its author's change


def _unfold(decision: Decision) -> None:
    if decision.fold:
        folding.unfold(decision.fold)


def _unsplit(decision: Decision) -> None:
    if decision.value and decision.other:
        told = decision.inverse
        parted = splitting.Parted(decision.other, told["places"], told["words"])
        splitting.unsplit(decision.value, parted)


def _unword(decision: Decision) -> None:
    if decision.value:
        rewording.word_back(decision.value, decision.inverse["words"])


def _unmove(decision: Decision) -> None:
    if decision.value:
        rewording.hold_back(decision.value, decision.inverse["contexts"])


def _unhide(decision: Decision) -> None:
    if decision.answer:
        hiding.show(decision.answer, decision.inverse["quotes"])


def _unrestore(decision: Decision) -> None:
    """What was put back is hidden or left out again, by the decision that had done it."""
    before = Decision.objects.select_for_update(of=("self",)).get(
        pk=UUID(decision.inverse["decision"])
    )
    before.undone_at, before.undone_by = None, None
    before.save(update_fields=["undone_at", "undone_by"])
    if before.answer:
        hiding.hide(before.answer)


def _unaccept_rule(decision: Decision) -> None:
    if decision.norm:
        norms.dissolve_norm(decision.norm, decision.rule)


def _unjoin_rule(decision: Decision) -> None:
    rule, norm = decision.rule, decision.norm
    if rule and norm and norm.evidence.filter(candidate=rule).exists():
        norms.release_norm(rule)


def _unremove_rule(decision: Decision) -> None:
    rule = decision.rule
    if rule and rule.version == decision.card_version:
        norms.put_back(rule, decision.inverse)


def _undecide_proposal(decision: Decision) -> None:
    """It waits again; what was taken back meanwhile stays so."""
    if decision.proposal:
        wait_again(decision.proposal)


def _nothing(decision: Decision) -> None:
    """It changed nothing but what waits."""


INVERSES: Mapping[Decision.Kind, Callable[[Decision], None]] = {
    K.ACCEPT: _unaccept,
    K.MERGE: _unmerge,
    K.FOLD: _unfold,
    K.SPLIT: _unsplit,
    K.RENAME: _unword,
    K.EDIT: _unword,
    K.MOVE: _unmove,
    K.SEND_BACK: _nothing,
    K.HIDE: _unhide,
    K.REJECT: _nothing,
    K.RESTORE: _unrestore,
    K.ACCEPT_RULE: _unaccept_rule,
    K.JOIN_RULE: _unjoin_rule,
    K.DROP_RULE: _nothing,
    K.REMOVE_RULE: _unremove_rule,
    K.SHOW_AI: _undecide_proposal,
    K.DROP_AI: _undecide_proposal,
}
