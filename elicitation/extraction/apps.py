"""The room as a Django app."""

from django.apps import AppConfig


class ExtractionConfig(AppConfig):
    name = "elicitation.extraction"
    label = "extraction"
