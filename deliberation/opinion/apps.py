"""The room as a Django app."""

from django.apps import AppConfig


class OpinionConfig(AppConfig):
    name = "deliberation.opinion"
    label = "opinion"
