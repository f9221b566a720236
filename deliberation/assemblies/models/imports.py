"""Files of answers brought along."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models.assemblies import Assembly


class Import(models.Model):
    """A file of answers somebody already has: looked at, then taken in by the worker, with what became of it."""

    class State(models.TextChoices):
        SHOWN = "shown", _("shown, not taken in")
        RUNNING = "running", _("being taken in")
        DONE = "done", _("taken in")
        FAILED = "failed", _("broke off")
        FORGOTTEN = "forgotten", _("not taken in, and the file is erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=400, blank=True)
    mapping = models.JSONField(default=dict)
    language = models.CharField(max_length=12)
    quotes_public = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.SHOWN)
    failure = models.TextField(blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
