"""The result of opinion groups of one inquiry or conversation, from its votes in the database. Workers and commands only."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.assemblies.models import Phase
from deliberation.opinion import consensus, polis, rows, rules, stable, strata
from deliberation.opinion.analysis import analyse
from deliberation.opinion.contexts import Move, Naming, placed
from deliberation.opinion.convergence import Parts, Placed
from deliberation.opinion.fingerprint import fingerprint
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.models import Analysis, Conversation, Wanted
from deliberation.opinion.outcome import Found, Upheld, outcome
from deliberation.opinion.places import Places, pack, unpack
from deliberation.opinion.rounds import Setting, beginnings
from deliberation.opinion.rows import Log, Read
from deliberation.opinion.snapshots import Subject, newest
from deliberation.opinion.strata import Said
from deliberation.opinion.votes import gather
from elicitation.graph.judged import judged
from elicitation.graph.models import Judgement, ValueContext
from elicitation.interview.models import Inquiry
from elicitation.record.models import Entry

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL counts microseconds from here
TOWARDS = {Judgement.Answer.TO: 1, Judgement.Answer.FROM: -1}


@dataclass(frozen=True, slots=True)
class Ground:
    """What groups are found in: votes, and the statements that count for nothing or are about the conversation itself."""

    read: Read
    moderated_out: Collection[Any] = ()
    meta: Collection[Any] = ()
    contexts: Placed | None = None
    rounds: Parts | None = None
    strata: Mapping[str, Parts] = field(default_factory=dict)
    beside: Sequence[str] = ()
    norms: Read | None = None
    norms_strata: Mapping[str, Parts] = field(default_factory=dict)


def compute(subject: Subject, wanted: Wanted) -> Analysis:
    """Find the groups as `wanted` says, with the names they had last time. The result is not stored yet, and has no marker."""
    begun = perf_counter()
    ground = of_inquiry(subject) if isinstance(subject, Inquiry) else of_conversation(subject)
    votes, read = ground.read.votes, ground.read
    grouping = _grouped(ground, wanted, newest(subject, Analysis.Kind.GROUPS))
    told = analyse(votes, grouping, moderated_out=ground.moderated_out, meta=ground.meta)
    found = Found(
        votes,
        read.statements,
        grouping,
        told,
        ground.contexts,
        ground.rounds,
        ground.strata,
        _upheld(ground, grouping),
    )
    result = outcome(found)
    json.dumps(result, allow_nan=False)  # a number that is none is a mistake of ours
    return Analysis(
        kind=Analysis.Kind.GROUPS,
        rule=wanted.mode,
        rule_version=rules.GROUPS[wanted.mode],
        seed=rules.SEED,
        wanted=wanted.groups,
        input_hash=fingerprint(votes, ground.moderated_out, ground.meta, beside=ground.beside),
        result=result,
        places=pack(_places(read, grouping)),
        seconds=perf_counter() - begun,
    )


def of_inquiry(inquiry: Inquiry) -> Ground:
    """The votes on an inquiry's values and norms, where values were judged wiser, and the rounds there were."""
    read = rows.of_inquiry(inquiry)
    contexts = [
        str(pk) for pk in inquiry.contexts.order_by("position").values_list("pk", flat=True)
    ]
    where = placed(contexts, read.statements, _moves(inquiry), _namings(inquiry))
    starts = rounds_of(inquiry)
    rounds = by_round(rows.log_of_inquiry(inquiry), starts, read.statements) if starts[1:] else None
    said, norms = strata.of_inquiry(inquiry), rows.norms_of_inquiry(inquiry)
    return Ground(
        read,
        contexts=where,
        rounds=rounds,
        strata={code: by_stratum(read, one) for code, one in said.items()},
        beside=[*strata.lines(said), *_lines(norms)],
        norms=norms,
        norms_strata={code: by_stratum(norms, one) for code, one in said.items()},
    )


def of_conversation(conversation: Conversation) -> Ground:
    """The votes of a conversation held elsewhere, with what its moderators did to statements."""
    marked = conversation.statements.values_list("number", "moderated", "is_meta")
    meta = [number for number, _, is_meta in marked if is_meta]
    out = sorted({n for n, moderated, _ in marked if moderated == -1} | set(meta))
    return Ground(rows.of_conversation(conversation), out, sorted(meta))


