"""Count who tried in vain to sign in, and forget it once they came in."""

from django.db.models import Case, F, When
from django.utils import timezone

from deliberation.assemblies.guarding import FORGOTTEN, Trying
from deliberation.assemblies.models import Tries
from elicitation.record.actions import append, recorded


@recorded
def note_failure(trying: Trying) -> None:
    """Count one more try in vain. What is long ago counts no more."""
    now = timezone.now()
    keys = sorted(trying.keys.values())
    Tries.objects.bulk_create((Tries(key=key, last_at=now) for key in keys), ignore_conflicts=True)
    list(Tries.objects.select_for_update().filter(key__in=keys).order_by("key"))
    fresh = When(last_at__gte=now - FORGOTTEN, then=F("failures") + 1)
    Tries.objects.filter(key__in=keys).update(failures=Case(fresh, default=1), last_at=now)
    append("sign_in.failed")


@recorded
def forget_failures(trying: Trying) -> None:
    """They came in: what failed before by this name counts no more. The network's failures stay, for others may be behind it."""
    keys = trying.keys
    Tries.objects.filter(key__in=[keys["both"], keys["name"]]).delete()
    append("sign_in.done")


@recorded
def forget_old_failures() -> int:
    """Erase what is long ago. Returns how many."""
    erased, _ = Tries.objects.filter(last_at__lt=timezone.now() - FORGOTTEN).delete()
    append("sign_in.old_failures_forgotten", count=erased)
    return erased
