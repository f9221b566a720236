"""Keys with which programs come in, each for one assembly, in the name of one account."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models.assemblies import Assembly
from deliberation.assemblies.models.staff import Role


class TokenQuerySet(models.QuerySet["Token"]):
    def living(self) -> "TokenQuerySet":
        """Those that open something now: neither ended nor over, of an account that is open and still has a role in the assembly."""
        held = Role.objects.filter(assembly=OuterRef("assembly"), user=OuterRef("account"))
        return self.filter(
            Exists(held), ended_at=None, expires_at__gt=timezone.now(), account__is_active=True
        )


class Token(models.Model):
    """What a program shows to come in. It may do what its scopes say, and never more than its account's roles allow at that moment.

    The database holds the SHA-256 of its 256 random bits only. `last_used_on`: the day, and no more.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read results, values, rules, documents, and how answers were read")
        EXPORT = "export", _("take tables and packages of the data along")
        IMPORT = "import", _("bring answers along")
        MODERATE = "moderate", _("decide on cards, in your name")
        PROPOSE = "propose", _("propose values and rules as an AI system; everybody reads the name above beside them")  # fmt: skip
        RELEASE = "release", _("publish counts for everybody, which cannot be taken back")

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="tokens")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="What it is for, as its account calls it")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0)
                & Q(
                    scopes__contained_by=[
                        "read",
                        "export",
                        "import",
                        "moderate",
                        "propose",
                        "release",
                    ]
                ),
                name="token_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.assembly}"

    @property
    def is_over(self) -> bool:
        """Whether it opens nothing any more, whoever's it is."""
        return self.ended_at is not None or self.expires_at <= timezone.now()
