"""Readings: one try of one engine at one answer, and what it cost."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.interview.models import Revision


class ReadingRequest(models.Model):
    """The worker's to-do list: one row a revision, written with it, kept as its plain outcome.

    A message to a worker is only a doorbell; this row is the fact. `ring_at` says when the sweep rings (again),
    `leased_until` how long a worker may hold it. `round`: how often another reply than the last was wanted, after a failure or by a person.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        NOTHING_FOUND = "nothing_found"
        NOT_YET = "not_yet"
        NEEDS_PERSON = "needs_person"
        SET_ASIDE = "set_aside"

    revision = models.OneToOneField(
        Revision, models.CASCADE, primary_key=True, related_name="reading_request"
    )
    state = models.CharField(max_length=14, choices=State, default=State.WAITING)
    why = models.CharField(max_length=40, blank=True, help_text="Why a person has to look")
    flag = models.CharField(max_length=40, blank=True, help_text="Why a person should look, too")
    tries = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    ring_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="requests_waiting"),
            models.Index(
                fields=["leased_until"],
                condition=Q(state="waiting", leased_until__isnull=False),
                name="requests_held",
            ),
            models.Index(fields=["state"], name="requests_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "read",
                        "nothing_found",
                        "not_yet",
                        "needs_person",
                        "set_aside",
                    ]
                ),
                name="request_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="needs_person") | ~Q(why=""), name="a_person_is_told_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.revision_id}"


class Reading(models.Model):
    """One attempt by one engine version to read one revision, with what it cost and how it ended."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        LOST = "lost", _("lost with its worker")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="readings")
    engine = models.CharField(max_length=20)
    model = models.CharField(max_length=120)
    prompt_version = models.CharField(max_length=20, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    failure = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    refusals = models.JSONField(
        default=dict, blank=True, help_text="Why proposals were not kept -> how many"
    )
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)
    cost = models.PositiveBigIntegerField(
        default=0, help_text="Spent, in millionths of the currency unit"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(state="open") & ~Q(engine="person"),
                name="one_open_reading_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_reading_says_why"
            ),
        ]
        indexes = [models.Index(fields=["started_at", "id"], name="readings_in_order")]

    def __str__(self) -> str:
        return f"{self.engine} on {self.revision_id}: {self.state}"

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it is open."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


class RawReply(models.Model):
    """What an engine replied, as it came: kept apart, for looking into a fault, and purged at will."""

    reading = models.OneToOneField(Reading, models.CASCADE, primary_key=True, related_name="reply")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.reading_id)
