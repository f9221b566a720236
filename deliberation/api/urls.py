"""Every resource of the API. What was seen before is not sent again: answers carry an ETag."""

from collections.abc import Callable
from typing import cast

from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView
from rest_framework.views import APIView

from deliberation.api import (
    assemblies,
    cards,
    docs,
    documents,
    exports,
    graph,
    imports,
    measures,
    packages,
    proposals,
    readings,
    record,
    releases,
    results,
    values,
)

app_name = "api"
ONE = "v1/assemblies/<slug:slug>/"


def tagged(view: type[APIView]) -> Callable[..., HttpResponseBase]:
    """A resource as an address needs it, which answers 304 where `If-None-Match` is what it would say. Streams have no tag."""
    return cast(Callable[..., HttpResponseBase], conditional_page(view.as_view()))


urlpatterns = [
    path("v1/assemblies/", tagged(assemblies.Assemblies), name="assemblies"),
    path(ONE, tagged(assemblies.AssemblyDetail), name="assembly"),
    path(f"{ONE}became/", tagged(assemblies.Became), name="became"),
    path(f"{ONE}releases/", tagged(releases.Releases), name="releases"),
    path(
        f"{ONE}release-requests/",
        tagged(releases.ReleaseRequests),
        name="release_requests",
    ),
    path(
        f"{ONE}release-requests/<uuid:request_id>/",
        tagged(releases.OneReleaseRequest),
        name="release_request",
    ),
    path(f"{ONE}results/", tagged(results.Results), name="results"),
    path(f"{ONE}contexts/", tagged(graph.Contexts), name="contexts"),
    path(f"{ONE}values/", tagged(values.Values), name="values"),
    path(f"{ONE}values/<uuid:value_id>/", tagged(values.ValueDetail), name="value"),
    path(f"{ONE}norms/", tagged(graph.Norms), name="norms"),
    path(f"{ONE}norms/<uuid:norm_id>/", tagged(graph.NormDetail), name="one_norm"),
    path(f"{ONE}transitions/", tagged(graph.Transitions), name="transitions"),
    path(f"{ONE}weighing/", tagged(values.Weighing), name="weighing"),
    path(f"{ONE}readings/", tagged(readings.Readings), name="readings"),
    path(f"{ONE}documents/", tagged(documents.Documents), name="documents"),
    path(
        f"{ONE}documents/<uuid:artifact_id>/<int:number>/",
        tagged(documents.Document),
        name="document",
    ),
    path(f"{ONE}clauses/<uuid:clause_id>/", tagged(documents.OneClause), name="one_clause"),
    path(f"{ONE}imports/", tagged(imports.Imports), name="imports"),
    path(f"{ONE}imports/<uuid:import_id>/", tagged(imports.OneImport), name="import"),
    path(f"{ONE}cards/", tagged(cards.Cards), name="cards"),
    path(f"{ONE}cards/<uuid:candidate_id>/", tagged(cards.OneCard), name="card"),
    path(f"{ONE}ai-proposals/", tagged(proposals.Proposals), name="proposals"),
    path(
        f"{ONE}ai-proposals/<uuid:proposal_id>/",
        tagged(proposals.OneProposal),
        name="proposal",
    ),
    path(f"{ONE}export/<str:table>.jsonl", tagged(exports.Export), name="export"),
    path(f"{ONE}polis/<uuid:subject_id>/<str:file>", tagged(exports.Polis), name="polis"),
    path(f"{ONE}measures/", tagged(measures.Measures), name="measures"),
    path(f"{ONE}packages/", tagged(packages.Packages), name="packages"),
    path(f"{ONE}packages/<uuid:package_id>/", tagged(packages.OnePackage), name="package"),
    path(f"{ONE}packages/<uuid:package_id>.zip", tagged(packages.PackageFile), name="package_file"),
    path("v1/record/heads/", tagged(record.Heads), name="heads"),
    path("v1/record/consistency/", tagged(record.Consistency), name="consistency"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
]
