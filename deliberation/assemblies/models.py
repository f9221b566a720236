"""Assemblies, their phases, and the one table that ties a person to a respondent."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from elicitation.interview.models import Inquiry, Respondent, wording


class Assembly(models.Model):
    """One deliberation: people, questions, phases, results."""

    slug = models.SlugField(unique=True, max_length=60)
    title = models.JSONField(help_text="Language tag -> wording")
    welcome = models.JSONField(default=dict, blank=True)
    consent = models.JSONField(default=dict, blank=True)
    consent_version = models.PositiveSmallIntegerField(default=1)
    languages = ArrayField(models.CharField(max_length=12))
    zone = models.CharField(max_length=60, default="UTC", help_text="Name of its time zone")
    inquiries = models.ManyToManyField(Inquiry, through="AgendaItem", related_name="assemblies")
    is_sample = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "assemblies"
        ordering = ["created_at"]

    def __str__(self) -> str:
        return wording(self.title, self.languages[0])

    def titled_in(self, language: str) -> str:
        return wording(self.title, language)

    def welcome_in(self, language: str) -> str:
        return wording(self.welcome, language)

    @property
    def weighing_is_open(self) -> bool:
        """Whether people may say now what they think of each other's values."""
        return self.phases.filter(kind="weighing").open_at(timezone.now()).exists()

    def consent_in(self, language: str) -> str:
        return wording(self.consent, language)


class AgendaItem(models.Model):
    """An inquiry's place in an assembly."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="agenda")
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, related_name="agenda_item")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="agenda_place_is_free"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.assembly}"


class PhaseQuerySet(models.QuerySet["Phase"]):
    def open_at(self, moment: datetime) -> "PhaseQuerySet":
        """Phases running at `moment`: the start counts, the end does not."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class Phase(models.Model):
    """A stretch of time in which something may be done. Open or closed is a function of the clock."""

    class Kind(models.TextChoices):
        ANSWERING = "answering", _("answering")
        WEIGHING = "weighing", _("weighing")
        REVIEWING = "reviewing", _("reading the draft and objecting")
        RATIFYING = "ratifying", _("voting on the document")

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=20, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="phase_ends_after_start"
            ),
            models.UniqueConstraint(fields=["assembly", "kind"], name="one_phase_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.assembly}"

    @property
    def is_open(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_ahead(self) -> bool:
        return timezone.now() < self.starts_at


class Role(models.Model):
    """What an account may do in an assembly."""

    class Kind(models.TextChoices):
        FACILITATOR = "facilitator"
        RESEARCHER = "researcher"

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "user", "kind"], name="one_role_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.kind} of {self.assembly}"


class Invitation(models.Model):
    """A way in: a link, a code to type, a QR code. The database holds the code's digest only."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="invitations")
    label = models.CharField(max_length=80, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    seats = models.PositiveIntegerField(null=True, blank=True, help_text="How many may use it")
    taken = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats=None) | Q(taken__lte=F("seats")), name="no_more_than_its_seats"
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"invitation {self.pk}"


class StaffInvitation(models.Model):
    """A way for one colleague to take up a role: a link that works once, for a while. The database holds the code's digest only."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="staff_invitations")
    kind = models.CharField(max_length=12, choices=Role.Kind)
    name = models.CharField(max_length=80, help_text="Whom it is for, as who invited calls them")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["facilitator", "researcher"]),
                name="staff_invitation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.name}"

    @property
    def is_open(self) -> bool:
        """Whether somebody can still take it up."""
        return self.used_at is None and self.expires_at > timezone.now()


class Membership(models.Model):
    """The one table that ties a person to a respondent. Dropping it makes an assembly anonymous.

    A guest is known by the digest of a receipt code alone: no account, no e-mail, no network address.
    """

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="memberships")
    respondent = models.OneToOneField(Respondent, models.CASCADE, related_name="membership")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=12)
    joined_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"a member of {self.assembly}"


class Consent(models.Model):
    """What a member agreed to, and to which version of the text."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="consents")
    text_version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "text_version"], name="one_consent_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"consent to version {self.text_version}"


class Stratum(models.Model):
    """Something people may say of themselves when they join (an age band, a region), so that support is told apart by it.

    `options`: a list of {"code", "wording": {language tag -> wording}}. Fixed once somebody has answered.
    """

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="strata")
    code = models.SlugField(max_length=40)
    wording = models.JSONField(help_text="Language tag -> wording")
    options = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "strata"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "code"], name="one_stratum_a_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def said_in(self, language: str) -> str:
        return wording(self.wording, language)


class Belonging(models.Model):
    """What a respondent said of itself: one option of a stratum. Always skippable, changeable, and erased with the rest."""

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="belongings")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="belongings")
    option = models.SlugField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stratum", "respondent"], name="one_belonging_a_stratum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} of {self.stratum_id}"


class Import(models.Model):
    """A file of answers somebody already has: looked at, then taken in by the worker, with what became of it."""

    class State(models.TextChoices):
        SHOWN = "shown", _("shown, not taken in")
        RUNNING = "running", _("being taken in")
        DONE = "done", _("taken in")
        FAILED = "failed", _("broke off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=400)
    mapping = models.JSONField(default=dict)
    language = models.CharField(max_length=12)
    quotes_public = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    failure = models.TextField(blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
