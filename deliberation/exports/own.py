"""Everything that is held about one member of an assembly, for that member alone: to read, to take along, to check that it is gone."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from deliberation.artifacts import polls
from deliberation.artifacts.models import MinorityStatement, Objection, Signature
from deliberation.assemblies.letters import opened_as
from deliberation.assemblies.models import Address, Belonging, Membership, SurveyAnswer
from deliberation.assemblies.queries import agreed_to
from deliberation.exports.pseudonyms import stamp, text_or_none
from deliberation.opinion.exclusions import judged_of
from elicitation.extraction.models import PARTS, Candidate, Mark, NormCandidate, Rating, Reading
from elicitation.graph.counting import CountOf
from elicitation.graph.models import (
    Endorsement,
    Evidence,
    Judgement,
    NormEvidence,
    Story,
    Transition,
)
from elicitation.interview.models import Respondent, Response, Revision

FORMAT = "groundwork-own/1"
Row = dict[str, Any]


def own(member: Membership) -> Row:
    """All rows that hold something of the member, by what they are; moments as ISO 8601 in UTC."""
    who = member.respondent
    return {
        "format": FORMAT,
        "assembly": member.assembly.slug,
        "seat": {
            "respondent": str(who.pk),
            "kind": who.kind,
            "language": member.language,
            "joined_at": stamp(member.joined_at),
            "agreed_to": [
                {"version": one.consent.text_version, "at": stamp(one.consent.given_at), "aloud": one.consent.aloud, "text": one.text and one.text.text}
                for one in agreed_to(member)
            ],
            "said_to_purposes": [
                {"purpose": one.purpose, "host": one.host, "given": one.given, "version": one.text_version, "at": stamp(one.at), "aloud": one.aloud}
                for one in member.agreements.all()
            ],
        },
        "said_of_myself": [
            {"asked": one.stratum.code, "said": one.option}
            for one in who.belongings.select_related("stratum").order_by("stratum")
        ],
        "how_it_was": [
            {"asked": one.question, "said": one.answer, "at": stamp(one.reply.at)}
            for one in SurveyAnswer.objects.filter(reply__respondent=who).select_related("reply")
        ],
        "begun_and_not_sent": [
            {"about": str(one.about), "text": one.text, "at": stamp(one.at)}
            for one in member.unsent.order_by("at", "pk")
        ],
        "address": _address(member),
        "answers": [_answer(one) for one in who.responses.order_by("received_at", "pk")],
        "judged_one_of_several_seats": [
            {"why": one.twins.why, "at": stamp(one.twins.judged_at), "i_said_against_it": one.disputed}
            for one in judged_of(member)
        ],
        "said_to_values": list(_endorsed(who)),
        "said_to_rules": list(_upheld(who)),
        "values_shown": [
            {"value": str(one.value_id), "route": one.route, "at": stamp(one.at)}
            for one in who.exposures.order_by("at", "pk")
        ],
        "said_to_comparisons": list(_judged(who)),
        "comparisons_proposed": list(_proposed(who)),
        "stories": list(_stories(who)),
        "meant": list(_meant(who)),
        "appeals": list(_appeals(who)),
        "objections": list(_objections(who)),
        "minority_statements": list(_statements(who)),
        "signed": _keys(Signature.objects.filter(respondent=who).values_list("statement", flat=True)),
        "objections_shared": _keys(who.secondings.values_list("objection", flat=True)),
        "votes": list(_votes(member)),
    }  # fmt: skip


def how_much(member: Membership) -> dict[str, int]:
    """How many rows of each kind `own` has, in one query: cards of answers that stand, everything else as it is there."""
    who = member.respondent_id
    standing = Response.objects.standing().filter(respondent=who)
    kinds: dict[str, QuerySet[Any]] = {
        "answers": standing,
        "cards": Candidate.objects.filter(reading__revision__response__in=standing.order_by().values("pk")),
        "begun": member.unsent.all(),
        "addresses": Address.objects.filter(membership=member),
        "values": Endorsement.objects.filter(respondent=who),
        "comparisons": Judgement.objects.filter(showing__respondent=who),
        "of_myself": Belonging.objects.filter(respondent=who),
        "how_it_was": SurveyAnswer.objects.filter(reply__respondent=who),
        "objections": Objection.objects.filter(respondent=who),
        "statements": MinorityStatement.objects.filter(respondent=who),
        "votes": polls.put_to_vote(member.assembly).filter(roll__membership=member),
    }  # fmt: skip
    counted = {kind: CountOf(rows.order_by().values("pk")) for kind, rows in kinds.items()}
    found: dict[str, int] = Membership.objects.annotate(**counted).values(*counted).get(pk=member.pk)  # fmt: skip
    return found


def _keys(ids: Any) -> list[str]:
    return sorted(str(one) for one in ids)


def _address(member: Membership) -> Row | None:
    """Where a member is written to, about what, and what was written when."""
    held = Address.objects.filter(membership=member).first()
    return None if held is None else {
        "address": opened_as(held),
        "language": held.language,
        "write_when": held.wishes,
        "left_at": stamp(held.left_at),
        "confirmed_at": stamp(held.confirmed_at),
        "letters": [{"about": one.kind, "state": one.state, "at": stamp(one.ended_at or one.made_at)} for one in held.letters.all()],
    }  # fmt: skip


def _answer(response: Response) -> Row:
    return {
        "answer": str(response.pk),
        "prompt": str(response.prompt_id),
        "follows": text_or_none(response.follows_id),
        "channel": response.channel,
        "quotes_public": response.quotes_public,
        "received_at": stamp(response.received_at),
        "withdrawn_at": stamp(response.withdrawn_at),
        "wordings": [_wording(one) for one in response.revisions.order_by("number")],
    }


def _wording(revision: Revision) -> Row:
    return {
        "revision": str(revision.pk),
        "number": revision.number,
        "language": revision.language,
        "by_helper": revision.by_helper,
        "text": revision.text,
        "written_at": stamp(revision.written_at),
        "readings": [_reading(one) for one in revision.readings.order_by("started_at", "pk")],
    }


def _reading(reading: Reading) -> Row:
    return {
        "reading": str(reading.pk),
        "engine": reading.engine,
        "model": reading.model,
        "state": reading.state,
        "failure": reading.failure,
        "started_at": stamp(reading.started_at),
        "cards": [_card(one) for one in Candidate.objects.filter(reading=reading)],
        "rules": [_rule(one) for one in NormCandidate.objects.filter(reading=reading)],
        "marks": [{**_span(one), "kind": one.kind} for one in Mark.objects.filter(reading=reading)],
    }


def _card(card: Candidate) -> Row:
    evidence = Evidence.objects.filter(candidate=card).select_related("value__root").first()
    return {
        "card": str(card.pk),
        "title": card.title,
        "context": card.context,
        "state": card.state,
        "says_what_i_care_about": _rated(card),
        "put_in_my_words": [
            {"at": stamp(one.at), "words_before": one.words, "words_changed": one.changed}
            for one in card.edits.order_by("version")
        ],
        "stands_in": evidence and {"value": str(evidence.value.root_id), "title": evidence.value.root.title},
        "policies": [
            {"text": one.text, "quotes": [{**_span(q), "hidden_at": stamp(q.hidden_at)} for q in one.quotes.all()]}
            for one in card.policies.order_by("position")
        ],
    }  # fmt: skip


def _rated(card: Candidate) -> Row | None:
    found = Rating.objects.filter(candidate=card).first()
    return {"said": found.says, "at": stamp(found.at)} if found else None


def _rule(norm: NormCandidate) -> Row:
    told = {part: getattr(norm, part) for part in (*PARTS, "state")}
    evidence = NormEvidence.objects.filter(candidate=norm).select_related("norm").first()
    shared = evidence and {
        "norm": str(evidence.norm_id),
        "text": str(evidence.norm),
        "meant": evidence.meant,
    }
    quotes = [_span(one) for one in norm.quotes.all()]
    return {"rule": str(norm.pk), **told, "stands_in": shared, "quotes": quotes}


def _span(span: Any) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text, "public": span.public}


def _endorsed(who: Respondent) -> Iterator[Row]:
    for one in who.endorsements.order_by("at", "pk"):
        yield {
            "value": str(one.value_id),
            "says": one.get_says_display(),
            "at": stamp(one.at),
            "replaced_at": stamp(one.replaced_at),
        }


def _upheld(who: Respondent) -> Iterator[Row]:
    for one in who.norm_endorsements.order_by("at", "pk"):
        yield {
            "norm": str(one.norm_id),
            "says": one.get_says_display(),
            "at": stamp(one.at),
            "replaced_at": stamp(one.replaced_at),
        }


def _judged(who: Respondent) -> Iterator[Row]:
    found = Judgement.objects.filter(showing__respondent=who).select_related("showing__transition")
    for one in found.order_by("at", "pk"):
        move = one.showing.transition
        yield {
            "from": str(move.from_value_id),
            "to": str(move.to_value_id),
            "context": text_or_none(move.context_id),
            "answer": one.answer,
            "reason": one.reason,
            "at": stamp(one.at),
            "replaced_at": stamp(one.replaced_at),
        }


def _proposed(who: Respondent) -> Iterator[Row]:
    for one in Transition.objects.filter(proposed_by=who).order_by("proposed_at", "pk"):
        yield {"from": str(one.from_value_id), "to": str(one.to_value_id), "at": stamp(one.proposed_at)}  # fmt: skip


def _stories(who: Respondent) -> Iterator[Row]:
    for one in Story.objects.filter(written_by=who).order_by("at", "pk"):
        yield {"story": one.text, "language": one.language, "at": stamp(one.at), "released_at": stamp(one.released_at)}  # fmt: skip


def _meant(who: Respondent) -> Iterator[Row]:
    cards = Candidate.objects.filter(reading__revision__response__respondent=who)
    for card in cards.order_by("pk"):
        for one in card.meanings.order_by("asked_at", "pk"):
            yield {"card": str(card.pk), "value": str(one.value_id), "said": one.answer, "words": one.words, "asked_at": stamp(one.asked_at)}  # fmt: skip


def _appeals(who: Respondent) -> Iterator[Row]:
    for one in who.appeals.order_by("at", "pk"):
        yield {"decision": str(one.decision_id), "words": one.words, "state": one.state, "answer": one.answer, "at": stamp(one.at)}  # fmt: skip


def _objections(who: Respondent) -> Iterator[Row]:
    for one in Objection.objects.filter(respondent=who).order_by("at", "pk"):
        yield {
            "clause": str(one.clause_id),
            "reason": one.reason,
            "rewording": one.rewording,
            "state": one.state,
            "answer": one.answer,
            "satisfied": one.satisfied,
            "at": stamp(one.at),
            "withdrawn_at": stamp(one.withdrawn_at),
        }


def _statements(who: Respondent) -> Iterator[Row]:
    for one in MinorityStatement.objects.filter(respondent=who).order_by("at", "pk"):
        yield {"document": str(one.artifact_id), "clause": text_or_none(one.clause_id), "text": one.text, "at": stamp(one.at), "withdrawn_at": stamp(one.withdrawn_at)}  # fmt: skip


def _votes(member: Membership) -> Iterator[Row]:
    """The votes the member is on the roll of; the ballot only while its slip can be made, which is until the count."""
    for version in polls.put_to_vote(member.assembly).filter(roll__membership=member):
        slip = polls.slip_of(member, version.poll)
        ballot = polls.ballot_of(slip, version) if slip else None
        yield {
            "document": str(version.artifact_id),
            "version": version.number,
            "counted_at": stamp(version.poll.counted_at),
            "ballot": ballot and {"whole": ballot.whole, "lines": ballot.lines},
        }
