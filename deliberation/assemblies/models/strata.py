"""What people may say of themselves."""

from django.db import models

from deliberation.assemblies.models.assemblies import Assembly
from elicitation.interview.models import Respondent, wording


class Stratum(models.Model):
    """Something people may say of themselves when they join (an age band, a region), so that support is told apart by it.

    `options`: a list of {"code", "wording": {language tag -> wording}}. Fixed once somebody has answered. `targets` is not: by the code of an option,
    the share (per cent, 1 to 100) of people that is aimed at.
    """

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="strata")
    code = models.SlugField(max_length=40)
    wording = models.JSONField(help_text="Language tag -> wording")
    options = models.JSONField(default=list)
    targets = models.JSONField(default=dict, blank=True, help_text="Code of an option -> per cent")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "strata"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "code"], name="one_stratum_a_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def said_in(self, language: str) -> str:
        return wording(self.wording, language)


class Belonging(models.Model):
    """What a respondent said of itself: one option of a stratum. Always skippable, changeable, and erased with the rest."""

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="belongings")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="belongings")
    option = models.SlugField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stratum", "respondent"], name="one_belonging_a_stratum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} of {self.stratum_id}"
