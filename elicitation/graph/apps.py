"""The room as a Django app."""

from django.apps import AppConfig


class GraphConfig(AppConfig):
    name = "elicitation.graph"
    label = "graph"
