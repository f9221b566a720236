"""The room as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "deliberation.api"
    label = "api"
