"""The public record: its signed heads, and what witnesses fetch to hold it to them. No entry is shown, only hashes."""

import base64
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies.errors import NotHere
from elicitation.record import queries
from elicitation.record.models import TreeHead
from elicitation.record.tiles import HASH, WIDTH

PAGE, MOST_LINES = 20, 1000
PLAIN = "text/plain; charset=utf-8"


class Record(View):
    """Heads, newest first; `before` names the size the page ends at."""

    def get(self, request: HttpRequest) -> HttpResponse:
        before = number(request.GET.get("before", ""))
        heads = TreeHead.objects.filter(size__lt=before) if before else TreeHead.objects.all()
        shown = list(heads[: PAGE + 1])
        state = queries.state()
        context = {
            "heads": shown[:PAGE],
            "older": shown[PAGE - 1].size if len(shown) > PAGE else None,
            "before": before,
            "newest": state.head,
            "waiting": state.waiting,
        }
        return render(request, "public/record.html", context)


class Checkpoint(View):
    """The newest head as it was signed (C2SP tlog-checkpoint)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        head = queries.latest_head()
        if head is None:
            raise NotHere
        return plain(head.note)


class Heads(View):
    """A line a head after `since`, oldest first, a thousand at most: size, root in base64, when it was sealed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        since = number(request.GET.get("since", "")) or 0
        heads = TreeHead.objects.filter(size__gt=since).order_by("size")[:MOST_LINES]
        return plain(
            "".join(f"{h.size} {based(h.root)} {h.sealed_at.isoformat()}\n" for h in heads)
        )


class Consistency(View):
    """The proof that head `to` (the newest, if not named) continues the tree of `from` entries, in the form witnesses take:
    the older size, a hash a line, an empty line, the newer head as it was signed (C2SP tlog-witness).
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        first = number(request.GET.get("from", ""))
        head = head_of(request.GET.get("to", ""))
        if not first or head is None or first > head.size:
            raise NotHere
        steps = "".join(f"{based(step)}\n" for step in queries.consistency(first, head.size))
        return plain(f"old {first}\n{steps}\n{head.note}")


class TileOf(View):
    """A tile of the tree, whole or its first hashes (C2SP tlog-tiles)."""

    def get(
        self, request: HttpRequest, level: str, place: str, width: str = str(WIDTH)
    ) -> HttpResponse:
        end = int(width) * HASH
        number = int(place.replace("x", "").replace("/", ""))
        try:
            found = queries.read_tile((int(level), number))
        except LookupError as missing:
            raise NotHere from missing
        if not 0 < end <= len(found):
            raise NotHere
        answer = HttpResponse(found[:end], content_type="application/octet-stream")
        answer["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


class Verifier(View):
    """The program that verifies without us, as a file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        program = Path(settings.BASE_DIR / "verify.py").read_text(encoding="utf-8")
        answer = plain(program)
        answer["Content-Disposition"] = 'attachment; filename="verify.py"'
        return answer


def head_of(size: str) -> TreeHead | None:
    """The head of a size as an address names it; the newest for ""."""
    wanted = number(size)
    if wanted is None:
        return None if size else queries.latest_head()
    return TreeHead.objects.filter(size=wanted).first()


def number(text: str) -> int | None:
    """A number as an address writes it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def plain(text: str) -> HttpResponse:
    """Text for programs."""
    return HttpResponse(text, content_type=PLAIN)


def based(raw: bytes | memoryview) -> str:
    """Bytes in base64."""
    return base64.b64encode(bytes(raw)).decode()
