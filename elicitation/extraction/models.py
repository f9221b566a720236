"""Readings: one try of one engine at one answer, and what it proposed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from elicitation.interview.models import Revision


class ReadingRequest(models.Model):
    """The worker's to-do list: one row a revision, written with it, kept as its plain outcome.

    A message to a worker is only a doorbell; this row is the fact. `ring_at` says when the sweep rings (again),
    `leased_until` how long a worker may hold it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        NOTHING_FOUND = "nothing_found"
        NEEDS_PERSON = "needs_person"
        SET_ASIDE = "set_aside"

    revision = models.OneToOneField(
        Revision, models.CASCADE, primary_key=True, related_name="reading_request"
    )
    state = models.CharField(max_length=14, choices=State, default=State.WAITING)
    why = models.CharField(max_length=40, blank=True, help_text="Why a person has to look")
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    ring_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ring_at"], condition=Q(state="waiting"), name="requests_waiting"),
            models.Index(fields=["state"], name="requests_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "read", "nothing_found", "needs_person", "set_aside"]
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
    raw = models.TextField(blank=True, help_text="The engine's reply as it came; can be purged")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(state__in=["open", "done"]) & ~Q(engine="person"),
                name="one_living_reading_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_reading_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} on {self.revision_id}: {self.state}"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def standing(self) -> "CandidateQuerySet":
        """Cards their authors have neither rejected nor replaced by new words."""
        return self.exclude(state__in=[Candidate.State.REJECTED, Candidate.State.SUPERSEDED])

    def owned(self) -> "CandidateQuerySet":
        """Cards their authors have said yes to, as proposed or in their own wording."""
        return self.filter(state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])


class Candidate(models.Model):
    """A value proposed by a reading, with quotes; its author confirms, edits or rejects it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed by its author")
        EDITED = "edited", _("in its author's own words")
        REJECTED = "rejected", _("set aside by its author")
        SUPERSEDED = "superseded", _("of words changed since")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="candidates")
    title = models.CharField(max_length=200)
    context = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        indexes = [models.Index(fields=["state"], name="candidates_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="candidate_has_title"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["proposed", "confirmed", "edited", "rejected", "superseded"]
                ),
                name="candidate_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revision(self) -> Revision:
        return self.reading.revision


class Policy(models.Model):
    """An attentional policy: what the person pays attention to, for its own sake."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="policies")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600)
    by_author = models.BooleanField(default=False, help_text="In the author's own later wording")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "position"], name="policy_place_is_free"),
            models.CheckConstraint(condition=~Q(text=""), name="policy_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Quote(models.Model):
    """A span of a revision: start and end in code points, and the text, equal by construction.

    Only actions._located makes one, by slicing the revision; queries.broken_quotes finds any that are not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    policy = models.ForeignKey(Policy, models.CASCADE, related_name="quotes")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    public = models.BooleanField(default=False, help_text="Its author agreed that it may be shown")

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quote_is_a_stretch"),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("text")), name="quote_is_as_long_as_its_text"
            ),
        ]

    def __str__(self) -> str:
        return self.text
