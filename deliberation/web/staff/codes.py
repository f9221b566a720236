"""Recovery codes: made together, shown in the browser that had them made until they are kept, or for ten minutes; and never again."""

import time
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.assemblies.actions.second_factors import renew_codes
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.second_factors import factors_of
from deliberation.web.forms import see_other
from deliberation.web.staff.proof import ProvedView

SHOWN = "codes_shown_until"
SHOWN_FOR = 600  # seconds


class Codes(ProvedView):
    page = "staff/codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = codes_to_show(request)
        return render(request, self.page, {"codes": shown}) if shown else redirect("staff:how")

    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        renew_codes(account)
        return show_codes(request)


class CodesFile(ProvedView):
    def get(self, request: HttpRequest) -> HttpResponse:
        shown = codes_to_show(request)
        if not shown:
            raise NotHere
        lines = [f"{request.get_host()} {request.user.get_username()}", "", *shown, ""]
        answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
        return answer


class Kept(LoginRequiredMixin, View):
    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(SHOWN, None)
        return see_other("staff:how")


def show_codes(request: HttpRequest) -> HttpResponse:
    """Lead to the page of codes that were made just now."""
    account: Any = request.user
    held = factors_of(account).codes
    request.session[SHOWN] = {"codes": held.pk if held else 0, "until": time.time() + SHOWN_FOR}
    return see_other("staff:codes")


def codes_to_show(request: HttpRequest) -> list[str]:
    """The codes this browser had made lately and has not said are kept; none otherwise."""
    shown = request.session.get(SHOWN, {"until": 0})
    account: Any = request.user
    held = factors_of(account).codes
    if held is None or shown["until"] < time.time() or shown["codes"] != held.pk:
        return []
    return [f"{code[:4]} {code[4:]}" for code in held.wrap().get_unused_codes()]
