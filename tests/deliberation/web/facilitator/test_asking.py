"""A facilitator changes what people read and are asked, a language at a time, and sees it as a phone shows it; what was answered keeps its words."""

import pytest

from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import taking_part, wording
from deliberation.assemblies.actions.wording import Asked, Front
from deliberation.assemblies.errors import (
    LastPrompt,
    NotHere,
    PromptAnswered,
    QuestionAnswered,
    WordsUnfit,
)
from elicitation.interview.drafts import Words
from elicitation.interview.models import Prompt

FRONT = {"title": "Water", "question": "What counts?", "welcome": "Come in.", "consent": "We keep it."}  # fmt: skip


@pytest.fixture
def prompt(assembly):
    return queries.prompts_of(assembly)[0]


def address(prompt, **more):
    query = "".join(f"?{name}={said}" for name, said in more.items())
    return f"/run/water/asked/{prompt.pk}/{query}"


def test_looking_first_shows_the_phone_with_what_was_typed_and_keeps_nothing(facilitator, prompt):
    typed = {
        "wording": "What did you hear?",
        "help": "A sound.",
        "example": "An owl.",
        "do": "look",
    }
    page = facilitator.post(address(prompt), typed)
    phone = page.text[page.text.index('class="screen"') :]
    assert all(typed[name] in phone for name in ("wording", "help", "example"))
    assert Prompt.objects.current().filter(pk=prompt.pk).exists()
    kept = facilitator.post(address(prompt), {**typed, "do": "keep"})
    newer = Prompt.objects.get(pk=prompt.pk).replaced_by
    assert kept["Location"] == f"/run/water/asked/{newer.pk}/?language=en"
    assert (newer.wording["en"], newer.help["en"], newer.example["en"]) == ("What did you hear?", "A sound.", "An owl.")  # fmt: skip


def test_a_language_is_added_beside_the_others_and_shown_in_its_direction(
    facilitator, assembly, prompt
):
    assembly.languages = ["en", "ar"]
    assembly.save()
    before = dict(prompt.wording)
    arabic = {"wording": "ماذا سمعت؟", "do": "keep"}
    page = facilitator.get(facilitator.post(address(prompt, language="ar"), arabic)["Location"])
    assert '<div class="screen" inert dir="rtl" lang="ar">' in page.text
    assert Prompt.objects.current().get(position=prompt.position).wording == {**before, "ar": "ماذا سمعت؟"}  # fmt: skip


def test_who_has_answered_a_prompt_is_not_asked_its_new_wording(assembly, member, prompt):
    words = Words("I look at the door.", "en", "k1")
    answered = taking_part.answer(member, prompt, words)
    wording.reword_asked(assembly, prompt, "en", Asked("What did you look at, then?"))
    asked = queries.next_prompt(member)
    assert asked is None or asked.position != prompt.position
    answered.refresh_from_db()
    assert answered.prompt == prompt
    with pytest.raises(PromptAnswered):
        wording.drop_prompt(assembly, Prompt.objects.get(pk=prompt.pk).replaced_by)


def test_prompts_are_added_and_dropped_but_never_the_last(facilitator, assembly, prompt):
    more = {"wording": "And then?", "do": "keep"}
    assert facilitator.post("/run/water/asked/more/", more).status_code == 303
    added = queries.prompts_of(assembly).last()
    assert added.wording == {"en": "And then?"}
    wording.reword_asked(assembly, added, "en", Asked("And after that?"))
    for one in list(queries.prompts_of(assembly))[1:]:
        assert facilitator.post(address(one), {"do": "drop"}).status_code == 303
    left = queries.prompts_of(assembly).get()
    with pytest.raises(LastPrompt):
        wording.drop_prompt(assembly, left)


def test_the_same_words_make_no_new_wording(assembly, prompt):
    said = Asked(prompt.wording["en"], prompt.help.get("en", ""), prompt.example.get("en", ""))
    assert wording.reword_asked(assembly, prompt, "en", said) == prompt
    assert Prompt.objects.filter(inquiry=prompt.inquiry_id, position=prompt.position).count() == 1


@pytest.mark.parametrize("text", ["", " \n", "a\x00", "\ud800", "x" * 20_001])
def test_what_cannot_be_kept_is_refused(assembly, prompt, text):
    with pytest.raises(WordsUnfit):
        wording.reword_asked(assembly, prompt, "en", Asked(text))
    with pytest.raises(WordsUnfit):
        wording.reword_front(assembly, "en", Front(text, "", "", "What?"))
    with pytest.raises(WordsUnfit):
        wording.reword_asked(assembly, prompt, "zz", Asked("What?"))


def test_the_front_is_reworded_and_shown_on_the_phone(facilitator, assembly):
    page = facilitator.post("/run/water/asked/", {**FRONT, "do": "look"})
    assert "Come in." in page.text[page.text.index('class="screen"') :]
    assembly.refresh_from_db()
    assert assembly.welcome.get("en") != "Come in."
    assert facilitator.post("/run/water/asked/", {**FRONT, "do": "keep"}).status_code == 303
    assembly.refresh_from_db()
    assert (assembly.title["en"], assembly.welcome["en"]) == ("Water", "Come in.")
    assert assembly.inquiries.get().question["en"] == "What counts?"


def test_who_agreed_to_other_words_is_asked_anew_and_who_read_a_new_language_is_not(
    assembly, member
):
    assembly.languages, assembly.consent = ["en", "fr"], {"en": "We keep your words."}
    assembly.save()
    wording.reword_front(assembly, "fr", Front("Eau", "", "Nous gardons vos mots.", "Quoi ?"))
    assembly.refresh_from_db()
    assert assembly.consent_version == 1
    wording.reword_front(assembly, "en", Front("Water", "", "We sell your words.", "What?"))
    assembly.refresh_from_db()
    assert assembly.consent_version == 2
    english = {text.version: text.said_in("en") for text in assembly.consent_texts.all()}
    assert english[2] == "We sell your words."


def test_a_question_people_have_answered_keeps_its_words_and_nothing_else_changes(
    assembly, member, prompt
):
    taking_part.answer(member, prompt, Words("I look at the door.", "en", "k1"))
    before = dict(assembly.title)
    with pytest.raises(QuestionAnswered):
        wording.reword_front(assembly, "en", Front("Other", "", "", "Another question?"))
    assembly.refresh_from_db()
    assert assembly.title == before


def test_a_prompt_of_another_assembly_is_not_here(facilitator, assembly):
    with pytest.raises(NotHere):
        gates.prompt(assembly, assembly.pk and "00000000-0000-4000-8000-000000000000")
    page = facilitator.get("/run/water/asked/00000000-0000-4000-8000-000000000000/")
    assert page.status_code == 404
