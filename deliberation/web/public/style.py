"""The living style page: every component of the style sheet with its states, in light and dark, in both directions of writing."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.web.charts import opinion_map
from deliberation.web.charts.layers import Edge, Node, draw
from deliberation.web.forms import looked_for
from deliberation.web.public.sorting import columns, query
from deliberation.web.public.telling import Group, drawn, shares

LOOKS = ("light", "dark")
STATUSES = ("read", "nothing_found", "not_yet", "person_will_look", "confirmed", "in_value", "in_clause", "withdrawn")  # fmt: skip
POINTS = [(x / 7, (x * x) % 5 / 5, x % 3 - (x % 11 == 0), x % 4 == 0) for x in range(40)]
SAID = {"agree": 41, "n": 50, "low": 0.69, "high": 0.9, "support": 0.82}


class StylePage(View):
    """Nothing of any assembly is on it, and no search engine is to list it."""

    page = "public/style.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        said = {"look": looked_for(request, "look"), "dir": looked_for(request, "dir")}
        look = said["look"] if said["look"] in LOOKS else ""
        direction = "rtl" if said["dir"] == "rtl" else "ltr"
        told = {"look": look, "dir": direction if direction == "rtl" else ""}
        among = [Group(name, *drawn(place), 20, 0) for place, name in enumerate("ABCDE")]
        context = {
            "look": look,
            "direction": direction,
            "looks": [(one, query(told, look=one)) for one in ("", *LOOKS)],
            "turned": query(told, dir="" if direction == "rtl" else "rtl"),
            "statuses": STATUSES,
            "groups": among,
            "shares": shares({"A": SAID, "B": {**SAID, "support": None}}, among[:3]),
            "map": opinion_map.draw(POINTS, ["A", "B", "C"]),
            "drawing": draw([Node("a", 0), Node("b", 0), Node("c")], [Edge("a", "c", 0.9), Edge("b", "c", 0.6)]),
            "columns": columns((("rank", "Rank"), ("-n", "n"), ("", "Held by")), {}),
            "range5": range(5),
            "page": SimpleNamespace(
                paginator=SimpleNamespace(num_pages=3), number=2, has_previous=True, has_next=True,
                previous_page_number=1, next_page_number=3,
            ),
        }  # fmt: skip
        response = render(request, self.page, context)
        response["X-Robots-Tag"] = "noindex"
        return response
