"""Every resource of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from deliberation.api import (
    assemblies,
    docs,
    documents,
    exports,
    readings,
    record,
    releases,
    results,
    values,
)

app_name = "api"
ONE = "v1/assemblies/<slug:slug>/"
urlpatterns = [
    path("v1/assemblies/", assemblies.Assemblies.as_view(), name="assemblies"),
    path(ONE, assemblies.AssemblyDetail.as_view(), name="assembly"),
    path(f"{ONE}became/", assemblies.Became.as_view(), name="became"),
    path(f"{ONE}releases/", releases.Releases.as_view(), name="releases"),
    path(f"{ONE}results/", results.Results.as_view(), name="results"),
    path(f"{ONE}values/", values.Values.as_view(), name="values"),
    path(f"{ONE}weighing/", values.Weighing.as_view(), name="weighing"),
    path(f"{ONE}readings/", readings.Readings.as_view(), name="readings"),
    path(f"{ONE}documents/", documents.Documents.as_view(), name="documents"),
    path(
        f"{ONE}documents/<uuid:artifact_id>/<int:number>/",
        documents.Document.as_view(),
        name="document",
    ),
    path(f"{ONE}export/<str:table>.jsonl", exports.Export.as_view(), name="export"),
    path(f"{ONE}polis/<uuid:subject_id>/<str:file>", exports.Polis.as_view(), name="polis"),
    path("v1/record/heads/", record.Heads.as_view(), name="heads"),
    path("v1/record/consistency/", record.Consistency.as_view(), name="consistency"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
]
