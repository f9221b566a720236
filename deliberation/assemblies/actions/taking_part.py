"""Join, answer, change, own the cards, withdraw."""

from django.conf import settings
from django.db.models import F, Q

from deliberation.assemblies import codes, ways
from deliberation.assemblies.actions.text_keeping import hold_text
from deliberation.assemblies.actions.unsent_keeping import (
    forget_unsent,
    forget_unsent_about,
    forget_unsent_beneath,
)
from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.conditions import ensure_agreed, ensure_open
from deliberation.assemblies.errors import NoSeatLeft
from deliberation.assemblies.models import Assembly, Consent, Invitation, Membership, Phase
from elicitation.extraction.actions import cards, waiting
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.models import Candidate
from elicitation.extraction.tasks import ring as ring_reader
from elicitation.graph.actions.norm_keeping import hold_rules
from elicitation.graph.actions.norms import release_norm
from elicitation.graph.actions.placing import release
from elicitation.graph.models import Evidence, Value
from elicitation.graph.tasks import find_likenesses
from elicitation.interview import actions as interview
from elicitation.interview.drafts import Words
from elicitation.interview.models import FollowUp, Prompt, Respondent, Response
from elicitation.interview.queries import thread_ids
from elicitation.record.actions import append, recorded


@recorded
def join(invitation: Invitation, language: str, way: str = "") -> Membership:
    """Take a seat: a new voice, known by its receipt code alone. Who comes the same way again is given the same one. Raises NoSeatLeft."""
    list(Invitation.objects.select_for_update().filter(pk=invitation.pk))
    if way and (taken := ways.seat_of(invitation.assembly, way)):
        append("membership.given_back", respondent=str(taken.respondent_id))
        return taken
    seat_free = Q(seats=None) | Q(taken__lt=F("seats"))
    if not Invitation.objects.filter(seat_free, pk=invitation.pk, closed_at=None).update(
        taken=F("taken") + 1
    ):
        raise NoSeatLeft
    respondent = interview.welcome(asks_first=True)
    member = open_door(invitation.assembly, respondent, language)
    if way:
        Membership.objects.filter(came_by=way).update(came_by="")
        Membership.objects.filter(pk=member.pk).update(came_by=way)
    return member


@recorded
def open_door(assembly: Assembly, respondent: Respondent, language: str) -> Membership:
    """Tie a voice to a receipt code, so that its author can come (or come back) and answer for it."""
    salt = codes.new_salt()
    code = codes.derive(settings.SECRET_KEY, "receipt", salt)
    membership = Membership.objects.create(
        assembly=assembly,
        respondent=respondent,
        salt=salt,
        code_digest=codes.digest(code),
        language=language,
    )
    append("membership.made", assembly=assembly.slug, respondent=str(respondent.id))
    return membership


@recorded
def agree(member: Membership, *, aloud: bool = False) -> Consent:
    """Agree to the consent text as it stands now; twice is once. `aloud`: to a helper, who wrote it down."""
    hold_text(member.assembly)
    consent, _ = Consent.objects.get_or_create(
        membership=member,
        text_version=member.assembly.consent_version,
        defaults={"aloud": aloud},
    )
    how = {"aloud": True} if consent.aloud else {}
    append(
        "consent.given", respondent=str(member.respondent_id), version=consent.text_version, **how
    )
    return consent


@recorded
def answer(member: Membership, prompt: Prompt, words: Words) -> Response:
    """Take in an answer while answering is open, and ring for a reader once it is committed.

    Raises PhaseClosed and ConsentMissing, both checked in the transaction of the write; UnstorableText,
    OtherWordsSameKey, AlreadyAnswered.
    """
    ensure_open(member.assembly, Phase.Kind.ANSWERING)
    ensure_agreed(member)
    response = interview.submit(member.respondent, prompt, words)
    forget_unsent(member, prompt.pk)
    revisions = list(response.revisions.filter(number=1, reading_request=None))
    waiting.request_readings(revisions)
    ring_on_commit(ring_reader, [r.pk for r in revisions])
    return response


