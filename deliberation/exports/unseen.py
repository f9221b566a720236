"""What its author set aside, or a moderator keeps from others: it keeps its row in every file, so that counts hold, and not its words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from deliberation.assemblies.models import Assembly
from deliberation.moderation.models import Decision
from elicitation.extraction.models import Candidate
from elicitation.interview.models import Response

K = Decision.Kind
REJECTED = Candidate.State.REJECTED


@dataclass(frozen=True, slots=True)
class Unseen:
    """Ids as text. `answers`: hidden ones, with what was said when asked once more; `left_out`: cards and rules a moderator left out."""

    answers: Collection[str]
    left_out: Collection[str]

    def keeps(self, proposed: str, answer: str, state: str) -> bool:
        """Whether nobody gets the words of a card or rule in such a `state`, read from an answer."""
        return state == REJECTED or answer in self.answers or proposed in self.left_out


def unseen(assembly: Assembly) -> Unseen:
    """What is kept from others in an assembly now."""
    standing = Decision.objects.living().filter(assembly=assembly)
    hidden = _ids(standing.filter(kind=K.HIDE).values_list("answer", flat=True))
    replies = Response.objects.filter(follows__root__in=hidden).values_list("pk", flat=True)
    cards = _ids(standing.filter(kind=K.REJECT).values_list("candidate", flat=True))
    rules = _ids(standing.filter(kind=K.DROP_RULE).values_list("rule", flat=True))
    return Unseen(set(map(str, [*hidden, *replies])), set(map(str, [*cards, *rules])))


def _ids(found: Iterable[UUID | None]) -> list[UUID]:
    return [pk for pk in found if pk]
