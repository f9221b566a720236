"""The room as a Django app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "deliberation.measures"
    label = "measures"
