"""The room view of an assembly: the link it is seen by, and the words a moderator let onto it."""

from django.conf import settings
from django.db import models

from deliberation.assemblies.codes import new_salt
from deliberation.assemblies.models import Assembly, Invitation
from elicitation.extraction.models import Quote


class Room(models.Model):
    """What stands on the wall of a hall. `code_digest`: of the one link that shows it without signing in, until `closed_at`.

    `frozen`: the counts as they stood at `frozen_at`, shown until it goes on.
    """

    assembly = models.OneToOneField(Assembly, models.CASCADE, related_name="room")
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, help_text="What its QR code leads to"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(default=dict, blank=True)
    blank = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"the room of {self.assembly_id}"


class OnScreen(models.Model):
    """That a moderator let these words onto the screen. They are shown while their author lets them be, and go with them."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="on_screen")
    quote = models.OneToOneField(Quote, models.CASCADE, related_name="on_screen")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.quote_id} since {self.at}"
