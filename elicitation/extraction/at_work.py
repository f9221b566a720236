"""Which engine is at work in this process, by the settings."""

from functools import cache

from django.conf import settings

from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Engine


@cache
def engine() -> Engine:
    """The engine the settings name, made once a process."""
    return build(
        settings.GROUNDWORK_ENGINE,
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY,
        model=settings.OPENAI_MODEL,
        deadline=settings.READING_DEADLINE,
    )
