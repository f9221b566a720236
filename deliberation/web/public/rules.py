"""The rules people ask for, what they are for, and how widely each holds."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.reading import Seen
from deliberation.opinion.sentences import lowest, sentence
from deliberation.opinion.withholding import FEWEST
from deliberation.web.public.results import frame, named
from deliberation.web.public.telling import groups, shares
from elicitation.graph.models import Norm
from elicitation.graph.norms import Behind, behind, norms_of, quotes_of, served_by
from elicitation.interview.models import Inquiry

PAGE = 25


class Rules(View):
    page = "public/results/rules.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        if not isinstance(subject, Inquiry):
            raise NotHere
        seen = reading.seen(who, subject, Analysis.Kind.GROUPS)
        page = Paginator(norms_of([subject]), PAGE).get_page(request.GET.get("page"))
        norms = list(page)
        keys = [norm.pk for norm in norms]
        serves, quotes, people = served_by(norms), quotes_of(keys), behind(keys)
        context = {
            **frame(request, who),
            **named(request, subject),
            "seen": seen,
            "hidden": not who.may_see(subject),
            "page": page,
            "rules": [
                {
                    "norm": norm,
                    "serves": serves.get(norm.pk, []),
                    "quotes": quotes.get(norm.pk, []),
                    "agreement": agreed(people.get(norm.pk)),
                    **profile(norm, seen),
                }
                for norm in norms
            ],
        }
        return render(request, self.page, context)


def agreed(people: Behind | None) -> Behind | None:
    """How many authors find their rule in its words; None where so few stand behind it that one could be known."""
    return people if people and people.authors >= FEWEST else None


def profile(norm: Norm, seen: Seen | None) -> dict[str, Any]:
    """How widely a rule holds, as the newest result says; nothing where it does not know it yet, or may not tell."""
    said = seen.result.get("norms", {}).get(str(norm.pk)) if seen else None
    if seen is None or not said or not said["profile"]:
        return {}
    found = said["profile"]
    return {
        "said": said,
        "sentence": sentence(found),
        "lowest": lowest(found),
        "shares": shares(found["groups"], groups(seen.result)),
    }
