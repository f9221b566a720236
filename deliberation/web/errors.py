"""Domain errors as pages: one place, so no view needs try."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.errors import AgreementMissing, Hurried, SeatUnknown
from deliberation.web.pace import press_again
from deliberation.web.unseated import ask_for_code
from elicitation.errors import DomainError


class TooLong(DomainError):
    code = "too_long"
    message = _("This is too long to be taken in one piece. Shorten it, or send it in parts.")
    status = 413


class DomainErrors:
    """Render a DomainError as a page that says what to do, with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Hurried):
            return press_again(request, error)
        if not isinstance(error, DomainError):
            return None
        return told(request, error)


def told(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page that says what went wrong and what to do."""
    if isinstance(error, SeatUnknown):
        return ask_for_code(request, error)
    context: dict[str, object] = {"error": error}
    if isinstance(error, AgreementMissing):
        context["agreement"] = reverse("researcher:agreement", args=[error.details["assembly"]])
    page = render(request, "error.html", context, status=error.status)
    for header, content in error.headers.items():
        page[header] = content
    return page
