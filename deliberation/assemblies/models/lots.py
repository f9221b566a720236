"""Lists of people to draw from, and each draw that was made or begun. Whom a list names is sealed, apart from everything else, and erased."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models.assemblies import Assembly


def new_number() -> str:
    """256 bits in hexadecimal."""
    return secrets.token_hex(32)


class Pool(models.Model):
    """A file of people who may be drawn. `content`: the file, byte for byte, sealed with the site's key; null once erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="pools")
    content = models.BinaryField(null=True, help_text="Sealed")
    people = models.PositiveIntegerField()
    columns = models.JSONField(default=list)
    id_column = models.CharField(max_length=200, blank=True)
    strata = models.JSONField(default=list, help_text="Columns quotas are set for")
    homes = models.JSONField(default=list, help_text="Columns that tell who lives together")
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(content=None), name="an_erased_pool_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} people for {self.assembly_id}"


class Lot(models.Model):
    """One draw: what was committed to, the lottery, and what was drawn. People are numbers of rows of the pool.

    `commitment`, `lottery_digest`, `number_digest`: what stands in the record before the draw. `number`: the site's own, in `lot.drawn` of the record once it is drawn.
    `left_out`: whoever cannot be drawn, for they keep their seat, declined, or live with somebody who keeps theirs. `told`: figures for everybody, kept when the pool is erased.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("the lottery is being computed")
        READY = "ready", _("ready to be drawn")
        DRAWN = "drawn", _("drawn")
        FAILED = "failed", _("no lottery")

    class Method(models.TextChoices):
        MAXIMIN = "maximin", _("the lowest chance as high as can be (maximin)")
        NASH = "nash", _("chances as even as can be, by their product (Nash)")
        LEXIMIN = "leximin", _("the lowest chance as high as can be, then the next, and so on (leximin); needs a licence of Gurobi")  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pool = models.ForeignKey(Pool, models.CASCADE, related_name="lots")
    nth = models.PositiveIntegerField()
    seats = models.PositiveIntegerField()
    method = models.CharField(max_length=8, choices=Method, help_text="As asked for")
    method_used = models.CharField(max_length=8, choices=Method, blank=True)
    quotas = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    replaces = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replaced_by"
    )
    declined = models.JSONField(default=list, help_text="Of the draw it replaces")
    salt = models.CharField(max_length=64, default=new_number, editable=False)
    number = models.CharField(max_length=64, default=new_number, editable=False)
    number_digest = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=20, blank=True)
    relaxed = models.JSONField(null=True, blank=True, help_text="Quotas that could be met")
    panels = models.JSONField(default=list)
    tickets = models.JSONField(default=list)
    lottery_digest = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=200, blank=True)
    ticket = models.PositiveIntegerField(null=True, blank=True)
    drawn = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(state="waiting"), name="lots_that_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "drawn", "failed"]),
                name="lot_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="drawn") | Q(ticket__isnull=False), name="a_drawn_lot_has_its_ticket"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="a_failed_lot_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"draw {self.nth}: {self.state}"
