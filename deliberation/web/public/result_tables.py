"""Results as tables to take along: what is not told to everybody is an empty cell, never a nought. The name of a file says of which result it is."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.exports.csv_form import cells, line
from deliberation.opinion import reading
from deliberation.opinion.explored import Explored, Sifted, sifted, steps
from deliberation.opinion.exploring import landscape
from deliberation.opinion.models import Analysis
from deliberation.web.public.graph import phrased
from deliberation.web.public.sieve import SieveForm, asked, sieve
from deliberation.web.public.telling import texts
from deliberation.web.seats import spoken
from elicitation.interview.models import Inquiry

Row = Mapping[str, Any]
COUNTS = ("agree", "n", "low", "high")


class ValuesTable(View):
    """The values one explores, those the address asks for and in its order."""

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        found = landscape(who, subject) if isinstance(subject, Inquiry) else None
        if found is None or found.too_few or not isinstance(subject, Inquiry):
            raise NotHere
        whole, said = found.whole, asked(request)
        phrases = phrased(subject, spoken(request, who.assembly.languages))
        form = SieveForm(said, whole, phrases, steps(n.day for n in whole.nodes if n.day))
        lets = sifted(whole, sieve(form, said))
        return written(values(whole, lets), f"{slug}-values-{found.graph.analysis.pk}")


class StatementsTable(View):
    """What each group says to each statement."""

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen = reading.seen(who, subject, Analysis.Kind.GROUPS)
        if seen is None or "statements" not in seen.result:
            raise NotHere
        words = texts(subject, seen.result["statements"])
        titles = {one: text.words for one, text in words.items()}
        return written(statements(seen.result, titles), f"{slug}-votes-{seen.analysis.pk}")


def values(whole: Explored, lets: Sifted) -> Iterable[Row]:
    """A row a value, in order."""
    into, out = [0] * len(whole.nodes), [0] * len(whole.nodes)
    for number in lets.lines:
        into[whole.lines[number].end] += 1
        out[whole.lines[number].start] += 1
    for place in lets.nodes:
        node = whole.nodes[place]
        best, worst = node.ranks or (None, None)
        yield {
            "value": node.id,
            "title": node.title,
            "language": node.language,
            "rank_best": best,
            "rank_worst": worst,
            "agree": node.agree,
            "n": node.n,
            **_by_group({name: _plain(node.groups.get(name)) for name in whole.groups}),
            "wiser_than": into[place],
            "less_wise_than": out[place],
        }


def statements(result: Mapping[str, Any], titles: Mapping[str, str]) -> Iterable[Row]:
    """A row a statement that still has words."""
    names = [group["name"] for group in result["groups"] if group.get("size") is not None]
    for one, title in titles.items():
        said, profile = result["statements"][one], result["profiles"][one]
        yield {
            "statement": one,
            "words": title,
            "agree": said["agree"],
            "disagree": said["disagree"],
            "pass": said["pass"],
            **_by_group({name: profile["groups"].get(name) for name in names}),
        }


def written(rows: Iterable[Row], name: str) -> HttpResponse:
    """The rows as CSV to be kept under a name."""
    told = list(rows)
    heads = [line(told[0])] if told else []
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    body = "".join([*heads, *(line(cells(row)) for row in told)])
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=disposition)


def _plain(cell: Any) -> Row | None:
    return {what: getattr(cell, what) for what in COUNTS} if cell else None


def _by_group(told: Mapping[str, Row | None]) -> Row:
    """The counts of each group with the interval of its share, each in a column of its own; the interval to four places."""
    return {
        f"{what}_{name}": _rounded(cell[what]) if cell else None
        for name, cell in told.items()
        for what in COUNTS
    }


def _rounded(number: Any) -> Any:
    return round(number, 4) if isinstance(number, float) else number
