"""What waits for a moderator: who holds it, who opened it, and what a second one would have done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value


class Thing(models.TextChoices):
    """The kinds of things that wait in the queue."""

    CARD = "card", _("new card")
    RULE = "rule", _("new rule")
    PROPOSAL = "proposal", _("proposed by an AI")
    MERGE = "merge", _("values that seem one")
    SPLIT = "split", _("a value that seems two")
    CONTEXT = "context", _("a context to be sure of")
    FLAGGED = "flagged", _("an answer that seems to speak to a machine")
    UNREAD = "unread", _("an answer the reader could not read")
    MEANING = "meaning", _("an author who says: not what I meant")
    APPEAL = "appeal", _("an appeal")


class Claim(models.Model):
    """That a moderator works on a thing, so that two see who holds what. It lapses by itself."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=8, choices=Thing)
    thing = models.UUIDField()
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "kind", "thing"], name="one_claim_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} held by {self.moderator_id}"


class Opening(models.Model):
    """That a moderator opened a thing as it stood at `version`: only what was opened can be accepted together with others."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="openings")
    kind = models.CharField(max_length=8, choices=Thing)
    thing = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "kind", "thing", "version", "moderator"],
                name="one_opening_a_moderator_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} opened by {self.moderator_id}"


class SecondLook(models.Model):
    """A card given to a second moderator, who says without seeing the first decision what they would do. It changes nothing."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="second_looks")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="second_looks")
    card_version = models.PositiveIntegerField()
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(
        max_length=10, blank=True, help_text="A Decision.Kind; empty while asked"
    )
    value = models.ForeignKey(Value, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "card_version"], name="one_second_look_a_card_as_it_stands"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", "accept", "merge", "send_back", "reject"]),
                name="second_look_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"second look at {self.candidate_id}"
