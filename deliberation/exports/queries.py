"""The rows of each table of the export. Withdrawn answers are absent by this one rule: their words, and all read from them, are erased.

Every generator asks a fixed number of queries a chunk of rows, so that memory stays flat. Identity is never read here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from deliberation.artifacts import statuses
from deliberation.artifacts.models import Citation, Clause
from deliberation.assemblies.models import Assembly
from deliberation.exports.as_text import Key, Moment
from deliberation.exports.ballots import minority, objections, tallies, votes
from deliberation.exports.comparisons import judgements, showings, stories, transitions
from deliberation.exports.measuring import edits, ratings, second_looks, survey
from deliberation.exports.moderating import appeals, decisions, meanings
from deliberation.exports.people import belongings, exclusions, strata
from deliberation.exports.proposed_rows import ai_proposals
from deliberation.exports.pseudonyms import stamp, utf16
from deliberation.exports.studied import CARD, SPAN, studied
from deliberation.exports.tables import READINGS
from deliberation.exports.unseen import unseen
from deliberation.exports.upheld import norm_endorsements, norms
from deliberation.exports.votes import endorsements, exposures
from elicitation.extraction.models import (
    PARTS,
    Candidate,
    Located,
    Mark,
    NormCandidate,
    NormQuote,
    Policy,
    Quote,
    Reading,
)
from elicitation.graph.models import Value
from elicitation.interview.models import Prompt, Respondent, Response, Revision

Row = dict[str, Any]
CHUNK = 5000
HERE = "response__prompt__inquiry__assemblies"


def responses(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.RESPONSES."""
    here = Revision.objects.filter(**{HERE: assembly}, response__withdrawn_at=None)
    found = studied(here, "response__respondent")
    newest = dict(found.order_by("number").values_list(Key("response"), "number"))
    status, hidden = _status(assembly), unseen(assembly).answers
    prompts = {str(pk): one for pk, one in Prompt.objects.filter(inquiry__assemblies=assembly).in_bulk().items()}  # fmt: skip
    told = found.order_by("response__received_at", "response_id", "number").values_list(
        Key("pk"), "number", "text", "language", Moment("written_at"), Key("response"), Key("response__prompt"),
        Key("response__respondent"), "response__respondent__kind", "response__channel",
        Moment("response__received_at"), Key("response__follows__root"), "response__follows__asked", "by_helper",
    )  # fmt: skip
    for (pk, number, text, language, written_at, answer, prompt_id, who, kind, channel, received_at, root, asked, by_helper) in told.iterator(CHUNK):  # fmt: skip
        prompt = prompts[prompt_id]
        yield {
            "response": answer,
            "revision": pk,
            "number": number,
            "is_latest": number == newest.get(answer),
            "respondent": who,
            "respondent_kind": kind,
            "follows": root,
            "inquiry": str(prompt.inquiry_id),
            "prompt": prompt_id,
            "prompt_version": prompt.version,
            "asked": prompt.asked_in(language) if root is None else asked,
            "language": language,
            "text": "" if answer in hidden else text,
            "channel": channel,
            "by_helper": by_helper,
            "received_at": received_at,
            "written_at": written_at,
            "status": "hidden" if answer in hidden else status.get(answer, ""),
        }


def _status(assembly: Assembly) -> dict[str, str]:
    """How far each standing answer has come."""
    standing = Response.objects.standing().filter(prompt__inquiry__assemblies=assembly)
    flagged = statuses.flagged(standing).order_by().values_list(Key("pk"), *statuses.FLAGS)
    return {pk: str(statuses.first_of(flags)) for pk, *flags in flagged.iterator(CHUNK)}


