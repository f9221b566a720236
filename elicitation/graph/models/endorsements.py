"""What respondents say to values: agree, disagree or pass; and which values were put before whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.graph.models.values import Value
from elicitation.interview.models import Respondent


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def standing(self) -> "EndorsementQuerySet":
        """What each respondent says now."""
        return self.filter(replaced_at=None, covered=False)


class Endorsement(models.Model):
    """What one respondent says to one value. A change of mind is a new row; the old one stays as history.

    `covered`: the same respondent said something later to another value of the same tree, which counts in its place while they are
    folded.
    """

    class Says(models.IntegerChoices):
        AGREE = 1, _("agree")
        PASS = 0, _("pass")
        DISAGREE = -1, _("disagree")

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="endorsements")
    value = models.ForeignKey(Value, models.CASCADE, related_name="endorsements")
    says = models.SmallIntegerField(choices=Says)
    at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    covered = models.BooleanField(default=False, db_default=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "value"],
                condition=Q(replaced_at=None),
                name="one_standing_endorsement_a_respondent_and_value",
            ),
            models.CheckConstraint(condition=Q(says__in=[-1, 0, 1]), name="endorsement_says_known"),
        ]

    def __str__(self) -> str:
        return f"{self.respondent_id} says {self.says} to {self.value_id}"


class Tally(models.Model):
    """How many say what to a value, kept with each vote. AI agents are never counted.

    `shown` counts everybody it was put before; `changes` every vote ever taken in, so that a result tells by the sum whether it is
    still of today.
    """

    value = models.OneToOneField(Value, models.CASCADE, primary_key=True, related_name="tally")
    agrees = models.PositiveIntegerField(default=0)
    disagrees = models.PositiveIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    changes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.value_id}: {self.agrees} agree, {self.disagrees} disagree"


class Exposure(models.Model):
    """That a value was put before a respondent: drawn once and kept, so that a reload shows the same.

    `chance` is that with which it was drawn among all that could have been, over all rules together: who studies the votes can
    weigh by it.
    """

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="exposures")
    value = models.ForeignKey(Value, models.CASCADE, related_name="exposures")
    route = models.CharField(max_length=20, help_text="Which rule chose it")
    chance = models.FloatField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "value"], name="one_exposure_a_respondent_and_value"
            ),
            models.CheckConstraint(
                condition=Q(chance__gt=0, chance__lte=1), name="exposure_has_a_chance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} shown to {self.respondent_id}"
