"""What somebody wants an assembly to be about, and what was drafted from it. Nothing is founded by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from elicitation.extraction.models import Asking


class Outline(Asking):
    """One sentence of an account's, and a draft of how the assembly may begin: by a model, or ("" for `engine`) by a template and plain rules.

    `template`: the key of the ready template it is laid over. `words`: what the model worded, by its place in the form. Gone once an assembly is
    founded with it, and some days later anyway.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="outline", help_text="Whose it is"
    )
    sentence = models.CharField(max_length=500)
    language = models.CharField(max_length=12)
    template = models.CharField(max_length=20)
    words = models.JSONField(default=dict, blank=True)

    class Meta(Asking.Meta):
        indexes = [
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="outlines_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "failed"]), name="outline_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_outline_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"an outline of {self.account_id}"
