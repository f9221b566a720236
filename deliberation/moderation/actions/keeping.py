"""What every decision does: be sure of what was seen, have a reason, and be kept with how far it reaches."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from deliberation.moderation.actions.doubled_keeping import ask_of_decision
from deliberation.moderation.actions.reasons import agree_on_reasons
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import ReasonMissing, StaleDecision
from deliberation.moderation.inverse import What, reach
from deliberation.moderation.models import Claim, Decision, Reason, Thing, Touch
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Evidence, Value
from elicitation.graph.queries import suggestion_for
from elicitation.interview.models import Response
from elicitation.record.actions import append

K = Decision.Kind


def keep(bench: Bench, what: What, why: Why, **fields: Any) -> Decision:
    """Keep a decision with its reason and its touches. Raises ReasonMissing."""
    grounds = grounds_of(bench, why, what.kind)
    decision = Decision.objects.create(
        assembly=bench.assembly,
        moderator_id=bench.moderator.pk,
        kind=what.kind,
        candidate_id=what.card,
        value_id=what.value,
        other_id=what.other,
        answer_id=what.answer,
        rule_id=what.rule,
        norm_id=what.norm,
        proposal_id=what.proposal,
        grounds=grounds,
        reason=why.words.strip(),
        **fields,
    )
    touch(decision, what)
    _settle(bench, decision)
    append(
        f"decision.{what.kind}",
        decision=str(decision.id),
        assembly=bench.assembly.slug,
        candidate=_text(what.card),
        value=_text(what.value),
        other=_text(what.other),
        answer=_text(what.answer),
        grounds=grounds.code if grounds else None,
        **({"rule": _text(what.rule), "norm": _text(what.norm)} if what.rule else {}),
        **({"proposal": _text(what.proposal)} if what.proposal else {}),
    )
    return decision


def _settle(bench: Bench, decision: Decision) -> None:
    """Nobody works on the card, rule or proposal any more; what is drawn by lot is asked of a second moderator, too."""
    ask_of_decision(bench, decision)
    card = decision.candidate_id
    settled = ((Thing.RULE, decision.rule_id), (Thing.PROPOSAL, decision.proposal_id))
    for kind, thing in settled:
        if thing:
            Claim.objects.filter(assembly=bench.assembly, kind=kind, thing=thing).delete()
    if card is None or decision.card_version is None:
        return
    Claim.objects.filter(assembly=bench.assembly, kind=Thing.CARD, thing=card).delete()


def touch(decision: Decision, what: What) -> None:
    """Keep how far a decision reaches."""
    reached = reach(what)
    Touch.objects.bulk_create(
        Touch(decision=decision, thing=aspect.thing, aspect=aspect.of, wrote=wrote)
        for wrote, aspects in ((True, reached.wrote), (False, reached.took))
        for aspect in sorted(aspects)
    )


def grounds_of(bench: Bench, why: Why, kind: str) -> Reason | None:
    """The reason of the list that was named. Raises ReasonMissing where none is given at all, or one that is not for this kind."""
    if not why.is_given:
        raise ReasonMissing
    if not why.code:
        return None
    if not bench.assembly.reasons.exists():
        agree_on_reasons(bench.assembly)
    found = bench.assembly.reasons.filter(code=why.code, kinds__contains=[kind]).first()
    if found is None and not why.words.strip():
        raise ReasonMissing
    return found


def of_card(card: Candidate, kind: str, value: Value | None) -> dict[str, Any]:
    """What is kept of a decision on a card beside it: the card as it stood, what was suggested, and how long it had waited."""
    since = card.answered_at or card.proposed_at
    told = suggestion_for(card)
    fields: dict[str, Any] = {
        "card_version": card.version,
        "waited": max(0, int((timezone.now() - since).total_seconds())),
    }
    if told:
        same = told.kind == "same"
        fields["suggested"] = {"kind": told.kind, "value": _text(told.value_id)}
        if kind in (K.ACCEPT, K.MERGE):
            joined = kind == K.MERGE and value is not None and value.pk == told.value_id
            fields["followed"] = joined if same else kind == K.ACCEPT
    return fields


def ensure_fresh(card: Candidate, seen: int) -> None:
    """Lock the answer and the card, in that order. Raises StaleDecision where it moved on or was decided."""
    list(Response.objects.select_for_update().filter(revisions__readings=card.reading_id))
    now = Candidate.objects.select_for_update().filter(pk=card.pk).first()
    if now is None or now.version != seen or not now.stands:
        raise StaleDecision(now=now.get_state_display() if now else _("withdrawn"))
    if other := card.decisions.settling().filter(card_version=F("candidate__version")).last():
        raise StaleDecision(now=told(other))
    if Evidence.objects.filter(candidate=card).exists():
        raise StaleDecision(now=_("part of a value"))
    card.refresh_from_db()


def ensure_standing(value: Value, seen: int) -> Value:
    """The value, locked, as it was seen. Raises StaleDecision with what became of it since."""
    held = Value.objects.select_for_update().filter(pk=value.pk).first()
    if held and not held.retired_at and held.version == seen:
        return held
    last = None
    if held:
        last = held.decisions.living().exclude(kind__in=[K.ACCEPT, K.MERGE]).last()
    raise StaleDecision(now=told(last) if last else _("no longer as you saw it"))


def told(decision: Decision) -> str:
    """What was decided and how long ago, without who did it."""
    return _("%(what)s, %(time)s ago") % {
        "what": decision.get_kind_display(),
        "time": timesince(decision.at),
    }


def _text(pk: object) -> str | None:
    return str(pk) if pk else None
