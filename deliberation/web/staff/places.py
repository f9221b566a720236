"""Where I am signed in: end it in one browser, or in all but this one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from deliberation.assemblies.actions.signing_in import end_other_sign_ins, end_sign_in
from deliberation.web.forms import see_other
from deliberation.web.staff.proof import ProvedView
from deliberation.web.still_in import NUMBER


class Ending(ProvedView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        account: Any = request.user
        end_sign_in(account, pk)
        messages.success(request, _("Signed out there."))
        return see_other("staff:how")


class EndingOthers(ProvedView):
    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        end_other_sign_ins(account, request.session.get(NUMBER))
        messages.success(request, _("Signed out everywhere else."))
        return see_other("staff:how")
