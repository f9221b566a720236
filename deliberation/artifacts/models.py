"""Artifacts: versions of a document whose every clause rests on values and the words behind them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Quote
from elicitation.graph.models import Value


class Artifact(models.Model):
    """A consensus document of an assembly."""

    class Kind(models.TextChoices):
        CHARTER = "charter", _("charter")
        CONSTITUTION = "constitution", _("constitution for an AI system")
        BRIEF = "brief", _("policy brief")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="artifacts")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CHARTER)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="artifact_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One state of an artifact: a draft until it is published, then fixed for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    entry_id = models.BigIntegerField(null=True, blank=True, help_text="Its entry in the record")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["artifact", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=["artifact"], condition=Q(published_at=None), name="one_draft_an_artifact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artifact}, version {self.number}"


class Clause(models.Model):
    """One clause, and the values it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    values = models.ManyToManyField(Value, through="ClauseValue", related_name="clauses")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="clause_place_is_free",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ClauseValue(models.Model):
    """A value a clause rests on. The value cannot be dissolved while it does."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="grounds")
    value = models.ForeignKey(Value, models.PROTECT, related_name="grounds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "value"], name="a_value_once_a_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} on {self.value_id}"


class Citation(models.Model):
    """A quote shown under a published clause. It stays, empty, when its author takes the words back."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="citations")
    value = models.ForeignKey(Value, models.PROTECT, related_name="citations")
    quote = models.ForeignKey(
        Quote, models.SET_NULL, null=True, blank=True, related_name="citations"
    )
    entry_id = models.BigIntegerField(null=True, blank=True, help_text="Its entry in the record")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "value", "quote"], name="a_quote_once_a_clause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} under {self.clause_id}"
