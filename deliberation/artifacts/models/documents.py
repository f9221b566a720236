"""Artifacts: versions of a document whose every clause rests on values and the words behind them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Quote
from elicitation.graph.models import Norm, Value

LONGEST_NOTE = 1000  # code points of what is said of a change


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
    approve_share = models.FloatField(
        default=0.5,
        help_text="Of all who approve or object to a clause, the share that has to approve",
    )
    group_share = models.FloatField(
        default=0.5, help_text="The same within each opinion group, so that no group is overruled"
    )
    objecting_share = models.FloatField(
        default=0.1,
        help_text="Of an opinion group, the share behind a sustained objection that bars a clause",
    )
    quorum = models.PositiveIntegerField(default=0, help_text="Ballots needed for a result")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="artifact_has_title"),
            models.CheckConstraint(
                condition=Q(
                    approve_share__range=(0, 1),
                    group_share__range=(0, 1),
                    objecting_share__range=(0, 1),
                ),
                name="thresholds_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One state of an artifact: a draft until it is put to the vote or published, then fixed for good.

    `put_at`: when it was put before the assembly to object to; `frozen_at`: when its ballot opened, from which its words and the
    thresholds stay as they are; `changed`: what is other than in the version before and why, in the words of who runs the assembly;
    `corrected`: what was taken back of the version before, counted, where that is all that is other, and `corrects`: the version people
    objected to and decided on, of which this is what is left; `basis`: by the id of a value, how
    widely it held when the version was published, as everybody might see it then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    put_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    changed = models.CharField(max_length=LONGEST_NOTE, blank=True)
    corrected = models.JSONField(
        null=True, blank=True, help_text="Quotes, values and rules taken back"
    )
    corrects = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    basis = models.JSONField(default=dict, help_text="Value -> profile at publication")
    published_at = models.DateTimeField(null=True, blank=True)
    entry_id = models.BigIntegerField(null=True, blank=True, help_text="Its entry in the record")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["artifact", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=["artifact"],
                condition=Q(published_at=None, frozen_at=None),
                name="one_draft_an_artifact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artifact}, version {self.number}"


class Clause(models.Model):
    """One clause, and the values it rests on.

    `section`: a code of its kind's template. `origin`: who wrote the text as it stands; what a model or a template wrote stays labelled
    until a person has edited or accepted it (`accepted_at`). `edits` is sent with each save, so that nobody overwrites what they have not
    seen. `follows`: the same clause in the version before.
    """

    class Origin(models.TextChoices):
        PERSON = "person", _("written by a person")
        TEMPLATE = "template", _("from a template")
        MODEL = "model", _("proposed by a model")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    section = models.SlugField(max_length=40, blank=True)
    text = models.TextField()
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PERSON)
    accepted_at = models.DateTimeField(null=True, blank=True)
    edits = models.PositiveIntegerField(default=1)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    values = models.ManyToManyField(Value, through="ClauseValue", related_name="clauses")
    norms = models.ManyToManyField(
        Norm, through="ClauseNorm", related_name="clauses", blank=True, help_text="Rules it upholds"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="clause_place_is_free",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_text"),
            models.CheckConstraint(
                condition=Q(origin__in=["person", "template", "model"]), name="clause_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_unread(self) -> bool:
        """Whether a template or a model wrote it, and no person has edited or accepted it yet."""
        return self.origin != self.Origin.PERSON and self.accepted_at is None


class ClauseValue(models.Model):
    """A value a clause rests on. The value cannot be dissolved while it does.

    `card`: whose words the value carried when the version was published; `title`, `context` and `policies`: these words, so that what is
    published stays as it was read. They are emptied when they are taken back.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="grounds")
    value = models.ForeignKey(Value, models.PROTECT, related_name="grounds")
    card = models.UUIDField(null=True, blank=True, help_text="No key: it outlives the card")
    title = models.CharField(max_length=200, blank=True)
    context = models.CharField(max_length=400, blank=True)
    policies = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "value"], name="a_value_once_a_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} on {self.value_id}"


class ClauseNorm(models.Model):
    """A norm a clause upholds. The norm cannot be dissolved while it does. `card`: whose rule worded it when the version was published."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="upheld")
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="upheld_by")
    card = models.UUIDField(null=True, blank=True, help_text="No key: it outlives the rule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "norm"], name="a_norm_once_a_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} upholds {self.norm_id}"


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


class Wording(models.Model):
    """What a clause said after one save, so that no text anybody saved is lost. `edits`: the clause's count after it."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="wordings")
    edits = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["edits"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "edits"], name="one_wording_an_edit"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SignOff(models.Model):
    """That a person who runs the assembly stands by a version as it is. Two are needed to publish."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sign_offs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="one_sign_off_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} stands by {self.version_id}"


class Rendition(models.Model):
    """A published version as a file of one format, made by the worker. Offered whole or not at all; never changed once made, only erased."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        MARKDOWN = "md", "Markdown"
        JSON = "json", "JSON"
        CONSTITUTION = "txt", _("text for an AI system")
        FOR_AI = "ai", _("JSON for an AI system")

    version = models.ForeignKey(Version, models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format)
    content = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="It held words taken back")

    class Meta:
        ordering = ["format"]
        constraints = [
            models.UniqueConstraint(fields=["version", "format"], name="one_rendition_a_format"),
            models.CheckConstraint(
                condition=Q(made_at=None)
                | Q(erased_at__isnull=False)
                | (Q(content__isnull=False) & ~Q(sha256="")),
                name="a_rendition_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(content=None), name="an_erased_rendition_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} as {self.format}"
