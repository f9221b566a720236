"""Values people share, the cards that stand behind each, and the contexts they hold in."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models import Candidate
from elicitation.interview.models import Context, Inquiry


class ValueQuerySet(models.QuerySet["Value"]):
    def standing(self) -> "ValueQuerySet":
        """Values somebody still stands behind that were not folded into another."""
        return self.filter(retired_at=None)


class RootField(models.ForeignKey["Value", "Value"]):
    """The value itself, where no other is given."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, model_instance.pk)
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        """In migrations, the plain field it is."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class Value(models.Model):
    """A canonical node: a title, attentional policies, a context.

    `worded_from` is the card whose words it carries, until a person has written it anew; when that card goes, the value takes
    the words of the next one behind it, and a value with none behind it is retired and says nothing.

    `root` is the value it goes on as part of, through all folds; itself where it was not folded. A folded value is retired too, and
    keeps its words; `tree` are the values that go on as part of this one, itself among them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="values")
    root = RootField("self", models.RESTRICT, related_name="tree")
    title = models.CharField(max_length=200, blank=True)
    policies = ArrayField(models.CharField(max_length=600), default=list, blank=True)
    context = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=12)
    worded_from = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="worded_values"
    )
    version = models.PositiveIntegerField(default=1)
    admitted_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["admitted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") | Q(retired_at__isnull=False),
                name="a_standing_value_has_a_title",
            ),
        ]
        indexes = [
            models.Index(
                fields=["inquiry", "admitted_at", "id"],
                condition=Q(retired_at=None),
                name="standing_values_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_folded(self) -> bool:
        return self.root_id != self.pk


class Evidence(models.Model):
    """A card that stands in a value. A card stands in one value at most."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="evidence")
    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="evidence")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.value_id}"


class Likeness(models.Model):
    """A value others stand in that seems close to a person's own card: offered after the fact, for its author to join or not.

    It changes nothing by itself: the person's words stay, and a moderator sees the wish.
    """

    class Wish(models.TextChoices):
        OPEN = "", _("not said yet")
        JOIN = "join", _("the same")
        KEEP = "keep", _("not the same")

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="likenesses")
    value = models.ForeignKey(Value, models.CASCADE, related_name="likenesses")
    score = models.FloatField(help_text="Probability, from 0 to 1, that both speak of the same")
    wish = models.CharField(max_length=4, choices=Wish, blank=True, default="")
    offered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "value"], name="one_likeness_a_pair"),
            models.CheckConstraint(
                condition=Q(wish__in=["", "join", "keep"]), name="likeness_wish_known"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="likeness_is_a_probability"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} ~ {self.value_id}"


class Compared(models.Model):
    """That values close to a card were looked for, as it stood at `version`: without it the sweep sees to it."""

    candidate = models.OneToOneField(
        Candidate, models.CASCADE, primary_key=True, related_name="compared"
    )
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.candidate_id}, version {self.version}"


class ValueContextQuerySet(models.QuerySet["ValueContext"]):
    def found(self) -> "ValueContextQuerySet":
        """What a machine found and may find otherwise: in contexts that stand."""
        return self.exclude(score=None).filter(context__retired_at=None)


class ValueContext(models.Model):
    """That a value holds in one of its inquiry's contexts: found by a machine with a score, or said by a person (no score)."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="held_in")
    context = models.ForeignKey(Context, models.CASCADE, related_name="holds")
    score = models.FloatField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ValueContextQuerySet.as_manager()

    class Meta:
        ordering = ["context__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["value", "context"], name="a_value_holds_once_a_context"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                name="context_score_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} in {self.context_id}"
