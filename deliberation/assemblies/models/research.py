"""What researchers undertake before they take data along."""

import uuid

from django.conf import settings
from django.db import models

from deliberation.assemblies.models.assemblies import Assembly

LONGEST_PURPOSE = 500


class Undertaking(models.Model):
    """A researcher's acceptance of an assembly's agreement, with the words as they were shown. The newest of an account counts; all stay, also when the account goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="undertakings")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="undertakings"
    )
    name = models.CharField(max_length=150, help_text="What the account was called")
    purpose = models.CharField(max_length=LONGEST_PURPOSE)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["assembly", "account", "version"], name="undertaking_by_whom")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} for {self.assembly}"

    @property
    def stands(self) -> bool:
        """Whether it is of the agreement as it is now."""
        return self.version == self.assembly.terms_version
