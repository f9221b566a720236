"""The tokens of one accent colour as a style sheet. It follows from its address alone, so browsers keep it for good."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.web.accent import stylesheet


class Accent(View):
    def get(self, request: HttpRequest, colour: str) -> HttpResponse:
        response = HttpResponse(stylesheet(f"#{colour}"), content_type="text/css; charset=utf-8")
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
