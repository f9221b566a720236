"""Take back what one said to comparisons, all of it or one story: it is erased, not kept as history. Open at any time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies.actions import judging
from deliberation.web.forms import see_other
from deliberation.web.seats import seat


class Compared(View):
    """All one said to comparisons, with reasons and stories."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        judging.erase_said(seat(request, slug))
        messages.success(request, _("All you said to comparisons is erased, your stories too."))
        return see_other("citizen:mine", slug=slug)


class OwnStory(View):
    """One story one told."""

    def post(self, request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
        judging.erase_story(seat(request, slug), story_id)
        messages.success(request, _("Your story is erased."))
        return see_other("citizen:judgements", slug=slug)
