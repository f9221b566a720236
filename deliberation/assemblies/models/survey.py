"""Six questions of how it was, where an assembly asks them, and what people answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models.assemblies import Assembly
from elicitation.interview.models import Respondent


class Survey(models.Model):
    """That an assembly asks the six questions, since when; no more where `ended_at` is set."""

    assembly = models.OneToOneField(
        Assembly, models.CASCADE, primary_key=True, related_name="survey"
    )
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"survey of {self.assembly_id}"

    @property
    def is_on(self) -> bool:
        return self.ended_at is None


class SurveyReply(models.Model):
    """That somebody has seen to the six questions, answered or left out: they are not put before them again. Erased when taken back."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="replies")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="survey_replies")
    at = models.DateTimeField(help_text="Of the last change")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "respondent"], name="one_reply_a_survey_and_respondent"
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class SurveyAnswer(models.Model):
    """How far somebody agrees with one sentence, from 1 (not at all) to 5 (fully). Who would rather not say has no row."""

    class Question(models.TextChoices):
        """What is asked of; the sentences are ours (decision 0051)."""

        REPRESENTED = "represented", _("What matters to me has a place in what came of this.")
        LEARNED = "learned", _("I learned something here that I did not know before.")
        RESPECT = "respect", _("I have more respect now for people who see things differently.")
        CLARITY = "clarity", _("I see more clearly now what I think myself.")
        TRUST = "trust", _("I would rely on decisions that rest on what came of this.")
        FAIRNESS = "fairness", _("All of this was fair, even where it did not go my way.")

    reply = models.ForeignKey(SurveyReply, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=12, choices=Question)
    answer = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "question"], name="one_survey_answer_a_question"
            ),
            models.CheckConstraint(
                condition=Q(answer__gte=1, answer__lte=5), name="survey_answer_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(
                    question__in=[
                        "represented",
                        "learned",
                        "respect",
                        "clarity",
                        "trust",
                        "fairness",
                    ]
                ),
                name="survey_question_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
