"""A browser that does not know its seat any more: the code of the receipt, and one goes on where one was, with what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from deliberation.assemblies.errors import SeatUnknown
from deliberation.assemblies.models import Membership
from deliberation.web.code_form import CodeForm
from deliberation.web.forms import KindForm, SeeOther
from deliberation.web.typed import Fields, fields_of, laid_out

WHERE = "where"
TYPED = "typed-"  # before the name of each field that waits to be sent


def ask_for_code(request: HttpRequest, unknown: SeatUnknown) -> HttpResponse:
    """The page that takes the code, and holds what was typed. It is the same for every address, so it tells nothing of what is there."""
    typed = fields_of(request.POST)
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
    return render(request, "welcome_back.html", {"where": where, **laid_out(typed)})


def _asked(
    request: HttpRequest, form: KindForm, where: str, typed: Fields, status: int
) -> HttpResponse:
    context = {"form": form, "where": where, **laid_out(typed)}
    return render(request, "unseated.html", context, status=status)


def _typed(request: HttpRequest) -> Fields:
    waiting = [(n, value) for n, value in fields_of(request.POST) if n.startswith(TYPED)]
    return [(name.removeprefix(TYPED), value) for name, value in waiting]


def _is_of(where: str, member: Membership) -> bool:
    """Whether this is the address of a citizen's page of the member's assembly, and of nothing else."""
    try:
        found = resolve(where.partition("?")[0])
    except Resolver404:
        return False
    return found.namespace == "citizen" and found.kwargs.get("slug") == member.assembly.slug
