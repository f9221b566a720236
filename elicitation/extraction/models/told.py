"""What authors make of their cards beside yes and no: whether a card says what they care about, and how much of it they put in other words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models.cards import Candidate


class Rating(models.Model):
    """Whether a card, as it was read, says what its author cares about: the last that was said. Erased with the card."""

    class Says(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    candidate = models.OneToOneField(
        Candidate, models.CASCADE, primary_key=True, related_name="rating"
    )
    says = models.CharField(max_length=6, choices=Says)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(says__in=["yes", "partly", "no"]), name="rating_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} of {self.candidate_id}"


class Edit(models.Model):
    """How much of a card its author put in other words: of `words` before, `changed` were put in, struck or replaced. No word is kept.

    `version`: that of the card it made.
    """

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["candidate", "version"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "version"], name="one_edit_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.changed} words of {self.candidate_id}"
