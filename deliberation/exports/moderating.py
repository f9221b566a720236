"""The rows of what was decided, whether authors agree, and what they appealed against. Moderators by pseudonym; what people wrote about it is left out."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import moderator, stamp, text_or_none
from deliberation.exports.studied import CARD, about_nobody_else, studied
from deliberation.moderation.models import Appeal, Decision, Meaning

Row = dict[str, Any]
CHUNK = 1000


def decisions(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.DECISIONS: of cards, rules and answers of people in research, and of what is shared."""
    here = Decision.objects.filter(assembly=assembly).select_related("grounds", "undone_grounds")
    found = about_nobody_else(here, f"candidate__{CARD}", f"rule__{CARD}", "answer__respondent")
    for d in found.order_by("at", "id").iterator(CHUNK):
        yield {
            "decision": str(d.pk),
            "moderator": moderator(assembly.salt, d.moderator_id),
            "kind": d.kind,
            "candidate": text_or_none(d.candidate_id),
            "card_version": d.card_version,
            "value": text_or_none(d.value_id),
            "other": text_or_none(d.other_id),
            "answer": text_or_none(d.answer_id),
            "rule": text_or_none(d.rule_id),
            "norm": text_or_none(d.norm_id),
            "proposal": text_or_none(d.proposal_id),
            "grounds": d.grounds.code if d.grounds else None,
            "reason": d.reason,
            "question": d.question,
            "suggested": d.suggested.get("kind"),
            "suggested_value": d.suggested.get("value"),
            "followed": d.followed,
            "waited": d.waited,
            "at": stamp(d.at),
            "undone_at": stamp(d.undone_at),
            "undone_by": moderator(assembly.salt, d.undone_by_id) if d.undone_by_id else None,
            "undone_grounds": d.undone_grounds.code if d.undone_grounds else None,
        }


def meanings(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.MEANINGS."""
    found = studied(Meaning.objects.filter(decision__assembly=assembly), f"candidate__{CARD}")
    for m in found.order_by("asked_at", "id").iterator(CHUNK):
        yield {
            "meaning": str(m.pk),
            "candidate": str(m.candidate_id),
            "value": str(m.value_id),
            "value_version": m.value_version,
            "decision": str(m.decision_id),
            "answer": m.answer,
            "is_current": m.replaced_at is None,
            "asked_at": stamp(m.asked_at),
            "answered_at": stamp(m.answered_at),
        }


def appeals(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.APPEALS."""
    found = studied(Appeal.objects.filter(decision__assembly=assembly), "respondent")
    for a in found.order_by("at", "id").iterator(CHUNK):
        yield {
            "appeal": str(a.pk),
            "decision": str(a.decision_id),
            "candidate": text_or_none(a.candidate_id),
            "rule": text_or_none(a.rule_id),
            "state": a.state,
            "moderator": moderator(assembly.salt, a.answered_by_id) if a.answered_by_id else None,
            "at": stamp(a.at),
            "answered_at": stamp(a.answered_at),
        }
