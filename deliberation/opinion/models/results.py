"""Results that were computed and kept whole; conversations held, and graphs made, elsewhere; seats that seem to be one person's."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.interview.models import Inquiry, Respondent


class Conversation(models.Model):
    """A Polis conversation that was held elsewhere and brought here: its statements and its log of votes, unchanged."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="conversations")
    name = models.CharField(max_length=200)
    about = models.JSONField(default=dict, help_text="What its summary says, key -> text")
    attribution = models.TextField(blank=True)
    findings = models.JSONField(default=list, help_text="What did not fit in its files")
    grouped = models.JSONField(default=dict, help_text="The group its files name, by voter")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of what its files say")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "name"], name="one_conversation_a_name_and_assembly"
            ),
            models.UniqueConstraint(
                fields=["assembly", "content_hash"], name="the_same_conversation_once_an_assembly"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One statement of a conversation, under the number it had there."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.BigIntegerField()
    text = models.TextField(blank=True, help_text="Empty where no file said it")
    moderated = models.SmallIntegerField(
        default=0, help_text="1 accepted, 0 not looked at, -1 rejected"
    )
    is_meta = models.BooleanField(default=False)
    is_seed = models.BooleanField(default=False)
    author = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="one_statement_a_number"
            ),
            models.CheckConstraint(
                condition=Q(moderated__in=[-1, 0, 1]), name="statement_moderation_known"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"


class StatementVote(models.Model):
    """One line of a conversation's log: what a voter said to a statement at a time. The last of a pair counts.

    `at` is empty where only the matrix was handed on, which knows no times.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    voter = models.BigIntegerField()
    says = models.SmallIntegerField(help_text="1 agree, 0 pass, -1 disagree")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(says__in=[-1, 0, 1]), name="statement_vote_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter} says {self.says} to {self.statement_id}"


class BroughtGraph(models.Model):
    """A moral graph that was made elsewhere and brought here, kept whole in the published form of graphs. It holds no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="brought_graphs")
    name = models.CharField(max_length=200)
    attribution = models.TextField(blank=True)
    document = models.JSONField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the document")
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["brought_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "name"], name="one_graph_a_name_and_assembly"
            ),
            models.UniqueConstraint(
                fields=["assembly", "content_hash"], name="the_same_graph_once_an_assembly"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Analysis(models.Model):
    """One result, computed by the worker and never changed: of an inquiry or of a conversation.

    `result` holds what pages and the API show; `places` what each voice was found to be (compressed JSON), for the next run: of
    the newest alone. `marker` says which state of the votes it is of, without reading them; `input_hash` is of the votes themselves.
    """

    class Kind(models.TextChoices):
        GROUPS = "groups", _("opinion groups")
        GRAPH = "graph", _("moral graph")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    inquiry = models.ForeignKey(
        Inquiry, models.CASCADE, null=True, blank=True, related_name="analyses"
    )
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, null=True, blank=True, related_name="analyses"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    rule = models.CharField(max_length=20)
    rule_version = models.CharField(max_length=20)
    seed = models.BigIntegerField()
    wanted = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Number of groups somebody asked for"
    )
    marker = models.CharField(max_length=64)
    input_hash = models.CharField(max_length=64)
    result = models.JSONField()
    places = models.BinaryField(default=bytes)
    seconds = models.FloatField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "analyses"
        indexes = [
            models.Index(fields=["inquiry", "kind", "-made_at"], name="analysis_of_inquiry"),
            models.Index(
                fields=["conversation", "kind", "-made_at"], name="analysis_of_conversation"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(inquiry=None) ^ Q(conversation=None), name="an_analysis_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["groups", "graph"]), name="analysis_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.rule}"


class Layout(models.Model):
    """Where the values of a graph are drawn (compressed JSON, `positions.pack`), kept with it, so that they stand still between visits."""

    analysis = models.OneToOneField(
        Analysis, models.CASCADE, primary_key=True, related_name="layout"
    )
    positions = models.BinaryField()

    def __str__(self) -> str:
        return f"layout of {self.analysis_id}"


class Wanted(models.Model):
    """How an inquiry's or conversation's groups are to be found, where a facilitator has said so; and who is computing them.

    `leased_until` lets one worker at a time compute; a dead one's lease runs out.
    """

    inquiry = models.OneToOneField(
        Inquiry, models.CASCADE, null=True, blank=True, related_name="wanted"
    )
    conversation = models.OneToOneField(
        Conversation, models.CASCADE, null=True, blank=True, related_name="wanted"
    )
    mode = models.CharField(max_length=8, default="stable")
    groups = models.PositiveSmallIntegerField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(inquiry=None) ^ Q(conversation=None), name="wanted_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["stable", "polis"]), name="wanted_mode_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} for {self.inquiry_id or self.conversation_id}"

    @property
    def is_leased(self) -> bool:
        """Whether a worker is at it."""
        return self.leased_until is not None and self.leased_until > timezone.now()

    @property
    def was_left(self) -> bool:
        """Whether a worker took it and never gave it back: perhaps a part of the results is missing."""
        return self.leased_until is not None and not self.is_leased


class Twins(models.Model):
    """Seats of an assembly that seem to be one person's, why, and what somebody who runs it judged of them.

    `reasons` hold kinds and numbers alone, never words or votes.
    """

    class Says(models.TextChoices):
        UNDECIDED = "", _("undecided")
        ONE = "one_person", _("one person with several seats")
        DIFFERENT = "different", _("different people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="twins")
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField(auto_now_add=True)
    says = models.CharField(max_length=12, choices=Says, blank=True)
    why = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["found_at", "id"]
        verbose_name_plural = "twins"
        constraints = [
            models.CheckConstraint(
                condition=Q(says__in=["", "one_person", "different"]), name="twins_judgement_known"
            ),
            models.CheckConstraint(
                condition=Q(says="") | ~Q(why="") & Q(judged_at__isnull=False),
                name="twins_are_judged_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"seats of {self.assembly}: {self.get_says_display()}"


class TwinSeat(models.Model):
    """One of the seats. `disputed`: what its person wrote against the judgement."""

    twins = models.ForeignKey(Twins, models.CASCADE, related_name="seats")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="twin_seats")
    disputed = models.TextField(blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["twins", "respondent"], name="one_twin_seat_a_person"),
        ]

    def __str__(self) -> str:
        return f"a seat of {self.twins_id}"
