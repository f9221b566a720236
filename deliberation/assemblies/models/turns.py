"""How far the work that comes round has got."""

from django.db import models
from django.db.models import Q

from deliberation.assemblies.turns import Rhythm


class Turn(models.Model):
    """The watermark of one periodic task: all that was due until `through` is done. It moves only when a run has come to its end."""

    name = models.CharField(max_length=120, primary_key=True)
    every = models.PositiveIntegerField(help_text="Seconds from one turn to the next")
    at = models.PositiveIntegerField(default=0, help_text="Seconds after midnight, UTC")
    through = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="Runs begun since `through`")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__gt=0), name="turn_comes_round"),
        ]

    def __str__(self) -> str:
        return f"{self.name} through {self.through}"

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.at)
