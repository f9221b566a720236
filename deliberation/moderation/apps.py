"""The room as a Django app."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "deliberation.moderation"
    label = "moderation"
