"""What no machine reads since a backup was restored, so that nothing is asked of a model twice before somebody says so."""

from django.db.models import QuerySet

from elicitation.interview.models import Inquiry
from elicitation.record.models import Entry


def held_by_the_last_restore() -> QuerySet[Inquiry]:
    """The inquiries in which restoring switched machine reading off and nobody has switched it on since."""
    last = Entry.objects.filter(kind="backup.restored").order_by("-pk").first()
    held = (last.body or {}).get("held", []) if last else []
    return Inquiry.objects.filter(pk__in=held, reading_switched_off__isnull=False)
