"""Another password: by the one there is, where there is one; every other browser is signed out with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.assemblies.actions.signing_in import change_password
from deliberation.web.entering import note_proof
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.staff.proof import ProvedView, ensure_password
from deliberation.web.still_in import NUMBER


class PasswordChange(KindForm):
    """`password`, the one there is, is asked for where an account has one."""

    password = forms.CharField(
        label=gettext_lazy("The password you have now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        help_text=gettext_lazy(
            "Eight letters at least, better fifteen. Any letters and signs will do."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    once_more = forms.CharField(
        label=gettext_lazy("The new one once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: User, *args: Any) -> None:
        super().__init__(*args)
        self.account = account
        if not account.has_usable_password():
            del self.fields["password"]

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.account)
        return new

    def clean_once_more(self) -> str:
        typed: str = self.cleaned_data["once_more"]
        if typed != self.cleaned_data.get("new", typed):
            raise ValidationError(_("The two are not the same."))
        return typed


class Password(ProvedView):
    page = "staff/password.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return render(request, self.page, {"form": PasswordChange(account)})

    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        form = PasswordChange(account, request.POST)
        if form.attempt(lambda: changed(request, form)) is None:
            return again(request, self.page, form)
        messages.success(request, _("The new password holds. Everywhere else you are signed out."))
        return see_other("staff:how")


def changed(request: HttpRequest, form: PasswordChange) -> bool | None:
    """Change it, if the one there is was told right. Raises TooManyTries."""
    account: Any = request.user
    if "password" in form.fields:
        try:
            ensure_password(request, account)
        except ValidationError as wrong:
            form.add_error("password", wrong)
            return None
    change_password(account, form.cleaned_data["new"], request.session.get(NUMBER))
    update_session_auth_hash(request, account)
    note_proof(request)
    return True
