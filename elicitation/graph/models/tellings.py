"""What the worker does about transitions: which inquiries it paired, and what it asked a model to tell."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.graph.models.values import Value
from elicitation.interview.models import Context, Inquiry


class Pairing(models.Model):
    """When the values of an inquiry were last paired. `leased_until`: how long a worker may be at it."""

    inquiry = models.OneToOneField(
        Inquiry, models.CASCADE, primary_key=True, related_name="pairing"
    )
    paired_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"values of {self.inquiry_id} paired"


class Telling(models.Model):
    """What a model was asked to tell of a value and those near it, in one context; and how that went.

    `ring_at` says when the sweep takes it up, `leased_until` how long a worker may hold it. Amounts in millionths of the currency unit.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    value = models.ForeignKey(Value, models.CASCADE, related_name="tellings")
    context = models.ForeignKey(
        Context, models.CASCADE, null=True, blank=True, related_name="tellings"
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    engine = models.CharField(max_length=20, blank=True)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=12, blank=True)
    failure = models.CharField(max_length=24, blank=True)
    refusals = models.JSONField(
        default=dict, blank=True, help_text="Why stories were not kept -> how many"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)
    cost = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    ring_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="tellings_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["value", "context"],
                name="one_telling_a_value_and_context",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "failed"]), name="telling_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_telling_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(ended_at__isnull=False),
                name="an_ended_telling_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id}: {self.state}"
