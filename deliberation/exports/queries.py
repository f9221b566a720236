"""The rows of each table of the export. Withdrawn answers are absent by this one rule: their words, and all read from them, are erased.

Every generator asks a fixed number of queries a chunk of rows, so that memory stays flat. Identity is never read here.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch, Q

from deliberation.artifacts import statuses
from deliberation.artifacts.models import Citation, Clause
from deliberation.assemblies.models import Assembly
from deliberation.exports.ballots import minority, objections, tallies, votes
from deliberation.exports.comparisons import judgements, showings, stories, transitions
from deliberation.exports.moderating import appeals, decisions, meanings
from deliberation.exports.people import belongings, strata
from deliberation.exports.pseudonyms import stamp, utf16
from deliberation.exports.studied import CARD, SPAN, studied
from deliberation.exports.upheld import norm_endorsements, norms
from deliberation.exports.votes import endorsements, exposures
from elicitation.extraction.models import (
    Candidate,
    Located,
    Mark,
    NormCandidate,
    Quote,
    Reading,
)
from elicitation.graph.models import Value
from elicitation.interview.models import Respondent, Response, Revision

Row = dict[str, Any]
CHUNK = 1000
HERE = "response__prompt__inquiry__assemblies"


def responses(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.RESPONSES."""
    standing = statuses.flagged(
        Response.objects.standing().filter(prompt__inquiry__assemblies=assembly)
    )
    status = {r.pk: str(statuses.status_of(r)) for r in standing.iterator(CHUNK)}
    here = Revision.objects.filter(**{HERE: assembly}, response__withdrawn_at=None)
    found = studied(here, "response__respondent")
    newest = dict(found.order_by("number").values_list("response_id", "number"))
    related = found.select_related(
        "response__prompt__inquiry", "response__respondent", "response__follows"
    )
    for r in related.order_by("response__received_at", "response_id", "number").iterator(CHUNK):
        answer, prompt = r.response, r.response.prompt
        yield {
            "response": str(answer.pk),
            "revision": str(r.pk),
            "number": r.number,
            "is_latest": r.number == newest.get(answer.pk),
            "respondent": str(answer.respondent_id),
            "respondent_kind": answer.respondent.kind,
            "follows": str(answer.follows.root_id) if answer.follows else None,
            "inquiry": str(prompt.inquiry_id),
            "prompt": str(prompt.pk),
            "prompt_version": prompt.version,
            "asked": answer.follows.asked if answer.follows else prompt.asked_in(r.language),
            "language": r.language,
            "text": r.text,
            "channel": answer.channel,
            "by_helper": r.by_helper,
            "received_at": stamp(answer.received_at),
            "written_at": stamp(r.written_at),
            "status": status.get(answer.pk, ""),
        }


