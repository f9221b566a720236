"""A citizen comes back with the receipt: no account, no e-mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from deliberation.assemblies import gates
from deliberation.web.code_form import CodeForm
from deliberation.web.forms import again, see_other
from deliberation.web.pace import ByCode
from deliberation.web.seats import sit
from deliberation.web.unseated import ask_again, go_on


class Back(ByCode):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        member = gates.returning(code)
        sit(request, member)
        return redirect("citizen:mine", slug=member.assembly.slug)


class Typed(ByCode):
    page = "citizen/back.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if member := form.attempt(lambda: gates.returning(form.cleaned_data["code"])):
            sit(request, member)
            return go_on(request, member) or see_other("citizen:mine", slug=member.assembly.slug)
        return ask_again(request, form) or again(request, self.page, form)
