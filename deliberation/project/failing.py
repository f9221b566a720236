"""What is said where no address fits, and where something of ours broke: a page to people, a problem to programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from deliberation.assemblies.errors import NotHere
from elicitation.errors import DomainError


class Broken(DomainError):
    code = "broken"
    message = _(
        "This is our fault, not yours. What was received before is safe. Ask again in a moment."
    )
    status = 500


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    if of_the_api(request):
        return problem(NotHere())
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return problem(Broken()) if of_the_api(request) else defaults.server_error(request)


def of_the_api(request: HttpRequest) -> bool:
    """Whether a program asked."""
    return request.path.startswith("/api/v")


def problem(error: DomainError) -> JsonResponse:
    """An error as the API tells it."""
    return JsonResponse(error.problem, status=error.status, content_type="application/problem+json")
