"""Organisations: who holds assemblies and staff, so that nothing of the one is seen by the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """A city, a firm, an institute: whoever holds assemblies, and the people who work on them."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.name


class Colleague(models.Model):
    """An account's place in an organisation. Without one it can hold no role in its assemblies (a key of Role)."""

    class Kind(models.TextChoices):
        STEWARD = "steward"
        MEMBER = "member"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="colleagues")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_place_a_colleague"),
            models.CheckConstraint(
                condition=Q(kind__in=["steward", "member"]), name="colleague_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.kind} of {self.organisation}"
