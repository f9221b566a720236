"""What machine reading may do: how much it may spend, when it rests, and whether it is on at all."""

from django.db import models
from django.db.models import Q

from elicitation.interview.models import Inquiry


class Spend(models.Model):
    """What was spent, and what is set apart for readings under way, in one budget.

    Amounts in millionths of the currency unit. `key`: the day as YYYY-MM-DD (UTC), or an inquiry's or a respondent's id.
    """

    class Scope(models.TextChoices):
        DAY = "day"
        INQUIRY = "inquiry"
        RESPONDENT = "respondent"

    scope = models.CharField(max_length=12, choices=Scope)
    key = models.CharField(max_length=40)
    spent = models.PositiveBigIntegerField(default=0)
    reserved = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_spend_a_budget"),
            models.CheckConstraint(
                condition=Q(scope__in=["day", "inquiry", "respondent"]), name="spend_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}: {self.spent}"


class Reservation(models.Model):
    """What one reading under way, or other work of a model, may cost at most. It outlives its reading, so that nothing spent is forgotten.

    A key is empty where the work is in no such budget.
    """

    reading = models.UUIDField(primary_key=True, help_text="An id only: the reading may be erased")
    day = models.CharField(max_length=40)
    inquiry = models.CharField(max_length=40)
    respondent = models.CharField(max_length=40)
    amount = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.amount} for {self.reading}"


class Lane(models.Model):
    """An endpoint all workers share, and until when it asked to be left alone."""

    name = models.CharField(max_length=400, primary_key=True)
    rests_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ReadingSwitch(models.Model):
    """An inquiry whose answers no machine reads: the row is there while it is off."""

    inquiry = models.OneToOneField(
        Inquiry, models.CASCADE, primary_key=True, related_name="reading_switched_off"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"off since {self.since}"
