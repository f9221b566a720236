"""Compute a result: claim it, read the votes, find the groups with nothing held open, keep them, then rank the values."""

import logging
from collections.abc import Sequence
from uuid import UUID

from deliberation.opinion import arranging, graph_result, groups_result
from deliberation.opinion.actions import snapshots as actions
from deliberation.opinion.errors import AnalysisOutlived, AnalysisUnderWay
from deliberation.opinion.models import Analysis, Conversation, Wanted
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import Subject, is_due, marker, wanted
from elicitation.interview.models import Inquiry

log = logging.getLogger(__name__)


def analyse(subject: Subject) -> Sequence[Analysis]:
    """Compute the results of an inquiry or conversation now. Raises AnalysisUnderWay, AnalysisOutlived."""
    return _finish(subject, actions.claim(subject))


def analyse_if_due(pk: UUID) -> None:
    """The worker's way in: what another is at, or what somebody has computed since the bell rang, is passed over."""
    subject = find(pk)
    if subject is None:
        return
    broken_off = wanted(subject).was_left
    try:
        claimed = actions.claim(subject)
        if broken_off or is_due(subject, claimed):
            _finish(subject, claimed)
        else:
            actions.let_go(claimed)
    except (AnalysisUnderWay, AnalysisOutlived) as stopped:
        log.info("%s: %s", stopped.code, pk)


def find(pk: UUID) -> Subject | None:
    """What a result can be of, by its id."""
    inquiry: Inquiry | None = Inquiry.objects.filter(pk=pk).first()
    return inquiry or Conversation.objects.filter(pk=pk).first()


def _finish(subject: Subject, claimed: Wanted) -> Sequence[Analysis]:
    """The groups are kept as soon as they are found, and the graph after them under the same claim.

    The marker is read before the votes: one that comes between the two makes the result stale, never wrongly fresh.
    """
    now = marker(subject)
    groups = groups_result.compute(subject, claimed)
    groups.marker = now
    if not isinstance(subject, Inquiry):
        return actions.keep(claimed, [groups])
    actions.keep(claimed, [groups], goes_on=True)
    graph = graph_result.compute(subject, unpack(bytes(groups.places)))
    if graph is None:
        actions.let_go(claimed)
        return [groups]
    graph.marker = now
    positions = arranging.positions_of(subject, graph.result, groups.result)
    return [groups, *actions.keep(claimed, [graph], positions=positions)]
