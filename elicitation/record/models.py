"""The append-only record of everything that was done."""

from django.db import models


class Entry(models.Model):
    """One act. The body holds ids and counts, never what a person wrote.

    `leaf` is the SHA-256 of a random salt and the body (see leaves.py), so a body can be erased later and
    the leaf then says nothing.
    """

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=60)
    body = models.JSONField()
    salt = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["kind", "id"], name="entry_kind")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(kind=""), name="entry_has_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
