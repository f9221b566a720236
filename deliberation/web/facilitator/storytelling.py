"""Stories wait here until a facilitator has released them, with changes or without, or left them out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.comparing import stories_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, SeeOther, again
from deliberation.web.seats import tongue
from elicitation.graph.actions.stories import leave_out_story, release_story
from elicitation.graph.models import Story
from elicitation.graph.models.transitions import LONGEST

PAGE = 20
SHOWN = ("to_decide", "released", "left_out")
LARGEST_ID = 2**63 - 1


class DecidingForm(KindForm):
    """What becomes of one story, as it was seen; `text` only where it is released in other words."""

    story = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    do = forms.ChoiceField(choices=[(do, do) for do in ("release", "edit", "leave_out")])
    text = forms.CharField(required=False, strip=False)

    def carry_out(self, assembly: Assembly) -> str:
        """Returns what to say. Raises NotHere and what the actions raise."""
        got = self.cleaned_data
        story = gates.story(assembly, got["story"])
        if got["do"] == "leave_out":
            leave_out_story(story, got["seen"])
            return _("Left out. Nobody is shown it.")
        text = got["text"].replace("\r\n", "\n") if got["do"] == "edit" else None
        release_story(story, got["seen"], text)
        return _("Released. Half of those asked are shown it, by lot.")


class Stories(View):
    page = "facilitator/stories.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(request, assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = DecidingForm(request.POST)
        done = form.attempt(lambda: form.carry_out(assembly))
        if done is None:
            return again(request, self.page, form, around(request, assembly))
        messages.success(request, done)
        shown = which(request)
        return SeeOther(f"{reverse('facilitator:stories', args=[slug])}?show={shown}")


def which(request: HttpRequest) -> str:
    """Which stories are looked at."""
    asked = request.GET.get("show", "")
    return asked if asked in SHOWN else SHOWN[0]


def around(request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
    """One page of the stories looked at, each with the move it is of."""
    here, shown = stories_of(assembly), which(request)
    piles = {
        "to_decide": here.to_decide(),
        "released": here.released(),
        "left_out": here.left_out(),
    }
    related = piles[shown].select_related(
        "transition__from_value", "transition__to_value", "transition__context", "towards"
    )
    page = Paginator(related, PAGE).get_page(request.GET.get("page"))
    return {
        **frame(assembly),
        "page": page,
        "stories": [told(story) for story in page],
        "shown": shown,
        "numbers": {name: pile.count() for name, pile in piles.items()},
        "longest": LONGEST,
    }


def told(story: Story) -> dict[str, Any]:
    """A story with the move it is of: from which value to which, and when."""
    transition = story.transition
    ends = (transition.from_value, transition.to_value)
    start = ends[0] if story.towards_id == transition.to_value_id else ends[1]
    context = transition.context.said_in(tongue()) if transition.context else ""
    return {"story": story, "start": start, "end": story.towards, "context": context}
