"""Files of conversations and graphs held elsewhere, on their way in."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from deliberation.opinion.models.results import BroughtGraph, Conversation


class BringingQuerySet(models.QuerySet["Bringing"]):
    def to_read(self) -> "BringingQuerySet":
        """Those no worker is at."""
        free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
        return self.filter(free, state=Bringing.State.WAITING)


class Bringing(models.Model):
    """An upload of one conversation or graph: what a worker is to read, and what became of it. The files go as soon as it ended.

    `told`: counts of what was kept, and the columns that were not; `fault`: code, file, line, column and why nothing was.
    """

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", _("a conversation of Polis")
        GRAPH = "graph", _("a moral graph")

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        DONE = "done", _("kept, whole")
        FAILED = "failed", _("not kept, no part of it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="bringings")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    attribution = models.TextField(blank=True)
    inverted = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    fault = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    graph = models.ForeignKey(
        BroughtGraph, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BringingQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "failed"]), name="bringing_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where its files lie while it waits."""
        return Path(settings.MEDIA_ROOT) / "bringing" / str(self.pk)