def rounds_of(inquiry: Inquiry) -> list[datetime]:
    """When each round of weighing began, as far as the record tells; nothing where it tells of none."""
    slugs = list(inquiry.assemblies.values_list("slug", flat=True))
    set_so = Entry.objects.filter(
        kind="phase.set", body__assembly__in=slugs, body__phase=Phase.Kind.WEIGHING.value
    )
    return beginnings(
        Setting(
            entry.at,
            datetime.fromisoformat(entry.body["starts_at"]),
            datetime.fromisoformat(entry.body["ends_at"]),
        )
        for entry in set_so.order_by("pk")
        if entry.body
    )


def by_stratum(read: Read, said: Said) -> Parts:
    """The votes parted by what people said of themselves; those who said nothing under "". (options + 1, m)."""
    names = [*said.options, ""]
    place = {name: n for n, name in enumerate(names)}
    labels = np.array([place[said.of.get(person, "")] for person in read.people], dtype=np.int64)
    told = consensus.tally(read.votes, labels, len(names))
    return Parts(names, told.agree, told.disagree, told.seen)


def by_round(log: Log, starts: Sequence[datetime], statements: Sequence[str]) -> Parts:
    """What stood when each round ended, that is when the next began; of the last what stands now. (r, m).

    What was said before the first start counts in the first round.
    """
    ends = [(start - EPOCH) // timedelta(microseconds=1) for start in starts[1:]]
    column = {name: place for place, name in enumerate(statements)}
    place = np.array([column.get(one, -1) for one in log.ids], dtype=np.int64)
    counted = [
        _counted(log, (log.at < end) & (log.until >= end) & (place[log.statement] >= 0))
        for end in (*ends, rows.STANDS)
    ]
    whole = np.zeros((len(starts), len(statements), 3), dtype=np.int64)
    for r, (ids, votes) in enumerate(counted):
        whole[r, place[ids]] = votes
    return Parts([str(r + 1) for r in range(len(starts))], *np.moveaxis(whole, 2, 0))


def _counted(log: Log, kept: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Places in `log.ids`, and for each how many agree, disagree and answer."""
    votes = gather(log.person[kept], log.statement[kept], log.at[kept], log.says[kept])
    told = consensus.tally(votes)
    return votes.statements, np.stack([told.agree[0], told.disagree[0], told.seen[0]], axis=1)


def _grouped(ground: Ground, wanted: Wanted, last: Analysis | None) -> Grouping:
    votes, out = ground.read.votes, ground.moderated_out
    if wanted.mode == "polis":
        return polis.group(votes, k=wanted.groups, moderated_out=out)
    return stable.group(
        votes,
        k=wanted.groups,
        seed=rules.SEED,
        earlier=_earlier(ground.read, last),
        moderated_out=out,
    )


def _earlier(read: Read, last: Analysis | None) -> tuple[NDArray[Any], NDArray[np.int64]] | None:
    """The people of now who had a group in the last result, and which."""
    if last is None:
        return None
    held = unpack(bytes(last.places))
    group = dict(zip(held.people, held.groups, strict=True))
    labels = np.array([group.get(person, -1) for person in read.people], dtype=np.int64)
    known = labels >= 0
    return (read.votes.people[known], labels[known]) if known.any() else None


def _upheld(ground: Ground, grouping: Grouping) -> Upheld | None:
    """What the groups say to norms; who says nothing to values is in none."""
    if ground.norms is None:
        return None
    group = dict(zip(ground.read.people, grouping.labels.tolist(), strict=True))
    read = ground.norms
    labels = np.array([group.get(person, -1) for person in read.people], dtype=np.int64)
    return Upheld(read.votes, read.statements, labels, ground.norms_strata)


def _lines(norms: Read) -> list[str]:
    """What is said to norms as sorted lines, for a fingerprint."""
    votes = norms.votes
    rows = np.repeat(np.arange(len(norms.people)), np.diff(votes.starts))
    cells = zip(rows.tolist(), votes.columns.tolist(), votes.signs.tolist(), strict=True)
    return sorted(f"{norms.statements[j]}:{norms.people[i]}:{sign}" for i, j, sign in cells)


def _places(read: Read, grouping: Grouping) -> Places:
    return Places(read.people, grouping.labels.tolist(), grouping.unsure.astype(int).tolist())


def _moves(inquiry: Inquiry) -> Iterator[Move]:
    for one in judged(inquiry):
        towards = TOWARDS.get(Judgement.Answer(one.answer))
        if towards and one.context is not None:
            pair = (str(one.to_value), str(one.from_value))[::towards]
            yield Move(str(one.respondent), str(one.context), *pair)


def _namings(inquiry: Inquiry) -> Iterator[Naming]:
    here = ValueContext.objects.filter(value__inquiry=inquiry, value__retired_at=None)
    for value, context, score in here.values_list("value", "context", "score"):
        yield Naming(str(value), str(context), score)
