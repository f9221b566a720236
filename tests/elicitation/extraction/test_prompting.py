"""A prompt of one's own: written beside golden answers, used once it was tried, and sent with every answer from then on."""

import pytest
from django.db import IntegrityError, transaction

from elicitation.extraction import queries
from elicitation.extraction.actions import prompts
from elicitation.extraction.errors import (
    CardIncomplete,
    GoldenSetFull,
    NothingToQuote,
    PromptNotTried,
    PromptUnchanged,
)
from elicitation.extraction.instructions import prompt as standard
from elicitation.extraction.models import GoldenAnswer, OwnPrompt, Reading, Trial
from elicitation.extraction.reading import read
from elicitation.extraction.trying import try_out
from elicitation.interview.errors import UnstorableText
from elicitation.record.models import Entry
from tests.conftest import Told, card
from tests.elicitation.extraction.conftest import ASK, NEW, now, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_written_prompt_waits_and_nothing_reads_with_it(written, inquiry):
    assert (written.state, len(written.version)) == ("draft", 12)
    assert queries.instructions_of(inquiry.pk) == ""


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "x" * 20_001])
def test_what_cannot_be_kept_is_refused(inquiry, text):
    with pytest.raises(UnstorableText):
        prompts.write_prompt(inquiry, text)
    assert not OwnPrompt.objects.exists()


def test_the_prompt_in_use_is_no_new_prompt(inquiry):
    with pytest.raises(PromptUnchanged):
        prompts.write_prompt(inquiry, standard("read_answer").strip())


def test_a_newer_prompt_takes_the_place_of_one_on_trial(written, inquiry):
    prompts.write_prompt(inquiry, NEW + " Kindly.")
    assert now(written) == "retired"


def test_the_database_itself_holds_one_prompt_in_use_and_one_on_trial(written, inquiry):
    for state in ("draft", "tried"):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnPrompt.objects.create(inquiry=inquiry, text="other", version="1", state=state)
    OwnPrompt.objects.create(inquiry=inquiry, text="other", version="1", state="in_use")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnPrompt.objects.create(inquiry=inquiry, text="third", version="2", state="in_use")


def test_a_golden_card_has_to_quote_its_answer(inquiry):
    with pytest.raises(NothingToQuote):
        prompts.add_golden(inquiry, ASK, [card(quote="words that nobody here has written")])
    with pytest.raises(CardIncomplete):
        prompts.add_golden(inquiry, ASK, [card(title=" ")])
    assert not GoldenAnswer.objects.exists()


def test_a_golden_answer_may_hold_nothing(inquiry):
    assert prompts.add_golden(inquiry, ASK, []).cards == []


def test_the_golden_set_has_an_end(inquiry):
    for _ in range(prompts.MOST_GOLDEN):
        prompts.add_golden(inquiry, ASK, [])
    with pytest.raises(GoldenSetFull):
        prompts.add_golden(inquiry, ASK, [])


def test_a_tried_prompt_is_sent_as_the_system_message_and_its_version_kept(
    written, engine, server, inquiry, answered
):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    server.calls.clear()
    read(answered.latest.pk, engine)
    assert told(server.calls[0]) == NEW
    assert Reading.objects.get().prompt_version == written.version
    assert queries.version_in_use(inquiry.pk) == written.version


def test_the_own_prompt_costs_a_reading_one_query_at_most(
    answered, inquiry, django_assert_max_num_queries
):
    with django_assert_max_num_queries(1):
        queries.instructions_of(inquiry.pk)


def test_an_untried_prompt_cannot_be_used(written):
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)


def test_a_prompt_tried_on_nothing_cannot_be_used(inquiry):
    written = prompts.write_prompt(inquiry, NEW)
    try_out(written.pk, Told(card()))
    assert now(written) == "tried"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)


def test_a_golden_answer_added_later_has_to_be_tried_first(written, inquiry, engine, server):
    try_out(written.pk, engine)
    prompts.add_golden(inquiry, ASK, [])
    assert now(written) == "draft"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)
    server.calls.clear()
    try_out(written.pk, engine)
    assert len(server.calls) == 2
    prompts.use_prompt(written)


def test_back_to_the_standard_prompt_and_what_is_on_trial_is_compared_with_that(
    written, inquiry, engine
):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    other = prompts.write_prompt(inquiry, NEW + " Kindly.")
    try_out(other.pk, engine)
    prompts.use_standard_prompt(inquiry)
    assert (now(written), now(other)) == ("retired", "draft")
    assert queries.instructions_of(inquiry.pk) == ""
    try_out(other.pk, engine)
    assert Trial.objects.get(prompt=other).against == queries.version_in_use(inquiry.pk)
    assert now(other) == "tried"


def test_a_trial_on_another_model_than_the_one_that_reads_does_not_count(written, engine, settings):
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "m"
    try_out(written.pk, engine)
    settings.OPENAI_MODEL = "newer"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)
    settings.OPENAI_MODEL = "m"
    prompts.use_prompt(written)


def test_a_card_made_later_leaves_trials_standing(written, golden, engine):
    try_out(written.pk, engine)
    with pytest.raises(NothingToQuote):
        prompts.add_golden_card(golden, card(quote="words that nobody here has written"))
    added = prompts.add_golden_card(golden, card("Quiet", "I want quiet nights."))
    assert [made["title"] for made in added.cards] == ["Open doors", "Quiet"]
    prompts.use_prompt(written)


def test_another_inquiry_keeps_its_own_prompt(written, engine, other_assembly):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    assert queries.instructions_of(other_assembly.inquiries.get().pk) == ""


def test_no_word_of_a_prompt_or_a_golden_answer_is_in_the_record(written, engine):
    try_out(written.pk, engine)
    assert not any("door" in str(entry.body) for entry in Entry.objects.all())
