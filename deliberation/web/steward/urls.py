"""Where stewards of an organisation go."""

from django.urls import path

from deliberation.web.steward import people

app_name = "steward"
urlpatterns = [
    path("<slug:organisation>/", people.People.as_view(), name="organisation"),
    path(
        "<slug:organisation>/links/<int:pk>/", people.Uninviting.as_view(), name="taking_link_back"
    ),
    path("<slug:organisation>/people/<int:pk>/", people.LettingGo.as_view(), name="ending_place"),
]
