"""Where researchers go."""

from django.urls import path

from deliberation.web.researcher import exporting, measures, packaging, programs, undertaking

app_name = "researcher"
urlpatterns = [
    path("", exporting.Home.as_view(), name="home"),
    path("<slug:slug>/", exporting.Files.as_view(), name="files"),
    path("<slug:slug>/<str:table>.jsonl", exporting.TableFile.as_view(), name="table"),
    path("<slug:slug>/agreement/", undertaking.Undertaking.as_view(), name="agreement"),
    path("<slug:slug>/programs/", programs.Programs.as_view(), name="programs"),
    path("<slug:slug>/programs/<int:pk>/", programs.Ending.as_view(), name="ending_token"),
    path(
        "<slug:slug>/polis/<uuid:subject_id>/<str:file>",
        exporting.PolisFile.as_view(),
        name="polis",
    ),
    path("<slug:slug>/measures/", measures.Measures.as_view(), name="measures"),
    path("<slug:slug>/measures.csv", measures.MeasuresFile.as_view(), name="measures_file"),
    path("<slug:slug>/packages/", packaging.Packages.as_view(), name="packages"),
    path(
        "<slug:slug>/packages/<uuid:package_id>.zip",
        packaging.PackageFile.as_view(),
        name="package",
    ),
]
