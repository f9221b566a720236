"""What authors say to decisions: whether it is still what they meant, and that somebody else should look again."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.moderation.models.decisions import Decision
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Value
from elicitation.interview.models import Respondent


class MeaningQuerySet(models.QuerySet["Meaning"]):
    def current(self) -> "MeaningQuerySet":
        """Of each card the last question."""
        return self.filter(replaced_at=None)


class Meaning(models.Model):
    """ "Is this still what you meant?": asked of a card's author when it ends in words that are not theirs, after a decision."""

    class Answer(models.TextChoices):
        OPEN = "", _("not said yet")
        SAME = "same", _("yes, that is what I meant")
        NOT_QUITE = "not_quite", _("not quite")
        NO = "no", _("no")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="meanings")
    value = models.ForeignKey(Value, models.CASCADE, related_name="meanings")
    value_version = models.PositiveIntegerField()
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="meanings")
    answer = models.CharField(max_length=9, choices=Answer, blank=True, default="")
    words = models.CharField(max_length=600, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(
        null=True, blank=True, help_text="Asked anew, or the decision undone"
    )
    seen_to_at = models.DateTimeField(
        null=True, blank=True, help_text="A moderator looked at the no"
    )

    objects = MeaningQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(replaced_at=None), name="one_meaning_asked_a_card"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "same", "not_quite", "no"]), name="meaning_answer_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer", "answered_at"],
                condition=Q(replaced_at=None, seen_to_at=None),
                name="meanings_to_see_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.value_id}: {self.answer}"


class Appeal(models.Model):
    """An author asks that somebody else look at a decision again. Another moderator than the one who decided answers."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for another moderator")
        UPHELD = "upheld", _("the decision stays")
        OVERTURNED = "overturned", _("the decision was undone")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="appeals")
    candidate = models.ForeignKey(
        Candidate,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="appeals",
        help_text="The card it is about; the appeal goes with it",
    )
    rule = models.ForeignKey(
        NormCandidate,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="appeals",
        help_text="The rule it is about, where it is about no card",
    )
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="appeals")
    words = models.CharField(max_length=1200)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=1200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "respondent"], name="one_appeal_a_decision_and_person"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=Q(candidate__isnull=True) ^ Q(rule__isnull=True),
                name="an_appeal_is_about_a_card_or_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | ~Q(answer=""),
                name="an_answered_appeal_has_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(state="open"), name="appeals_that_wait"),
        ]

    def __str__(self) -> str:
        return f"appeal against {self.decision_id}"
