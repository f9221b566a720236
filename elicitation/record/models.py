"""The append-only record of everything that was done, and the tree that seals it."""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact


class Entry(models.Model):
    """One act. The body holds ids, counts and digests, never what a person wrote.

    `leaf` is the SHA-256 of a random salt and the entry (see leaves.py), so salt and body can be erased later and the leaf
    then says nothing. `index` is its place in the tree, given when it is sealed.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    body = models.JSONField(null=True)
    salt = models.BinaryField(null=True)
    leaf = models.BinaryField()
    index = models.BigIntegerField(null=True, unique=True)
    erased_at = models.DateTimeField(null=True)
    about = models.UUIDField(
        null=True, help_text="The answer it is erased with, where the body may not tell"
    )

    class Meta:
        indexes = [
            models.Index(fields=["kind", "id"], name="entry_kind"),
            models.Index(fields=["id"], condition=Q(index=None), name="entry_waits_to_be_sealed"),
            models.Index(KeyTextTransform("response", "body"), name="entry_of_response"),
            models.Index(fields=["about"], condition=~Q(about=None), name="entry_about_answer"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="entry_has_kind"),
            models.CheckConstraint(
                condition=Q(index=None) | Q(index__gte=0), name="entry_place_counts_from_0"
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True, salt=None, erased_at__isnull=False)
                | Q(body__isnull=False, salt__isnull=False, erased_at=None),
                name="entry_is_whole_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(about=None), name="entry_erased_is_about_nothing"
            ),
            models.CheckConstraint(  # the null of JSON is no NULL of the database
                condition=Exact(
                    Func(F("body"), function="jsonb_typeof", output_field=models.TextField()),
                    "object",
                ),
                name="entry_body_is_an_object",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class TreeHead(models.Model):
    """The signed statement that the tree of the first `size` entries has this root."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField(help_text="The checkpoint as it was signed")
    key = models.CharField(max_length=400, help_text="The key to verify it with")
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-size"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="head_is_over_something"),
            models.CheckConstraint(condition=~Q(note=""), name="head_is_signed"),
        ]

    def __str__(self) -> str:
        return f"head {self.size}"

    @property
    def origin(self) -> str:
        """Whose record it is."""
        return self.note.partition("\n")[0]

    @property
    def root_text(self) -> str:
        """The root in base64, as it stands in the note."""
        return self.note.split("\n")[2]


class Tile(models.Model):
    """256 hashes of the tree side by side (see tiles.py); only the last of a level grows."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="tile_place_is_free"),
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"
