"""Leave an address, confirm it, end it; put what is to be written, take it, keep what became of it. An address is in no entry of the record."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import F, Max, Q
from django.utils import timezone

from deliberation.assemblies import codes
from deliberation.assemblies.conditions import ensure_agreed
from deliberation.assemblies.errors import AddressWrong, AskedTooOften, NotHere
from deliberation.assemblies.letters import YES, no_code, opened_as, yes_code
from deliberation.assemblies.models import Address, Assembly, Letter, Membership
from deliberation.assemblies.sealed import ADDRESSES, seal
from elicitation.record.actions import append, recorded

State, Kind = Letter.State, Letter.Kind
A_WEEK = timedelta(days=7)
UNCONFIRMED = timedelta(days=7)
AFTER = timedelta(days=90)  # the last phase
A_DAY = timedelta(days=1)
MOST_ASKED = 3  # times a day and seat
WAITS = [timedelta(minutes=m) for m in (1, 10, 60, 360)]
MOST_TRIES = len(WAITS) + 1


class Outcome(StrEnum):
    """What the mail server said to a letter."""

    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


@recorded
def leave(member: Membership, address: str, wishes: Collection[str], language: str) -> Address:
    """Keep an address in place of the one there is, and ask by a letter whether it is right; other wishes alone ask nothing again.

    Raises ConsentMissing, AddressWrong, AskedTooOften.
    """
    ensure_agreed(member)
    if not settings.MAIL_FROM or not wishes:
        raise AddressWrong
    Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
    held = Address.objects.filter(membership=member).first()
    if held is not None and opened_as(held) == address:
        held.wishes, held.language = sorted(wishes), language
        held.save(update_fields=["wishes", "language"])
    else:
        held = _in_place_of(held, member, address, sorted(wishes), language)
    if held.confirmed_at is None:
        _ask(held)
    append("address.left", assembly=member.assembly.slug, respondent=str(member.respondent_id))
    return held


@recorded
def confirm(code: str) -> Address:
    """Whoever reads the letter says that the address is theirs; twice is once. Raises NotHere."""
    found = Address.objects.select_for_update().filter(yes_digest=codes.digest(code)).first()
    if found is None:
        raise NotHere
    if found.confirmed_at is None:
        found.confirmed_at = timezone.now()
        found.save(update_fields=["confirmed_at"])
    append("address.confirmed", respondent=str(found.membership.respondent_id))
    return found


@recorded
def end(code: str) -> None:
    """Erase an address by the code of its letters, without a seat; what is gone already is gone."""
    found = Address.objects.filter(no_digest=codes.digest(code)).select_related("membership")
    if address := found.first():
        forget(address.membership)
    append("address.ended", addresses=int(address is not None))


@recorded
def forget(member: Membership) -> None:
    """Erase a member's address, and all that was or is to be written to it."""
    Address.objects.filter(membership=member).delete()
    append("address.forgotten", respondent=str(member.respondent_id))


@recorded
def forget_old() -> int:
    """Erase addresses nobody confirmed for a week, and those of assemblies whose last phase ended ninety days ago. Returns how many."""
    now = timezone.now()
    ends = Assembly.objects.annotate(last=Max("phases__ends_at")).filter(last__lt=now - AFTER)
    old = Address.objects.filter(
        Q(confirmed_at=None, left_at__lt=now - UNCONFIRMED)
        | Q(membership__assembly__in=ends.values("pk"))
    )
    number = old.count()
    old.delete()
    append("addresses.forgotten", count=number)
    return number


@recorded
def put(letters: Iterable[Letter]) -> int:
    """Put letters on the list; what was put before is passed over. Returns how many were told of."""
    wanted = list(letters)
    Letter.objects.bulk_create(wanted, ignore_conflicts=True)
    append("letters.put", count=len(wanted))
    return len(wanted)


@recorded
def take(address_id: int) -> tuple[Address, list[Letter]] | None:
    """Take all that waits for an address, once and for good, before any of it goes out; None where nothing may be written now.

    Whoever dies on the way leaves it as being sent: it is never sent twice.
    """
    now = timezone.now()
    held = Address.objects.select_for_update(of=("self",)).select_related("membership__assembly")
    address = held.filter(pk=address_id).first()
    letters = _due(address, now) if address else []
    if address is not None and letters:
        mine = Letter.objects.filter(pk__in=[one.pk for one in letters])
        mine.update(state=State.SENDING, tries=F("tries") + 1)
        if letters[0].kind != Kind.CONFIRM:
            Address.objects.filter(pk=address.pk).update(written_at=now)
    append("letters.taken", count=len(letters))
    return (address, letters) if address is not None and letters else None


@recorded
def keep(letters: Sequence[Letter], outcome: Outcome) -> None:
    """Note what became of letters: those refused are tried again, and given up after a while; of those that may have gone out none is sent again."""
    now = timezone.now()
    mine = Letter.objects.filter(pk__in=[one.pk for one in letters], state=State.SENDING)
    if outcome is not Outcome.REFUSED:
        sent = State.SENT if outcome is Outcome.SENT else State.ENDED
        mine.update(state=sent, ended_at=now)
    else:
        tries = max(one.tries for one in letters) + 1
        over = tries >= MOST_TRIES
        mine.update(
            state=State.ENDED if over else State.WAITING,
            next_at=now + WAITS[min(tries, len(WAITS)) - 1],
            ended_at=now if over else None,
        )
        Address.objects.filter(letters__in=[one.pk for one in letters]).update(written_at=None)
    append("letters.kept", count=len(letters), outcome=outcome.value)


def _in_place_of(
    held: Address | None, member: Membership, address: str, wishes: list[str], language: str
) -> Address:
    if held is not None:
        held.delete()
    salt = codes.new_salt()
    return Address.objects.create(
        membership=member,
        sealed=seal(ADDRESSES).encrypt(address.encode()),
        language=language,
        wishes=wishes,
        salt=salt,
        yes_digest=codes.digest(yes_code(salt)),
        no_digest=codes.digest(no_code(salt)),
    )


def _ask(address: Address) -> None:
    """Put the letter that asks whether the address is right. Raises AskedTooOften: nobody's mailbox is filled from here."""
    waiting = address.letters.filter(kind=Kind.CONFIRM, state=State.WAITING)
    if waiting.exists():
        return
    member, since = address.membership, timezone.now() - A_DAY
    asked = [at for at in member.asked_by_mail if at > since.isoformat()]
    if len(asked) >= MOST_ASKED:
        raise AskedTooOften
    member.asked_by_mail = [*asked, timezone.now().isoformat()]
    member.save(update_fields=["asked_by_mail"])
    Letter.objects.create(address=address, kind=Kind.CONFIRM, of=f"{YES} {timezone.now().isoformat()}")  # fmt: skip


def _due(address: Address, now: datetime) -> list[Letter]:
    """What may be written now: whether the address is right; else, once a week, all there is to tell."""
    waiting = address.letters.select_for_update().filter(state=State.WAITING, next_at__lte=now)
    if address.confirmed_at is None:
        return list(waiting.filter(kind=Kind.CONFIRM))
    if address.written_at is not None and address.written_at > now - A_WEEK:
        return []
    return list(waiting.exclude(kind=Kind.CONFIRM))
