"""Fill a rehearsal, by the acts real people and moderators do: come and answer, be read here, own cards, decide, weigh, compare, draft a document.

Whatever was done before is passed over, so that a worker that died at it is followed by another. No word goes to a model elsewhere: made-up people
never agree to one (decision 0041).
"""

import logging
from collections.abc import Callable
from uuid import UUID

from deliberation.artifacts.actions import drafting
from deliberation.artifacts.models import Artifact
from deliberation.assemblies import made_up
from deliberation.assemblies.actions import judging, rehearsing, taking_part, weighing
from deliberation.assemblies.models import Assembly, Membership, Rehearsal
from deliberation.assemblies.queries import requests_of
from deliberation.moderation import queries
from deliberation.moderation.actions import cards
from deliberation.moderation.bench import Bench
from elicitation.errors import DomainError
from elicitation.extraction import at_work
from elicitation.extraction.models import Candidate, ReadingRequest
from elicitation.extraction.reading import read_if_free
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.models import Endorsement, Value
from elicitation.graph.queries import standing_says, to_weigh, values_of
from elicitation.interview.models import wording

log = logging.getLogger(__name__)
IN_THE_QUEUE = 3  # cards left for the team to try the queue on
Says = Endorsement.Says


def fill(rehearsal_id: UUID) -> bool:
    """Fill one, unless another worker is at it. Whether it is filled now; where something of it is still being read, it is gone on with later."""
    rehearsal = rehearsing.claim(rehearsal_id)
    if rehearsal is None:
        return False
    copy = rehearsal.copy
    for nth in range(copy.memberships.count(), made_up.PEOPLE):
        rehearsing.arrive(rehearsal, nth)
    if not _all_read(copy):
        rehearsing.put_off(rehearsal)
        return False
    _own(copy)
    _decide(rehearsal)
    people = list(copy.memberships.select_related("respondent", "assembly").order_by("pk"))
    _weigh(copy, people)
    _compare(copy, people)
    _draft(copy)
    rehearsing.finish(rehearsal)
    return True


def _all_read(copy: Assembly) -> bool:
    waiting = requests_of(copy).filter(state=ReadingRequest.State.WAITING)
    for revision_id in waiting.values_list("revision", flat=True):
        read_if_free(revision_id, at_work.inside())
    return not waiting.exists()


def _own(copy: Assembly) -> None:
    """Each person says yes to what was found, and releases every second quote."""
    for n, card in enumerate(queries.waiting_for_author(copy).order_by("pk")):
        taking_part.own_card(card, public=n % 2 == 0)


def _decide(rehearsal: Rehearsal) -> None:
    """All but a few cards become values, in the name of who began the rehearsal."""
    bench = Bench(rehearsal.copy, rehearsal.account)
    waiting: list[Candidate] = list(queries.queue(rehearsal.copy))
    for card in waiting[: max(len(waiting) - IN_THE_QUEUE, 0)]:
        cards.accept(bench, card, card.version)


def _values(copy: Assembly) -> list[Value]:
    return [value for inquiry in copy.inquiries.all() for value in values_of(inquiry)]


def _weigh(copy: Assembly, people: list[Membership]) -> None:
    """Everybody says something to every value of others, in two camps."""
    inquiries, order = copy.inquiries.all(), [value.pk for value in _values(copy)]
    for nth, member in enumerate(people):
        if standing_says(member.respondent, inquiries).exists():
            continue
        for value in to_weigh(member.respondent, inquiries):
            agrees = made_up.is_for(nth, order.index(value.pk))
            weighing.weigh(member, value, Says.AGREE if agrees else Says.DISAGREE)


def _compare(copy: Assembly, people: list[Membership]) -> None:
    """One of them proposes a comparison, and everybody judges it."""
    values = _values(copy)
    if len(values) < 2 or not people:
        return
    context = values[0].inquiry.contexts.first()
    _unless_refused(judging.propose, people[0], Proposal(values[1], values[0], context))
    for nth, member in enumerate(people):
        if showing := judging.put(member, member.language):
            saying = Saying("to" if nth % 4 else "from")
            _unless_refused(judging.judge, member, showing, saying)


def _draft(copy: Assembly) -> None:
    """A document with a clause for each of the first values, put before the assembly."""
    values = _values(copy)[:5]
    if copy.artifacts.exists() or not values:
        return
    language, told = copy.languages[0], copy.document
    title = wording(told.get("title", {}), language) or copy.titled_in(language)
    kind = told.get("kind") or Artifact.Kind.CHARTER
    version = drafting.draft(copy, kind, title[:200], language)
    drafting.propose(version, values)
    drafting.put_before(version)


def _unless_refused(act: Callable[..., object], *told: object) -> None:
    """Do an act a person could have been refused too: what is refused is left out of the rehearsal."""
    try:
        act(*told)
    except DomainError as refused:
        log.info("left out of a rehearsal: %s", refused.code)
