"""What moderators decided about cards, each with its own inverse."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value


class DecisionQuerySet(models.QuerySet["Decision"]):
    def living(self) -> "DecisionQuerySet":
        """Decisions nobody has undone."""
        return self.filter(undone_at=None)


class Decision(models.Model):
    """A moderator's act on a card as it stood at `card_version`. Undoing marks it; it is never deleted."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("accepted as a new value")
        MERGE = "merge", _("joined to a value")
        SEND_BACK = "send_back", _("sent back with a question")
        REJECT = "reject", _("left out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    card_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.ForeignKey(
        Value, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    reason = models.CharField(max_length=600, blank=True)
    question = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "card_version"],
                condition=Q(undone_at=None),
                name="one_living_decision_a_card_as_it_stands",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reject") | ~Q(reason=""), name="a_rejection_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="send_back") | ~Q(question=""), name="sent_back_with_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.candidate_id}"
