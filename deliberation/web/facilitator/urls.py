"""Where facilitators go."""

from django.urls import path

from deliberation.web.facilitator import (
    answers,
    closeness,
    comparing,
    dashboard,
    deciding,
    drafting,
    founding,
    grouping,
    importing,
    inviting,
    phasing,
    prompting,
    ratifying,
    reading,
    storytelling,
)

app_name = "facilitator"
urlpatterns = [
    path("", dashboard.Home.as_view(), name="home"),
    path("new/", founding.Founding.as_view(), name="founding"),
    path("<slug:slug>/", dashboard.Dashboard.as_view(), name="dashboard"),
    path("<slug:slug>/phases/", phasing.Phases.as_view(), name="phases"),
    path("<slug:slug>/invite/", inviting.Inviting.as_view(), name="inviting"),
    path("<slug:slug>/invite/<int:pk>/qr.svg", inviting.Qr.as_view(), name="qr"),
    path("<slug:slug>/invite/<int:pk>/sheet/", inviting.Sheet.as_view(), name="sheet"),
    path("<slug:slug>/invite/<int:pk>/close/", inviting.Closing.as_view(), name="closing"),
    path("<slug:slug>/answers/", answers.Answers.as_view(), name="answers"),
    path("<slug:slug>/answers/<uuid:response_id>/", answers.Answer.as_view(), name="answer"),
    path(
        "<slug:slug>/answers/<uuid:response_id>/card/", answers.CardByHand.as_view(), name="by_hand"
    ),
    path("<slug:slug>/readings/", reading.Readings.as_view(), name="readings"),
    path("<slug:slug>/readings/prompt/", prompting.Prompting.as_view(), name="prompting"),
    path(
        "<slug:slug>/readings/prompt/<uuid:golden_id>/",
        prompting.GoldenCard.as_view(),
        name="golden_card",
    ),
    path("<slug:slug>/queue/", deciding.Queue.as_view(), name="queue"),
    path("<slug:slug>/queue/<uuid:candidate_id>/", deciding.Deciding.as_view(), name="deciding"),
    path("<slug:slug>/comparisons/", comparing.Comparisons.as_view(), name="comparisons"),
    path("<slug:slug>/stories/", storytelling.Stories.as_view(), name="stories"),
    path("<slug:slug>/groups/<uuid:subject_id>/", grouping.Grouping.as_view(), name="grouping"),
    path("<slug:slug>/values/close/", closeness.CloseValues.as_view(), name="close_values"),
    path("<slug:slug>/values/<uuid:value_id>/", closeness.ValuePage.as_view(), name="value"),
    path("<slug:slug>/undo/", deciding.Undo.as_view(), name="undo"),
    path("<slug:slug>/import/", importing.Uploading.as_view(), name="importing"),
    path("<slug:slug>/import/<uuid:import_id>/", importing.Imported.as_view(), name="imported"),
    path("<slug:slug>/documents/", drafting.Documents.as_view(), name="drafting"),
    path("<slug:slug>/documents/<uuid:version_id>/", drafting.Draft.as_view(), name="version"),
    path("<slug:slug>/documents/<uuid:version_id>/vote/", ratifying.Vote.as_view(), name="vote"),
    path(
        "<slug:slug>/documents/<uuid:version_id>/<uuid:clause_id>/",
        drafting.ClausePage.as_view(),
        name="clause",
    ),
]