def readings(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.READINGS; an engine's raw reply is not among them."""
    found = studied(Reading.objects.filter(**{f"revision__{HERE}": assembly}), SPAN)
    for r in found.order_by("started_at", "id").iterator(CHUNK):
        yield {
            "reading": str(r.pk),
            "revision": str(r.revision_id),
            "engine": r.engine,
            "model": r.model,
            "prompt_version": r.prompt_version,
            "parameters": r.parameters,
            "state": r.state,
            "failure": r.failure,
            "refusals": r.refusals,
            "tokens_in": r.tokens_in,
            "tokens_out": r.tokens_out,
            "calls": r.calls,
            "cost": r.cost,
            "started_at": stamp(r.started_at),
            "ended_at": stamp(r.ended_at),
        }


def candidates(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.CANDIDATES."""
    found = studied(Candidate.objects.filter(**{f"reading__revision__{HERE}": assembly}), CARD)
    related = found.select_related("reading__revision__response", "evidence")
    ordered = related.prefetch_related("policies").order_by("proposed_at", "id")
    for c in ordered.iterator(CHUNK):
        evidence = getattr(c, "evidence", None)
        yield {
            "candidate": str(c.pk),
            "reading": str(c.reading_id),
            "respondent": str(c.reading.revision.response.respondent_id),
            "title": c.title,
            "context": c.context,
            "policies": [
                {"position": p.position, "text": p.text, "by_author": p.by_author}
                for p in c.policies.all()
            ],
            "language": c.language,
            "state": c.state,
            "answered_at": stamp(c.answered_at),
            "value": str(evidence.value_id) if evidence else None,
        }


def quotes(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.QUOTES."""
    found = studied(Quote.objects.filter(**{f"revision__{HERE}": assembly}), SPAN)
    related = found.select_related("policy", "revision")
    for q in related.order_by("policy__candidate", "policy__position", "start").iterator(CHUNK):
        place = {"candidate": str(q.policy.candidate_id), "position": q.policy.position}
        yield {"quote": str(q.pk), **place, **_span(q)}


def rules(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.RULES."""
    found = studied(NormCandidate.objects.filter(**{f"reading__revision__{HERE}": assembly}), CARD)
    related = found.select_related("reading__revision__response", "evidence")
    ordered = related.prefetch_related("serves", "quotes__revision").order_by("proposed_at", "id")
    for n in ordered.iterator(CHUNK):
        evidence = getattr(n, "evidence", None)
        yield {
            "rule": str(n.pk),
            "norm": str(evidence.norm_id) if evidence else None,
            "meant": evidence.meant if evidence else "",
            "reading": str(n.reading_id),
            "respondent": str(n.reading.revision.response.respondent_id),
            "attribute": n.attribute,
            "deontic": n.deontic,
            "aim": n.aim,
            "acted_on": n.acted_on,
            "conditions": n.conditions,
            "or_else": n.or_else,
            "by_author": n.by_author,
            "serves": sorted(str(c.pk) for c in n.serves.all()),
            "language": n.language,
            "state": n.state,
            "answered_at": stamp(n.answered_at),
            "quotes": [_span(q) for q in n.quotes.all()],
        }


def marks(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.MARKS."""
    found = studied(Mark.objects.filter(**{f"revision__{HERE}": assembly}), SPAN).select_related(
        "revision"
    )
    for m in found.order_by("reading", "start", "id").iterator(CHUNK):
        yield {"mark": str(m.pk), "reading": str(m.reading_id), "kind": m.kind, **_span(m)}


def _span(located: Located) -> Row:
    return {
        "revision": str(located.revision_id),
        "start": located.start,
        "end": located.end,
        "start_utf16": utf16(located.revision.text, located.start),
        "end_utf16": utf16(located.revision.text, located.end),
        "text": located.text,
        "public": located.public and getattr(located, "hidden_at", None) is None,
        "by_helper": located.by_helper,
    }


def values(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.VALUES."""
    who = "evidence__candidate__reading__revision__response__respondent"
    not_ai = ~Q(**{f"{who}__kind": Respondent.Kind.AI_AGENT})
    found: Any = Value.objects.filter(inquiry__assemblies=assembly).annotate(
        cards=Count("evidence", distinct=True), voices=Count(who, filter=not_ai, distinct=True)
    )
    for v in found.order_by("admitted_at", "id").iterator(CHUNK):
        yield {
            "value": str(v.pk),
            "inquiry": str(v.inquiry_id),
            "title": v.title,
            "context": v.context,
            "policies": v.policies,
            "language": v.language,
            "cards": v.cards,
            "voices": v.voices,
            "admitted_at": stamp(v.admitted_at),
            "retired_at": stamp(v.retired_at),
            "root": str(v.root_id),
        }


def clauses(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.CLAUSES."""
    found = Clause.objects.filter(version__artifact__assembly=assembly)
    related = found.select_related("version__artifact").prefetch_related(
        "grounds",
        "norms",
        Prefetch("citations", studied(Citation.objects.all(), f"quote__{SPAN}"), to_attr="cited"),
    )
    for c in related.order_by("version__artifact", "version__number", "position").iterator(CHUNK):
        yield {
            "clause": str(c.pk),
            "artifact": str(c.version.artifact_id),
            "title": c.version.artifact.title,
            "kind": c.version.artifact.kind,
            "version": c.version.number,
            "published_at": stamp(c.version.published_at),
            "number": c.position + 1,
            "section": c.section,
            "text": c.text,
            "written": c.origin,
            "accepted_at": stamp(c.accepted_at),
            "follows": str(c.follows_id) if c.follows_id else None,
            "norms": sorted(str(norm.pk) for norm in c.norms.all()),
            "values": sorted(str(ground.value_id) for ground in c.grounds.all()),
            "quotes": sorted(str(cited.quote_id) for cited in c.cited if cited.quote_id),
        }


ROWS = {
    "responses": responses,
    "readings": readings,
    "candidates": candidates,
    "quotes": quotes,
    "rules": rules,
    "marks": marks,
    "values": values,
    "norms": norms,
    "endorsements": endorsements,
    "norm_endorsements": norm_endorsements,
    "exposures": exposures,
    "transitions": transitions,
    "stories": stories,
    "showings": showings,
    "judgements": judgements,
    "decisions": decisions,
    "meanings": meanings,
    "appeals": appeals,
    "strata": strata,
    "belongings": belongings,
    "clauses": clauses,
    "votes": votes,
    "tallies": tallies,
    "objections": objections,
    "minority": minority,
}
