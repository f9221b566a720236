"""The room as a Django app."""

from django.apps import AppConfig


class InterviewConfig(AppConfig):
    name = "elicitation.interview"
    label = "interview"
