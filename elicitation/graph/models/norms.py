"""Rules people share, whose rules stand behind each, and what everybody says to them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models import NormCandidate, Ruling
from elicitation.graph.models.endorsements import Endorsement
from elicitation.interview.models import Inquiry, Respondent


class NormQuerySet(models.QuerySet["Norm"]):
    def standing(self) -> "NormQuerySet":
        """Rules somebody still stands behind."""
        return self.filter(retired_at=None)


class Norm(Ruling):
    """A canonical node: a rule in the parts of institutional grammar.

    It carries the words of one person's rule, `worded_from`; when that one goes, those of the next behind it, and with none behind it the norm is retired
    and says nothing. Which values it serves follows from whose rules stand behind it: queries of norms.py.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="norms")
    aim = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=12)
    worded_from = models.ForeignKey(
        NormCandidate, models.SET_NULL, null=True, blank=True, related_name="worded_norms"
    )
    version = models.PositiveIntegerField(default=1)
    admitted_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = NormQuerySet.as_manager()

    class Meta:
        ordering = ["admitted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(aim="") | Q(retired_at__isnull=False),
                name="a_standing_norm_has_an_aim",
            ),
        ]
        indexes = [
            models.Index(
                fields=["inquiry", "admitted_at", "id"],
                condition=Q(retired_at=None),
                name="standing_norms_in_order",
            ),
        ]


class NormEvidence(models.Model):
    """A person's rule that stands in a norm; in one at most. `meant`: whether its author finds their rule in words that are somebody else's."""

    class Meant(models.TextChoices):
        OPEN = "", _("not said yet")
        SAME = "same", _("yes, that is what I meant")

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="evidence")
    candidate = models.OneToOneField(NormCandidate, models.CASCADE, related_name="evidence")
    meant = models.CharField(max_length=4, choices=Meant, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(meant__in=["", "same"]), name="norm_meant_known"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.norm_id}"


class NormEndorsementQuerySet(models.QuerySet["NormEndorsement"]):
    def standing(self) -> "NormEndorsementQuerySet":
        """What each respondent says now."""
        return self.filter(replaced_at=None)


class NormEndorsement(models.Model):
    """What one respondent says to one norm. A change of mind is a new row; the old one stays as history."""

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="norm_endorsements")
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="endorsements")
    says = models.SmallIntegerField(choices=Endorsement.Says)
    at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = NormEndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "norm"],
                condition=Q(replaced_at=None),
                name="one_standing_endorsement_a_respondent_and_norm",
            ),
            models.CheckConstraint(
                condition=Q(says__in=[-1, 0, 1]), name="norm_endorsement_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respondent_id} says {self.says} to {self.norm_id}"


class NormTally(models.Model):
    """How many say what to a norm, kept with each vote, as Tally does of values. AI agents are never counted."""

    norm = models.OneToOneField(Norm, models.CASCADE, primary_key=True, related_name="tally")
    agrees = models.PositiveIntegerField(default=0)
    disagrees = models.PositiveIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    changes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.norm_id}: {self.agrees} agree, {self.disagrees} disagree"
