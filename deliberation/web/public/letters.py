"""Where the links of letters lead: confirm an address, or end it, without a seat. Opening a link does nothing, for mail programs open links too; a button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from deliberation.assemblies.actions import letters


class Confirming(View):
    page = "public/letters.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return render(request, self.page, {"step": "confirm"})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        letters.confirm(code)
        return render(request, self.page, {"step": "confirmed"})


@method_decorator(
    csrf_exempt, name="dispatch"
)  # one request of a mail program (RFC 8058) has no cookie of ours
class Ending(View):
    page = "public/letters.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return render(request, self.page, {"step": "end"})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        letters.end(code)
        return render(request, self.page, {"step": "ended"})
