"""What a model was asked to word, and how that went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models.documents import Clause
from elicitation.extraction.models import Asking


class Phrasing(Asking):
    """That a model is asked for other words of a proposed clause as it stood after `edits` edits."""

    class State(models.TextChoices):
        WAITING = "waiting", _("a model is asked for words")
        DONE = "done", _("a model worded it")
        FAILED = "failed", _("no model could word it")

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="phrasing")
    edits = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)

    class Meta(Asking.Meta):
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
