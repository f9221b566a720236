"""The rows of votes on documents: turnout and what the ballots came to, once they are counted; never a ballot."""

from collections.abc import Iterator, Mapping
from typing import Any

from deliberation.artifacts import polls
from deliberation.artifacts.polls import Result
from deliberation.artifacts.tally import SAYS
from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp

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


def _question(result: Result, clause: str | None, told: Mapping[str, Any]) -> Iterator[Row]:
    common = {**_named(result), "clause": clause}
    yield {**common, "group": None, **_counts(told), "passed": told["passed"]}
    for group, counts in sorted(told.get("groups", {}).items()):
        yield {**common, "group": group, **_counts(counts), "passed": None}


def _counted(assembly: Assembly) -> Iterator[Result]:
    for version in polls.put_to_vote(assembly).order_by("poll__opened_at"):
        if result := polls.result_of(version):
            yield result


def _named(result: Result) -> Row:
    return {"artifact": str(result.version.artifact_id), "version": result.version.number}


def _counts(told: Mapping[str, Any]) -> Row:
    return {says: told.get(says) for says in SAYS}
