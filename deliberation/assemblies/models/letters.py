"""Where to write to a member who wishes it, apart from everything else, and what was written."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models.members import Membership


class Address(models.Model):
    """An e-mail address a member left, for one assembly. `sealed`: the address, sealed with the site's key. Nobody is written to before `confirmed_at`.

    `yes_digest`, `no_digest`: of the codes in its links, to confirm it and to end it.
    """

    class Wish(models.TextChoices):
        READ = "read", _("my answer was read, and waits for me")
        PHASE = "phase", _("the next phase begins")
        RESULT = "result", _("there are results")
        REMIND = "remind", _("I left something unfinished, and the people who run it remind me")

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="address")
    sealed = models.BinaryField()
    language = models.CharField(max_length=12)
    wishes = ArrayField(models.CharField(max_length=6, choices=Wish))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    yes_digest = models.CharField(max_length=64, unique=True, editable=False)
    no_digest = models.CharField(max_length=64, unique=True, editable=False)
    left_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True, help_text="When last")

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(wishes__len__gt=0)
                & Q(wishes__contained_by=["read", "phase", "result", "remind"]),
                name="address_wishes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"address of {self.membership_id}"


class Letter(models.Model):
    """One thing to write to an address. `of`: what it is of, so that nothing is written twice. Taken (`SENDING`) before it goes out, and never again after."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("whether the address is right")
        READ = "read", _("an answer was read")
        PHASE = "phase", _("a phase began")
        RESULT = "result", _("there are results")
        REMIND = "remind", _("something is unfinished")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        ENDED = "ended", _("not sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    address = models.ForeignKey(Address, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=7, choices=Kind)
    of = models.CharField(max_length=80)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="letters_that_wait"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["address", "of"], name="an_address_is_written_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "ended"]),
                name="letter_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"