def readings(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.READINGS; an engine's raw reply is not among them."""
    found = studied(Reading.objects.filter(**{f"revision__{HERE}": assembly}), SPAN)
    names = list(READINGS.columns)
    fields = [Key("pk"), Key("revision"), *(Moment(name) if name.endswith("_at") else name for name in names[2:])]  # fmt: skip
    for told in found.order_by("started_at", "id").values_list(*fields).iterator(CHUNK):
        yield dict(zip(names, told, strict=True))


def candidates(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.CANDIDATES."""
    found = studied(Candidate.objects.filter(**{f"reading__revision__{HERE}": assembly}), CARD)
    policy = JSONObject(position="position", text="text", by_author="by_author")
    policies = Policy.objects.filter(candidate=OuterRef("pk")).order_by("position", "pk")
    told = found.order_by("proposed_at", "id").values_list(
        Key("pk"), Key("reading"), Key("reading__revision__response__respondent"), Key("reading__revision__response"),
        "title", "context", ArraySubquery(policies.values_list(policy)), "language", "state", Moment("answered_at"), Key("evidence__value"),
    )  # fmt: skip
    kept = unseen(assembly)
    for pk, reading, who, answer, title, context, said, language, state, answered_at, value in told.iterator(CHUNK):  # fmt: skip
        shown = not kept.keeps(pk, answer, state)
        yield {
            "candidate": pk,
            "reading": reading,
            "respondent": who,
            "title": title if shown else "",
            "context": context if shown else "",
            "policies": [{name: one[name] for name in ("position", "text", "by_author")} for one in said] if shown else [],
            "language": language,
            "state": state,
            "answered_at": answered_at,
            "value": value,
        }  # fmt: skip


def quotes(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.QUOTES."""
    found = studied(Quote.objects.filter(**{f"revision__{HERE}": assembly}), SPAN)
    told = found.order_by("policy__candidate", "policy__position", "start", "id").values_list(
        Key("pk"), Key("policy__candidate"), "policy__position", "policy__candidate__state", Key("revision"),
        Key("revision__response"), "revision__text", "start", "end", "text", "public", "hidden_at", "by_helper",
    )  # fmt: skip
    kept = unseen(assembly)
    for pk, card, position, state, revision, answer, whole, start, end, text, public, hidden_at, by_helper in told.iterator(CHUNK):  # fmt: skip
        if kept.keeps(card, answer, state):
            continue
        yield {
            "quote": pk,
            "candidate": card,
            "position": position,
            "revision": revision,
            "start": start,
            "end": end,
            "start_utf16": utf16(whole, start),
            "end_utf16": utf16(whole, end),
            "text": text,
            "public": public and hidden_at is None,
            "by_helper": by_helper,
        }


def rules(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.RULES."""
    found = studied(NormCandidate.objects.filter(**{f"reading__revision__{HERE}": assembly}), CARD)
    related = found.select_related("reading__revision__response", "evidence")
    ordered = related.prefetch_related("serves", "quotes__revision").order_by("proposed_at", "id")
    kept = unseen(assembly)
    for n in ordered.iterator(CHUNK):
        evidence, told = (
            getattr(n, "evidence", None),
            not kept.keeps(str(n.pk), str(n.reading.revision.response_id), n.state),
        )
        yield {
            "rule": str(n.pk),
            "norm": str(evidence.norm_id) if evidence else None,
            "meant": evidence.meant if evidence else "",
            "reading": str(n.reading_id),
            "respondent": str(n.reading.revision.response.respondent_id),
            **{part: getattr(n, part) if told else "" for part in PARTS},
            "by_author": n.by_author,
            "serves": sorted(str(c.pk) for c in n.serves.all()),
            "language": n.language,
            "state": n.state,
            "answered_at": stamp(n.answered_at),
            "quotes": [_span(q) for q in _in_order(n.quotes.all()) if told],
        }


def marks(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.MARKS."""
    found = studied(Mark.objects.filter(**{f"revision__{HERE}": assembly}), SPAN).select_related(
        "revision"
    )
    hidden = unseen(assembly).answers
    shown = found.exclude(revision__response__in=hidden)
    for m in shown.order_by("reading", "start", "id").iterator(CHUNK):
        yield {"mark": str(m.pk), "reading": str(m.reading_id), "kind": m.kind, **_span(m)}


def _in_order(spans: Iterable[NormQuote]) -> list[NormQuote]:
    return sorted(spans, key=lambda span: (span.start, span.pk))


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
        cards=Count("evidence", filter=not_ai, distinct=True),
        voices=Count(who, filter=not_ai, distinct=True),
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
    "exclusions": exclusions,
    "clauses": clauses,
    "votes": votes,
    "tallies": tallies,
    "objections": objections,
    "minority": minority,
    "ai_proposals": ai_proposals,
    "ratings": ratings,
    "edits": edits,
    "second_looks": second_looks,
    "survey": survey,
}
