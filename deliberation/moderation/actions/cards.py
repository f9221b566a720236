"""Decide on cards."""

from deliberation.moderation.actions.keeping import ensure_fresh, keep, of_card
from deliberation.moderation.actions.meaning import ask_authors
from deliberation.moderation.bench import Bench
from deliberation.moderation.errors import ReasonMissing
from deliberation.moderation.inverse import What
from deliberation.moderation.models import Decision
from deliberation.moderation.why import FITS, Why
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.placing import admit, join
from elicitation.graph.models import Value
from elicitation.record.actions import recorded

K = Decision.Kind


@recorded
def accept(bench: Bench, card: Candidate, seen: int, why: Why = FITS) -> Decision:
    """Make a new value of `card` as it stood at version `seen`. Raises StaleDecision, ReasonMissing."""
    ensure_fresh(card, seen)
    told = of_card(card, K.ACCEPT, None)
    value = admit(card)
    return keep(bench, What(K.ACCEPT, card=card.pk, value=value.pk), why, **told)


@recorded
def merge(bench: Bench, card: Candidate, seen: int, value: Value, why: Why = FITS) -> Decision:
    """Let `card` stand in `value`, or in what that was folded into. Raises StaleDecision, ReasonMissing, ValueGone, OtherInquiry."""
    ensure_fresh(card, seen)
    told = of_card(card, K.MERGE, value)
    joined = join(card, value)
    decision = keep(bench, What(K.MERGE, card=card.pk, value=joined.pk), why, **told)
    ask_authors(decision)
    return decision


@recorded
def send_back(bench: Bench, card: Candidate, seen: int, question: str) -> Decision:
    """Ask its author a question before deciding: it is the reason. Raises StaleDecision, ReasonMissing."""
    if not question.strip():
        raise ReasonMissing
    ensure_fresh(card, seen)
    told = of_card(card, K.SEND_BACK, None)
    return keep(
        bench, What(K.SEND_BACK, card=card.pk), Why(question), question=question.strip(), **told
    )


@recorded
def reject(bench: Bench, card: Candidate, seen: int, why: Why) -> Decision:
    """Leave `card` out of the graph, with a reason its author can read. Raises StaleDecision, ReasonMissing."""
    ensure_fresh(card, seen)
    return keep(bench, What(K.REJECT, card=card.pk), why, **of_card(card, K.REJECT, None))
