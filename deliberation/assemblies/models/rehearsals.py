"""A rehearsal of an assembly: a copy of it, marked as a sample, in which made-up people take part. Deleted whole (decision 0041)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from deliberation.assemblies.models.assemblies import Assembly


class Rehearsal(models.Model):
    """That `copy` rehearses `original`. `filled_at`: when the worker had put the made-up people in; until then `ring_at` rings for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    original = models.OneToOneField(Assembly, models.CASCADE, related_name="rehearsal")
    copy = models.OneToOneField(Assembly, models.CASCADE, related_name="rehearses")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="rehearsals",
        help_text="Who began it; in whose name the made-up people's cards are decided on",
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    ring_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(original=F("copy")), name="rehearsal_is_another_assembly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} rehearses {self.original_id}"
