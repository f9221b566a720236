"""Where citizens go."""

from django.urls import path

from deliberation.web.citizen import (
    agreeing,
    answering,
    belonging,
    confirming,
    counted,
    erasing,
    everything,
    joining,
    judging,
    letters,
    likening,
    meaning,
    mine,
    minority,
    objecting,
    proposing,
    receipts,
    returning,
    ruling,
    said,
    saying_more,
    unsent,
    upholding,
    voting,
    weighing,
)

app_name = "citizen"
urlpatterns = [
    path("join/", joining.Typed.as_view(), name="join"),
    path("join/<str:code>/", joining.Welcome.as_view(), name="welcome"),
    path("back/", returning.Typed.as_view(), name="back_typed"),
    path("back/<str:code>/", returning.Back.as_view(), name="back"),
    path("a/<slug:slug>/consent/", joining.Consenting.as_view(), name="consenting"),
    path("a/<slug:slug>/leave/", joining.Leaving.as_view(), name="leaving"),
    path("a/<slug:slug>/answer/<uuid:prompt_id>/", answering.Answering.as_view(), name="answering"),
    path(
        "a/<slug:slug>/received/<uuid:response_id>/", answering.Received.as_view(), name="received"
    ),
    path("a/<slug:slug>/unsent/<uuid:about_id>/", unsent.Keeping.as_view(), name="unsent"),
    path("a/<slug:slug>/about-me/", belonging.AboutMe.as_view(), name="about_me"),
    path("a/<slug:slug>/mine/counted/", counted.Counted.as_view(), name="counted"),
    path("a/<slug:slug>/mine/letters/", letters.Letters.as_view(), name="letters"),
    path("a/<slug:slug>/mine/agreed/", agreeing.Agreeing.as_view(), name="agreeing"),
    path("a/<slug:slug>/mine/", mine.Mine.as_view(), name="mine"),
    path("a/<slug:slug>/mine/<uuid:response_id>/change/", mine.Changing.as_view(), name="changing"),
    path(
        "a/<slug:slug>/mine/<uuid:response_id>/withdraw/",
        mine.Withdrawing.as_view(),
        name="withdrawing",
    ),
    path(
        "a/<slug:slug>/mine/<uuid:response_id>/receipt.json",
        receipts.Receipt.as_view(),
        name="receipt",
    ),
    path(
        "a/<slug:slug>/mine/more/<uuid:follow_up_id>/",
        saying_more.SayingMore.as_view(),
        name="saying_more",
    ),
    path(
        "a/<slug:slug>/mine/cards/<uuid:candidate_id>/same/",
        likening.Likening.as_view(),
        name="likening",
    ),
    path("a/<slug:slug>/mine/meant/<uuid:meaning_id>/", meaning.Meant.as_view(), name="meant"),
    path(
        "a/<slug:slug>/mine/cards/<uuid:about_id>/again/<uuid:decision_id>/",
        meaning.Appealing.as_view(),
        name="appealing",
    ),
    path("a/<slug:slug>/mine/everything/", everything.Everything.as_view(), name="everything"),
    path("a/<slug:slug>/mine/everything.json", everything.File.as_view(), name="everything_file"),
    path("a/<slug:slug>/draft/", objecting.Drafts.as_view(), name="drafts"),
    path("a/<slug:slug>/draft/<uuid:version_id>/", objecting.Draft.as_view(), name="draft"),
    path(
        "a/<slug:slug>/draft/<uuid:version_id>/<uuid:clause_id>/",
        objecting.Objecting.as_view(),
        name="objecting",
    ),
    path(
        "a/<slug:slug>/draft/<uuid:version_id>/objections/<uuid:objection_id>/",
        objecting.OneObjection.as_view(),
        name="objection",
    ),
    path("a/<slug:slug>/vote/", voting.Votes.as_view(), name="votes"),
    path("a/<slug:slug>/vote/erase/", voting.Erasing.as_view(), name="erasing_votes"),
    path("a/<slug:slug>/vote/<uuid:version_id>/", voting.Voting.as_view(), name="voting"),
    path(
        "a/<slug:slug>/vote/<uuid:version_id>/take-back/",
        voting.TakingBack.as_view(),
        name="taking_back",
    ),
    path(
        "a/<slug:slug>/vote/<uuid:version_id>/statements/",
        minority.Statements.as_view(),
        name="statements",
    ),
    path(
        "a/<slug:slug>/vote/<uuid:version_id>/statements/<uuid:statement_id>/",
        minority.Statement.as_view(),
        name="statement",
    ),
    path("a/<slug:slug>/weigh/", weighing.Weighing.as_view(), name="weighing"),
    path("a/<slug:slug>/weigh/rules/", upholding.Upholding.as_view(), name="upholding"),
    path("a/<slug:slug>/weigh/rules/said/", upholding.Upheld.as_view(), name="upheld"),
    path("a/<slug:slug>/weigh/said/", said.Said.as_view(), name="said"),
    path("a/<slug:slug>/weigh/said/erase/", said.Erasing.as_view(), name="erasing_said"),
    path("a/<slug:slug>/judge/", judging.Judging.as_view(), name="judging"),
    path("a/<slug:slug>/judge/said/", judging.Judgements.as_view(), name="judgements"),
    path("a/<slug:slug>/judge/said/erase/", erasing.Compared.as_view(), name="erasing_compared"),
    path(
        "a/<slug:slug>/judge/said/story/<int:story_id>/erase/",
        erasing.OwnStory.as_view(),
        name="erasing_story",
    ),
    path("a/<slug:slug>/judge/propose/", proposing.Proposing.as_view(), name="proposing"),
    path("a/<slug:slug>/judge/<int:showing_id>/", judging.Judged.as_view(), name="judged"),
    path("a/<slug:slug>/mine/rules/<uuid:norm_id>/", ruling.Ruling.as_view(), name="norm"),
    path(
        "a/<slug:slug>/mine/rules/<uuid:norm_id>/meant/", ruling.Meant.as_view(), name="rule_meant"
    ),
    path(
        "a/<slug:slug>/mine/rules/<uuid:about_id>/again/<uuid:decision_id>/",
        meaning.AppealingRule.as_view(),
        name="appealing_rule",
    ),
    path(
        "a/<slug:slug>/mine/cards/<uuid:candidate_id>/",
        confirming.Confirming.as_view(),
        name="card",
    ),
]
