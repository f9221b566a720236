"""The room as a Django app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "deliberation.exports"
    label = "exports"
