"""What every page may say about where it stands."""

from django.conf import settings
from django.http import HttpRequest


def engine(request: HttpRequest) -> dict[str, str]:
    """Which engine reads answers here, for the machine's label on a page."""
    return {"engine_name": settings.GROUNDWORK_ENGINE, "engine_model": settings.OPENAI_MODEL}
