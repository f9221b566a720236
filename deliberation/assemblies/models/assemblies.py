"""Assemblies: what is asked, and what is open when."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models.organisations import Organisation
from elicitation.interview.models import Inquiry, wording


class Assembly(models.Model):
    """One deliberation: people, questions, phases, results."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assemblies")
    slug = models.SlugField(unique=True, max_length=60)
    title = models.JSONField(help_text="Language tag -> wording")
    welcome = models.JSONField(default=dict, blank=True)
    consent = models.JSONField(default=dict, blank=True)
    consent_version = models.PositiveSmallIntegerField(default=1)
    terms = models.JSONField(
        default=dict, blank=True, help_text="What researchers agree to, by language; empty for ours"
    )
    terms_version = models.PositiveSmallIntegerField(default=1)
    languages = ArrayField(models.CharField(max_length=12))
    zone = models.CharField(max_length=60, default="UTC", help_text="Name of its time zone")
    inquiries = models.ManyToManyField(Inquiry, through="AgendaItem", related_name="assemblies")
    accent = models.CharField(
        max_length=7, blank=True, help_text="Its colour, #rrggbb; empty for ours"
    )
    document = models.JSONField(
        default=dict, blank=True, help_text="Kind and title of the document it is to lead to"
    )
    is_sample = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    machines_propose = models.BooleanField(
        default=False, help_text="Programs may propose values and rules, labelled as an AI's"
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    told_phases: "list[Phase] | None" = None
    told_questions: "list[UUID] | None" = None
    told_documents: "frozenset[str] | None" = None

    class Meta:
        verbose_name_plural = "assemblies"
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accent__regex=r"^(#[0-9a-f]{6})?$"), name="accent_is_a_colour"
            ),
            # what roles and invitations of its organisation refer to
            models.UniqueConstraint(fields=["id", "organisation"], name="assembly_of_organisation"),
        ]

    def __str__(self) -> str:
        return wording(self.title, self.languages[0])

    def titled_in(self, language: str) -> str:
        return wording(self.title, language)

    def welcome_in(self, language: str) -> str:
        return wording(self.welcome, language)

    def phase(self, kind: str) -> "Phase | None":
        """Its phase of this kind, where one was set."""
        return next((phase for phase in self.all_phases() if phase.kind == kind), None)

    def all_phases(self) -> "Iterable[Phase]":
        """Its phases in their order: those told with it, where a page's first query told them, else asked for."""
        return self.phases.all() if self.told_phases is None else self.told_phases

    def questions(self) -> "QuerySet[Inquiry] | list[UUID]":
        """Its inquiries, to look for what belongs to one of them: by their keys, where a page's first query told them."""
        return self.inquiries.all() if self.told_questions is None else self.told_questions

    def tell_phases(self, told: Iterable[tuple[str, datetime, datetime]]) -> None:
        """Keep the kind, start and end of each of its phases, as another query found them."""
        self.told_phases = [
            Phase(assembly=self, kind=kind, starts_at=begin, ends_at=end)
            for kind, begin, end in told
        ]

    def is_open_for(self, kind: str) -> bool:
        """Whether its phase of this kind runs now. What writes asks conditions.ensure_open instead, in its own transaction."""
        phase = self.phase(kind)
        return bool(phase and phase.is_open)

    @property
    def weighing_is_open(self) -> bool:
        """Whether people may say now what they think of each other's values."""
        return self.is_open_for("weighing")

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
