"""A browser that does not know its seat any more: the code of the receipt, and one goes on where one was, with what was typed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from deliberation.assemblies.errors import SeatUnknown
from deliberation.assemblies.models import Membership
from deliberation.web.code_form import CodeForm
from deliberation.web.expired import CSRF_FIELD
from deliberation.web.forms import KindForm, SeeOther

WHERE = "where"
TYPED = "typed-"  # before the name of each field that waits to be sent


def ask_for_code(request: HttpRequest, unknown: SeatUnknown) -> HttpResponse:
    """The page that takes the code, and holds what was typed. It is the same for every address, so it tells nothing of what is there."""
    typed = {name: str(value) for name, value in request.POST.items() if name != CSRF_FIELD}
    return _asked(request, CodeForm(), request.get_full_path(), typed, unknown.status)


def ask_again(request: HttpRequest, form: KindForm) -> HttpResponse | None:
    """The same page after a code that fits nothing. None where another page took the code."""
    where = request.POST.get(WHERE)
    return None if where is None else _asked(request, form, where, _typed(request), form.status)


def go_on(request: HttpRequest, member: Membership) -> HttpResponse | None:
    """Where this browser was when it was asked for the code: the page, or what was typed, one press from being sent. None where it was not asked."""
    where = request.POST.get(WHERE, "")
    if not _is_of(where, member):
        return None
    if not (typed := _typed(request)):
        return SeeOther(where)
    return render(request, "welcome_back.html", {"where": where, **_laid_out(typed)})


def _asked(
    request: HttpRequest, form: KindForm, where: str, typed: Mapping[str, str], status: int
) -> HttpResponse:
    context = {"form": form, "where": where, **_laid_out(typed)}
    return render(request, "unseated.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    fields = request.POST.items()
    return {n.removeprefix(TYPED): str(v) for n, v in fields if n.startswith(TYPED)}


def _laid_out(typed: Mapping[str, str]) -> dict[str, object]:
    """For a template: the words apart from what is carried along unseen."""
    unseen = [(name, value) for name, value in typed.items() if name != "text"]
    return {"fields": unseen, "text": typed.get("text")}


def _is_of(where: str, member: Membership) -> bool:
    """Whether this is the address of a citizen's page of the member's assembly, and of nothing else."""
    try:
        found = resolve(where.partition("?")[0])
    except Resolver404:
        return False
    return found.namespace == "citizen" and found.kwargs.get("slug") == member.assembly.slug
