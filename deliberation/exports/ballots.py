"""The rows of what people say to documents: votes once they are counted, never a ballot; objections and statements, never whose."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from deliberation.artifacts import contests, polls
from deliberation.artifacts.models import MinorityStatement, Version
from deliberation.artifacts.polls import Result
from deliberation.artifacts.tally import SAYS
from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import studied

Row = dict[str, Any]


def votes(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.VOTES."""
    for result in _counted(assembly):
        yield {
            **_named(result),
            "opened_at": stamp(result.poll.opened_at),
            "counted_at": stamp(result.poll.counted_at),
            "roll": result.told["roll"],
            "ballots": result.told["ballots"],
            **result.told["rules"],
        }


def tallies(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.TALLIES."""
    for result in _counted(assembly):
        yield from _question(result, None, result.told["whole"])
        for one in result.clauses:
            yield from _question(result, str(one.clause.pk), one.told)


def objections(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.OBJECTIONS."""
    put = Version.objects.filter(artifact__assembly=assembly, put_at__isnull=False)
    for version in put.order_by("artifact", "number"):
        one: Any
        for one in studied(contests.objections_to(version), "respondent"):
            yield {
                "objection": str(one.pk),
                "clause": str(one.clause_id),
                "language": one.language,
                "reason": one.reason,
                "rewording": one.rewording,
                "as_it_read": one.as_it_read,
                "state": one.state,
                "answer": one.answer,
                "satisfied": one.satisfied,
                "stands": one.stands,
                "seconded": one.seconded,
                "at": stamp(one.at),
                "answered_at": stamp(one.answered_at),
            }


def minority(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.MINORITY."""
    here = MinorityStatement.objects.filter(artifact__assembly=assembly, withdrawn_at=None)
    stated = studied(here, "respondent")
    for one in stated.annotate(signed=Count("signatures")).order_by("at", "pk"):
        yield {
            "statement": str(one.pk),
            "artifact": str(one.artifact_id),
            "clause": str(one.clause_id) if one.clause_id else None,
            "language": one.language,
            "text": one.text,
            "signed": one.signed,
            "at": stamp(one.at),
        }


def _question(result: Result, clause: str | None, told: Mapping[str, Any]) -> Iterator[Row]:
    common = {**_named(result), "clause": clause}
    yield {**common, "group": None, **_counts(told), "passed": told["passed"]}
    for group, counts in sorted(told.get("groups", {}).items()):
        yield {**common, "group": group, **_counts(counts), "passed": None}


def _counted(assembly: Assembly) -> Iterator[Result]:
    for version in polls.put_to_vote(assembly).order_by("poll__opened_at", "pk"):
        if result := polls.result_of(version):
            yield result


def _named(result: Result) -> Row:
    return {"artifact": str(result.version.artifact_id), "version": result.version.number}


def _counts(told: Mapping[str, Any]) -> Row:
    return {says: told.get(says) for says in SAYS}
