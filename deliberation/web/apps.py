"""The room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "deliberation.web"
    label = "web"
