"""The room as a Django app."""

from django.apps import AppConfig


class ArtifactsConfig(AppConfig):
    name = "deliberation.artifacts"
    label = "artifacts"
