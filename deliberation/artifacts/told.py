"""A published version as plain data, from which every file of it is made; as JSON it is a file itself, by formats/document.schema.json."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, override

from deliberation.artifacts import grounds, polls
from deliberation.artifacts.grounds import Held, Justified, Upheld
from deliberation.artifacts.made import steps
from deliberation.artifacts.models import Objection, Version
from deliberation.artifacts.queries import decided_on, sealed_in
from deliberation.artifacts.verdicts import verdict
from deliberation.assemblies.models import Stratum
from deliberation.assemblies.queries import voices_of
from elicitation.extraction.models import Candidate, Quote
from elicitation.interview.models import wording
from elicitation.record.queries import said_of

FORMAT = "groundwork-document/1"
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a counted vote came to: by the number of a clause, and the thresholds. Empty where nobody voted."""

    passed: Mapping[int, Mapping[str, Any]]
    rules: Mapping[str, Any]


def told(version: Version) -> Plain:
    """Everything a file of the version says, its labels in the document's language. Raises nothing for a version without a head yet: `record.head` is None."""
    artifact = version.artifact
    assembly = artifact.assembly
    with override(artifact.language):
        clauses = grounds.justified(version)
        voted = decided_on(version)
        result = polls.result_of(voted)
        decided = Decided(
            {one.number: one.told for one in result.clauses} if result else {},
            result.told["rules"] if result else {},
        )
        asked = list(assembly.strata.all())
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
                    "clauses": [_clause(one, decided, asked) for one in here],
                }
                for section, here in grounds.in_sections(version, clauses)
            ],
            "vote": _vote(voted),
            "minority": [_statement(one) for one in polls.minority_of(voted)],
            "made": steps(version),
        }


def _clause(one: Justified, decided: Decided, asked: Sequence[Stratum]) -> Plain:
    support, said, rules = one.view.support, decided.passed.get(one.number), decided.rules
    return {
        "id": str(one.clause.pk),
        "number": one.number,
        "text": one.clause.text,
        "written": one.clause.origin,
        "voices": support.voices,
        "confirmed_by_authors": support.owned,
        "values": [_value(held, asked) for held in one.held],
        "norms": [_rule(upheld) for upheld in one.norms],
        "weakest": _weakest(one),
        "objections": [_objection(objection) for objection in one.objections],
        "not_reasonably_rejectable": one.judged.passes,
        "vote": {**said, "verdict": verdict(said, rules)} if said else None,
    }  # fmt: skip


def _value(held: Held, asked: Sequence[Stratum]) -> Plain:
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
        "strata": list(_strata(held.profile or {}, asked)),
        "authors_agree": [held.agreement.agree, held.agreement.authors] if held.agreement else None,
        "quotes": [_quote(quote) for quote in held.ground.quotes],
        "taken_back": held.ground.taken_back,
    }


def _rule(upheld: Upheld) -> Plain:
    norm = upheld.norm
    return {
        "norm": str(norm.pk),
        "language": norm.language,
        "text": upheld.words,
        "voices": upheld.behind.authors,
        "authors_agree": [upheld.behind.agree, upheld.behind.authors] if upheld.agreement else None,
        "holds": upheld.sentence,
        "least": upheld.lowest,
        "profile": upheld.profile,
        "quotes": [quote.text for quote in upheld.quotes],
        "by_helper": [quote.by_helper for quote in upheld.quotes],
    }


def _strata(profile: Mapping[str, Any], asked: Sequence[Stratum]) -> Iterator[Plain]:
    """Support by what people said of themselves, each answer enough people gave, as it was asked and offered."""
    for one in asked:
        cells = profile.get("strata", {}).get(one.code, {})
        for option in one.options:
            cell = cells.get(option["code"])
            if cell and cell.get("support") is not None:
                names = ("agree", "n", "support", "low", "high")
                yield {
                    "asked": one.said_in(get_language() or ""),
                    "said": wording(option["wording"], get_language() or ""),
                    **{name: cell[name] for name in names},
                }


def _quote(quote: Quote) -> Plain:
    card = quote.policy.candidate
    confirmed = card.state in (Candidate.State.CONFIRMED, Candidate.State.EDITED)
    return {
        "quote": str(quote.pk),
        "language": card.language,
        "text": quote.text,
        "confirmed": confirmed,
        "by_helper": quote.by_helper,
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
