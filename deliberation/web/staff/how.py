"""How I sign in: everything an account proves itself by, on one page, and taking something of it away."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions.identities import part_identity
from deliberation.assemblies.actions.second_factors import remove_factor
from deliberation.assemblies.identities import joined
from deliberation.assemblies.second_factors import asked_of, factors_of
from deliberation.assemblies.signed_in import browsers_of
from deliberation.web.forms import KindForm, see_other
from deliberation.web.staff.proof import ProvedView
from deliberation.web.still_in import NUMBER


class PasskeyForm(KindForm):
    name = forms.CharField(
        label=gettext_lazy("What you call it"),
        max_length=60,
        help_text=gettext_lazy("Such as “my phone”, so that you know which is which."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class How(LoginRequiredMixin, View):
    page = "staff/how.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, around(request, PasskeyForm()))


class Removing(ProvedView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        account: Any = request.user
        remove_factor(account, pk)
        gone = _("Taken away. It lets nobody in any more.")
        bare = _("Taken away. From now on nothing but your first step is asked for.")
        messages.success(request, gone if asked_of(account) else bare)
        return see_other("staff:how")


class Parting(ProvedView):
    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        part_identity(account, settings.OIDC_ISSUER)
        messages.success(request, _("Parted. You sign in here in another way from now on."))
        return see_other("staff:how")


def around(request: HttpRequest, form: PasskeyForm) -> dict[str, Any]:
    """What the page shows."""
    account: Any = request.user
    held = factors_of(account)
    return {
        "held": held,
        "passkeys": [(one, one.data["name"]) for one in held.passkeys],
        "form": form,
        "browsers": browsers_of(account),
        "this": request.session.get(NUMBER),
        "needed": settings.STAFF_SECOND_FACTOR and not held.any,
        "vouches": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "vouched": bool(settings.OIDC_ISSUER and joined(account, settings.OIDC_ISSUER)),
    }
