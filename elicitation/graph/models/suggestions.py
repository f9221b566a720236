"""What the machine suggests of cards and values. It changes nothing: a moderator decides.

Reasons are kept as a code with places and scores, never as words, so that whoever withdraws leaves nothing here.
"""

import uuid

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models import Candidate
from elicitation.graph.models.values import Value
from elicitation.interview.models import Context, Inquiry


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def living(self) -> "SuggestionQuerySet":
        """Suggestions on the words of card and value as they stand."""
        unmoved = Q(value=None) | Q(value__version=F("value_version"), value__retired_at=None)
        return self.filter(unmoved, replaced_at=None, candidate__version=F("card_version"))


class Suggestion(models.Model):
    """What a card is to the values of its inquiry: the same as one, narrower or wider than one, or new.

    `told`: held and holds (0 to 1, how far each holds the other), pairs ([place in the card, place in the value, score]), beyond (places of what the
    one says beyond the other). For a new card, `value` is the nearest, if there is any. `context`: the inquiry's context the card's own is the same as.
    """

    class Kind(models.TextChoices):
        SAME = "same", _("the same as")
        NARROWER = "narrower", _("narrower than")
        WIDER = "wider", _("wider than")
        NEW = "new", _("new")

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="suggestions")
    card_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.ForeignKey(
        Value, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    value_version = models.PositiveIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True, help_text="How sure, from 0 to 1")
    told = models.JSONField(default=dict, blank=True)
    context = models.ForeignKey(
        Context, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    context_score = models.FloatField(null=True, blank=True)
    rule = models.CharField(max_length=20, help_text="Version of the rule that found it")
    engine = models.CharField(max_length=80, help_text="The encoder it rests on")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(replaced_at=None),
                name="one_living_suggestion_a_card",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["same", "narrower", "wider", "new"]),
                name="suggestion_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="new") | Q(value__isnull=False, score__isnull=False),
                name="a_suggestion_names_its_value",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value_version__isnull=False),
                name="a_suggestion_names_the_words_it_saw",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                name="suggestion_score_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.kind} {self.value_id or ''}"


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    def open(self) -> "RegroupingQuerySet":
        """Those nobody answered, with enough values in them, all of which still say what they said."""
        moved = Regrouped.objects.filter(
            ~Q(value__version=F("version")) | ~Q(value__retired_at=None)
        )
        left = Regrouped.objects.filter(regrouping=OuterRef("pk"), apart=None).order_by()
        count = left.values("regrouping").annotate(n=Count("pk")).values("n")
        enough = Q(kind="merge", left__gte=2) | Q(kind="split", left__gte=1)
        there = self.filter(state="open").exclude(pk__in=moved.values("regrouping"))
        return there.annotate(left=Subquery(count)).filter(enough)


class Regrouping(models.Model):
    """Values that seem one (merge), or one value whose cards seem to be two (split), found by looking at all of an inquiry.

    `told` of a merge: pairs ([place among its values, place, score]); of a split: parts (two lists of card ids), within (how alike the cards
    of each part are) and between (how alike across).
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("seem to be one")
        SPLIT = "split", _("seems to be two")

    class State(models.TextChoices):
        OPEN = "open", _("not answered yet")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("declined")
        OUTDATED = "outdated", _("of words changed since, or not found again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="regroupings")
    kind = models.CharField(max_length=5, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    score = models.FloatField(help_text="How sure, from 0 to 1")
    told = models.JSONField(default=dict, blank=True)
    rule = models.CharField(max_length=20)
    engine = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["inquiry", "state"], name="regroupings_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merge", "split"]), name="regrouping_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken", "declined", "outdated"]),
                name="regrouping_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="a_regrouping_is_open_until_answered",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="regrouping_score_is_a_probability"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.state}"


class Regrouped(models.Model):
    """A value in a regrouping, as it stood at `version`. `apart`: when somebody said that it is not the same as the others."""

    regrouping = models.ForeignKey(Regrouping, models.CASCADE, related_name="members")
    value = models.ForeignKey(Value, models.CASCADE, related_name="regrouped")
    version = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    apart = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["regrouping", "value"], name="a_value_once_in_a_regrouping"
            ),
            models.UniqueConstraint(
                fields=["regrouping", "position"], name="regrouped_place_is_free"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} in {self.regrouping_id}"
