"""Ratification by secret ballot. The roll (who may vote) is written once, when a vote is opened; casting writes a ballot and nothing else."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models.documents import Version
from deliberation.assemblies.models import Membership


class Said(models.TextChoices):
    """What a ballot says of a clause, or of the whole."""

    APPROVE = "approve", _("approve")
    ASIDE = "aside", _("stand aside")
    OBJECT = "object", _("object")


class Poll(models.Model):
    """The vote on a version, from its opening until it is counted; a vote once counted is over for good.

    `secret` and `places` (who stands in which opinion group) are erased by the count: from then on nobody can make the slip of a
    seat again, and so nobody can tell whose a ballot is. `key_digest`: by which the site's key is known to be the one of the opening.
    `result`: what the count came to, with the thresholds it was held against.
    """

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="poll")
    secret = models.CharField(max_length=32, blank=True, editable=False)
    key_digest = models.CharField(max_length=64, editable=False)
    places = models.JSONField(default=dict, help_text="Respondent -> label of a group")
    opened_at = models.DateTimeField(auto_now_add=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_at=None, result__isnull=True)
                | Q(  # nosec B106  that there is none
                    counted_at__isnull=False, result__isnull=False, secret="", places={}
                ),
                name="a_counted_poll_keeps_no_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"the vote on {self.version_id}"

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not counted yet: the words are fixed, and nothing is told of what ballots say."""
        return self.counted_at is None


class Roll(models.Model):
    """That a member may vote on a version. All rows are written at the opening, in an order of chance: none tells who has, when, or what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.CASCADE, related_name="roll")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="rolls")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "membership"], name="one_place_on_the_roll"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} may vote on {self.version_id}"


class Ballot(models.Model):
    """A ballot as it stands. `slip_digest`: digest of a slip only its voter can make again, so that they can change it until the close.

    `lines`: id of a clause -> what is said of it. `group`: the label of the voter's opinion group when the vote was opened, empty where it
    had too few members to stay unknown among.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.CASCADE, related_name="ballots")
    slip_digest = models.CharField(max_length=64, editable=False)
    whole = models.CharField(max_length=7, choices=Said)
    lines = models.JSONField(default=dict)
    group = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slip_digest"], name="one_ballot_a_slip"),
            models.CheckConstraint(
                condition=Q(whole__in=["approve", "aside", "object"]), name="ballot_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"a ballot on {self.version_id}"
