"""Which packages are to be made, may be offered, or have to go."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.artifacts.models import MinorityStatement, Objection
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Membership
from deliberation.exports.errors import PackageGone, PackageNotReady
from deliberation.exports.models import Bundle
from deliberation.exports.withdrawals import NAMED, acts
from deliberation.moderation.models import MachineProposal
from elicitation.interview.models import Response
from elicitation.record.models import Entry

HIDDEN = "quotes.hidden"
ENDS = {**NAMED, HIDDEN: "response"}
LONGEST_TRANSACTION = timedelta(hours=1)  # an act may be committed so long after its entry's time


def due() -> QuerySet[Bundle]:
    """Packages no worker is at, that wait or whose worker is gone."""
    free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    return Bundle.objects.filter(free, state__in=[Bundle.State.WAITING, Bundle.State.MAKING])


def package(assembly: Assembly, package_id: UUID) -> Bundle:
    """A package somebody asked for here. Raises NotHere."""
    if found := assembly.bundles.select_related("assembly").filter(pk=package_id).first():
        return found
    raise NotHere


def offered(bundle: Bundle) -> Path:
    """The file of a package that is offered. Raises PackageNotReady, PackageGone."""
    if bundle.is_under_way:
        raise PackageNotReady
    if not (is_offered(bundle) and bundle.path.exists()):
        raise PackageGone
    return bundle.path


def recent_acts(moment: datetime) -> list[int]:
    """What was taken back of late, as of the snapshot this is asked in, as numbers of entries."""
    late = _acts().filter(at__gte=moment - LONGEST_TRANSACTION)
    return list(late.order_by("pk").values_list("pk", flat=True))


def is_offered(bundle: Bundle) -> bool:
    """Whether a package may be taken along now."""
    return bundle.state == Bundle.State.READY and not bundle.is_old and not _taken_back(bundle)


def to_withdraw() -> Iterator[tuple[Bundle, Bundle.Gone]]:
    """Packages that are offered and must not be any longer, and why."""
    for bundle in Bundle.objects.filter(state=Bundle.State.READY).select_related("assembly"):
        if bundle.is_old:
            yield bundle, Bundle.Gone.OLD
        elif _taken_back(bundle):
            yield bundle, Bundle.Gone.TAKEN_BACK


def _acts() -> QuerySet[Entry]:
    """What people took back, or an AI's proposer did, and what moderators hid: none may be in what is offered."""
    return acts() | Entry.objects.filter(kind=HIDDEN, erased_at=None)


def _taken_back(bundle: Bundle) -> bool:
    """Whether anything of its assembly was taken back since its moment, or of an assembly nobody can tell any more."""
    if bundle.as_of is None:  # never of one that was made: a constraint of the table
        return True
    since = _acts().filter(at__gte=bundle.as_of - LONGEST_TRANSACTION).exclude(pk__in=bundle.acts)
    of = [str((entry.body or {}).get(ENDS[entry.kind], "")) for entry in since.iterator()]
    nobody_knows = "" in of  # an entry that does not name whom
    return nobody_knows or not _all_elsewhere(bundle.assembly, of)


def _all_elsewhere(assembly: Assembly, of: Iterable[str]) -> bool:
    """Whether each of these answers, voices, objections, statements and proposals is known to belong to another assembly."""
    ids = {UUID(one) for one in of}
    theirs: tuple[QuerySet[Any], ...] = (
        Response.objects.filter(pk__in=ids).exclude(prompt__inquiry__assemblies=assembly),
        Objection.objects.filter(pk__in=ids).exclude(clause__version__artifact__assembly=assembly),
        MinorityStatement.objects.filter(pk__in=ids).exclude(artifact__assembly=assembly),
        MachineProposal.objects.filter(pk__in=ids).exclude(assembly=assembly),
    )
    voices = Membership.objects.filter(respondent__in=ids).exclude(assembly=assembly)
    known = set(voices.values_list("respondent", flat=True))
    for some in theirs:
        known |= set(some.values_list("pk", flat=True))
    return ids <= known
