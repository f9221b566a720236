"""What was asked, and what people answered."""

import uuid
from typing import cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elicitation.interview.asking import question
from elicitation.interview.ladder import Kind, Rung


class Inquiry(models.Model):
    """A question put to people, in one or more languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.JSONField(help_text="Language tag -> wording")
    languages = ArrayField(models.CharField(max_length=12))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return wording(self.question, self.languages[0])

    def asked_in(self, language: str) -> str:
        return wording(self.question, language)


class ContextQuerySet(models.QuerySet["Context"]):
    def standing(self) -> "ContextQuerySet":
        """Situations something may still be put under."""
        return self.filter(retired_at=None)


class Context(models.Model):
    """A situation in which a value applies, phrased to follow "when ...". `earlier`: what it was called before, the oldest first,
    each {"phrase", "until"}; `retired_at`: since when nothing new is put under it.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="contexts")
    position = models.PositiveSmallIntegerField()
    phrase = models.JSONField(help_text="Language tag -> wording")
    earlier = models.JSONField(default=list, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ContextQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "position"], name="context_place_is_free", deferrable=models.Deferrable.DEFERRED)
        ]  # fmt: skip

    def __str__(self) -> str:
        return wording(self.phrase, "en")

    def said_in(self, language: str) -> str:
        return wording(self.phrase, language)


class PromptQuerySet(models.QuerySet["Prompt"]):
    def current(self) -> "PromptQuerySet":
        """The wording now in use of each prompt."""
        return self.filter(replaced_by=None)


class Prompt(models.Model):
    """One wording of one question on the way. A new wording is a new row: answers keep theirs."""

    class Kind(models.TextChoices):
        STORY = "story"
        TEXT = "text"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="prompts")
    position = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    wording = models.JSONField(help_text="Language tag -> wording")
    help = models.JSONField(default=dict, blank=True)
    example = models.JSONField(default=dict, blank=True)

    objects = PromptQuerySet.as_manager()

    class Meta:
        ordering = ["position", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "position", "version"], name="one_prompt_a_place_and_version"
            ),
        ]

    def __str__(self) -> str:
        return wording(self.wording, self.inquiry.languages[0])

    def asked_in(self, language: str) -> str:
        return wording(self.wording, language)

    def help_in(self, language: str) -> str:
        return wording(self.help, language)

    def example_in(self, language: str) -> str:
        return wording(self.example, language)


class Respondent(models.Model):
    """One voice: a pseudonym. Who it is stands in one table of the upper app, and nowhere else.

    `asks_first`: no word of it goes to a model elsewhere but at `read_at`, the host its author agreed to ("" for none). Words brought along by
    others are theirs to answer for. `in_research`: whether its rows are in the files researchers get.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        INSTITUTION = "institution"
        AI_AGENT = "ai_agent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    asks_first = models.BooleanField(default=False)
    read_at = models.CharField(max_length=253, blank=True, default="")
    in_research = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)

    def may_be_read_at(self, host: str) -> bool:
        """Whether its words may be sent to a model at `host`; "" is this site itself."""
        return not host or not self.asks_first or self.read_at == host


class ResponseQuerySet(models.QuerySet["Response"]):
    def standing(self) -> "ResponseQuerySet":
        """Answers their authors have not withdrawn."""
        return self.filter(withdrawn_at=None)

    def to_prompts(self) -> "ResponseQuerySet":
        """Answers to what everybody was asked; not what one said when asked once more."""
        return self.filter(follows=None)


class Response(models.Model):
    """What one voice wrote to one prompt. The words are in its revisions."""

    class Channel(models.TextChoices):
        TYPED = "typed"
        IMPORTED = "imported"
        SAMPLE = "sample"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="responses")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="responses")
    key = models.CharField(max_length=64, help_text="Made by the sender, so that a repeat is known")
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.TYPED)
    quotes_public = models.BooleanField(
        default=False, help_text="Its people agreed beforehand that their words may be shown"
    )
    follows = models.OneToOneField(
        "FollowUp", models.CASCADE, null=True, blank=True, related_name="reply"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["prompt", "key"], name="one_response_a_key"),
            models.CheckConstraint(condition=~Q(key=""), name="response_has_key"),
            models.UniqueConstraint(
                fields=["prompt", "respondent"],
                condition=Q(channel="typed", withdrawn_at=None, follows=None),
                name="one_standing_typed_answer_a_prompt",
            ),
        ]
        indexes = [models.Index(fields=["respondent", "prompt"], name="response_of_respondent")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def latest(self) -> "Revision | None":
        """The words as they stand now; None once withdrawn."""
        return self.revisions.order_by("-number").first()


class Revision(models.Model):
    """One state of the words, exactly as written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    response = models.ForeignKey(Response, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    language = models.CharField(max_length=12)
    by_helper = models.BooleanField(
        default=False, help_text="Written down for its author, who said it aloud or on paper"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="revisions_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} no. {self.number}"


class FollowUp(models.Model):
    """One rung of the ladder: words of an answer beneath which its author is asked once more, and may skip.

    The question itself is a fixed text (ladder.py); `asked` keeps it as its author read it.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")
        SKIPPED = "skipped", _("left as it is")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    root = models.ForeignKey(Response, models.CASCADE, related_name="follow_ups")
    revision = models.ForeignKey(
        Revision,
        models.SET_NULL,
        null=True,
        related_name="follow_ups",
        help_text="Gone once withdrawn",
    )
    number = models.PositiveSmallIntegerField(help_text="1 to 3")
    kind = models.CharField(max_length=12, help_text="goal, feeling, rule or slogan")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["root", "number"], name="one_follow_up_a_rung"),
            models.UniqueConstraint(
                fields=["root"], condition=Q(state="asked"), name="one_follow_up_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=3), name="three_rungs_at_most"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["goal", "feeling", "rule", "slogan"]),
                name="follow_up_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "answered", "skipped"]),
                name="follow_up_state_known",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=models.F("end")), name="follow_up_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.root_id} rung {self.number}"

    @property
    def words(self) -> str:
        """The author's own words the question is about: a slice of the revision, "" once withdrawn."""
        return self.revision.text[self.start : self.end] if self.revision else ""

    @property
    def question(self) -> str:
        """What is asked, in the language in force."""
        return question(Rung(cast(Kind, self.kind), self.number))

    @property
    def spans(self) -> "list[FollowUp]":
        """The one stretch of its revision it is about, as quotes are given to a page."""
        return [self]


def wording(texts: dict[str, str], language: str) -> str:
    """The wording in `language`, else in its base language, else the first there is, else ""."""
    for tag in (language, language.split("-")[0]):
        if found := texts.get(tag):
            return found
    return next(iter(texts.values()), "")
