"""What the worker does about transitions: which inquiries it paired, and what it asked a model to tell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models import Asking
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


class Telling(Asking):
    """What a model was asked to tell of a value and those near it, in one context; and how that went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    value = models.ForeignKey(Value, models.CASCADE, related_name="tellings")
    context = models.ForeignKey(
        Context, models.CASCADE, null=True, blank=True, related_name="tellings"
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    refusals = models.JSONField(
        default=dict, blank=True, help_text="Why stories were not kept -> how many"
    )

    class Meta(Asking.Meta):
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
