"""The published moral graph, from its queue to a ratified charter: proposed, contested, amended, voted on, signed, printed, and corrected."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from deliberation.artifacts import contests
from deliberation.artifacts.actions import minority, objecting, ratifying
from deliberation.artifacts.models import Artifact, Poll, Rendition, Version
from deliberation.artifacts.tally import Rules
from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Phase
from deliberation.moderation import queries
from deliberation.opinion.models import Analysis
from deliberation.web.public.links import token_for
from elicitation.extraction.models import Quote
from elicitation.interview.models import Respondent
from tests.journeys import _moral_graph as moral
from tests.journeys.test_every_page import WIDTHS
from tests.workers import empty_broker, until, worker

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 640}}
RUN = "/run/moral"
REASON = "It says nothing of those who cannot choose."
AMENDED = "Nobody is left alone with a choice that cannot be undone."
UNSATISFIED = "I would not have a charter speak of faith."
MINORITY = "Some of us hold that this is no matter for a charter."


@pytest.fixture
def at_work(hall):
    empty_broker()
    with worker() as process:
        yield process


def phase(assembly, kind, starts=-1.0, ends=24.0):
    now = timezone.now()
    span = (now + timedelta(hours=starts), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, kind, *span)


def seated(assembly, number):
    """Authors of cards that came in by a link made for them, and agreed."""
    people = Respondent.objects.filter(responses__prompt__inquiry__assemblies=assembly)
    members = []
    for one in people.distinct().order_by("pk")[:number]:
        members.append(taking_part.open_door(assembly, one, "en"))
        taking_part.agree(members[-1])
    return members


def enter(visitor, member, **how):
    somebody = visitor(**how)
    somebody.page.goto(f"/back/{gates.receipt_code(member)}/")
    return somebody


def staff(visitor, bench, **how):
    somebody = visitor(**how)
    somebody.page.goto(f"/sign-in/{token_for(bench.moderator)}/")
    return somebody


def test_the_moral_graph_becomes_a_ratified_charter_that_can_be_corrected(visitor, hall, at_work):
    ada, bo = hall
    assembly, inquiry = ada.assembly, ada.assembly.inquiries.get()
    desk, colleague = staff(visitor, ada, **DESK), staff(visitor, bo, **DESK)
    desk.go(f"{RUN}/queue/", "charter-queue")
    moral.decide_all(ada)
    assert not queries.queue(assembly).exists()
    moral.weigh(inquiry)
    phase(assembly, Phase.Kind.WEIGHING, -2, -1)
    Quote.objects.update(public=True)  # whoever brought them along said so of all
    until(lambda: Analysis.objects.filter(inquiry=inquiry, kind=Analysis.Kind.GROUPS).exists())

    # Drafted from what converges; every proposed clause is read by a person.
    desk.go(f"{RUN}/documents/")
    desk.page.get_by_label("Title").fill("A charter for hard choices")
    desk.press("Start")
    desk.follow("Have clauses proposed from values", "charter-proposing")
    for tick in desk.page.locator("input[name=value]").all()[:3]:
        tick.check()
    desk.press("Propose clauses", "charter-proposed")
    version = Version.objects.get()
    for _ in range(version.clauses.count()):
        desk.press("Take it as it reads")
    first, second, third = version.clauses.all()

    # Put before the assembly: an objection with other words, and one that stays unsatisfied.
    ratifying.set_thresholds(version.artifact, Rules(0.5, 0.5, 5), 0.2)
    phase(assembly, Phase.Kind.REVIEWING)
    desk.press("Put the draft before the assembly")
    members = seated(assembly, 14)
    citizen = enter(visitor, members[0], **PHONE)
    citizen.go("/a/moral/draft/", "charter-draft")
    assert citizen.page.evaluate(WIDTHS) == 0
    citizen.follow("Object to this clause", "charter-objecting")
    citizen.page.get_by_label("What do you have against it?").fill(REASON)
    citizen.page.get_by_label("How should the clause read instead?").fill(AMENDED)
    citizen.press("Object", "charter-objected")
    stays = objecting.object_to(members[1], second, UNSATISFIED)
    objecting.second(members[2], stays)
    desk.go(f"{RUN}/documents/{version.pk}/objections/", "charter-objections")
    desk.follow("Answer 1", "charter-answering")
    desk.page.get_by_label("Your answer, which everybody reads").fill("You are right.")
    desk.page.get_by_label("They are right: the clause reads as they would have it").check()
    desk.page.locator("main").get_by_role("button", name="Answer").click()
    desk.page.wait_for_load_state()
    assert version.clauses.get(pk=first.pk).text == AMENDED
    objecting.answer(stays, ada.moderator, "We could not agree on this.", sustain=True)
    objecting.say_satisfied(members[1], stays, satisfied=False)
    judged = contests.standing_of(Version.objects.get())[second.pk]
    assert (judged.standing, judged.passes) == (1, True)

    # Voted on in secret; one person on a phone, the others at the same time.
    phase(assembly, Phase.Kind.REVIEWING, -3, -2)
    phase(assembly, Phase.Kind.RATIFYING)
    ratifying.open_ballot(version)
    citizen.go("/a/moral/vote/", "charter-ballot")
    for line in [*(str(c.pk) for c in version.clauses.all()), "whole"]:
        citizen.page.locator(f"input[name='{line}'][value=approve]").check()
    citizen.press("Look at it once more")
    citizen.press("Cast my ballot", "charter-slip")
    for number, member in enumerate(members[1:]):
        says = "object" if number < 2 else "approve"
        lines = {str(c.pk): says if c.pk == second.pk else "approve" for c in version.clauses.all()}
        ratifying.cast(member, version, "approve", lines)
    statement = minority.state(members[1], version.artifact, MINORITY)
    minority.sign(members[2], statement)
    phase(assembly, Phase.Kind.RATIFYING, -2, -0.001)
    until(lambda: Poll.objects.exclude(counted_at=None).exists())

    # Two people sign, one publishes, and the worker makes the files.
    page = f"{RUN}/documents/{version.pk}/publish/"
    desk.go(page)
    desk.press("I have read it and stand by it")
    assert not desk.page.get_by_role("button", name="Publish").is_visible()
    colleague.go(page)
    colleague.press("I have read it and stand by it", "charter-signed")
    colleague.press("Publish")
    made = Rendition.objects.filter(version=version, made_at__isnull=False)
    until(lambda: made.count() == len(Rendition.Format))
    reader = visitor(**PHONE)
    reader.go("/a/moral/charter/", "charter-document")
    assert reader.page.evaluate(WIDTHS) == 0
    for words in (
        AMENDED,
        UNSATISFIED,
        MINORITY,
        "signed by 2 people",
        "Ratified by secret ballot",
    ):
        assert words.lower() in reader.page.content().lower()
    pdf = bytes(made.get(format="pdf").content)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    flat = " ".join(text.split())
    for words in (AMENDED, UNSATISFIED, MINORITY):
        assert words in flat

    # Somebody takes their words back: a corrected version by itself, and no word of theirs in any file.
    cited = version.clauses.get(pk=third.pk).citations.select_related("quote__revision").first()
    taking_part.withdraw(cited.quote.revision.response)
    until(lambda: Version.objects.filter(number=2, published_at__isnull=False).exists())
    until(lambda: not Rendition.objects.filter(version=version, erased_at=None).exists())
    corrected = Version.objects.get(number=2)
    made = Rendition.objects.filter(version=corrected, made_at__isnull=False)
    until(lambda: made.count() == len(Rendition.Format))
    reader.go("/a/moral/charter/", "charter-corrected")
    assert reader.sees("Correction: this version is the one before")
    assert reader.sees("Ratified by secret ballot")
    where = f"/a/moral/documents/{corrected.artifact_id}"
    looker = visitor(**PHONE, locale="ar", color_scheme="dark")
    looker.page.goto(f"/sign-in/{token_for(ada.moderator)}/")
    run = f"{RUN}/documents/{version.pk}"
    for number, path in enumerate(
        [f"{where}/2/", f"{where}/2/made/", f"{where}/2/changed/", f"{where}/1/", f"{where}/1/vote/", f"{run}/", f"{run}/objections/", f"{run}/publish/", f"{run}/vote/",
         f"{RUN}/documents/"]
    ):  # fmt: skip
        looker.go(path, f"charter-rtl-{number}")
        assert looker.page.evaluate(WIDTHS) == 0, path
        desk.go(path, f"charter-desk-{number}")
    assert Artifact.objects.count() == 1
