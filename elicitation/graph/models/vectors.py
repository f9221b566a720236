"""What an encoder made of the words of a value, kept so that no text is encoded twice."""

from django.db import models
from django.db.models import Func
from django.db.models.functions import Length

from elicitation.graph.models.values import Value
from elicitation.interview.models import Inquiry


class CurrentTransaction(Func):
    """The number of the transaction a row is written in."""

    function = "txid_current"
    arity = 0
    output_field = models.BigIntegerField()


class OldestOpenTransaction(Func):
    """The oldest transaction that may still commit: every row written before it can be seen."""

    template = "txid_snapshot_xmin(txid_current_snapshot())"
    arity = 0
    output_field = models.BigIntegerField()


class OneOf(Func):
    """Whether the first is one of those in the second, an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = models.BooleanField()


class ValueVectorQuerySet(models.QuerySet["ValueVector"]):
    def spoken(self) -> "ValueVectorQuerySet":
        """Those that say something: not of values that fell silent or were worded anew since."""
        return self.annotate(said=Length("whole")).filter(said__gt=0)


class ValueVector(models.Model):
    """Vectors of a value's words as they stood at `version`, float16, unit length: of the whole and of each policy in order.

    When the words go, or the value itself, both are emptied and the row stays, so that whoever holds a copy in memory learns of it: hence no
    constraint on `value`. `written_in` is the
    transaction that wrote the row last: with the oldest transaction still open, it tells what changed without missing a late commit.
    """

    value = models.OneToOneField(
        Value, models.DO_NOTHING, primary_key=True, related_name="vector", db_constraint=False
    )
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    encoder = models.CharField(max_length=80)
    whole = models.BinaryField()
    policies = models.BinaryField()
    written_in = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()),
    )
    at = models.DateTimeField(auto_now=True)

    objects = ValueVectorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["inquiry", "written_in"], name="vectors_by_transaction"),
            models.Index(fields=["inquiry", "at"], name="vectors_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.value_id}, version {self.version}"
