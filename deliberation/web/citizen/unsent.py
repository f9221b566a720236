"""What somebody is writing is kept on the site too: for a dead battery, another device, a browser that keeps nothing."""

from dataclasses import dataclass
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
from elicitation.interview.models import FollowUp, Prompt, Response
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


def begun_by(member: Membership, language: str) -> list[Begun]:
    """All this member may go on with, the latest first."""
    kept = list(member.unsent.order_by("-at").values_list("about", flat=True))
    if not kept:
        return []
    slug, mine = member.assembly.slug, member.respondent_id
    asked = Prompt.objects.current().filter(pk__in=kept, inquiry__assemblies=member.assembly)
    answers = Response.objects.standing().filter(pk__in=kept, respondent=mine)
    beneath = FollowUp.objects.filter(pk__in=kept, root__respondent=mine, state="asked")
    found = {
        p.pk: Begun(p.asked_in(language), language, reverse("citizen:answering", args=[slug, p.pk]))
        for p in asked
    }
    for answer in answers.select_related("prompt"):
        asked_then = answer.prompt.asked_in(language)
        found[answer.pk] = Begun(asked_then, language, reverse("citizen:changing", args=[slug, answer.pk]))  # fmt: skip
    for more in beneath:
        found[more.pk] = Begun(more.question, "", reverse("citizen:saying_more", args=[slug, more.pk]))  # fmt: skip
    return [found[about] for about in kept if about in found]
