"""Comparing two values in a real browser: at the width of a small phone, in both directions of writing, and without a mouse."""

import pytest
from django.contrib.auth import get_user_model

from deliberation.assemblies import gates
from deliberation.assemblies.actions import judging, setting_up, taking_part
from deliberation.assemblies.models import Assembly
from deliberation.web.public.links import token_for
from elicitation.graph.actions.stories import release_story
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.models import Judgement, Showing, Story, Transition, Value
from tests.journeys.test_every_page import WIDTHS

HOW = pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
TITLES = {
    "en": ("Places to run into each other", "Nights that are quiet"),
    "ar": ("أماكن نلتقي فيها (مصادفة)", "ليالٍ هادئة"),
}


@pytest.fixture
def compared(sample):
    """Values of two languages in a context, with stories by a model and by a person."""

    def make(language):
        assembly = Assembly.objects.get()
        inquiry = assembly.inquiries.first()
        policies = [
            "CHANCES to meet a neighbour without having planned to, on the bench by the school or at the market",
            "MOMENTS when somebody new is asked to sit down",
        ]
        one, other = (
            Value.objects.create(inquiry=inquiry, title=t, policies=policies[:n], language=language)
            for n, t in enumerate(TITLES[language], 1)
        )
        transition = Transition.objects.create(
            inquiry=inquiry,
            from_value=one,
            to_value=other,
            context=inquiry.contexts.first(),
            source="model",
        )
        text = "Somebody sits down where the others are. Later the noise keeps a child awake, and they begin to listen at night."
        told = {"transition": transition, "text": text}
        for tag in assembly.languages:
            for end, engine in ((one, ""), (other, "openai")):
                story = Story.objects.create(
                    **told, language=tag, towards=end, engine=engine, model="a-model"
                )
                release_story(story, 1)
        Story.objects.create(**told, language="en", towards=one)
        Story.objects.create(**told, language="en", towards=other, engine="openai", model="a-model")
        return assembly

    return make


def a_member(assembly):
    member = taking_part.join(assembly.invitations.first(), "en")
    taking_part.agree(member)
    return member


@HOW
@pytest.mark.parametrize("width", [320, 1280])
def test_comparing_fits_the_screen_and_passes_axe(visitor, compared, how, width):
    assembly = compared(how["locale"])
    for _ in range(3):  # in eight, some are shown a story
        member = a_member(assembly)
        judging.judge(member, judging.put(member, how["locale"]), Saying("both", "زقاق!", "ar"))
    member = a_member(assembly)
    citizen = visitor(viewport={"width": width, "height": 640}, **how)
    citizen.page.goto(f"/back/{gates.receipt_code(member)}/")
    place, name = "/a/riverside/judge/", f"judge-{how['locale']}-{width}"
    citizen.go(place, f"{name}-asked")
    Showing.objects.filter(respondent=member.respondent).update(with_story=True)
    for path in (place, f"{place}propose/", f"{place}said/"):
        citizen.go(path, f"{name}{path.replace('/', '-')}")
        assert citizen.page.evaluate(WIDTHS) == 0, path
    citizen.go(place)
    citizen.page.locator("form button[type=submit]").last.click()  # nothing chosen
    citizen.page.wait_for_load_state()
    citizen.page.locator("label.tick").nth(1).click()
    citizen.page.locator("textarea").fill("Because of the children.")
    citizen.page.locator("main form button[type=submit]").first.click()
    citizen.page.wait_for_load_state()
    citizen.look(f"{name}-none")
    assert citizen.page.evaluate(WIDTHS) == 0
    assert Judgement.objects.filter(reason="Because of the children.").exists()
    citizen.go(f"{place}said/", f"{name}-listed")
    assert citizen.page.evaluate(WIDTHS) == 0


@HOW
@pytest.mark.parametrize("width", [320, 1280])
def test_the_facilitators_pages_fit_the_screen_and_pass_axe(visitor, compared, how, width):
    assembly = compared(how["locale"])
    moderator = get_user_model().objects.create_user("moderator")
    setting_up.give_role(assembly, moderator, "facilitator")
    somebody = visitor(viewport={"width": width, "height": 640}, **how)
    somebody.page.goto(f"/sign-in/{token_for(moderator)}/")
    run = "/run/riverside"
    for path in ("stories/", "stories/?show=released", "stories/?show=left_out", "comparisons/"):
        named = path.rstrip("/").replace("/", "-").replace("?", "-")
        somebody.go(f"{run}/{path}", f"judge-run-{how['locale']}-{width}-{named}")
        assert somebody.page.evaluate(WIDTHS) == 0, path


def test_two_values_are_compared_without_a_mouse(visitor, compared):
    member = a_member(compared("en"))
    citizen = visitor(viewport={"width": 320, "height": 640})
    citizen.page.goto(f"/back/{gates.receipt_code(member)}/")
    citizen.go("/a/riverside/judge/")
    citizen.page.keyboard.press("4")
    assert citizen.page.locator("input[type=radio]:checked").get_attribute("value") == "same"
    citizen.page.locator("textarea").focus()
    citizen.page.keyboard.type("Rest, 1 to 6.")
    assert citizen.page.locator("input[type=radio]:checked").get_attribute("value") == "same"
    citizen.page.keyboard.press("Tab")
    citizen.page.keyboard.press("Enter")
    citizen.page.get_by_role("heading", name="You have compared all there is for now").wait_for()
    citizen.look()
    assert Judgement.objects.get().reason == "Rest, 1 to 6."
