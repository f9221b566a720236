"""Where everybody goes."""

from django.urls import path

from deliberation.web.public import home, reading, signing_in

app_name = "public"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("a/<slug:slug>/", home.AssemblyPage.as_view(), name="assembly"),
    path("a/<slug:slug>/became/", home.Became.as_view(), name="became"),
    path("a/<slug:slug>/charter/", reading.Charter.as_view(), name="charter"),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/",
        reading.Document.as_view(),
        name="document",
    ),
    path("sign-in/", signing_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/<str:token>/", signing_in.SignInLink.as_view(), name="sign_in_link"),
    path("sign-out/", signing_in.SignOut.as_view(), name="sign_out"),
]
