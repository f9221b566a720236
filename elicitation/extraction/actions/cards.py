"""What people do with a card: its author owns, changes or rejects it; a person writes one by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from elicitation.extraction.actions.keeping import Kept, keep
from elicitation.extraction.engines.base import Reply, ValueProposal
from elicitation.extraction.errors import CardGone, CardIncomplete, CardReworded, NothingToQuote
from elicitation.extraction.models import (
    Candidate,
    Edit,
    Policy,
    Quote,
    Rating,
    Reading,
    ReadingRequest,
)
from elicitation.extraction.queries import is_reworded
from elicitation.extraction.quotes import locate, pieces
from elicitation.extraction.rewording import parts_changed, words
from elicitation.extraction.sifting import sift
from elicitation.interview.models import Response
from elicitation.interview.queries import before
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded


@dataclass(frozen=True, slots=True)
class Rewording:
    """A card in its author's words: policies by position; one left empty is struck."""

    title: str
    context: str
    policies: Mapping[int, str]


@recorded
def confirm(candidate: Candidate, public: bool) -> Candidate:
    """Its author says yes; `public` is whether the quoted words may be shown. Raises CardGone."""
    _hold(candidate)
    state = (
        Candidate.State.EDITED
        if candidate.policies.filter(by_author=True).exists()
        else Candidate.State.CONFIRMED
    )
    _answer(candidate, state, public)
    append("candidate.confirmed", candidate=str(candidate.id), quotes_public=public)
    return candidate


@recorded
def edit(candidate: Candidate, rewording: Rewording, public: bool) -> Candidate:
    """Its author puts the card in other words, and owns it. Raises CardGone, CardIncomplete."""
    _hold(candidate)
    kept = {n: text for n, text in rewording.policies.items() if text.strip()}
    if not (kept and rewording.title.strip()) or any(map(fault, [rewording.title, *kept.values()])):
        raise CardIncomplete
    before = _parts(candidate)
    candidate.policies.exclude(position__in=kept).delete()
    for policy in candidate.policies.all():
        if policy.text != kept[policy.position]:
            Policy.objects.filter(pk=policy.pk).update(text=kept[policy.position], by_author=True)
    if not candidate.policies.exists():
        raise CardIncomplete
    Candidate.objects.filter(pk=candidate.pk).update(
        title=rewording.title, context=rewording.context
    )
    _answer(candidate, Candidate.State.EDITED, public)
    _count_words(candidate, before)
    append("candidate.edited", candidate=str(candidate.id), quotes_public=public)
    return candidate


@recorded
def reject(candidate: Candidate) -> Candidate:
    """Its author says: that is not it. Raises CardGone."""
    _hold(candidate)
    _answer(candidate, Candidate.State.REJECTED, public=False)
    append("candidate.rejected", candidate=str(candidate.id))
    return candidate


@recorded
def rate(candidate: Candidate, says: Rating.Says | None) -> None:
    """Its author says whether the card, as it was read, says what they care about: the last word stands, None takes it back.

    Raises CardGone; CardReworded where the words are the author's own by now, though taking back stays open.
    """
    if says is None:
        Rating.objects.filter(candidate=candidate.pk).delete()
    else:
        _hold(candidate)
        if is_reworded(candidate):
            raise CardReworded
        Rating.objects.update_or_create(
            candidate=candidate, defaults={"says": says, "at": timezone.now()}
        )
    append("candidate.rated", candidate=str(candidate.id))


@recorded
def write_by_hand(request: ReadingRequest, card: ValueProposal) -> Candidate:
    """A person writes the card where no engine could. Raises NothingToQuote, CardIncomplete.

    The author still has to say yes to it, as to any other.
    """
    list(Response.objects.select_for_update().filter(revisions=request.pk))
    sources = [request.revision, *(words for _, words in before(request.revision))]
    texts = [words.text for words in sources]
    _ensure_quotes(texts, card)
    now = timezone.now()
    Reading.objects.filter(revision=request.pk, state=Reading.State.OPEN).update(
        state=Reading.State.LOST, ended_at=now
    )
    reading = Reading.objects.create(
        revision_id=request.pk, engine="person", model="", state=Reading.State.DONE, ended_at=now
    )
    kept = Kept(reading, sift(Reply((card,)), texts), sources)
    keep([kept])
    if not kept.cards:
        raise CardIncomplete
    ReadingRequest.objects.filter(pk=request.pk).update(
        state=ReadingRequest.State.READ, why="", leased_until=None, ring_at=None
    )
    append("candidate.written_by_hand", candidate=str(kept.cards[0].id), reading=str(reading.id))
    return kept.cards[0]


def _ensure_quotes(texts: Sequence[str], card: ValueProposal) -> None:
    for quote in (quote for policy in card.policies for quote in policy.quotes):
        whole = any(locate(quote, text) for text in texts)
        if not whole and not all(any(locate(p, t) for t in texts) for p in pieces(quote)):
            raise NothingToQuote(quote=quote)


def _parts(candidate: Candidate) -> dict[str, str]:
    """The texts of a card, by what they are."""
    policies = {str(one.position): one.text for one in Policy.objects.filter(candidate=candidate)}
    held = Candidate.objects.get(pk=candidate.pk)
    return {"title": held.title, "context": held.context, **policies}


def _count_words(candidate: Candidate, before: dict[str, str]) -> None:
    """Keep how much was put in other words, and none of them."""
    Edit.objects.create(
        candidate=candidate,
        version=candidate.version,
        words=sum(len(words(text)) for text in before.values()),
        changed=parts_changed(before, _parts(candidate)),
        at=timezone.now(),
    )


def _hold(candidate: Candidate) -> None:
    """Lock the answer, then the card. Raises CardGone where either stands no more."""
    list(Response.objects.select_for_update().filter(revisions__readings=candidate.reading_id))
    held = Candidate.objects.select_for_update().filter(pk=candidate.pk)
    if not held.exclude(state=Candidate.State.SUPERSEDED).exists():
        raise CardGone


def _answer(candidate: Candidate, state: str, public: bool) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(
        state=state, answered_at=timezone.now(), version=F("version") + 1
    )
    Quote.objects.filter(policy__candidate=candidate).update(public=public)
    candidate.refresh_from_db()
