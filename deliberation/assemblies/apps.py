"""The room as a Django app."""

from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "deliberation.assemblies"
    label = "assemblies"
