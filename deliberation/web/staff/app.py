"""Set up an app that shows codes: its secret as a QR code and as text, kept once a code of it fits."""

from typing import Any
from urllib.parse import quote

import segno
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from deliberation.assemblies.actions.second_factors import set_up_app
from deliberation.web.forms import again, see_other
from deliberation.web.staff.codes import show_codes
from deliberation.web.staff.proof import CodeForm, ProvedView

TO_BE = "secret_to_be"  # where a session keeps it until a code fits
MARGIN = 4  # modules of white around the code


class AppForm(CodeForm):
    """A code of the app alone: there are no recovery codes yet, or they fit no app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six digits your app shows now.")


class App(ProvedView):
    page = "staff/app.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        request.session[TO_BE] = generate_totp_secret()
        return render(request, self.page, around(request, AppForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        if TO_BE not in request.session:
            return see_other("staff:app")
        account: Any = request.user
        form = AppForm(request.POST)
        secret = request.session[TO_BE]
        made = form.attempt(lambda: set_up_app(account, secret, form.cleaned_data["code"]))
        if made is None:
            return again(request, self.page, form, around(request, form))
        del request.session[TO_BE]
        messages.success(request, _("The app is set up: its code is asked for when you sign in."))
        return show_codes(request) if made else see_other("staff:how")


def around(request: HttpRequest, form: AppForm) -> dict[str, Any]:
    """What the page shows: the secret, and a picture of what an app reads."""
    secret = request.session[TO_BE]
    site, name = quote(request.get_host()), quote(request.user.get_username())
    code = segno.make(
        f"otpauth://totp/{site}:{name}?secret={secret}&issuer={site}", error="m", micro=False
    )
    side = code.symbol_size(border=MARGIN)[0]
    spaced = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return {"form": form, "secret": spaced, "side": side, "drawn": drawn(code)}


def drawn(code: segno.QRCode) -> str:
    """The dark modules as the path of an SVG, a unit a module."""
    rows = enumerate(code.matrix, start=MARGIN)
    dark = ((x, y) for y, row in rows for x, one in enumerate(row, start=MARGIN) if one)
    return "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
