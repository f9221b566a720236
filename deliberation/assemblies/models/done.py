"""What was sent with a key of its own, so that sending it again does nothing again."""

from django.db import models
from django.db.models import Q


class Done(models.Model):
    """An act that was done, and where its answer lies. Digests only: nothing here tells who said what.

    `key` and `content` are made with the key that was sent, which is not kept; `actor` with this site's secret.
    """

    key = models.CharField(max_length=64, primary_key=True)
    content = models.CharField(max_length=64)
    act = models.CharField(max_length=60, help_text="The name of the address")
    actor = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Empty where nobody may tell whose"
    )
    reply = models.TextField(blank=True, help_text="The address of its answer")
    on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(act=""), name="done_is_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.act} on {self.on}"
