"""Who takes part: the one table that ties a person to a respondent, and what members agreed to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models.assemblies import Assembly
from elicitation.interview.models import Respondent, wording


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


class Membership(models.Model):
    """The one table that ties a person to a respondent. Dropping it makes an assembly anonymous.

    A guest is known by the digest of a receipt code alone: no account, no e-mail, no network address. Seats laid out for paper sheets have a
    code before anybody has taken them.
    """

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="memberships")
    respondent = models.OneToOneField(Respondent, models.CASCADE, related_name="membership")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=12)
    joined_at = models.DateTimeField(auto_now_add=True)
    asked_by_mail = models.JSONField(default=list, help_text="When, whether an address is right")
    came_by = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="For some minutes, a digest of the form's key and a secret of the browser",
    )
    laid_out_at = models.DateTimeField(
        null=True, blank=True, help_text="Made beforehand, for a paper sheet"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["came_by"], condition=~Q(came_by=""), name="one_seat_a_way"
            ),
        ]

    def __str__(self) -> str:
        return f"a member of {self.assembly}"


class ConsentText(models.Model):
    """One version of what an assembly asks people to agree to. Its wordings never change; a language that had none may be added."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="consent_texts")
    version = models.PositiveSmallIntegerField()
    text = models.JSONField(default=dict, blank=True, help_text="Language tag -> wording")
    since = models.DateTimeField(
        null=True, help_text="When it came into force; null where nobody noted it then"
    )

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "version"], name="one_text_a_version"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.assembly}"

    def said_in(self, language: str) -> str:
        return wording(self.text, language)


class Consent(models.Model):
    """What a member agreed to, and to which version of the text."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="consents")
    text_version = models.PositiveSmallIntegerField()
    aloud = models.BooleanField(default=False, help_text="Said aloud or on paper, to a helper")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "text_version"], name="one_consent_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"consent to version {self.text_version}"


class Agreement(models.Model):
    """What a member said to one more use of their words, beyond taking part. The newest of a purpose is what they say now; all stay."""

    class Purpose(models.TextChoices):
        MODEL = "model", _("reading by a language model elsewhere")
        QUOTES = "quotes", _("quotes shown in public")
        RESEARCH = "research", _("files for researchers")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="agreements")
    purpose = models.CharField(max_length=8, choices=Purpose)
    host = models.CharField(max_length=253, blank=True, help_text="Where the model is")
    text_version = models.PositiveSmallIntegerField()
    given = models.BooleanField()
    aloud = models.BooleanField(default=False, help_text="Said aloud or on paper, to a helper")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["model", "quotes", "research"]),
                name="agreement_purpose_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"
