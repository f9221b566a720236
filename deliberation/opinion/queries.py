"""How many stand behind what. People and institutions count; an AI agent is never support."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from elicitation.extraction.models import Candidate
from elicitation.graph.models import Evidence
from elicitation.interview.models import Respondent


@dataclass(frozen=True, slots=True)
class Support:
    """`voices`: distinct respondents behind a value or clause; `owned`: those of them who confirmed the card."""

    voices: int
    owned: int


def support(value_ids: Iterable[UUID]) -> Support:
    """The support of one or more values together: each voice counts once however many cards it has."""
    behind = Evidence.objects.filter(value__in=list(value_ids)).exclude(
        candidate__reading__revision__response__respondent__kind=Respondent.Kind.AI_AGENT
    )
    owned = Q(candidate__state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])
    return Support(voices=_voices(behind), owned=_voices(behind.filter(owned)))


def _voices(evidence: QuerySet[Evidence]) -> int:
    who = "candidate__reading__revision__response__respondent"
    found: int = evidence.values(who).distinct().count()
    return found
