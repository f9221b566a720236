"""A published version as plain data, from which every file of it is made; as JSON it is a file itself, by formats/document.schema.json."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from deliberation.artifacts import grounds, plain, polls
from deliberation.artifacts.grounds import Held, Justified
from deliberation.artifacts.made import steps
from deliberation.artifacts.models import Objection, Version
from deliberation.artifacts.queries import decided_on, sealed_in
from deliberation.artifacts.verdicts import verdict
from deliberation.assemblies.queries import voices_of
from elicitation.extraction.models import Candidate, Quote
from elicitation.record.queries import said_of

FORMAT = "groundwork-document/1"
Plain = dict[str, Any]


def told(version: Version) -> Plain:
    """Everything a file of the version says, its labels in the document's language. Raises nothing for a version without a head yet: `record.head` is None."""
    artifact = version.artifact
    assembly = artifact.assembly
    with override(artifact.language):
        clauses = grounds.justified(version)
        voted = decided_on(version)
        result = polls.result_of(voted)
        passed = {one.number: one.told for one in result.clauses} if result else {}
        rules: Mapping[str, Any] = result.told["rules"] if result else {}
        return {
            "format": FORMAT,
            "assembly": {"slug": assembly.slug, "title": assembly.titled_in(artifact.language)},
            "artifact": str(artifact.pk),
            "version": version.number,
            "kind": {"code": artifact.kind, "name": str(artifact.get_kind_display())},
            "title": artifact.title,
            "language": artifact.language,
            "published_at": version.published_at.isoformat() if version.published_at else None,
            "record": {"entry": version.entry_id, "head": said_of(sealed_in(version))},
            "changed": version.changed,
            "corrected": version.corrected,
            "voices": voices_of(assembly),
            "sections": [
                {
                    "code": section.code,
                    "title": str(section.title),
                    "clauses": [_clause(one, passed.get(one.number), rules) for one in here],
                }
                for section, here in grounds.in_sections(version, clauses)
            ],
            "vote": _vote(voted),
            "minority": [_statement(one) for one in polls.minority_of(voted)],
            "made": steps(version),
        }


def _clause(one: Justified, said: Mapping[str, Any] | None, rules: Mapping[str, Any]) -> Plain:
    support = one.view.support
    return {
        "id": str(one.clause.pk),
        "number": one.number,
        "text": one.clause.text,
        "written": one.clause.origin,
        "voices": support.voices,
        "confirmed_by_authors": support.owned,
        "values": [_value(held) for held in one.held],
        "norms": [{"norm": str(n.pk), "language": n.language, "text": plain.of_norm(n, n.language)} for n in one.norms],
        "weakest": _weakest(one),
        "objections": [_objection(objection) for objection in one.objections],
        "not_reasonably_rejectable": one.judged.passes,
        "vote": {**said, "verdict": verdict(said, rules)} if said else None,
    }  # fmt: skip


def _value(held: Held) -> Plain:
    value = held.ground.value
    gone = value.root.retired_at is not None or not value.title
    return {
        "value": str(value.pk),
        "title": None if gone else value.title,
        "context": None if gone else value.context,
        "policies": [] if gone else list(value.policies),
        "language": value.language,
        "voices": held.ground.support.voices,
        "holds": held.sentence,
        "least": held.lowest,
        "profile": held.profile,
        "authors_agree": [held.agreement.agree, held.agreement.authors] if held.agreement else None,
        "quotes": [_quote(quote) for quote in held.ground.quotes],
        "taken_back": held.ground.taken_back,
    }


def _quote(quote: Quote) -> Plain:
    card = quote.policy.candidate
    confirmed = card.state in (Candidate.State.CONFIRMED, Candidate.State.EDITED)
    return {
        "quote": str(quote.pk),
        "language": card.language,
        "text": quote.text,
        "confirmed": confirmed,
    }


def _weakest(one: Justified) -> Plain | None:
    found = one.weakest
    if found is None:
        return None
    return {
        "value": found.value,
        "group": found.group,
        "share": found.share,
        "low": found.low,
        "high": found.high,
    }


def _objection(one: Any) -> Plain:
    return {
        "language": one.language,
        "reason": one.reason,
        "rewording": one.rewording,
        "against": one.as_it_read,
        "state": one.state,
        "state_name": str(Objection.State(one.state).label),
        "answer": one.answer,
        "satisfied": one.satisfied,
        "stands": one.stands,
        "seconded": one.seconded,
    }


def _statement(one: Any) -> Plain:
    return {
        "clause": one.number,
        "language": one.language,
        "text": one.text,
        "signed": one.signed,
    }


def _vote(voted: Version) -> Plain | None:
    result, turnout = polls.result_of(voted), polls.turnout(voted)
    if result is None:
        return None
    return {
        "version": voted.number,
        "ballots": turnout.ballots,
        "roll": turnout.roll,
        "rules": result.told["rules"],
        "whole": result.told["whole"],
        "verdict": verdict(result.told["whole"], result.told["rules"]),
    }
