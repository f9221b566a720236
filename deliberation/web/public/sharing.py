"""The picture of a page, for where its address is shared: as it is where it was made before, else made by the worker; the site's own meanwhile."""

import time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views import View

from deliberation.artifacts import sharing
from deliberation.artifacts.actions import picture_keeping
from deliberation.artifacts.models import Picture
from deliberation.artifacts.tasks import paint
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.accent import LIGHT, scheme

OURS = "#0b6b62"
FRESH = 30  # seconds a cache may show a picture before it asks again: words taken back are gone within a minute
SOON = 5  # and the site's own picture, which stands in for one that is being made
TURNS, TURN = 6, 0.2  # how often, and how many seconds at a time, somebody waits for the worker
FEW = 4  # where more wait already, nobody is kept waiting
STAND_IN = Path(__file__).with_name("stand_in.png")


class Share(View):
    def get(
        self, request: HttpRequest, slug: str, what: str, key: str, language: str
    ) -> HttpResponse:
        assembly = gates.public(slug)
        if language not in dict(settings.LANGUAGES):
            raise NotHere
        card = sharing.card(assembly, what, key, language, accent_of(assembly))
        tag = f'"{card.digest}"'
        if request.headers.get("If-None-Match") == tag and _kept(card.digest).exists():
            return _fresh(HttpResponseNotModified(), tag)
        content = _content(card.digest) or _soon(card)
        if content is None:
            answer = HttpResponse(stand_in(), content_type="image/png")
            answer["Cache-Control"] = f"public, max-age={SOON}"
            return answer
        return _fresh(HttpResponse(content, content_type="image/png"), tag)


def accent_of(assembly: Assembly) -> str:
    """The colour of its pages, as it is read on paper."""
    return scheme(assembly.accent or OURS, LIGHT).accent


@cache
def stand_in() -> bytes:
    """The site's own picture."""
    return STAND_IN.read_bytes()


def _soon(card: sharing.Card) -> bytes | None:
    """Ask for the picture; who is the first to, and where few wait, waits a moment for it. So few threads ever do."""
    if not picture_keeping.ask(card):
        return None
    waiting = Picture.objects.filter(content=None).count()
    paint.apply_async(expires=SOON)
    for _ in range(TURNS if waiting <= FEW else 0):
        time.sleep(TURN)
        if content := _content(card.digest):
            return content
    return None


def _content(digest: str) -> bytes | None:
    found = _kept(digest).values_list("content", flat=True).first()
    return bytes(found) if found else None


def _kept(digest: str) -> QuerySet[Picture]:
    return Picture.objects.filter(digest=digest, content__isnull=False)


def _fresh(answer: HttpResponse, tag: str) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    answer["ETag"] = tag
    return answer
