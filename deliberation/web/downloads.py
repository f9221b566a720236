"""JSON that a page gives as a file to keep."""

from typing import Any

from django.http import HttpResponse, JsonResponse


def download(told: dict[str, Any], name: str) -> HttpResponse:
    """JSON as a file to keep."""
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
