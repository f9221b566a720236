"""Who runs and who studies an assembly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models.assemblies import Assembly
from deliberation.assemblies.models.organisations import Organisation


class Role(models.Model):
    """What an account may do in an assembly.

    Two keys of more than one column, which Django cannot say (migration 0013): the assembly is the organisation's, and the account has a place in it.
    """

    class Kind(models.TextChoices):
        FACILITATOR = "facilitator"
        RESEARCHER = "researcher"

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "user", "kind"], name="one_role_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.kind} of {self.assembly}"


class StaffInvitation(models.Model):
    """A way for one colleague to take up a role in an assembly, or a place in an organisation: a link that works once, for a while.

    The database holds the code's digest only, and by a key of two columns (migration 0013) an assembly of the organisation or none.
    """

    class Kind(models.TextChoices):
        FACILITATOR = "facilitator"
        RESEARCHER = "researcher"
        STEWARD = "steward"
        MEMBER = "member"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="staff_invitations")
    assembly = models.ForeignKey(
        Assembly, models.CASCADE, null=True, blank=True, related_name="staff_invitations"
    )
    kind = models.CharField(max_length=12, choices=Kind)
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
                condition=Q(kind__in=["facilitator", "researcher"], assembly__isnull=False)
                | Q(kind__in=["steward", "member"], assembly__isnull=True),
                name="staff_invitation_to_a_role_or_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.name}"

    @property
    def is_open(self) -> bool:
        """Whether somebody can still take it up."""
        return self.used_at is None and self.expires_at > timezone.now()


class Tries(models.Model):
    """How often somebody tried in vain to sign in lately. `key`: a digest of the name typed, of the network, or of both; never these themselves."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} until {self.last_at}"


class SignedIn(models.Model):
    """A browser an account is signed in with: since when, and roughly which. No network address, and nothing else the browser says of itself."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("A phone")
        TABLET = "tablet", _("A tablet")
        COMPUTER = "computer", _("A computer")
        OTHER = "other", _("Another device")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signed_in_with"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    browser = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "tablet", "computer", "other"]),
                name="signed_in_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} with a {self.kind} since {self.since}"
