"""The tokens of one accent colour as a style sheet. It follows from its address alone, so browsers keep it for good."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.web.accent import COLOUR, stylesheet


class Accent(View):
    def get(self, request: HttpRequest, colour: str) -> HttpResponse:
        if not COLOUR.fullmatch(f"#{colour}"):
            raise NotHere
        response = HttpResponse(stylesheet(f"#{colour}"), content_type="text/css; charset=utf-8")
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
