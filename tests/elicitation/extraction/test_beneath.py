"""An answer that is a goal, a feeling, a rule or a slogan is known as one; a fuller answer is let be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.beneath import kind_of

NOT_YET = [
    ("slogan", "Freedom!"),
    ("slogan", "justice and peace"),
    ("slogan", "La dignidad."),
    ("slogan", "Liberté, égalité, fraternité"),
    ("slogan", "Gerechtigkeit"),
    ("slogan", "свобода и мир"),
    ("slogan", "العدالة والسلام"),
    ("slogan", "公平"),
    ("slogan", "ईमानदारी"),
    ("slogan", "公平和自由"),
    ("goal", "I want shorter queues at the clinic."),
    ("goal", "Queremos alquileres más bajos."),
    ("goal", "Je veux un bus le dimanche."),
    ("goal", "Wir brauchen mehr Bäume."),
    ("goal", "Quero ruas limpas e calmas."),
    ("goal", "Я хочу жить в чистом городе."),
    ("goal", "أريد شارعا نظيفا وهادئا"),
    ("goal", "我们需要更多的公园。"),
    ("feeling", "I am angry about the rent."),
    ("feeling", "Tengo miedo de noche."),
    ("feeling", "Je suis en colère."),
    ("feeling", "Ich habe Angst."),
    ("feeling", "Estou muito triste."),
    ("feeling", "Мне страшно вечером."),
    ("feeling", "أشعر بالخوف"),
    ("feeling", "我感到很害怕。"),
    ("rule", "Landlords must not raise the rent."),
    ("rule", "Nobody should sleep outside. The town must open its halls."),
    ("rule", "Los coches no deben entrar en la plaza."),
]


@pytest.mark.parametrize(("kind", "text"), NOT_YET)
def test_the_kind_is_known_and_its_words_are_the_persons_own(kind, text):
    found = kind_of(text)
    assert found
    assert found.kind == kind
    assert text[found.span.start : found.span.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "I want shorter queues because my father cannot stand for long.",
        "I am angry when nobody looks at the people who wait.",
        "Landlords must not raise the rent, because old people are afraid to ask.",
        "What I notice in a good doctor is how long she stays silent.",
        "Listening to the one who speaks least",
        "Respect for those who clean the streets before we wake up",
        "I want quiet. My street was loud for years and I slept badly.",
        "Freedom?",
        "My knee hurts with every pill I need to take",
        "none",
        "idk",
        "No sé.",
        "不知道",
        "42",
        "😀",
        "",
    ],
)
def test_reasons_fuller_answers_and_empty_ones_are_let_be(text):
    assert kind_of(text) is None


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_has_a_kind_with_a_span_inside_it_or_none(text):
    if found := kind_of(text):
        assert 0 <= found.span.start < found.span.end <= len(text)
