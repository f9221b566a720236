"""The published moral graph, from a queue of suggestions to a published clause: decided, contested, undone, and every page looked at."""

from collections import Counter

from deliberation.artifacts.actions import drafting
from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.moderation import queries
from deliberation.moderation.actions import undoing, values
from deliberation.moderation.models import Appeal, Decision, Meaning
from deliberation.moderation.why import BY_MISTAKE, Why
from deliberation.web.public.links import token_for
from elicitation.graph import regrouping
from elicitation.graph.models import Endorsement, Regrouping, Value
from tests._publishing import signed_and_published
from tests.deliberation.moderation._state import state
from tests.journeys import _moral_graph as moral
from tests.journeys.test_every_page import WIDTHS

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 640}}
RUN = "/run/moral"
SAME = moral.SAME
SAME_WORDS = Why("All its authors speak of guidance.")


def counted(inquiry):
    """Votes that count at roots, a person and root once."""
    standing = Endorsement.objects.standing().filter(value__inquiry=inquiry)
    pairs = Counter(standing.values_list("respondent", "value__root"))
    assert set(pairs.values()) == {1}
    return len(pairs), standing.values("respondent").distinct().count()


def open_door(assembly, card):
    """A link made for the author of a card that was brought along."""
    member = taking_part.open_door(assembly, card.revision.response.respondent, "en")
    return member, f"/back/{gates.receipt_code(member)}/"


