"""The room view on the wall of a hall: by its link alone, nothing private, the newest within two seconds."""

from itertools import accumulate
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.moderation import rooms
from deliberation.moderation.models import Room
from deliberation.opinion.withholding import FEWEST, is_few
from deliberation.web import qr
from deliberation.web.charts.sunflower import draw
from deliberation.web.public.wall_door import HEADERS, boards, key_of
from deliberation.web.seats import spoken
from elicitation.extraction.models import Quote

PART = "public/wall_now.html"
LETTERS = 420  # of people's words on the wall at once
LOOKS = ("dark", "light")


class Wall(View):
    """The page; what changes on it is the part `Now` gives."""

    page = "public/wall.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        room = rooms.by_code(code)
        language = spoken(request, room.assembly.languages)
        look = request.GET.get("look")
        context = {
            "title": room.assembly.titled_in(language),
            "code": code,
            "language": language,
            "look": look if look in LOOKS else LOOKS[0],
            "now": made(request, code, language),
        }
        response = render(request, self.page, context)
        response["Referrer-Policy"] = "no-referrer"
        return response


class Now(View):
    """What stands on the wall now, unless the browser has it already. `said`: the language of people's texts; `tongue`: of the page's."""

    def get(self, request: HttpRequest, code: str, said: str, tongue: str) -> HttpResponse:
        if tongue not in dict(settings.LANGUAGES):
            raise NotHere

        def make() -> str:
            with override(tongue):
                return made(request, code, said)

        part = boards.get(key_of(request.META), make)
        known = request.headers.get("If-None-Match") == part.etag
        response = HttpResponseNotModified() if known else HttpResponse(part.html)
        for name, value in {**HEADERS, "ETag": part.etag}.items():
            response[name] = value
        return response


class RoomQr(View):
    """The way to join as a QR code."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        way = way_in(request, rooms.by_code(code))
        if not way:
            raise NotHere
        return qr.picture(way["link"])


def made(request: HttpRequest, code: str, language: str) -> str:
    """The part that changes, as it is now. Raises NotHere."""
    room = rooms.by_code(code)
    return render_to_string(PART, {} if room.blank else shown(request, room, code, language))


def shown(request: HttpRequest, room: Room, code: str, language: str) -> dict[str, Any]:
    """What stands on the wall, in one of the assembly's languages."""
    inquiry = room.assembly.inquiries.order_by("agenda_item__position").first()
    nodes = rooms.nodes(room)
    return {
        "room": room,
        "code": code,
        "question": inquiry.asked_in(language) if inquiry else "",
        "language": language,
        "steps": steps(rooms.counts(room)),
        "words": fitting(rooms.words(room)),
        "drawing": draw([(node.id, node.place) for node in nodes], rooms.links(room)),
        "values": len(nodes),
        "newest": nodes[-1] if nodes else None,
        "way": way_in(request, room),
    }


def fitting(quotes: list[Quote]) -> list[Quote]:
    """As many of the newest words as can be read from the last row: whole ones, and one at least."""
    letters = list(accumulate(len(quote.text) for quote in quotes))
    return [q for n, q in enumerate(quotes) if n == 0 or letters[n] <= LETTERS]


def steps(counts: rooms.Counts) -> list[tuple[str, str]]:
    """Each step with how many came that far; so few that one could be known are not counted out."""
    told = (
        (_("have joined"), counts.joined),
        (_("have sent words"), counts.sent),
        (_("have had words read"), counts.read),
        (_("said yes, that is it"), counts.confirmed),
    )
    return [(name, number(n)) for name, n in told]


def number(n: int) -> str:
    """A number of people as a wall may tell it."""
    if n and is_few(n):
        return _("under %(fewest)d") % {"fewest": FEWEST}
    return str(n)


def way_in(request: HttpRequest, room: Room) -> dict[str, str]:
    """The way to join that is shown: its link, its code and where to type it; nothing where none is, or it was closed."""
    invitation = room.invitation
    code = gates.invitation_code(invitation) if invitation and not invitation.closed_at else None
    if code is None:
        return {}
    link = request.build_absolute_uri(reverse("citizen:welcome", args=[code]))
    return {"code": code, "link": link, "where": f"{request.get_host()}{reverse('citizen:join')}"}
