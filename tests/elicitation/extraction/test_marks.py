"""What else a sentence holds is marked where it is plain, and never taken away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.marks import marks

PLAIN = [
    ("experience", "When I was nine my mother lost her job."),
    ("experience", "Cuando era niña viví junto al puerto."),
    ("experience", "J'ai vu mon voisin attendre trois jours."),
    ("experience", "Ich habe dort zwei Unfälle gesehen."),
    ("experience", "Quando eu era pequeno a rua era calma."),
    ("experience", "Когда я был студентом, общежитие сгорело."),
    ("experience", "عندما كنت صغيرا كان النهر نظيفا"),
    ("experience", "我小时候住在河边。"),
    ("experience", "Mieszkałam wtedy na wsi."),
    ("claim", "Studies show that trees cool a street."),
    ("claim", "40 % der Kinder laufen zur Schule."),
    ("claim", "Según un informe, el aire empeora."),
    ("claim", "Les études montrent que le bruit rend malade."),
    ("claim", "研究表明树能降温。"),
    ("proposal", "I propose a bench at every stop."),
    ("proposal", "The town should build a ramp."),
    ("proposal", "Propongo una fuente en la plaza."),
    ("proposal", "Il faudrait créer une ligne de nuit."),
    ("proposal", "Hier sollte ein Radweg gebaut werden."),
    ("proposal", "Proponho um banco na praça."),
    ("proposal", "Предлагаю поставить скамейку."),
    ("proposal", "أقترح حديقة صغيرة"),
    ("proposal", "建议增加路灯。"),
]


@pytest.mark.parametrize(("kind", "text"), PLAIN)
def test_a_plain_sentence_is_marked_with_its_kind(kind, text):
    assert [(mark.kind, mark.span.start) for mark in marks(text)] == [(kind, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "What I want from the clinic: shorter waits",
        "Mayors pretend to be listening",
        "I notice who has not spoken yet.",
        "If I was mayor I would listen.",
        "I am 100% sure.",
        "I do my day according to a plan.",
        "A quorum must be 40% of the members.",
        "I don't think the town should build a ramp.",
        "Did you see what happened?",
        "Kindness.",
        "",
    ],
)
def test_where_the_cue_is_not_plain_there_is_no_mark(text):
    assert marks(text) == []


@given(st.text(max_size=300))
@settings(deadline=None)
def test_marks_of_any_text_lie_inside_it_in_order(text):
    spans = [mark.span for mark in marks(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