def test_the_moral_graph_from_a_queue_of_suggestions_to_a_published_clause(visitor, hall):
    ada, bo = hall
    assembly, inquiry = ada.assembly, ada.assembly.inquiries.get()
    desk = visitor(**DESK)
    desk.page.goto(f"/sign-in/{token_for(ada.moderator)}/")
    desk.go(f"{RUN}/queue/", "reconciling-queue")
    waiting = queries.queue(assembly).count()
    kinds = desk.page.get_by_role("navigation", name="By what waits")
    assert kinds.get_by_role("link", name=f"new card {waiting}", exact=True).is_visible()
    left = moral.decide_all(ada)
    assert not queries.queue(assembly).exists()
    voters = moral.weigh(inquiry)
    assert counted(inquiry)[1] == voters

    # What seems one is folded: once on the page, the others likewise; nobody's vote is lost or counts twice.
    regrouping.regroup_inquiry(inquiry.pk)
    suggested = Regrouping.objects.open().filter(kind="merge").count()
    assert suggested > 1
    before = state(inquiry)
    desk.go(f"{RUN}/values/close/", "reconciling-close-values")
    desk.page.locator("summary", has_text="They are one: fold them").first.click()
    desk.press("Fold")
    for found in Regrouping.objects.open().filter(kind="merge"):
        members = [m.value for m in found.members.select_related("value")]
        seen = {value.pk: value.version for value in members}
        values.fold_suggested(bo, found, members[0], seen, SAME)
    assert counted(inquiry)[1] == voters
    folds = list(Decision.objects.living().filter(kind="fold").order_by("at"))
    assert len(folds) >= suggested
    for root in Value.objects.standing().filter(inquiry=inquiry).select_related("tally"):
        said = Endorsement.objects.standing().filter(value__root=root)
        tally = getattr(root, "tally", None)
        assert said.count() == (tally.agrees + tally.passes + tally.disagrees if tally else 0)

    # An author says no to where their card ended, appeals, and is heard by the other moderator.
    child = Value.objects.get(pk=folds[0].value_id)
    member, door = open_door(assembly, child.evidence.first().candidate)
    values.reword(ada, child.root, ("Steady guidance", child.root.policies), child.root.version, SAME_WORDS)  # fmt: skip
    asked = Meaning.objects.current().get(candidate__evidence__value=child)
    author = visitor(**PHONE)
    author.page.goto(door)
    author.go("/a/moral/mine/", "reconciling-mine")
    author.go(f"/a/moral/mine/meant/{asked.pk}/", "reconciling-meant")
    assert author.page.evaluate(WIDTHS) == 0
    author.page.get_by_label("What is missing or wrong").fill("It is about faith.")
    author.press("no")
    author.go(
        f"/a/moral/mine/cards/{asked.candidate_id}/again/{folds[0].pk}/", "reconciling-appeal"
    )
    author.page.get_by_label("What should be looked at again?").fill("These two are not one.")
    author.press("Ask that somebody else looks again")
    assert Appeal.objects.get().decision == folds[0]
    other = visitor(**DESK)
    judge = ada if folds[0].moderator_id == bo.moderator.pk else bo
    other.page.goto(f"/sign-in/{token_for(judge.moderator)}/")
    other.go(f"{RUN}/queue/?kind=meaning", "reconciling-queue-noes")
    other.follow(asked.candidate.title, "reconciling-objecting")
    other.press("I have looked at it")
    other.go(f"{RUN}/appeals/{Appeal.objects.get().pk}/", "reconciling-appeal-staff")
    other.page.get_by_label("Your answer to the author").fill("You are right, they are two.")
    other.press("The author is right: undo it")
    child.refresh_from_db()
    assert not child.is_folded
    author.go("/a/moral/mine/")
    assert member.respondent.appeals.get().state == "overturned"

    # All folds undone, everything is as it was before them.
    for decision in Decision.objects.living().filter(kind__in=["fold", "rename"]).order_by("-at"):
        undoing.undo_chain(ada, decision, BY_MISTAKE)
    assert state(inquiry)["votes"] == before["votes"]
    assert state(inquiry)["tallies"] == before["tallies"]
    assert state(inquiry)["cards"] == before["cards"]

    # Folded again, a clause is published, and its page follows to the root.
    first, second = (Value.objects.get(pk=pk) for pk in (folds[-1].value_id, folds[-1].other_id))
    version = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.write_clause(version, "Say what a choice will ask of you later.", [first])
    seen = {value.pk: value.version for value in (first, second)}
    values.fold(ada, first, second, seen, SAME)
    signed_and_published(version)
    public = visitor(**PHONE)
    public.go(f"/a/moral/documents/{version.artifact_id}/1/", "reconciling-document")
    assert public.sees(second.title)
    public.page.goto(f"/a/moral/values/{first.pk}/")
    assert str(second.pk) in public.page.url

    # The pages of moderation, for everybody and for staff, on a phone too.
    undone = Decision.objects.exclude(undone_at=None).first()
    living = Decision.objects.living().filter(kind="accept").first()
    answer = left.revision.response_id
    for number, path in enumerate(
        [f"{RUN}/queue/", f"{RUN}/queue/second/", f"{RUN}/queue/figures/", f"{RUN}/decisions/", f"{RUN}/decisions/{living.pk}/undo/", f"{RUN}/decisions/{undone.pk}/undo/",
         f"{RUN}/values/{second.pk}/", f"{RUN}/values/{first.pk}/", f"{RUN}/reasons/", f"{RUN}/answers/{answer}/hide/",
         "/a/moral/moderation/", "/a/moral/reasons/"]
    ):  # fmt: skip
        desk.go(path, f"reconciling-desk-{number}")
    phone = visitor(**PHONE, locale="ar", color_scheme="dark")
    phone.page.goto(f"/sign-in/{token_for(ada.moderator)}/")
    for number, path in enumerate(
        [f"{RUN}/queue/", f"{RUN}/queue/second/", f"{RUN}/queue/figures/", f"{RUN}/decisions/", f"{RUN}/values/{second.pk}/", f"{RUN}/values/close/", f"{RUN}/reasons/",
         f"{RUN}/answers/{answer}/hide/", "/a/moral/moderation/", "/a/moral/reasons/"]
    ):  # fmt: skip
        phone.go(path, f"reconciling-phone-{number}")
        assert phone.page.evaluate(WIDTHS) == 0, path
