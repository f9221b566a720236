"""For people without a device: lay out seats for paper sheets, and write down what somebody says aloud or wrote on one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from deliberation.assemblies.actions import consenting, strata, taking_part
from deliberation.assemblies.errors import NothingSaid, SeatTaken
from deliberation.assemblies.models import Agreement, Assembly, Membership
from elicitation.interview import actions as interview
from elicitation.interview.drafts import Words
from elicitation.interview.errors import OtherWordsSameKey
from elicitation.interview.models import Prompt
from elicitation.record.actions import append, recorded

MOST_SEATS = 200  # laid out at once


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said to a helper. `answers`: prompt -> their words; `purposes`: each they were asked about, with yes or no; `about`: by
    stratum, as strata.belong takes it; `key`: made by the page, so that sending twice is sending once; `seat`: the number on their sheet, if any."""

    key: str
    language: str
    answers: Mapping[Prompt, str]
    purposes: Mapping[Agreement.Purpose, bool]
    about: Mapping[int, str] = field(default_factory=dict)
    seat: int | None = None

    @property
    def said(self) -> dict[Prompt, str]:
        """The answers that say anything."""
        return {prompt: text for prompt, text in self.answers.items() if text.strip()}


@recorded
def lay_out(assembly: Assembly, number: int, language: str) -> list[Membership]:
    """Make so many seats beforehand, each with a code to print. Nobody has joined by that: who takes one agrees first."""
    now = timezone.now()
    seats = []
    for _ in range(min(number, MOST_SEATS)):
        respondent = interview.welcome(asks_first=True)
        seats.append(taking_part.open_door(assembly, respondent, language))
    Membership.objects.filter(pk__in=[seat.pk for seat in seats]).update(laid_out_at=now)
    append("seats.laid_out", assembly=assembly.slug, seats=len(seats))
    return seats


@recorded
def write_down(assembly: Assembly, told: Told) -> Membership:
    """Keep what somebody says, with what they agreed to as given aloud; their words are marked as written down by a helper.

    The same key and words again return the seat they were kept at. Raises NothingSaid, SeatTaken, PhaseClosed, UnstorableText;
    OtherWordsSameKey where the key was used for other words.
    """
    if kept := _kept(assembly, told.key):
        _ensure_same(kept, told)
        append("words.written_down_again", respondent=str(kept.respondent_id))
        return kept
    said = told.said
    if not said:
        raise NothingSaid
    member = _seat(assembly, told)
    taking_part.agree(member, aloud=True)
    for purpose, given in told.purposes.items():
        consenting.decide(member, purpose, given, aloud=True)
    if told.about:
        strata.belong(member, told.about)
    for prompt, text in said.items():
        words = Words(text, told.language, told.key, by_helper=True)
        taking_part.answer(member, prompt, words)
    append("words.written_down", respondent=str(member.respondent_id), answers=len(said))
    return member


def _kept(assembly: Assembly, key: str) -> Membership | None:
    """The seat at which what carries this key was kept."""
    return assembly.memberships.filter(
        respondent__responses__key=key, respondent__responses__revisions__by_helper=True
    ).first()


def _ensure_same(kept: Membership, told: Told) -> None:
    for prompt, text in told.said.items():
        sent = kept.respondent.responses.filter(prompt=prompt, key=told.key)
        if not sent.filter(revisions__text=text).exists():
            raise OtherWordsSameKey


def _seat(assembly: Assembly, told: Told) -> Membership:
    """The seat of their sheet, if nobody has taken it; a new one where they have none."""
    if told.seat is None:
        respondent = interview.welcome(asks_first=True)
        return taking_part.open_door(assembly, respondent, told.language)
    laid_out = assembly.memberships.exclude(laid_out_at=None).filter(pk=told.seat)
    seat = laid_out.select_for_update(of=("self",)).first()
    if seat is None or seat.consents.exists():
        raise SeatTaken
    return seat
