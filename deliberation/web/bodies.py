"""What is too long to be read is refused before it is read, on a page that says what to do."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from deliberation.web.errors import TooLong

AROUND_A_FILE = 2**20  # bytes of the other fields of a form that brings one


class Limits:
    """Look at how long a body says it is, and refuse it unread: a form of fields by one limit, one that brings a file by another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if told.isdecimal() and int(told) <= _most(request.content_type or ""):
            return self.get_response(request)
        request.POST = QueryDict()
        error = TooLong()
        return render(request, "error.html", {"error": error}, status=error.status)


def _most(kind: str) -> int:
    """Bytes a body of this kind may have."""
    if kind == "multipart/form-data":
        return settings.LARGEST_UPLOAD + AROUND_A_FILE
    return settings.LONGEST_FORM
