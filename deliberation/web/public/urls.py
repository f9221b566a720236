"""Where everybody goes."""

from django.urls import path, re_path

from deliberation.web.public import (
    files,
    graph,
    graph_files,
    home,
    joining_staff,
    moderation,
    proving,
    reading,
    record,
    results,
    rules,
    signing_in,
    value,
    voting,
    wall,
)

app_name = "public"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("a/<slug:slug>/", home.AssemblyPage.as_view(), name="assembly"),
    path("a/<slug:slug>/became/", home.Became.as_view(), name="became"),
    path("a/<slug:slug>/moderation/", moderation.History.as_view(), name="moderation"),
    path("a/<slug:slug>/reasons/", moderation.Reasons.as_view(), name="reasons"),
    path("a/<slug:slug>/charter/", reading.Charter.as_view(), name="charter"),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/",
        reading.Document.as_view(),
        name="document",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/proof.json",
        proving.Proof.as_view(),
        name="proof",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/bundle.json",
        proving.Bundle.as_view(),
        name="bundle",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/made/",
        reading.Made.as_view(),
        name="made",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/changed/",
        reading.Difference.as_view(),
        name="difference",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/files/",
        files.Files.as_view(),
        name="files",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/files/<slug:form>",
        files.File.as_view(),
        name="file",
    ),
    path(
        "a/<slug:slug>/documents/<uuid:artifact_id>/<int:number>/vote/",
        voting.Vote.as_view(),
        name="vote",
    ),
    path("record/", record.Record.as_view(), name="record"),
    path("record/checkpoint", record.Checkpoint.as_view(), name="checkpoint"),
    path("record/heads", record.Heads.as_view(), name="heads"),
    path("record/consistency", record.Consistency.as_view(), name="consistency"),
    path("record/verify.py", record.Verifier.as_view(), name="verifier"),
    re_path(
        r"^record/tile/(?P<level>\d{1,2})/(?P<place>(?:x\d{3}/){0,4}\d{3})(?:\.p/(?P<width>\d{1,3}))?$",
        record.TileOf.as_view(),
        name="tile",
    ),
    path("a/<slug:slug>/results/", results.Results.as_view(), name="results"),
    path("a/<slug:slug>/results/<uuid:subject_id>/", results.Groups.as_view(), name="groups"),
    path("a/<slug:slug>/results/<uuid:subject_id>/rules/", rules.Rules.as_view(), name="rules"),
    path("a/<slug:slug>/results/<uuid:subject_id>/graph/", graph.Graph.as_view(), name="graph"),
    path(
        "a/<slug:slug>/results/<uuid:subject_id>/graph.<slug:form>",
        graph_files.GraphFile.as_view(),
        name="graph_file",
    ),
    path(
        "a/<slug:slug>/graphs/<uuid:graph_id>.<slug:form>",
        graph_files.BroughtFile.as_view(),
        name="brought_file",
    ),
    path("schemas/graph.json", graph_files.Schema.as_view(), name="graph_schema"),
    path("schemas/<slug:name>.json", files.Schema.as_view(), name="schema"),
    path("a/<slug:slug>/graphs/<uuid:graph_id>/", graph.Brought.as_view(), name="brought"),
    path("a/<slug:slug>/values/<uuid:value_id>/", value.ValuePage.as_view(), name="value"),
    path("room/<str:code>/", wall.Wall.as_view(), name="wall"),
    path("room/<str:code>/qr.svg", wall.RoomQr.as_view(), name="wall_qr"),
    path("room/<str:code>/now/<slug:said>/<slug:tongue>/", wall.Now.as_view(), name="wall_now"),
    path("sign-in/", signing_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/<str:token>/", signing_in.SignInLink.as_view(), name="sign_in_link"),
    path("colleague/<str:code>/", joining_staff.Colleague.as_view(), name="colleague"),
    path("sign-out/", signing_in.SignOut.as_view(), name="sign_out"),
]
