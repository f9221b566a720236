"""Addresses that are told what happens in an assembly, and what was sent to each."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models.assemblies import Assembly

LONGEST_FAILURE = 20


class Hook(models.Model):
    """An address elsewhere that is told of events. Its secret is derived from the site's key and `salt`, and kept nowhere.

    `seen`: up to which place in the record it was told; `clock`: up to which moment of phases opening and closing.
    """

    class Event(models.TextChoices):
        ANSWERS = "answers.read", _("answers were read")
        DOCUMENT = "document.published", _("a document was published")
        RESULT = "result.computed", _("a result was computed that everybody may see")
        PACKAGE = "package.ready", _("a package of the data is ready")
        PHASE = "phase.changed", _("a phase opened or closed")

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="hooks")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    seen = models.BigIntegerField()
    clock = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one address. `of`: what it is of, so that nothing is told twice; `body`: what is signed and sent, the same at every try."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENT = "sent", _("taken")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    of = models.CharField(max_length=80)
    event = models.CharField(max_length=20)
    body = models.TextField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="What it answered")
    failure = models.CharField(max_length=LONGEST_FAILURE, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="deliveries_that_wait"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["hook", "of"], name="a_hook_is_told_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "failed"]), name="delivery_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.hook_id}: {self.state}"
