"""A result at an address of its own, which stays: what a figure that was quoted rests on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.web.public import graph, results


class KeptResult(View):
    """The page of the result as it was, or, where a newer one replaced it, how it was made."""

    page = "public/results/replaced.html"

    def get(
        self, request: HttpRequest, slug: str, subject_id: UUID, analysis_id: UUID
    ) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen, replaced = reading.seen_at(who, subject, analysis_id)
        room = graph if seen.analysis.kind == Analysis.Kind.GRAPH else results
        page = graph.Graph.page if room is graph else results.Groups.page
        context = {**room.shown(request, who, subject, seen), "replaced": replaced}
        return render(request, self.page if replaced and not who.whole else page, context)
