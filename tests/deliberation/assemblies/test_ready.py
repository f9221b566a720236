"""Six templates, whole in five languages, fit to found with as they are, and found by the words of a sentence."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from deliberation.artifacts.models import Artifact
from deliberation.artifacts.sections import sections_of
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.outlining import LONGEST
from deliberation.assemblies.drafts import AssemblyDraft, DocumentDraft
from deliberation.assemblies.ready import FILES, nearest, ready
from elicitation.interview.drafts import InquiryDraft
from elicitation.interview.texts import fault
from tests.houses import house

FIVE = {"en", "fr", "es", "de", "ar"}


def wordings(one):
    """Every text of a template that people read, by language."""
    plain = (one.name, one.about, one.question, one.welcome, one.consent, one.document_title)
    yield from (*plain, *one.contexts)
    for prompt in one.prompts:
        yield from filter(None, (prompt.wording, prompt.help, prompt.example))
    for stratum in one.strata:
        yield from (stratum.wording, *stratum.options)


def test_there_are_six_and_every_file_is_one_of_them_or_shared():
    assert len(ready()) == 6
    assert {path.stem for path in FILES.glob("*.json")} == {*ready(), "shared"}
    assert {code for code, _ in settings.LANGUAGES} <= FIVE


@pytest.mark.parametrize("key", ready())
def test_every_text_of_a_template_is_there_in_each_of_the_five_languages(key):
    for wording in wordings(ready()[key]):
        assert set(wording) == FIVE, wording
        for text in wording.values():
            assert fault(text) is None
            assert "\n" not in text
            assert text == text.strip()
        assert len(set(wording.values())) >= 2 or wording["en"].istitle(), wording  # translated


@pytest.mark.parametrize("key", ready())
def test_a_template_has_prompts_with_help_situations_strata_and_a_document_that_has_sections(key):
    one = ready()[key]
    assert 2 <= len(one.prompts) <= 4
    assert one.prompts[0].kind == "story"
    assert all(prompt.help for prompt in one.prompts)
    assert len(one.contexts) == 3
    assert all(not said.endswith((".", "?")) for when in one.contexts for said in when.values())
    assert 1 <= len(one.strata) <= 2
    assert one.document_kind in Artifact.Kind.values
    assert sections_of(one.document_kind)
    assert one.words


@pytest.mark.django_db
@pytest.mark.parametrize("key", ready())
def test_a_template_founds_an_assembly_in_five_languages_as_it_is(key, account):
    one, now = ready()[key], timezone.now()
    inquiry = InquiryDraft(one.question, one.languages, one.prompts, one.contexts)
    assembly = setting_up.found(
        AssemblyDraft(
            slug=key, title=one.name, welcome=one.welcome, consent=one.consent, languages=one.languages,
            zone="UTC", inquiries=(inquiry,), phases={"answering": (now, now + timedelta(days=1))},
            strata=one.strata, document=DocumentDraft(one.document_kind, one.document_title),
        ),
        account,
        house(),
    )  # fmt: skip
    assert assembly.strata.count() == len(one.strata)
    assert assembly.document == {"kind": one.document_kind, "title": one.document_title}
    assert assembly.inquiries.get().prompts.last().asked_in("de") == one.prompts[-1].wording["de"]


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("What should our new park by the river be for?", "town"),
        ("How our hospital staff want to work as a team", "charter"),
        ("How a chatbot should act when somebody is in need", "ai"),
        ("Pupils, teachers and parents of our school write their rules.", "school"),
        ("A study of a university with participants from three fields", "research"),
        ("The government asks for recommendations on climate", "assembly"),
        ("Wie soll die künstliche Intelligenz in Ämtern handeln?", "ai"),
        ("Comment les élèves et les professeurs veulent vivre à l'école", "school"),
        ("ماذا نريد من الذكاء الاصطناعي", "ai"),
        ("Qué queremos para la plaza de nuestro barrio", "town"),
        ("xyzzy", "town"),
        ("", "town"),
        ("?" * LONGEST, "town"),
    ],
)
def test_the_template_nearest_to_a_sentence_is_the_one_whose_words_it_speaks(sentence, key):
    assert nearest(sentence) == key
