"""The rows of comparisons, how they were put, and what people said to them. Reasons are private and marked so."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp, text_or_none
from deliberation.exports.studied import studied
from elicitation.graph.models import Judgement, Showing, Story, Transition

Row = dict[str, Any]
CHUNK = 1000
HERE = "transition__inquiry__assemblies"


def transitions(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.TRANSITIONS."""
    found = Transition.objects.filter(inquiry__assemblies=assembly)
    for t in found.select_related("context", "proposed_by").order_by("id").iterator(CHUNK):
        by = t.proposed_by if t.proposed_by and t.proposed_by.in_research else None
        yield {
            "transition": t.pk,
            "inquiry": str(t.inquiry_id),
            "from_value": str(t.from_value_id),
            "to_value": str(t.to_value_id),
            "context": t.context_id,
            "phrase": t.context.phrase if t.context else None,
            "source": t.source,
            "proposed_by": str(by.pk) if by else None,
            "likeness": t.likeness,
            "shown": t.shown,
            "judged": t.judged,
            "proposed_at": stamp(t.proposed_at),
            "closed_at": stamp(t.closed_at),
        }


def stories(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.STORIES."""
    whose = Q(written_by=None) | Q(written_by__in_research=True)
    found = Story.objects.filter(whose, **{HERE: assembly})
    for s in found.order_by("id").iterator(CHUNK):
        yield {
            "story": s.pk,
            "transition": s.transition_id,
            "towards": str(s.towards_id),
            "text": "" if s.left_out_at else s.text,
            "language": s.language,
            "engine": s.engine,
            "model": s.model,
            "prompt_version": s.prompt_version,
            "written_by": text_or_none(s.written_by_id),
            "status": "released" if s.released_at else "left_out" if s.left_out_at else "to_decide",
            "edited_at": stamp(s.edited_at),
            "at": stamp(s.at),
        }


def showings(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.SHOWINGS."""
    found = studied(Showing.objects.filter(**{HERE: assembly}), "respondent")
    for s in found.select_related("respondent").order_by("id").iterator(CHUNK):
        yield {
            "showing": s.pk,
            "respondent": str(s.respondent_id),
            "respondent_kind": s.respondent.kind,
            "transition": s.transition_id,
            "forward": s.forward,
            "to_left": s.to_left,
            "story_ready": s.story_id,
            "with_story": s.with_story,
            "own": s.own,
            "route": s.route,
            "at": stamp(s.at),
        }


def judgements(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.JUDGEMENTS."""
    here = Judgement.objects.filter(**{f"showing__{HERE}": assembly})
    found = studied(here, "showing__respondent")
    for j in found.select_related("showing").order_by("id").iterator(CHUNK):
        yield {
            "judgement": j.pk,
            "showing": j.showing_id,
            "respondent": str(j.showing.respondent_id),
            "transition": j.showing.transition_id,
            "answer": j.answer,
            "reason": j.reason,
            "reason_public": False,
            "language": j.language,
            "at": stamp(j.at),
            "replaced_at": stamp(j.replaced_at),
        }
