"""What somebody is writing is kept on the site too: for a dead battery, another device, a browser that keeps nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions.unsent_keeping import keep_unsent
from deliberation.assemblies.models import Membership, Unsent
from deliberation.web.forms import KindForm, see_other, unix_breaks
from deliberation.web.seats import seat
from elicitation.interview.models import FollowUp, Prompt
from elicitation.interview.texts import LONGEST


class UnsentForm(KindForm):
    text = forms.CharField(max_length=LONGEST, strip=False, required=False)


class Keeping(View):
    """Keep the text as it stands now. A script asks by itself; without one there is a button."""

    def post(self, request: HttpRequest, slug: str, about_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        about = gates.writing(member, about_id)
        form = UnsentForm(unix_breaks(request.POST))
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=form.status)
        kept = keep_unsent(member, about, form.cleaned_data["text"])
        if request.POST.get("do") != "later":
            return JsonResponse({"at": version_of(kept)})
        messages.success(request, _("Kept. You find it under My answers, on any device."))
        return see_other("citizen:mine", slug=slug)


@dataclass(frozen=True, slots=True)
class Begun:
    """A text somebody may go on with: what was asked, in its language, and where."""

    asked: str
    language: str
    where: str


def unsent_about(member: Membership, about: UUID) -> Unsent | None:
    """What this member has begun and not sent about one thing."""
    return member.unsent.filter(about=about).first()


def version_of(kept: Unsent | None) -> str:
    """Which state of a text this is, so that a device knows its own again; "" for none."""
    return kept.at.isoformat() if kept else ""


def begun_by(
    slug: str,
    language: str,
    kept: Iterable[UUID],
    prompts: Iterable[Prompt],
    answers: Iterable[Any],
) -> Iterator[Begun]:
    """What somebody may go on with of what is `kept`, in its order: by the prompts now asked, and their own answers as mine.own has them."""
    found: dict[UUID, Begun] = {}
    for prompt in prompts:
        where = reverse("citizen:answering", args=[slug, prompt.pk])
        found[prompt.pk] = Begun(prompt.asked_in(language), language, where)
    for answer in answers:
        if not answer.withdrawn_at:
            where = reverse("citizen:changing", args=[slug, answer.pk])
            found[answer.pk] = Begun(answer.prompt.asked_in(language), language, where)
        for more in (one.asked for one in answer.beneath):
            if more.state == FollowUp.State.ASKED:
                where = reverse("citizen:saying_more", args=[slug, more.pk])
                found[UUID(str(more.pk))] = Begun(more.question, "", where)
    return (found[about] for about in kept if about in found)
