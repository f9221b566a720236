"""Every address, by who goes there."""

from django.urls import include, path

from deliberation.project import health
from deliberation.project.metrics import metrics

handler404 = "deliberation.project.failing.not_found"
handler500 = "deliberation.project.failing.broken"
urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", metrics),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("deliberation.api.urls")),
    path("run/", include("deliberation.web.facilitator.urls")),
    path("organisations/", include("deliberation.web.steward.urls")),
    path("research/", include("deliberation.web.researcher.urls")),
    path("", include("deliberation.web.staff.urls")),
    path("", include("deliberation.web.citizen.urls")),
    path("", include("deliberation.web.public.urls")),
]
