"""The whole graph as the explorer's picture takes it: one compact file, the same for every filter, which browsers keep and ask after by its tag."""

import gzip
import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading
from deliberation.opinion.explored import EVERY, NONE, SOME, Explored, Node
from deliberation.opinion.exploring import Landscape, landscape
from elicitation.interview.models import Inquiry

UNKNOWN = -1
MARKS = {EVERY: "e", SOME: "s", NONE: "n"}  # who holds a value; one group alone: its place
MOST_KEPT = 4


class ExplorerFile(View):
    """What everybody may see, or all for who runs the assembly. It may be kept, and is asked after each time, for words can be taken back."""

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        found = landscape(who, subject) if isinstance(subject, Inquiry) else None
        if found is None or found.too_few:
            raise NotHere
        tag = f'"{found.tag}"'
        held = parse_etags(request.headers.get("If-None-Match", ""))
        response = (
            HttpResponseNotModified()
            if tag in {one.removeprefix("W/") for one in held}
            else _sent(request, found)
        )
        response["ETag"] = tag
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        return response


def _sent(request: HttpRequest, found: Landscape) -> HttpResponse:
    packed = _packed(found.tag, found.whole)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed), content_type="application/json")
    return HttpResponse(
        packed, content_type="application/json", headers={"Content-Encoding": "gzip"}
    )


@lru_cache(maxsize=MOST_KEPT)
def _packed(tag: str, whole: Explored) -> bytes:
    told = json.dumps(compact(whole), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(f'{{"tag":"{tag}",{told[1:]}'.encode(), compresslevel=6, mtime=0)


def compact(whole: Explored) -> dict[str, Any]:
    """Side by side, in the order of nodes: `ids`, `titles`, `x` and `y`, the best `rank` (0: none), `held` (a character each, of MARKS), and
    `shares` in percent (-1: too few to tell) of `all` and by group. `lines`: start, end and percent, one after the other.
    """
    nodes = whole.nodes
    return {
        "ids": [node.id for node in nodes],
        "titles": [node.title for node in nodes],
        "x": [node.at[0] if node.at else None for node in nodes],
        "y": [node.at[1] if node.at else None for node in nodes],
        "rank": [node.ranks[0] if node.ranks else 0 for node in nodes],
        "held": "".join(_mark(whole, node) for node in nodes),
        "shares": {
            "all": [_share(node.agree, node.n) for node in nodes],
            **{name: [_of_group(node, name) for node in nodes] for name in whole.groups},
        },
        "lines": [
            number
            for line in whole.lines
            for number in (line.start, line.end, UNKNOWN if line.percent is None else line.percent)
        ],
    }


def _mark(whole: Explored, node: Node) -> str:
    """Who holds a value: one group of several by its place, else by MARKS; "u" where it is not told."""
    if node.held == SOME and len(node.holders) == 1:
        return str(whole.groups.get(node.holders[0], 0) % 5)
    return MARKS.get(node.held, "u")


def _of_group(node: Node, name: str) -> int:
    cell = node.groups.get(name)
    return _share(cell.agree, cell.n) if cell else UNKNOWN


def _share(agree: int | None, n: int | None) -> int:
    return UNKNOWN if agree is None or not n else round(100 * agree / n)
