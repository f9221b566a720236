"""What of an inquiry's values somebody may explore now. What results say is kept in memory, for they are large and never change; words are read anew."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from deliberation.opinion.explored import Explored, Worded, explored, standing
from deliberation.opinion.models import Analysis, Layout
from deliberation.opinion.positions import unpack
from deliberation.opinion.reading import Reader
from deliberation.opinion.shown import for_everybody
from deliberation.opinion.snapshots import Snapshot, light
from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry

Row = tuple[UUID, str, str, datetime]
VERSION = 1  # of what is made of results here
NOTHING = Explored((), (), {}, frozenset())


@dataclass(frozen=True, eq=False)
class Landscape:
    """What there is to explore, and the graph it came from; `too_few`: it may not be told, for too few took part. `tag`: another for anything else."""

    whole: Explored
    graph: Snapshot
    too_few: bool
    tag: str


def landscape(who: Reader, inquiry: Inquiry) -> Landscape | None:
    """The newest graph and groups of an inquiry as this reader may see them; None where there is no graph, or where it is open to nobody now."""
    for _ in range(2):  # the newest may be replaced by the next of its hour while it is read
        with suppress(Analysis.DoesNotExist):
            return _landscape(who, inquiry)
    return None


def _landscape(who: Reader, inquiry: Inquiry) -> Landscape | None:
    graph = light(inquiry, Analysis.Kind.GRAPH) if who.may_see(inquiry) else None
    if graph is None:
        return None
    among = inquiry.analyses.filter(kind=Analysis.Kind.GROUPS).order_by("-made_at")
    key = (graph.analysis.pk, among.values_list("pk", flat=True).first(), who.whole)
    if _results(*key) is None:
        return Landscape(NOTHING, graph, too_few=True, tag="")
    found = Value.objects.standing().filter(inquiry=inquiry).order_by("pk")
    rows = tuple(found.values_list("pk", "title", "language", "admitted_at"))
    told = hashlib.sha256(repr((VERSION, *key, rows)).encode()).hexdigest()
    whole = _standing(key, rows, who.assembly.zone)
    return Landscape(whole, graph, too_few=False, tag=told[:24])


@lru_cache(maxsize=4)
def _results(graph: UUID, groups: UUID | None, whole: bool) -> Explored | None:
    """Two results put together; None where the graph may not be told."""
    told = [_told(graph, whole), _told(groups, whole) if groups else {}]
    if "too_few" in told[0]:
        return None
    layout = Layout.objects.filter(analysis=graph).first()
    return explored(told[0], told[1], unpack(bytes(layout.positions)) if layout else {})


def _told(analysis: UUID, whole: bool) -> dict[str, object]:
    result = Analysis.objects.values_list("result", flat=True).get(pk=analysis)
    return dict(result) if whole else for_everybody(result)


@lru_cache(maxsize=4)
def _standing(key: tuple[UUID, UUID | None, bool], rows: tuple[Row, ...], zone: str) -> Explored:
    """Only what somebody stands behind today, in the words it has today."""
    here = ZoneInfo(zone)
    words = {
        str(pk): Worded(title, language, at.astimezone(here).date())
        for pk, title, language, at in rows
    }
    return standing(_results(*key) or NOTHING, words)
