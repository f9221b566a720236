"""Where researchers go."""

from django.urls import path

from deliberation.web.researcher import exporting

app_name = "researcher"
urlpatterns = [
    path("", exporting.Home.as_view(), name="home"),
    path("<slug:slug>/", exporting.Files.as_view(), name="files"),
    path("<slug:slug>/<str:table>.jsonl", exporting.TableFile.as_view(), name="table"),
    path("<slug:slug>/all.zip", exporting.Package.as_view(), name="package"),
]
