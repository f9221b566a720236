"""Keep pictures of pages: ask for one, take one to make it, keep it, let go what is no more. They are a cache and hold no fact, so nothing is recorded of them."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from deliberation.artifacts.models import Picture
from deliberation.artifacts.sharing import Card

LEASE = timedelta(seconds=30)
MOST_TRIES = 3
MOST_WAITING = (
    50  # what is asked for beyond them is not taken in: whoever asks sees the site's own picture
)
MOST_KEPT = 2_000
KEPT = timedelta(days=30)


def ask(card: Card) -> bool:
    """Have a picture made. False where it is there or waits already, or too many wait."""
    if Picture.objects.filter(content=None).count() >= MOST_WAITING:
        return False
    about = {
        "assembly": card.assembly,
        "card": card.told(),
        "value": card.value,
        "value_version": card.value.version if card.value else None,
    }
    return Picture.objects.get_or_create(digest=card.digest, defaults=about)[1]


def claim() -> Picture | None:
    """Take the picture that waits longest; None where none does, or others are at them."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Picture.objects.filter(free, content=None, tries__lt=MOST_TRIES)
    for one in due.order_by("asked_at")[:5]:
        mine = due.filter(pk=one.pk)
        if mine.update(leased_until=now + LEASE, tries=F("tries") + 1):
            return one
    return None


def keep(picture: Picture, content: bytes) -> bool:
    """Offer a picture, made. False where what it says was taken back meanwhile: the row is gone then, or goes."""
    there = Picture.objects.filter(pk=picture.pk).exclude(_outlived())
    return bool(there.update(content=content, card={}, leased_until=None))


def let_go() -> int:
    """Erase pictures whose words have moved since, those that could not be made, and the oldest beyond what is kept. Returns how many."""
    old = Q(asked_at__lt=timezone.now() - KEPT)
    failed = Q(content=None, tries__gte=MOST_TRIES, leased_until__lte=timezone.now())
    gone = Picture.objects.filter(_outlived() | old | failed).delete()[0]
    newest = Picture.objects.order_by("-asked_at").values_list("pk", flat=True)
    beyond = list(newest[MOST_KEPT:])
    return gone + Picture.objects.filter(pk__in=beyond).delete()[0]


def _outlived() -> Q:
    moved = ~Q(value_version=F("value__version")) | Q(value__retired_at__isnull=False)
    return Q(value__isnull=False) & moved
