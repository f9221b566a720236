"""Packages of an assembly's data that somebody asked for: made by the worker, offered for a while, never half."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly, Undertaking

LONGEST_REASON = 300


class Bundle(models.Model):
    """A data package, as of one moment.

    `step` and `rows`: how far it has come. `tries`: how often a worker took it; who takes it again makes the claim before void. `leased_until`:
    how long a worker may fall silent. `told`: what of its manifest pages show. `acts`: what had been taken back in the hour before its moment
    (`as_of`), as numbers of entries: what is not among them came later.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a worker")
        MAKING = "making", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")
        GONE = "gone", _("no longer offered")

    class Step(models.TextChoices):
        TABLES = "tables", _("reading the tables")
        FORMS = (
            "forms",
            _(
                "writing spreadsheets, Parquet and the graph, and looking for what would tell who somebody is"
            ),
        )
        RESULTS = "results", _("computing the results from the tables")
        PACKING = "packing", _("packing")

    class Gone(models.TextChoices):
        OLD = "old", _("It was kept for as long as packages are kept.")
        TAKEN_BACK = (
            "taken_back",
            _(
                "Somebody has taken words back since, wants no part in research any more, or an answer was hidden."
            ),
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="bundles")
    undertaking = models.ForeignKey(
        Undertaking, models.SET_NULL, null=True, blank=True, related_name="bundles"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=8, choices=Step, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=LONGEST_REASON, blank=True)
    gone = models.CharField(max_length=10, choices=Gone, blank=True)
    as_of = models.DateTimeField(null=True, blank=True)
    acts = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="How long it is offered")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly"],
                condition=Q(state__in=["waiting", "making"]),
                name="one_package_at_a_time_an_assembly",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "making", "ready", "failed", "gone"]),
                name="package_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False, until__isnull=False, as_of__isnull=False),
                name="a_ready_package_was_made",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.state} package of {self.assembly}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def is_old(self) -> bool:
        """Whether it was kept for as long as packages are kept."""
        return self.until is not None and self.until <= timezone.now()

    @property
    def path(self) -> Path:
        """Where its file is once it is whole."""
        return folder() / f"{self.pk}.zip"

    @property
    def bench(self) -> Path:
        """Where it is made: each attempt empties this folder first."""
        return folder() / f".{self.pk}"


class Release(models.Model):
    """Counts that everybody may take along. `rows`: what it tells; `remembered`: of every count what was ever told, by this release and those before.

    It holds no words of anybody: those are put beside it when it is taken, as they may be shown then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    remembered = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now, help_text="The moment its counts are of")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "number"], name="one_release_a_number_and_assembly"
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number} of {self.assembly}"


class ReleaseRequest(models.Model):
    """That somebody asked for a release, which is a Release only once it is whole. `step`, `tries`, `leased_until`: as of a package."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a worker")
        MAKING = "making", _("is being made")
        PUBLIC = "public", _("is public")
        FAILED = "failed", _("could not be made")

    class Step(models.TextChoices):
        COUNTING = "counting", _("counting")
        COMPARING = "comparing", _("looking whether it would tell of few, also beside earlier ones")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="release_requests")
    release = models.OneToOneField(Release, models.CASCADE, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=9, choices=Step, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=LONGEST_REASON, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly"],
                condition=Q(state__in=["waiting", "making"]),
                name="one_release_at_a_time_an_assembly",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "making", "public", "failed"]),
                name="release_request_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="public", release__isnull=False) | (~Q(state="public") & Q(release=None)),
                name="public_exactly_when_there_is_a_release",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.state} release of {self.assembly}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in (self.State.WAITING, self.State.MAKING)


def folder() -> Path:
    """Where packages are; left out of backups, for they are made again."""
    return Path(settings.MEDIA_ROOT) / "packages"
