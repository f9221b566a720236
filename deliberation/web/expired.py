"""A page was open for too long: what was typed comes back in a form with a fresh token, one press from being sent."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deliberation.web.typed import fields_of, laid_out

FORBIDDEN = 403


def once_more(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. Only what our own pages sent is shown again; another site's request is just refused."""
    ours = bool(request.POST) and _from_here(request)
    context = {"ours": ours, **laid_out(fields_of(request.POST) if ours else ())}
    return render(request, "expired.html", context, status=FORBIDDEN)


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the request began on a page of this very site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
