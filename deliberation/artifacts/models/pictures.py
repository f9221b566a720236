"""Pictures of pages, for where an address is shared. A cache: whatever is lost is made again."""

from django.db import models

from deliberation.assemblies.models import Assembly
from elicitation.graph.models import Value


class Picture(models.Model):
    """One picture, kept by what it says. `card` is emptied once it is made; `value` and its `value_version`: whose words are in it, so that it goes with them."""

    digest = models.CharField(max_length=64, primary_key=True)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="pictures")
    card = models.JSONField(default=dict)
    value = models.ForeignKey(Value, models.CASCADE, null=True, blank=True, related_name="pictures")
    value_version = models.PositiveIntegerField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_at"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(content=None), name="pictures_to_make"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
