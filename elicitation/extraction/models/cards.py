"""What a reading proposed of values: cards, their policies, and the words these rest on."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models.readings import Reading
from elicitation.interview.models import Revision


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def standing(self) -> "CandidateQuerySet":
        """Cards their authors have neither rejected nor replaced by new words."""
        return self.exclude(state__in=[Candidate.State.REJECTED, Candidate.State.SUPERSEDED])

    def owned(self) -> "CandidateQuerySet":
        """Cards their authors have said yes to, as proposed or in their own wording."""
        return self.filter(state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])


class Proposed(models.Model):
    """What a reading proposed and its author confirms, edits or rejects."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed by its author")
        EDITED = "edited", _("in its author's own words")
        REJECTED = "rejected", _("set aside by its author")
        SUPERSEDED = "superseded", _("of words changed since")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="%(class)ss")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["proposed_at", "id"]
        indexes = [
            models.Index(fields=["state"], name="%(class)ss_by_state"),
            models.Index(fields=["proposed_at", "id"], name="%(class)ss_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["proposed", "confirmed", "edited", "rejected", "superseded"]
                ),
                name="%(class)s_state_known",
            ),
        ]

    @property
    def revision(self) -> Revision:
        return self.reading.revision

    @property
    def stands(self) -> bool:
        """Whether its author has neither rejected it nor replaced it by new words."""
        return self.state not in (self.State.REJECTED, self.State.SUPERSEDED)


class Candidate(Proposed):
    """A value proposed by a reading, with quotes; its author confirms, edits or rejects it."""

    title = models.CharField(max_length=200)
    context = models.CharField(max_length=400, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta(Proposed.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="candidate_has_title"),
            *Proposed.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.title


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


class Located(models.Model):
    """A span of a revision: start and end in code points, and the text, equal by construction.

    Only keeping makes one, by slicing the revision; queries.broken_spans finds any that are not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="%(class)ss")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    public = models.BooleanField(default=False, help_text="Its author agreed that it may be shown")
    by_helper = models.BooleanField(default=False, help_text="As of the revision it is a span of")

    class Meta:
        abstract = True
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="%(class)s_is_a_stretch"),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("text")),
                name="%(class)s_is_as_long_as_its_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Quote(Located):
    """Words a policy of a candidate rests on."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="quotes")
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="By a moderator")
