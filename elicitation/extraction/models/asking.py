"""What all rows share that say a model is asked something: who was asked, how often, what it took, when it is asked again."""

import uuid

from django.db import models


class Asking(models.Model):
    """That a model is asked something. `state`: waiting, done or failed; each kind says it in words of its own.

    `ring_at` says when the sweep takes it up, `leased_until` how long a worker may hold it. Amounts in millionths of the currency unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.CharField(max_length=7, default="waiting")
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
        abstract = True
        ordering = ["asked_at", "id"]
