"""Results as they stand: the newest, how old it is, whether votes have moved on since, and what is to be computed anew."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from deliberation.opinion import rules
from deliberation.opinion.models import Analysis, Conversation, Wanted
from elicitation.interview.models import Inquiry

Subject = Inquiry | Conversation
QUIET = timedelta(seconds=5)  # at least this long between two results of one thing
REST = 4  # and this many times as long as the last one took
STATE = """
    SELECT i.id,
        (SELECT sum(hashtextextended(concat_ws(':', v.id, v.version, t.changes), 0))
         FROM graph_value v LEFT JOIN graph_tally t ON t.value_id = v.id
         WHERE v.inquiry_id = i.id AND v.retired_at IS NULL),
        (SELECT sum(hashtextextended(concat_ws(':', t.id, t.changes), 0))
         FROM graph_transition t WHERE t.inquiry_id = i.id),
        (SELECT sum(hashtextextended(concat_ws(':', c.value_id, c.context_id, c.score), 0))
         FROM graph_valuecontext c JOIN graph_value v ON v.id = c.value_id WHERE v.inquiry_id = i.id),
        (SELECT sum(hashtextextended(concat_ws(':', n.id, n.version, t.changes), 0))
         FROM graph_norm n LEFT JOIN graph_normtally t ON t.norm_id = n.id
         WHERE n.inquiry_id = i.id AND n.retired_at IS NULL),
        (SELECT sum(hashtextextended(concat_ws(':', b.respondent_id, b.stratum_id, b.option), 0))
         FROM assemblies_belonging b JOIN assemblies_stratum s ON s.id = b.stratum_id
         JOIN assemblies_agendaitem a ON a.assembly_id = s.assembly_id AND a.inquiry_id = i.id),
        (SELECT sum(hashtextextended(concat_ws(':', s.twins_id, s.respondent_id), 0))
         FROM opinion_twinseat s JOIN opinion_twins t ON t.id = s.twins_id AND t.says = 'one_person'
         JOIN assemblies_agendaitem a ON a.assembly_id = t.assembly_id AND a.inquiry_id = i.id)
    FROM interview_inquiry i
    WHERE (%(all)s OR i.id = ANY(%(inquiries)s)) AND (
        EXISTS (SELECT 1 FROM graph_tally t JOIN graph_value v ON v.id = t.value_id
                WHERE v.inquiry_id = i.id AND t.changes > 0)
        OR EXISTS (SELECT 1 FROM graph_transition t WHERE t.inquiry_id = i.id AND t.changes > 0))
"""
ERASED = """
    SELECT person::text FROM unnest(%s::uuid[]) person
    WHERE NOT EXISTS (SELECT FROM graph_endorsement e WHERE e.respondent_id = person)
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A result that is shown. `stale`: votes, or what was asked for, have changed since it was made."""

    analysis: Analysis
    stale: bool

    @property
    def age(self) -> timedelta:
        """How long ago it was made."""
        return timezone.now() - self.analysis.made_at


def newest(subject: Subject, kind: str) -> Analysis | None:
    """The last result of an inquiry or conversation."""
    return subject.analyses.filter(kind=kind).order_by("-made_at").first()


def snapshot(subject: Subject, kind: str) -> Snapshot | None:
    """The last result, with whether it is still of today; None where there is none yet."""
    found = newest(subject, kind)
    if found is None:
        return None
    return Snapshot(found, is_stale(found, marker(subject), wanted(subject)))


def light(subject: Subject, kind: str) -> Snapshot | None:
    """The same without what it says, which can be large."""
    found = (
        subject.analyses.filter(kind=kind).defer("result", "places").order_by("-made_at").first()
    )
    return Snapshot(found, is_stale(found, marker(subject), wanted(subject))) if found else None


def wanted(subject: Subject) -> Wanted:
    """How groups are to be found here; not stored where nobody said so."""
    found: Wanted | None = Wanted.objects.filter(**named(subject)).first()
    return found or Wanted(**named(subject))


def named(subject: Subject) -> dict[str, Any]:
    """Which of the two things a result can be of this is, as fields of its row."""
    return {f"{'inquiry' if isinstance(subject, Inquiry) else 'conversation'}_id": subject.pk}


def marker(subject: Subject) -> str:
    """A short text that changes with the votes, without reading them."""
    if isinstance(subject, Conversation):
        return subject.content_hash
    return _markers([subject.pk]).get(subject.pk, "")


def erased(people: Sequence[str]) -> set[str]:
    """Of these respondents, by id, those of whom no vote is left, not even as history."""
    with connection.cursor() as cursor:
        cursor.execute(ERASED, [list(people)])
        return {person for (person,) in cursor.fetchall()}


def is_stale(analysis: Analysis, now: str, asked: Wanted) -> bool:
    """Whether another result is to be expected."""
    if analysis.marker != now:
        return True
    if analysis.kind == Analysis.Kind.GRAPH:
        return rules.GRAPH.get(analysis.rule) != analysis.rule_version
    made = (analysis.rule, analysis.rule_version, analysis.wanted)
    return made != (asked.mode, rules.GROUPS[asked.mode], asked.groups)


def due() -> Iterator[Subject]:
    """What is to be computed now: nobody is at it, its votes have moved on, and its last result has stood for a while."""
    markers, last = _markers(None), _last()
    said = {_of(asked): asked for asked in Wanted.objects.all()}
    brought = Conversation.objects.only("content_hash")
    markers |= {c.pk: c.content_hash for c in brought}
    subjects: list[Subject] = [*Inquiry.objects.filter(pk__in=markers), *brought]
    for subject in subjects:
        asked = said.get(subject.pk) or Wanted(**named(subject))
        stands = not asked.was_left and not _is_due(last[subject.pk], markers[subject.pk], asked)
        if not asked.is_leased and not stands:
            yield subject


def is_due(subject: Subject, asked: Wanted) -> bool:
    """Whether this is to be computed now, whoever is at it."""
    last = [found for kind in Analysis.Kind if (found := newest(subject, kind))]
    return _is_due(last, marker(subject), asked)


def _is_due(last: Sequence[Analysis], now: str, asked: Wanted) -> bool:
    if not now or not last:
        return bool(now)
    rested = all(timezone.now() >= _rested(found) for found in last)
    return rested and any(is_stale(found, now, asked) for found in last)


def _of(row: Analysis | Wanted) -> UUID | None:
    return row.inquiry_id or row.conversation_id


def _rested(last: Analysis) -> datetime:
    return last.made_at + max(QUIET, REST * timedelta(seconds=last.seconds))


def _last() -> Mapping[UUID | None, list[Analysis]]:
    """The newest result of each kind by what it is of, without what it says."""
    ordered = Analysis.objects.order_by("inquiry_id", "conversation_id", "kind", "-made_at")
    newest_ones = ordered.distinct("inquiry_id", "conversation_id", "kind").defer(
        "result", "places"
    )
    found: dict[UUID | None, list[Analysis]] = defaultdict(list)
    for one in newest_ones:
        found[_of(one)].append(one)
    return found


def _markers(inquiries: Collection[UUID] | None) -> dict[UUID, str]:
    """Of each inquiry that was voted or judged on (those named, or all). The sums stay the same whatever the order of rows."""
    asked: dict[str, Any] = {"all": inquiries is None, "inquiries": list(inquiries or [])}
    with connection.cursor() as cursor:
        cursor.execute(STATE, asked)
        return {
            inquiry: hashlib.sha256(repr(state).encode()).hexdigest()
            for inquiry, *state in cursor.fetchall()
        }
