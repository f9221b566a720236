"""The result of opinion groups of one inquiry or conversation, from its votes in the database. Workers and commands only."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from time import perf_counter
from uuid import UUID

from deliberation.assemblies.models import Phase
from deliberation.opinion import ground, rows, rules, strata
from deliberation.opinion.contexts import Move, Naming, placed
from deliberation.opinion.exclusions import left_out
from deliberation.opinion.ground import Ground
from deliberation.opinion.logs import by_round
from deliberation.opinion.models import Analysis, Conversation, Wanted
from deliberation.opinion.places import pack, unpack
from deliberation.opinion.rounds import Setting, beginnings
from deliberation.opinion.snapshots import Subject, newest
from elicitation.graph.judged import judged
from elicitation.graph.models import Judgement, ValueContext
from elicitation.interview.models import Inquiry
from elicitation.record.models import Entry

TOWARDS = {Judgement.Answer.TO: 1, Judgement.Answer.FROM: -1}


def compute(subject: Subject, wanted: Wanted) -> Analysis:
    """Find the groups as `wanted` says, with the names they had last time. The result is not stored yet, and has no marker."""
    begun = perf_counter()
    found = of_inquiry(subject) if isinstance(subject, Inquiry) else of_conversation(subject)
    last = newest(subject, Analysis.Kind.GROUPS)
    earlier = unpack(bytes(last.places)) if last else None
    grouping = ground.grouped(found, wanted.mode, wanted.groups, earlier)
    result = ground.result(found, grouping)
    json.dumps(result, allow_nan=False)  # a number that is none is a mistake of ours
    return Analysis(
        kind=Analysis.Kind.GROUPS,
        rule=wanted.mode,
        rule_version=rules.GROUPS[wanted.mode],
        seed=rules.SEED,
        wanted=wanted.groups,
        input_hash=ground.input_hash(found),
        result=result,
        places=pack(ground.places(found.read, grouping)),
        seconds=perf_counter() - begun,
    )


def of_inquiry(inquiry: Inquiry) -> Ground:
    """The votes on an inquiry's values and norms, where values were judged wiser, and the rounds there were; one person counts once."""
    without = left_out(inquiry)
    read = rows.of_inquiry(inquiry, without)
    contexts = [
        str(pk) for pk in inquiry.contexts.order_by("position").values_list("pk", flat=True)
    ]
    where = placed(contexts, read.statements, _moves(inquiry, without), namings(inquiry))
    starts = rounds_of(inquiry)
    rounds = None
    if starts[1:]:
        rounds = by_round(rows.log_of_inquiry(inquiry, without), starts, read.statements)
    said, norms = strata.of_inquiry(inquiry), rows.norms_of_inquiry(inquiry, without)
    return Ground(
        read, contexts=where, rounds=rounds, strata=said, norms=norms, left_out=len(without)
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


def _moves(inquiry: Inquiry, without: Collection[UUID]) -> Iterator[Move]:
    for one in judged(inquiry):
        towards = TOWARDS.get(Judgement.Answer(one.answer))
        if towards and one.context is not None and one.respondent not in without:
            pair = (str(one.to_value), str(one.from_value))[::towards]
            yield Move(str(one.respondent), str(one.context), *pair)


def namings(inquiry: Inquiry) -> Iterator[Naming]:
    here = ValueContext.objects.filter(value__inquiry=inquiry, value__retired_at=None)
    for value, context, score in here.values_list("value", "context", "score"):
        yield Naming(str(value), str(context), score)
