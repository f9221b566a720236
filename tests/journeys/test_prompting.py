"""A facilitator changes the prompt in a real browser; a real worker tries it while the page follows."""

from django.contrib.auth import get_user_model

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Assembly
from deliberation.web.public.links import token_for
from elicitation.extraction.models import OwnPrompt

ANSWER = "When the lights go out I look at who walks home alone. I like quiet streets."


def test_a_prompt_is_written_tried_and_used(visitor, reader):
    account = get_user_model().objects.create_user("moderator")
    setting_up.give_role(Assembly.objects.get(), account, "facilitator")
    somebody = visitor(viewport={"width": 320, "height": 640})
    somebody.page.goto(f"/sign-in/{token_for(account)}/")
    somebody.go("/run/riverside/readings/")
    somebody.follow("See and change what the model is told")
    for label, typed in {
        "The question that was asked": "What do you look at?",
        "An answer": ANSWER,
        "In a few words": "Company at night",
        "What matters to this person": "PEOPLE who would walk home alone",
        "The words it rests on, copied exactly": "who walks home alone",
    }.items():
        somebody.page.get_by_label(label, exact=True).fill(typed)
    somebody.page.get_by_role("button", name="Add", exact=True).click()
    somebody.page.get_by_text("The golden answer is kept.").wait_for()
    somebody.page.get_by_label("What the model is told", exact=True).fill("Read kindly.")
    somebody.press("Save and try")
    somebody.page.get_by_role("button", name="Use this prompt").wait_for(timeout=30_000)
    assert somebody.sees("With the new prompt")
    somebody.press("Use this prompt", "prompting-used")
    assert somebody.sees("Answers are read with a prompt of your own.")
    assert OwnPrompt.objects.get().state == "in_use"