@recorded
def change(member: Membership, response: Response, text: str, language: str) -> Response:
    """Put other words in place of one's own, to be read anew. Raises PhaseClosed, UnstorableText, AlreadyWithdrawn."""
    ensure_open(member.assembly, Phase.Kind.ANSWERING)
    revision = interview.revise(response, text, language)
    forget_unsent(member, response.pk)
    if not hasattr(revision, "reading_request"):
        waiting.set_aside_older(revision)
        waiting.request_readings([revision])
        ring_on_commit(ring_reader, [revision.pk, *waiting.read_thread_again(response)])
    return response


@recorded
def say_more(member: Membership, follow_up: FollowUp, words: Words, asked: str) -> Response:
    """Take in what one says to `asked`, the question beneath one's answer, to be read together with it.

    Raises PhaseClosed, UnstorableText, OtherWordsSameKey, FollowUpGone.
    """
    ensure_open(member.assembly, Phase.Kind.ANSWERING)
    reply = interview.reply(follow_up, words, asked)
    forget_unsent(member, follow_up.pk)
    revisions = list(reply.revisions.filter(number=1, reading_request=None))
    waiting.request_readings(revisions)
    ring_on_commit(ring_reader, [r.pk for r in revisions])
    return reply


@recorded
def skip_follow_up(follow_up: FollowUp) -> None:
    """Say no more: the answer stands as it was read. Open at any time, and harmless twice."""
    forget_unsent_beneath(follow_up)
    if interview.skip(follow_up):
        waiting.go_on_without(follow_up.root_id)


@recorded
def withdraw(response: Response) -> None:
    """Take one's words back: the words, their cards, rules and quotes are erased, and no value or norm keeps their wording.

    Open at any time. Raises AlreadyWithdrawn.
    """
    for card in _hold_all(response):
        release(card)
    for rule in hold_rules(response):
        release_norm(rule)
    interview.withdraw(response)
    forget_unsent_about(response)


@recorded
def own_card(card: Candidate, public: bool) -> Candidate:
    """Say yes to a card. Raises CardGone."""
    owned = cards.confirm(card, public)
    _ring_for_likenesses(owned)
    return owned


@recorded
def reword_card(card: Candidate, rewording: Rewording, public: bool) -> Candidate:
    """Put a card in one's own words. Raises CardGone, CardIncomplete.

    A card that already stood in a value is taken out of it, for a moderator to look at its new words.
    """
    _hold_answer(card)
    release(card)
    owned = cards.edit(card, rewording, public)
    _ring_for_likenesses(owned)
    return owned


@recorded
def disown_card(card: Candidate) -> Candidate:
    """Say: that is not it. The card leaves the graph. Raises CardGone."""
    _hold_answer(card)
    release(card)
    return cards.reject(card)


def _hold_all(response: Response) -> list[Candidate]:
    """Lock a thread, all its cards, then all values they stand in, each by key: the order of everybody who locks several of them.

    The cards without their keys, for a value that takes the words of another's card refers to it. Returns the cards.
    """
    list(Response.objects.select_for_update().filter(pk=response.pk))
    thread = Response.objects.select_for_update().filter(pk__in=thread_ids(response.pk))
    list(thread.order_by("pk"))  # moderators lock the answer a card was read in: perhaps a reply
    read = Candidate.objects.filter(reading__revision__response__in=thread_ids(response.pk))
    held = Candidate.objects.select_for_update(no_key=True).filter(pk__in=read.values("pk"))
    cards = list(held.order_by("pk"))
    stood = Evidence.objects.filter(candidate__in=cards)
    both = Q(pk__in=stood.values("value")) | Q(pk__in=stood.values("value__root"))
    list(Value.objects.select_for_update().filter(both).order_by("pk"))
    return cards


def _hold_answer(card: Candidate) -> None:
    """Lock the answer, then the card, before the value: in the order moderators do, so that neither waits for the other."""
    list(Response.objects.select_for_update().filter(revisions__readings=card.reading_id))
    list(Candidate.objects.select_for_update(no_key=True).filter(pk=card.pk))


def _ring_for_likenesses(card: Candidate) -> None:
    """Look for what others said close to a card once it is owned; never before, so that nobody's words come first."""
    ring_on_commit(find_likenesses.delay, [card.pk])
