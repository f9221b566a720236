"""What a model was asked to word, and how that went."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models.documents import Clause


class Phrasing(models.Model):
    """That a model is asked for other words of a proposed clause as it stood after `edits` edits.

    `ring_at` says when the sweep takes it up, `leased_until` how long a worker may hold it. Amounts in millionths of the currency unit.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("a model is asked for words")
        DONE = "done", _("a model worded it")
        FAILED = "failed", _("no model could word it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    clause = models.OneToOneField(Clause, models.CASCADE, related_name="phrasing")
    edits = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    engine = models.CharField(max_length=20, blank=True)
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=12, blank=True)
    failure = models.CharField(max_length=24, blank=True)
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
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="phrasings_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "failed"]), name="phrasing_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_phrasing_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"words for {self.clause_id}"
