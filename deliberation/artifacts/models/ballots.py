"""Ratification by secret ballot. The roll (who has voted) and the ballots (what was said) share no key and no time."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models.documents import Clause, Version
from deliberation.assemblies.models import Membership


class Said(models.TextChoices):
    """What a ballot says of a clause, or of the whole."""

    APPROVE = "approve", _("approve")
    ASIDE = "aside", _("stand aside")
    OBJECT = "object", _("object")


class Roll(models.Model):
    """That a member has voted on a version. Nothing here tells when, or what."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="roll")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="rolls")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "membership"], name="one_place_on_the_roll"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} voted on {self.version_id}"


class Ballot(models.Model):
    """A ballot as it stands. `slip_digest`: digest of a slip only its voter can make again, so that they can change it until the close.

    `group`: the label of the voter's opinion group when the ballot opened, empty where it had too few members to stay unknown among.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.CASCADE, related_name="ballots")
    slip_digest = models.CharField(max_length=64, editable=False)
    whole = models.CharField(max_length=7, choices=Said)
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


class BallotLine(models.Model):
    """What a ballot says of one clause."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="lines")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="ballot_lines")
    says = models.CharField(max_length=7, choices=Said)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "clause"], name="one_line_a_clause"),
            models.CheckConstraint(
                condition=Q(says__in=["approve", "aside", "object"]), name="ballot_line_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} to {self.clause_id}"
