"""The room as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "elicitation.record"
    label = "record"
