"""Prompts of an assembly's own, and the golden answers each is tried on before it is used."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.interview.models import Inquiry


class OwnPromptQuerySet(models.QuerySet["OwnPrompt"]):
    def in_use(self) -> "OwnPromptQuerySet":
        """Prompts answers are read with now."""
        return self.filter(state=OwnPrompt.State.IN_USE)

    def on_trial(self) -> "OwnPromptQuerySet":
        """Prompts that are written and not yet used: at most one an inquiry."""
        return self.filter(state__in=["draft", "trying", "tried"])


class OwnPrompt(models.Model):
    """What an inquiry's facilitators tell the model instead of the standard prompt.

    `version` is what readings made with it carry. `ring_at` says when the sweep rings for its trial, `leased_until` how long a
    worker may hold it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("waits to be tried")
        TRYING = "trying", _("is being tried")
        TRIED = "tried", _("tried")
        IN_USE = "in_use", _("in use")
        RETIRED = "retired", _("no longer in use")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="own_prompts")
    text = models.TextField()
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    ring_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = OwnPromptQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(
                fields=["ring_at"], condition=Q(state__in=["draft", "trying"]), name="prompts_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(state="in_use"),
                name="one_prompt_in_use_an_inquiry",
            ),
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(state__in=["draft", "trying", "tried"]),
                name="one_prompt_on_trial_an_inquiry",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "trying", "tried", "in_use", "retired"]),
                name="own_prompt_state_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="own_prompt_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.state}"

    @property
    def is_in_use(self) -> bool:
        """Whether answers are read with it now."""
        return self.state == self.State.IN_USE


class GoldenAnswer(models.Model):
    """An answer a facilitator wrote or copied for trials, with the cards a person made of it; none: there is nothing to find."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="golden_answers")
    question = models.TextField()
    text = models.TextField()
    language = models.CharField(max_length=12)
    cards = models.JSONField(
        default=list, blank=True, help_text="title, context, policies with text and quotes"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="golden_answer_has_text"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Trial(models.Model):
    """What one golden answer became with the prompt in use (`against` is its version) and with the new one, on one `model`.

    `failure` says why the model was not to be had; what it got wrong stands in `before` and `after`.
    """

    prompt = models.ForeignKey(OwnPrompt, models.CASCADE, related_name="trials")
    golden = models.ForeignKey(GoldenAnswer, models.CASCADE, related_name="trials")
    against = models.CharField(max_length=20)
    model = models.CharField(max_length=120)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=24, blank=True)
    tried_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["golden__made_at", "golden"]
        constraints = [
            models.UniqueConstraint(fields=["prompt", "golden"], name="one_trial_an_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.prompt_id} on {self.golden_id}"
