"""What forms share: an action's refusal becomes an error of the form, with what was typed kept."""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language_info

from deliberation.assemblies.errors import NotHere
from elicitation.errors import DomainError

R = TypeVar("R")
UNPROCESSABLE = 422


class SeeOther(HttpResponseRedirect):
    """What was sent is kept; the page to look at now is elsewhere, and reloading it sends nothing again."""

    status_code = 303


class KindForm(forms.Form):
    """A form that marks its faulty fields for screen readers, and knows with which status to come back."""

    status = UNPROCESSABLE

    def attempt(
        self, act: Callable[[], R], passing: tuple[type[DomainError], ...] = ()
    ) -> R | None:
        """Do `act` if the form is valid. A refusal is shown with the form, and None is returned; those of `passing` are raised."""
        if not self.is_valid():
            return None
        try:
            return act()
        except passing:
            raise
        except DomainError as refused:
            self.add_error(None, str(refused))
            self.status = refused.status
            return None


def show_as_seen(form: KindForm, edits: int) -> None:
    """Let a form that was refused for what somebody saved meanwhile be sent once more, by who has seen that now. Its field is `seen`."""
    kept: Any = copy(form.data)  # a copy may be changed
    kept["seen"] = str(edits)
    form.data = kept


def language_name(tag: str) -> str:
    """What a language calls itself; the tag where nobody here knows it."""
    try:
        return str(get_language_info(tag)["name_local"])
    except KeyError:
        return tag


def unix_breaks(posted: Any, *names: str) -> Any:
    """The form as sent, with line breaks in these fields (none named: text) as they were typed: browsers send, and do not count, CR LF."""
    fields = posted.copy()
    for name in names or ("text",):
        fields[name] = posted.get(name, "").replace("\r\n", "\n")
    return fields


def looked_for(request: HttpRequest, name: str = "q") -> str:
    """What a page's search field, or another part of its address's query, holds; NUL characters, which no text here has, are left out."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def again(
    request: HttpRequest, page: str, form: KindForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The same page with the form as it was filled in."""
    return render(request, page, {**(context or {}), "form": form}, status=form.status)


def see_other(to: str, *args: Any, **kwargs: Any) -> SeeOther:
    """Send the browser on after a form was taken; `to` and the rest are as for Django's redirect."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def key_of(text: str) -> UUID:
    """The key an address or a form names a thing by. Raises NotHere where it is none."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotHere from wrong
