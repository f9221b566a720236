"""Is one value wiser than another, in a context? What was asked of whom, and what people said."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from elicitation.graph.models.values import Value
from elicitation.interview.models import Context, Inquiry, Respondent

LONGEST = 1200  # code points of a story or a reason


class Transition(models.Model):
    """The hypothesis that, in a context, `to_value` is wiser than `from_value`. One a pair and context, whichever way it was first thought.

    `inquiry` is the one both values belong to, so that what is asked in it is found without looking at others. `shown` counts how often
    it was put, also to people who erased what they said since, so that their places are not given twice; `judged` every judgement taken
    in and not erased; `changes` only rises, so that a result tells by it whether it is still of today. AI agents are left out of all three.
    """

    class Source(models.TextChoices):
        MODEL = "model", _("proposed by a model")
        PAIRING = "pairing", _("found by the offline pairing")
        PERSON = "person", _("proposed by a person")

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="transitions")
    from_value = models.ForeignKey(Value, models.CASCADE, related_name="transitions_from")
    to_value = models.ForeignKey(Value, models.CASCADE, related_name="transitions_to")
    context = models.ForeignKey(
        Context, models.CASCADE, null=True, blank=True, related_name="transitions"
    )
    source = models.CharField(max_length=8, choices=Source)
    proposed_by = models.ForeignKey(
        Respondent, models.SET_NULL, null=True, blank=True, related_name="transitions"
    )
    likeness = models.FloatField(
        null=True, blank=True, help_text="How close the two values are, from 0 to 1"
    )
    shown = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    changes = models.PositiveBigIntegerField(
        default=0, help_text="Every judgement taken in or erased"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Asked of nobody any more")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                Least("from_value", "to_value"),
                Greatest("from_value", "to_value"),
                "context",
                name="one_transition_a_pair_and_context",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(from_value=F("to_value")), name="a_transition_joins_two_values"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["model", "pairing", "person"]),
                name="transition_source_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["inquiry", "shown", "id"],
                condition=Q(closed_at=None),
                name="open_transitions_few_first",
            ),
            models.Index(fields=["inquiry", "id"], name="transitions_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.from_value_id} -> {self.to_value_id}"


class StoryQuerySet(models.QuerySet["Story"]):
    def released(self) -> "StoryQuerySet":
        """Stories that may be shown."""
        return self.filter(released_at__isnull=False)

    def to_decide(self) -> "StoryQuerySet":
        """Stories no facilitator has released or left out yet."""
        return self.filter(released_at=None, left_out_at=None)

    def left_out(self) -> "StoryQuerySet":
        """Stories a facilitator decided not to show."""
        return self.filter(left_out_at__isnull=False)


class Story(models.Model):
    """A short story of how somebody comes to `towards`. Shown to nobody before a person has released it.

    `version` counts what facilitators did to it, so that nobody decides on what another has changed meanwhile.
    """

    transition = models.ForeignKey(Transition, models.CASCADE, related_name="stories")
    towards = models.ForeignKey(Value, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=12)
    engine = models.CharField(max_length=20, blank=True, help_text="Empty where a person wrote it")
    model = models.CharField(max_length=120, blank=True)
    prompt_version = models.CharField(max_length=12, blank=True)
    written_by = models.ForeignKey(
        Respondent, models.CASCADE, null=True, blank=True, related_name="stories"
    )
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="By a facilitator")
    released_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "towards", "language"],
                condition=Q(released_at__isnull=False),
                name="one_released_story_a_direction_and_language",
            ),
            models.UniqueConstraint(
                fields=["transition", "towards", "written_by"],
                condition=Q(written_by__isnull=False),
                name="one_story_a_person_and_direction",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="story_has_text"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(left_out_at=None),
                name="a_story_is_released_or_left_out",
            ),
        ]

    def __str__(self) -> str:
        return f"story of {self.transition_id}"


class Showing(models.Model):
    """How a transition was put to one respondent: drawn once, kept, the same after a reload.

    `forward`: as a move from from_value to to_value, else the other way; `to_left`: to_value stood first; `story`: the released
    story that stood ready for that direction and language, `with_story`: whether it was shown, which is drawn; `own`: a card of the
    respondent's stood in one of the values.
    """

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="showings")
    transition = models.ForeignKey(Transition, models.CASCADE, related_name="showings")
    forward = models.BooleanField()
    to_left = models.BooleanField()
    with_story = models.BooleanField()
    own = models.BooleanField(default=False)
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="+")
    route = models.CharField(max_length=20, help_text="Which rule chose it")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "transition"], name="one_showing_a_respondent_and_transition"
            ),
            models.CheckConstraint(
                condition=Q(route__in=["few", "few_like_own"]), name="showing_route_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition_id} shown to {self.respondent_id}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def standing(self) -> "JudgementQuerySet":
        """What each respondent says now."""
        return self.filter(replaced_at=None)


class Judgement(models.Model):
    """What one respondent says to one transition as it was shown. A change of mind is a new row; the old one stays as history."""

    class Answer(models.TextChoices):
        TO = "to", _("the second is wiser")
        FROM = "from", _("the first is wiser")
        DEPENDS = "depends", _("it depends")
        SAME = "same", _("they are the same thing")
        BOTH = "both", _("they differ, and both are needed")
        UNSURE = "unsure", _("unsure")

    showing = models.ForeignKey(Showing, models.CASCADE, related_name="judgements")
    answer = models.CharField(max_length=7, choices=Answer)
    reason = models.CharField(max_length=LONGEST, blank=True, help_text="On what, where it depends")
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["showing"],
                condition=Q(replaced_at=None),
                name="one_standing_judgement_a_showing",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["to", "from", "depends", "same", "both", "unsure"]),
                name="judgement_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} to {self.showing_id}"
