"""What machines gave up and people took over."""

from django.db import models
from django.db.models import Q

from deliberation.assemblies.models import Assembly


class LeftToPerson(models.Model):
    """That a piece of work that gave up is left to a person: it is on the list of what could not be done no more, unless it was tried and gave up again since."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="left_to_people")
    work = models.CharField(max_length=8)
    key = models.CharField(max_length=40, help_text="The key of the row that gave up")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "key"], name="left_to_a_person_once"),
            models.CheckConstraint(
                condition=Q(work__in=["reading", "story", "wording", "file", "import", "webhook"]),
                name="left_work_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.key}"
